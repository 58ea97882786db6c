"""A JSON Web Key Set, reduced to the keys that may sign a token."""

from __future__ import annotations

import json
from dataclasses import dataclass

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey
from joserfc.util import urlsafe_b64decode

from skillmatch.errors import DataError

LEAST_RSA_BITS = 2048
MOST_KEYS = 100

KINDS = {"RS256": "RSA", "ES256": "EC", "EdDSA": "OKP", "Ed25519": "OKP"}
"""The algorithms that are taken, and the kind of key that each needs. None of them has a secret
that both sides know, so that nobody can sign with what is public."""

_MEMBERS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y"), "OKP": ("crv", "x")}
Bare = dict[str, str | list[str]]
"""The members of a key that make it one, and nothing that says how to use it."""

_CURVES = {"EC": "P-256", "OKP": "Ed25519"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that signatures are checked with.

    Attributes:
        kid: Its name in the set; None where it has none.
        algorithm: The one algorithm that it may be used with; None for any of its kind.
        kind: ``RSA``, ``EC`` (P-256) or ``OKP`` (Ed25519).
    """

    kid: str | None
    algorithm: str | None
    kind: str
    key: RSAKey | ECKey | OKPKey

    def fits(self, algorithm: str, kid: str | None) -> bool:
        """Whether a token of this algorithm that names this key may be checked with it."""
        named = kid is None or kid == self.kid
        return named and KINDS.get(algorithm) == self.kind and self.algorithm in {None, algorithm}


def read_keys(content: bytes) -> tuple[PublicKey, ...]:
    """Return the keys of a set that may sign a token; others are passed over.

    Raises:
        DataError: It is no set, holds a private key, or none that may sign.
    """
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DataError("the key set is no JSON") from error
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list) or len(listed) > MOST_KEYS:
        raise DataError(f"the key set has no list named keys of at most {MOST_KEYS}")
    entries = [one for one in listed if isinstance(one, dict)]
    if any("d" in one for one in entries):
        raise DataError("the key set holds a private key; publish public ones only")
    keys = tuple(key for key in map(_key, entries) if key is not None)
    if not keys:
        raise DataError("the key set holds no key for RS256, ES256 or EdDSA")
    return keys


def _key(entry: dict[str, object]) -> PublicKey | None:
    kind, kid, algorithm = entry.get("kty"), entry.get("kid"), entry.get("alg")
    if not isinstance(kind, str) or kind not in _MEMBERS or entry.get("use", "sig") != "sig":
        return None
    if entry.get("crv") != _CURVES.get(kind) or (algorithm is not None and algorithm not in KINDS):
        return None
    bare: Bare = {name: str(entry.get(name, "")) for name in ("kty", *_MEMBERS[kind])}
    try:
        key = _imported(kind, bare) if _is_long(bare) else None
    except (JoseError, ValueError, TypeError):
        return None
    if key is None:
        return None
    return PublicKey(
        kid=kid if isinstance(kid, str) else None,
        algorithm=str(algorithm) if algorithm is not None else None,
        kind=kind,
        key=key,
    )


def _is_long(bare: Bare) -> bool:
    modulus = bare.get("n")
    if not isinstance(modulus, str):
        return True
    return int.from_bytes(urlsafe_b64decode(modulus.encode())).bit_length() >= LEAST_RSA_BITS


def _imported(kind: str, bare: Bare) -> RSAKey | ECKey | OKPKey:
    if kind == "RSA":
        return RSAKey.import_key(bare)
    return ECKey.import_key(bare) if kind == "EC" else OKPKey.import_key(bare)
