"""An identity provider for tests: its keys are made here, and none of them is real."""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from joserfc import jws
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from skillmatch.errors import FetchError
from skillmatch_api.access.oidc.key_ring import KeyRing
from skillmatch_api.access.oidc.tokens import TokenReader
from skillmatch_api.oidc_settings import OidcSettings
from tests.api.conftest import NOW

ISSUER = "https://login.example.org/realms/work"
AUDIENCE = "skillmatch"

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


class _All(JWSRegistry):
    """Signs with whatever a test asks for."""

    def get_alg(self, name: str) -> Any:  # noqa: ANN401 - the library exports no type for it
        """Return any algorithm."""
        return self.algorithms[name]


@cache
def private_key(name: str) -> Private:
    """Return a key of the provider, or of a stranger; RSA keys take long to make."""
    kind = name.rpartition(" ")[2]
    if kind == "RS256":
        return rsa.generate_private_key(public_exponent=65537, key_size=2048)
    if kind == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return ed25519.Ed25519PrivateKey.generate()


def jose_key(name: str, *, private: bool) -> RSAKey | ECKey | OKPKey:
    """Return a key as the library has it."""
    key = private_key(name)
    if private:
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    else:
        pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    kind = name.rpartition(" ")[2]
    if kind == "RS256":
        return RSAKey.import_key(pem)
    return ECKey.import_key(pem) if kind == "ES256" else OKPKey.import_key(pem)


def entry_of(name: str, kid: str | None, **more: object) -> dict[str, Any]:
    """Return an entry of the provider's key set."""
    entry = {**jose_key(name, private=False).as_dict(private=False), "use": "sig", **more}
    entry.pop("kid", None)
    return entry if kid is None else {**entry, "kid": kid}


def key_set(*entries: dict[str, Any]) -> bytes:
    """Return a key set as it is published."""
    return json.dumps({"keys": list(entries)}).encode()


THEIR_SET = tuple((alg, f"{alg}-1") for alg in ("RS256", "ES256", "EdDSA"))


def oidc_settings(**more: Any) -> OidcSettings:  # noqa: ANN401 - fields of any kind
    """Return the settings of the provider."""
    return OidcSettings(**{"issuer": ISSUER, "audience": AUDIENCE, "jwks": "keys.json", **more})


def token_reader(**more: Any) -> TokenReader:  # noqa: ANN401 - fields of any kind
    """Return a reader of the provider's tokens."""
    content = key_set(*(entry_of(alg, kid) for alg, kid in THEIR_SET))
    return TokenReader(oidc_settings(**more), KeyRing(lambda: content))


def claims_of(**more: object) -> dict[str, object]:
    """Return claims that count, but for what is given; None leaves one away."""
    at = int(NOW.timestamp())
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "ada",
        "iat": at,
        "exp": at + 300,
        "scope": "openid skillmatch:learner",
        **more,
    }
    return {name: value for name, value in claims.items() if value is not None}


def token_of(
    claims: dict[str, object] | None = None,
    *,
    alg: str = "RS256",
    signer: str | None = None,
    payload: str | None = None,
    **header: object,
) -> str:
    """Return a token that counts, or with ``header`` and ``signer`` one that does not."""
    full = {"alg": alg, "kid": f"{alg}-1", "typ": "JWT", **header}
    full = {name: value for name, value in full.items() if value is not None}
    payload = payload or json.dumps(claims_of() if claims is None else claims)
    registry = _All(strict_check_header=False)
    return jws.serialize_compact(
        full, payload, jose_key(signer or alg, private=True), registry=registry
    )


def encoded(value: object) -> str:
    """Return a part of a token."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class Source:
    """A key set that can be exchanged and switched off, and counts how often it is asked."""

    def __init__(self, content: bytes) -> None:
        self.content: bytes | None = content
        self.asked = 0

    def __call__(self) -> bytes:
        """Return it, or raise FetchError."""
        self.asked += 1
        if self.content is None:
            raise FetchError("switched off")
        return self.content
