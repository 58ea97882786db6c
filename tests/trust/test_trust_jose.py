"""Signed tokens: the three algorithms, the ways to name a key, and the known tricks."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.model.verification import CheckState
from skillmatch.readers.credentials import read_credential_bytes
from skillmatch.trust.documents import NoDocuments
from skillmatch.trust.proofs import ProofFinding, check_proof
from tests.trust.badge_samples import ASSERTION, BADGE_CLASS, NOW, PROFILE, Files
from tests.trust.signed_samples import (
    Signer,
    b64,
    badge,
    compact,
    ec_jwk,
    okp_jwk,
    pem_of,
    rsa_jwk,
    rsa_key,
)

VALID, INVALID, UNKNOWN = CheckState.VALID, CheckState.INVALID, CheckState.UNKNOWN
SIGNER = Signer()
P256 = ec.generate_private_key(ec.SECP256R1())
ISSUER = "https://badges.example/issuer"
CREATOR = "https://guild.example/key"


def check(token: str, **documents: object) -> ProofFinding:
    """Check a token at the moment of the tests."""
    (credential,) = read_credential_bytes(token.encode(), "badge.jwt")
    return check_proof(credential, Files(documents) if documents else NoDocuments(), at=NOW)


def claims(**more: object) -> dict[str, Any]:
    """Return a badge as the claims of a token."""
    return {**badge(), **more}


@pytest.mark.parametrize(
    ("algorithm", "key", "jwk"),
    [
        ("RS256", rsa_key(), rsa_jwk(rsa_key())),
        ("ES256", P256, ec_jwk(P256)),
        ("EdDSA", SIGNER.private, okp_jwk(SIGNER)),
        ("Ed25519", SIGNER.private, okp_jwk(SIGNER)),
    ],
)
@pytest.mark.parametrize("kind", [None, "JWT", "vc+jwt", "application/vc+jwt", "JOSE"])
def test_every_algorithm_of_the_standard_is_checked(
    algorithm: str, key: object, jwk: dict[str, str], kind: str | None
) -> None:
    """Open Badges demands RS256, and issuers use the others as well."""
    header = {"alg": algorithm, "jwk": jwk} | ({} if kind is None else {"typ": kind})

    finding = check(compact(header, claims(), key))

    assert finding.proof.state is VALID
    assert finding.issuer.state is UNKNOWN
    assert "stands in the credential itself" in finding.issuer.reason


@pytest.mark.parametrize("inside", [False, True])
def test_the_credential_stands_at_the_top_or_under_vc(*, inside: bool) -> None:
    """Version 1.1 of the data model kept it under ``vc``."""
    content: dict[str, Any] = {"vc": badge(SIGNER)} if inside else badge(SIGNER)
    token = compact({"alg": "EdDSA", "kid": SIGNER.method}, content, SIGNER.private)

    finding = check(token)

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)


def test_without_a_named_key_the_issuers_own_is_tried() -> None:
    """A did:key issuer has no other."""
    finding = check(compact({"alg": "EdDSA"}, badge(SIGNER), SIGNER.private))

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)


def test_without_a_named_key_those_of_the_issuers_document_are_tried() -> None:
    """An issuer with several keys need not say which."""
    document = {
        "id": ISSUER,
        "assertionMethod": [
            {"id": f"{ISSUER}#1", "type": "JsonWebKey", "publicKeyJwk": ec_jwk(P256)},
            {"id": f"{ISSUER}#2", "type": "JsonWebKey", "publicKeyJwk": okp_jwk(Signer())},
            {"id": f"{ISSUER}#3", "type": "JsonWebKey", "publicKeyJwk": okp_jwk(SIGNER)},
        ],
    }
    token = compact({"alg": "EdDSA"}, claims(), SIGNER.private)

    finding = check(token, **{ISSUER: document})

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)
    assert ISSUER in finding.controllers
    assert check(token).proof.state is UNKNOWN


@pytest.mark.parametrize("kid", ["#1", "1", f"{ISSUER}#1"])
def test_a_key_id_may_be_relative_to_the_issuer(kid: str) -> None:
    """Issuers write it in full, as a fragment, and as a bare name."""
    document = {
        "id": ISSUER,
        "verificationMethod": [
            {"id": "#1", "controller": ISSUER, "publicKeyMultibase": SIGNER.multikey}
        ],
        "assertionMethod": ["#1"],
    }
    token = compact({"alg": "EdDSA", "kid": kid}, claims(), SIGNER.private)

    finding = check(token, **{ISSUER: document})

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)


def test_a_key_id_may_lead_to_a_bare_key_or_a_set_of_them() -> None:
    """Open Badges 3.0: the ``kid`` is a URL at which the key lies."""
    url = "https://badges.example/keys"
    token = compact({"alg": "EdDSA", "kid": url}, claims(), SIGNER.private)
    other = compact({"alg": "EdDSA", "kid": f"{url}#b"}, claims(), SIGNER.private)
    keys = {"keys": [{"kid": "a", **okp_jwk(Signer())}, {"kid": "b", **okp_jwk(SIGNER)}]}

    assert check(token, **{url: okp_jwk(SIGNER)}).proof.state is VALID
    assert check(token, **{url: okp_jwk(Signer())}).proof.state is INVALID
    assert check(other, **{url: keys}).proof.state is VALID


def test_a_key_at_an_address_is_the_issuers_only_if_the_issuer_says_so() -> None:
    """Anybody may name a key at an address of their own."""
    url = "https://badges.example/keys"
    token = compact({"alg": "EdDSA", "kid": url}, claims(), SIGNER.private)
    jwk = okp_jwk(SIGNER)

    unsaid = check(token, **{url: jwk})
    said = check(token, **{url: jwk, ISSUER: {"id": ISSUER, "publicKey": [url]}})
    denied = check(token, **{url: jwk, ISSUER: {"id": ISSUER, "publicKey": ["https://x.example"]}})

    assert [one.issuer.state for one in (unsaid, said, denied)] == [UNKNOWN, VALID, INVALID]


def test_a_key_in_the_header_serves_where_the_named_one_is_not_at_hand() -> None:
    """The proof can be judged then, and the issuer cannot."""
    header = {"alg": "EdDSA", "kid": f"{ISSUER}#1", "jwk": okp_jwk(SIGNER)}

    finding = check(compact(header, claims(), SIGNER.private))

    assert (finding.proof.state, finding.issuer.state) == (VALID, UNKNOWN)
    assert not {ISSUER, f"{ISSUER}#1"} & set(finding.controllers)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iss": "https://other.example"}, "says iss"),
        ({"jti": "urn:other"}, "says jti"),
        ({"sub": "did:example:other"}, "says sub"),
        ({"nbf": 1735689601}, "disagree about validFrom"),
        ({"exp": 1735689600, "validUntil": "2027-01-01T00:00:00Z"}, "disagree about validUntil"),
        ({"exp": "soon"}, "exp that is no moment"),
    ],
)
def test_registered_claims_must_agree_with_the_credential(
    change: dict[str, Any], reason: str
) -> None:
    """Else one reader would see another issuer, holder or expiry than the next."""
    finding = check(
        compact({"alg": "EdDSA", "jwk": okp_jwk(SIGNER)}, claims(**change), SIGNER.private)
    )

    assert finding.proof.state is INVALID
    assert reason in finding.proof.reason


def test_agreeing_registered_claims_are_fine() -> None:
    """Fractions of a second and other zones are the same moment."""
    content = claims(
        iss=ISSUER,
        jti="https://badges.example/credentials/7",
        sub="did:example:learner",
        nbf=1735689600,
        exp=1798761600,
        validFrom="2025-01-01T01:00:00.25+01:00",
        validUntil="2027-01-01T00:00:00Z",
    )

    token = compact({"alg": "EdDSA", "jwk": okp_jwk(SIGNER)}, content, SIGNER.private)

    assert check(token).proof.state is VALID


@pytest.mark.parametrize(
    ("header", "state", "reason"),
    [
        ({"alg": "none"}, INVALID, "none"),
        ({"alg": "HS256"}, INVALID, "HS256"),
        ({}, INVALID, "no algorithm"),
        ({"alg": 7}, INVALID, "no algorithm"),
        ({"alg": "PS256"}, UNKNOWN, "unsupported suite PS256"),
        ({"alg": "ES256K"}, UNKNOWN, "unsupported suite ES256K"),
        ({"alg": "EdDSA", "crit": ["b64"], "b64": False}, UNKNOWN, "extension"),
        ({"alg": "EdDSA", "typ": "at+jwt"}, INVALID, "at+jwt"),
        ({"alg": "EdDSA", "typ": ["JWT"]}, INVALID, "type"),
        ({"alg": "RS256"}, INVALID, "its key is Ed25519"),
        (
            {"alg": "EdDSA", "jwk": {**okp_jwk(SIGNER), "d": "AAAA"}},
            INVALID,
            "private key material",
        ),
        ({"alg": "EdDSA", "jwk": {"kty": "oct", "k": "AAAA"}}, INVALID, "private key material"),
        ({"alg": "EdDSA", "jwk": {"kty": "OKP", "crv": "Ed448", "x": "A"}}, UNKNOWN, "Ed448"),
        ({"alg": "EdDSA", "jwk": okp_jwk(Signer())}, INVALID, "does not fit"),
        ({"alg": "EdDSA", "kid": "did:velocity:1#k", "jwk": None}, UNKNOWN, "did:velocity"),
    ],
)
def test_headers_that_ask_for_something_else_are_told(
    header: dict[str, Any], state: CheckState, reason: str
) -> None:
    """The header is written by whoever sends the token, and decides nothing by itself."""
    whole = {"jwk": okp_jwk(SIGNER), **header} if header else {"jwk": okp_jwk(SIGNER)}

    finding = check(compact(whole, claims(), SIGNER.private))

    assert finding.proof.state is state
    assert reason in finding.proof.reason


def test_a_public_key_is_never_used_as_a_shared_secret() -> None:
    """The oldest trick: HMAC with the text of the RSA key that everybody knows."""
    header = {"alg": "HS256", "kid": f"{ISSUER}#1"}
    parts = f"{b64(json.dumps(header).encode())}.{b64(json.dumps(claims()).encode())}"
    pem = pem_of(rsa_key())
    forged = hmac.new(pem.encode(), parts.encode(), hashlib.sha256).digest()
    document = {"id": ISSUER, "publicKey": [{"id": f"{ISSUER}#1", "publicKeyPem": pem}]}

    finding = check(f"{parts}.{b64(forged)}", **{ISSUER: document})

    assert finding.proof.state is INVALID


def test_a_long_header_with_a_large_key_is_read_and_an_endless_one_is_not() -> None:
    """RSA keys and their certificates exceed what libraries allow by default."""
    jwk = rsa_jwk(rsa_key())
    long = compact({"alg": "RS256", "jwk": jwk, "x5c": ["A" * 9000]}, claims(), rsa_key())
    endless = compact({"alg": "RS256", "jwk": jwk, "x5c": ["A" * 90000]}, claims(), rsa_key())

    assert check(long).proof.state is VALID
    assert check(endless).proof.state is INVALID
    assert "too large" in check(endless).proof.reason


TOKEN = compact({"alg": "EdDSA", "kid": SIGNER.method}, badge(SIGNER), SIGNER.private)
LETTERS = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@given(at=st.integers(min_value=0), letter=LETTERS)
def test_one_changed_letter_of_a_token_is_caught(at: int, letter: str) -> None:
    """Header and payload are signed as they are written, letter by letter."""
    place = at % TOKEN.rindex(".")
    changed = TOKEN[:place] + letter + TOKEN[place + 1 :]
    if changed == TOKEN or "." not in changed[: TOKEN.index(".") + 1]:
        return

    try:
        finding = check(changed)
    except UnreadableError:
        return

    assert finding.proof.state is not VALID


def test_content_that_is_not_the_tokens_is_refused() -> None:
    """What is shown must be what was signed."""
    (credential,) = read_credential_bytes(TOKEN.encode(), "badge.jwt")
    other = replace(credential, document={**credential.document, "name": "Doctor"})

    assert "not that of its token" in check_proof(other, NoDocuments()).proof.reason


def old_badge(**more: object) -> tuple[str, dict[str, object]]:
    """Return a signed badge of Open Badges 2.0, and the documents that it links to."""
    verification = {"type": "signed", "creator": CREATOR}
    assertion = {**ASSERTION, "verification": verification, **more}
    token = compact({"alg": "RS256", "typ": "JWT"}, assertion, rsa_key())
    key = {
        "id": CREATOR,
        "type": "CryptographicKey",
        "owner": PROFILE["id"],
        "publicKeyPem": pem_of(rsa_key()),
    }
    documents: dict[str, object] = {
        CREATOR: key,
        ASSERTION["badge"]: BADGE_CLASS,
        BADGE_CLASS["issuer"]: {**PROFILE, "publicKey": CREATOR},
    }
    return token, documents


def test_a_signed_badge_of_version_2_is_checked_by_following_its_links() -> None:
    """Assertion, badge class, issuer and key are four documents."""
    token, documents = old_badge()

    finding = check(token, **documents)

    assert (finding.proof.state, finding.issuer.state) == (VALID, VALID)
    assert CREATOR in finding.controllers


def test_a_signed_badge_whose_creator_is_not_the_issuers_key_is_not_the_issuers() -> None:
    """Anybody can sign and name their own key as the creator."""
    token, documents = old_badge()
    documents[BADGE_CLASS["issuer"]] = {**PROFILE, "publicKey": "https://guild.example/other"}

    finding = check(token, **documents)

    assert (finding.proof.state, finding.issuer.state) == (VALID, INVALID)


def test_a_signed_badge_without_its_documents_is_open() -> None:
    """Offline nobody knows the key; with the key alone nobody knows the issuer."""
    token, documents = old_badge()

    offline = check(token)
    key_only = check(token, **{CREATOR: documents[CREATOR]})

    assert offline.proof.state is UNKNOWN
    assert offline.proof.mend
    assert (key_only.proof.state, key_only.issuer.state) == (VALID, UNKNOWN)


def test_a_signed_badge_without_a_creator_uses_the_issuers_key() -> None:
    """The standard lets the issuer's only key go unnamed."""
    token, documents = old_badge(verification={"type": "signed"})

    assert check(token, **documents).proof.state is VALID


def test_a_key_of_version_1_may_be_a_bare_pem_text() -> None:
    """Version 1 names the key as ``verify.url``, and many hosts serve it as text."""
    token, documents = old_badge(verify={"type": "signed", "url": CREATOR}, verification=None)
    documents[CREATOR] = pem_of(rsa_key()).encode()

    assert check(token, **documents).proof.state is VALID
