"""Signing keys: what they are called in public, and what they sign.

Only public halves ever leave this module as text; the private half stays inside ``SigningKey`` and
in the file that ``key_files`` writes.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from skillmatch.errors import DataError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey | RSAPrivateKey

RSA_BITS = 3072
"""Of a new key; the shortest that is expected to hold beyond 2030 (NIST SP 800-57)."""
SHORTEST_RSA_BITS = 2048


class KeyKind(StrEnum):
    """Which keys sign credentials, by the name that the command line takes."""

    ED25519 = "ed25519"
    P256 = "p256"
    RSA = "rsa"


ALGORITHMS = {KeyKind.ED25519: "EdDSA", KeyKind.P256: "ES256", KeyKind.RSA: "RS256"}
"""JOSE algorithm that a kind of key signs with."""

# Multicodec prefixes as unsigned varints: ed25519-pub, p256-pub, rsa-pub.
PUBLIC_PREFIXES = {
    KeyKind.ED25519: b"\xed\x01",
    KeyKind.P256: b"\x80\x24",
    KeyKind.RSA: b"\x85\x24",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A private key, and the name under which verifiers find its public half.

    Attributes:
        private: The key itself; never printed.
        method: URL or DID URL of the public key; that of its ``did:key`` where none was given.
    """

    kind: KeyKind
    private: PrivateKey = field(repr=False)
    method: str = ""

    @property
    def multikey(self) -> str:
        """The public key as a Multikey value (``publicKeyMultibase``)."""
        return multibase(PUBLIC_PREFIXES[self.kind] + self._public_bytes())

    @property
    def did(self) -> str:
        """The ``did:key`` of the public key, which needs no server to be resolved."""
        return f"did:key:{self.multikey}"

    @property
    def verification_method(self) -> str:
        """Where verifiers find the public key."""
        return self.method or f"{self.did}#{self.multikey}"

    @property
    def algorithm(self) -> str:
        """JOSE name of the algorithm that the key signs with."""
        return ALGORITHMS[self.kind]

    def public_jwk(self) -> dict[str, str]:
        """Return the public key as a JWK, without any private part."""
        public: Any = self.private.public_key()
        if self.kind is KeyKind.ED25519:
            return {"kty": "OKP", "crv": "Ed25519", "x": base64url(self._public_bytes())}
        numbers = public.public_numbers()
        if self.kind is KeyKind.P256:
            x, y = (base64url(value.to_bytes(32, "big")) for value in (numbers.x, numbers.y))
            return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
        return {"kty": "RSA", "n": _unsigned(numbers.n), "e": _unsigned(numbers.e)}

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature; the same key and message give the same bytes.

        ECDSA draws its nonce from key and message (RFC 6979), and its signature is ``r || s`` as
        in JOSE.
        """
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding, utils

        private: Any = self.private
        if self.kind is KeyKind.ED25519:
            return bytes(private.sign(message))
        if self.kind is KeyKind.RSA:
            return bytes(private.sign(message, padding.PKCS1v15(), hashes.SHA256()))
        made = private.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        r, s = utils.decode_dss_signature(made)
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def _public_bytes(self) -> bytes:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        encodings = {
            KeyKind.ED25519: (Encoding.Raw, PublicFormat.Raw),
            KeyKind.P256: (Encoding.X962, PublicFormat.CompressedPoint),
            KeyKind.RSA: (Encoding.DER, PublicFormat.PKCS1),
        }
        return self.private.public_key().public_bytes(*encodings[self.kind])


def new_key(kind: KeyKind = KeyKind.ED25519, *, method: str = "") -> SigningKey:
    """Draw a new key from the system's randomness."""
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    match kind:
        case KeyKind.ED25519:
            return SigningKey(
                kind=kind, private=ed25519.Ed25519PrivateKey.generate(), method=method
            )
        case KeyKind.P256:
            return SigningKey(
                kind=kind, private=ec.generate_private_key(ec.SECP256R1()), method=method
            )
        case KeyKind.RSA:
            made = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
            return SigningKey(kind=kind, private=made, method=method)


def signing_key(private: object, *, method: str = "") -> SigningKey:
    """Wrap a private key of ``cryptography``.

    Raises:
        DataError: It is of a kind or size that no badge should be signed with.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(private, ed25519.Ed25519PrivateKey):
        return SigningKey(kind=KeyKind.ED25519, private=private, method=method)
    if isinstance(private, ec.EllipticCurvePrivateKey) and isinstance(private.curve, ec.SECP256R1):
        return SigningKey(kind=KeyKind.P256, private=private, method=method)
    if isinstance(private, rsa.RSAPrivateKey) and private.key_size >= SHORTEST_RSA_BITS:
        return SigningKey(kind=KeyKind.RSA, private=private, method=method)
    raise DataError(
        "the key is none that signs credentials here: Ed25519, P-256, or RSA of at least "
        f"{SHORTEST_RSA_BITS} bits. Make one with `skillmatch badge key new --out FILE`"
    )


def multibase(value: bytes) -> str:
    """Return bytes as base58btc with the prefix that says so."""
    import base58

    return "z" + str(base58.b58encode(value).decode("ascii"))


def base64url(value: bytes) -> str:
    """Return bytes as base64url without padding, as JOSE wants it."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def _unsigned(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))
