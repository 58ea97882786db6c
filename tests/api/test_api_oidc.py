"""Tokens of an identity provider: which count, and for whom."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi.testclient import TestClient
from httpx2 import Response

from skillmatch_api.access.keys import REFUSED
from skillmatch_api.access.oidc.key_ring import KeyRing
from skillmatch_api.access.oidc.tokens import LEEWAY_SECONDS, TokenReader
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.people.registering import Details, register
from skillmatch_api.store import Store
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised
from tests.api.oidc_provider import (
    AUDIENCE,
    ISSUER,
    Source,
    claims_of,
    encoded,
    entry_of,
    oidc_settings,
    private_key,
    token_of,
    token_reader,
)


@pytest.fixture
def reading(services: Services) -> Services:
    """The service with an identity provider."""
    return replace(services, tokens=token_reader())


@pytest.fixture
def client(reading: Services) -> Iterator[TestClient]:
    """A client of it."""
    with TestClient(create_app(reading), base_url="http://127.0.0.1") as opened:
        yield opened


def _ask(client: TestClient, token: str) -> Response:
    return client.get("/v1/session", headers={"Authorization": f"Bearer {token}"})


@pytest.mark.parametrize("alg", ["RS256", "ES256", "EdDSA"])
@pytest.mark.parametrize("audience", [AUDIENCE, ["account", AUDIENCE]])
def test_a_token_of_the_provider_lets_in(client: TestClient, alg: str, audience: object) -> None:
    """With each algorithm that is taken, meant for this service alone or among others."""
    answer = _ask(client, token_of(claims_of(aud=audience), alg=alg))

    assert (answer.status_code, answer.json()["scopes"]) == (200, ["learner"])


def _hs256_with_the_public_key() -> str:
    """Return a token that a library takes which believes ``alg``: the secret is public."""
    pem = (
        private_key("RS256")
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    signed = f"{encoded({'alg': 'HS256', 'kid': 'RS256-1', 'typ': 'JWT'})}.{encoded(claims_of())}"
    mac = hmac.new(pem, signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _changed() -> str:
    header, _, signature = token_of().split(".")
    return f"{header}.{encoded(claims_of(scope='skillmatch:admin'))}.{signature}"


_AT = int(NOW.timestamp())
_BAD: dict[str, Callable[[], str]] = {
    "signed by another": lambda: token_of(signer="stranger RS256"),
    "changed after signing": _changed,
    "no signature": lambda: f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims_of())}.",
    "none in capitals": lambda: f"{encoded({'alg': 'NONE'})}.{encoded(claims_of())}.",
    "HS256 with the public key": _hs256_with_the_public_key,
    "an algorithm that is not taken": lambda: token_of(alg="PS256", signer="RS256", kid="RS256-1"),
    "algorithm is no text": lambda: f"{encoded({'alg': ['RS256']})}.{encoded(claims_of())}.AA",
    "the name of another key": lambda: token_of(kid="ES256-1"),
    "a name that is unknown": lambda: token_of(kid="other"),
    "a name that is no text": lambda: f"{encoded({'alg': 'RS256', 'kid': [1]})}.AA.AA",
    "a key of its own": lambda: token_of(
        signer="stranger RS256",
        jwk=entry_of("stranger RS256", "RS256-1"),
        jku="https://evil.example/keys.json",
    ),
    "demands what nobody understands": lambda: token_of(crit=["b64"], b64=False),
    "of another type": lambda: token_of(typ="logout+jwt"),
    "of another issuer": lambda: token_of(claims_of(iss=ISSUER + "/")),
    "of no issuer": lambda: token_of(claims_of(iss=None)),
    "issuer is a list": lambda: token_of(claims_of(iss=[ISSUER])),
    "for somebody else": lambda: token_of(claims_of(aud="shop")),
    "for nobody": lambda: token_of(claims_of(aud=None)),
    "for one named alike": lambda: token_of(claims_of(aud=[AUDIENCE + "2"])),
    "expired": lambda: token_of(claims_of(exp=_AT - LEEWAY_SECONDS)),
    "without an end": lambda: token_of(claims_of(exp=None)),
    "end is no number": lambda: token_of(claims_of(exp="never")),
    "end is NaN": lambda: token_of(claims_of(exp=float("nan"))),
    "not valid yet": lambda: token_of(claims_of(nbf=_AT + LEEWAY_SECONDS + 1)),
    "made in the future": lambda: token_of(claims_of(iat=_AT + LEEWAY_SECONDS + 1)),
    "without a subject": lambda: token_of(claims_of(sub=None)),
    "subject is empty": lambda: token_of(claims_of(sub="")),
    "subject is a number": lambda: token_of(claims_of(sub=7)),
    "subject is endless": lambda: token_of(claims_of(sub="a" * 256)),
    "subject with a NUL": lambda: token_of(claims_of(sub="ada\0")),
    "endless": lambda: token_of(claims_of(more="x" * 20_000)),
    "no JSON": lambda: "a.b.c",
    "empty parts": lambda: "..",
    "header is a list": lambda: f"{encoded([1])}.{encoded(claims_of())}.AA",
    "payload is a list": lambda: token_of(payload="[1]"),
    "nested too deep": lambda: f"{encoded({'alg': 'RS256'})[:-1]}.{'[' * 5000}.AA",
}


@pytest.mark.parametrize("name", sorted(_BAD))
def test_a_token_that_does_not_count_is_refused(name: str) -> None:
    """Whatever is wrong with it; some pass with a library that believes the token's header."""
    with pytest.raises(UnauthenticatedError):
        token_reader().read(_BAD[name](), at=NOW)


def test_a_token_is_refused_in_the_words_of_a_key(client: TestClient) -> None:
    """Nobody outside learns why; the log does, and names nobody."""
    bad = [make() for name, make in sorted(_BAD.items()) if name.startswith("a")]

    details = {_ask(client, token).json()["detail"] for token in [*bad, "skm_x"]}

    assert details == {REFUSED}


def test_clocks_may_differ_by_a_minute(client: TestClient) -> None:
    """Two machines never agree wholly."""
    late = claims_of(exp=_AT - LEEWAY_SECONDS + 1)
    early = claims_of(nbf=_AT + LEEWAY_SECONDS, iat=_AT + LEEWAY_SECONDS)

    assert [_ask(client, token_of(one)).status_code for one in (late, early)] == [200, 200]


def test_why_a_token_is_refused_stands_in_the_log_without_a_name(
    reading: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """The operator who sets this up has nothing else to go by."""
    caplog.set_level("INFO")
    with TestClient(create_app(reading)) as client:
        _ask(client, token_of(claims_of(exp=_AT - 3600)))
        _ask(client, token_of(kid="other"))

    assert "a token was refused: The token is expired" in caplog.text
    assert "a token was refused: no key of the provider fits it" in caplog.text
    assert "ada" not in caplog.text


def test_without_a_provider_no_token_lets_in(services: Services) -> None:
    """It is an option."""
    with TestClient(create_app(services)) as client:
        assert _ask(client, token_of()).status_code == 401


def test_keys_count_beside_tokens(client: TestClient, authorised: Authorised) -> None:
    """Programs have keys where people have logins."""
    assert client.get("/v1/session", headers=authorised(Scope.ADMIN)).status_code == 200


@pytest.mark.parametrize(
    ("more", "claims", "scopes"),
    [
        ({}, {"scope": "skillmatch:recruiter skillmatch:admin"}, ["admin", "recruiter"]),
        ({}, {"scope": "admin recruiter"}, []),
        ({}, {"scope": None}, []),
        ({}, {"scope": {"skillmatch:admin": 1}}, []),
        (
            {"scope_claim": "roles", "grants": (("hr", "recruiter"),)},
            {"roles": ["hr"]},
            ["recruiter"],
        ),
        (
            {"scope_claim": "realm_access.roles", "grants": (("hr", "recruiter"),)},
            {"realm_access": {"roles": ["hr", 7]}},
            ["recruiter"],
        ),
        (
            {"scope_claim": "https://example.org/roles", "grants": (("hr", "recruiter"),)},
            {"https://example.org/roles": ["hr"]},
            ["recruiter"],
        ),
        (
            {"grants": (("staff", "learner"), ("staff", "provider"))},
            {"scope": "staff"},
            ["learner", "provider"],
        ),
    ],
)
def test_a_claim_says_what_somebody_may_do(
    services: Services, more: dict[str, Any], claims: dict[str, object], scopes: list[str]
) -> None:
    """Which words mean what is for the operator to say; other words mean nothing."""
    with TestClient(create_app(replace(services, tokens=token_reader(**more)))) as client:
        answer = _ask(client, token_of(claims_of(**claims)))

    seen = answer.json()["scopes"] if answer.status_code == 200 else []
    assert (answer.status_code in {200, 403}, seen) == (True, scopes)


def test_a_claim_says_which_organisation_somebody_belongs_to(
    services: Services, store: Store
) -> None:
    """One that is unknown, or none at all, is refused instead of becoming the default one."""
    with store.writing() as session:
        tenant_named(session, "Acme", at=NOW)
    tokens = token_reader(tenant_claim="org")
    with TestClient(create_app(replace(services, tokens=tokens))) as client:
        statuses = [
            _ask(client, token_of(claims_of(org=org))).status_code
            for org in ("Acme", "acme", "Other", "", None, ["Acme"])
        ]

    assert statuses == [200, 401, 401, 401, 401, 401]


def test_a_learner_is_bound_to_the_person_of_their_subject_and_organisation(
    reading: Services, store: Store
) -> None:
    """The same subject of another issuer, or in another organisation, is somebody else."""
    with store.writing() as session:
        for tenant in ("default", "Acme"):
            tenant_id = tenant_named(session, tenant, at=NOW).id
            person = register(session, Details(), tenant_id=tenant_id, at=NOW)
            person.subject = f"{ISSUER} ada"
            if tenant == "default":
                mine = person.id
            else:
                person.subject = f"{ISSUER} eve"
    with TestClient(create_app(reading)) as client:
        bound = [
            _ask(client, token_of(claims)).json()["person"]
            for claims in (
                claims_of(),
                claims_of(sub="eve"),
                claims_of(sub="bob"),
                claims_of(scope="skillmatch:recruiter"),
            )
        ]

    assert bound == [mine, None, None, None]


def test_a_token_is_traded_for_a_cookie(client: TestClient) -> None:
    """A page keeps no token where scripts could read it."""
    answer = client.post("/v1/session", json={"key": token_of()})

    assert answer.status_code == 201
    assert client.get("/v1/session").json()["scopes"] == ["learner"]


def test_without_any_key_set_tokens_wait_and_keys_work(
    services: Services, authorised: Authorised
) -> None:
    """What cannot be checked is not refused for good: 503 says come again."""
    source = Source(b"{}")
    tokens = TokenReader(oidc_settings(), KeyRing(source))
    with TestClient(create_app(replace(services, tokens=tokens))) as client:
        answers = [_ask(client, token_of()) for _ in range(3)]
        by_key = client.get("/v1/session", headers=authorised(Scope.LEARNER))

    assert [one.status_code for one in answers] == [503, 503, 503]
    assert (source.asked, by_key.status_code) == (1, 200)
