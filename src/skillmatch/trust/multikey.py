"""Public keys in the spellings that credentials use, as one value.

Source: W3C Controlled Identifiers 1.0, section 2.2.2 "Multikey"; RFC 7517 and RFC 8037 (JWK);
Open Badges 2.0 "CryptographicKey" (PEM).
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from skillmatch.errors import DataError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    PublicKeyObject = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

MAX_LETTERS = 4096
"""Of a multibase value; base 58 is decoded in time quadratic in its length."""
MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192
_MAX_PEM = 16_384
_PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_PRIVATE_PROPERTIES = frozenset(
    {"secretKeyMultibase", "privateKeyMultibase", "secretKeyJwk", "privateKeyJwk"}
    | {"privateKeyBase58", "privateKeyPem", "privateKeyHex"}
)


class KeyKind(StrEnum):
    """What kinds of key credentials are checked with."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    RSA = "RSA"


# Multicodec prefixes as unsigned varints.
_PUBLIC = {KeyKind.ED25519: b"\xed\x01", KeyKind.P256: b"\x80\x24", KeyKind.RSA: b"\x85\x24"}
_PRIVATE = (b"\x80\x26", b"\x81\x26", b"\x85\x26", b"\x86\x26", b"\x87\x26", b"\x88\x26")
_OTHERS = {
    b"\xe7\x01": "secp256k1",
    b"\xec\x01": "X25519",
    b"\xeb\x01": "BLS12-381",
    b"\x81\x24": "P-384",
    b"\x82\x24": "P-521",
}


class UnusableKeyError(DataError):
    """Something that was meant as a public key and cannot serve as one.

    Attributes:
        supported: False where the key may be good, but is of a kind that is not checked here.
    """

    def __init__(self, message: str, *, supported: bool = True) -> None:
        super().__init__(message)
        self.supported = supported


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key; equal to every other spelling of itself.

    Attributes:
        material: 32 bytes for Ed25519, the compressed point for P-256, DER (PKCS #1) for RSA.
    """

    kind: KeyKind
    material: bytes = field(repr=False)

    @property
    def multikey(self) -> str:
        """The key as a Multikey, as in ``z6Mk…``."""
        import base58

        return "z" + str(base58.b58encode(_PUBLIC[self.kind] + self.material).decode("ascii"))

    def load(self) -> PublicKeyObject:
        """Return the key as ``cryptography`` takes it."""
        from cryptography.hazmat.primitives.asymmetric import ec, ed25519

        if self.kind is KeyKind.ED25519:
            return ed25519.Ed25519PublicKey.from_public_bytes(self.material)
        if self.kind is KeyKind.P256:
            return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.material)
        return _rsa_of(self.material)


def read_multikey(text: str) -> PublicKey:
    """Return the key of a Multikey value (``publicKeyMultibase``, or a ``did:key`` without prefix).

    Raises:
        UnusableKeyError: It is no key, a private one, or of a kind that is not checked.
    """
    data = decode_multibase(text)
    prefix, material = data[:2], data[2:]
    if prefix in _PRIVATE:
        raise UnusableKeyError("it is a private key, which its owner must not show to anybody")
    kind = next((one for one, known in _PUBLIC.items() if known == prefix), None)
    if kind is None:
        if prefix in _OTHERS:
            raise UnusableKeyError(f"{_OTHERS[prefix]} keys are not supported", supported=False)
        raise UnusableKeyError("it is no public key in Multikey form")
    return _checked(kind, material)


def decode_multibase(text: str) -> bytes:
    """Return the bytes of a multibase value in base 58 (``z``) or base 64 for URLs (``u``).

    Raises:
        UnusableKeyError: It is neither.
    """
    import base58

    if len(text) > MAX_LETTERS:
        raise UnusableKeyError(f"it is longer than {MAX_LETTERS} letters")
    try:
        if text[:1] == "z":
            return bytes(base58.b58decode(text[1:].encode("ascii")))
        if text[:1] == "u":
            return _base64url(text[1:])
    except (ValueError, UnicodeError) as error:
        raise UnusableKeyError("it is not in multibase form") from error
    raise UnusableKeyError("it is not in multibase form")


def read_jwk(jwk: Mapping[str, Any]) -> PublicKey:
    """Return the key of a JSON Web Key.

    Raises:
        UnusableKeyError: It is no key, holds private parts, or is of a kind that is not checked.
    """
    if not _PRIVATE_MEMBERS.isdisjoint(jwk):
        raise UnusableKeyError("it holds private key material, which must not be shown to anybody")
    kind, curve = jwk.get("kty"), jwk.get("crv")
    if kind == "OKP" and curve == "Ed25519":
        return _checked(KeyKind.ED25519, _member(jwk, "x"))
    if kind == "EC" and curve == "P-256":
        return _p256(_member(jwk, "x"), _member(jwk, "y"))
    if kind == "RSA":
        return _rsa(_member(jwk, "n"), _member(jwk, "e"))
    if kind in ("OKP", "EC"):
        raise UnusableKeyError(f"{str(curve)[:40]} keys are not supported", supported=False)
    raise UnusableKeyError(f"{str(kind)[:40]} is no kind of public key")


def read_pem(text: str) -> PublicKey:
    """Return the key of a PEM text.

    Raises:
        UnusableKeyError: It is no public key, or of a kind that is not checked.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    if "PRIVATE KEY" in text:
        raise UnusableKeyError("it is a private key, which its owner must not show to anybody")
    if len(text) > _MAX_PEM:
        raise UnusableKeyError(f"it is longer than {_MAX_PEM} letters")
    try:
        return _of_object(load_pem_public_key(text.encode("ascii")))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKeyError("it is no public key in PEM form") from error


def read_method(method: Mapping[str, Any]) -> PublicKey:
    """Return the key of a verification method, of a key document, or of a bare JWK.

    Raises:
        UnusableKeyError: It holds no key, a private one, or one of a kind that is not checked.
    """
    if not _PRIVATE_PROPERTIES.isdisjoint(method):
        raise UnusableKeyError("it holds private key material, which must not be shown to anybody")
    if isinstance(text := method.get("publicKeyMultibase"), str):
        return read_multikey(text)
    if isinstance(jwk := method.get("publicKeyJwk"), Mapping):
        return read_jwk(jwk)
    if isinstance(text := method.get("publicKeyPem"), str):
        return read_pem(text)
    if isinstance(text := method.get("publicKeyBase58"), str):
        return _checked(KeyKind.ED25519, decode_multibase("z" + text))
    if "kty" in method:
        return read_jwk(method)
    raise UnusableKeyError("it holds no public key")


def holds_key(value: object) -> bool:
    """Tell whether an object is meant as a key."""
    names = {"publicKeyMultibase", "publicKeyJwk", "publicKeyPem", "publicKeyBase58", "kty"}
    return isinstance(value, Mapping) and not names.isdisjoint(value)


def _checked(kind: KeyKind, material: bytes) -> PublicKey:
    """Let ``cryptography`` look at the bytes once."""
    key = PublicKey(kind=kind, material=material)
    try:
        return _of_object(key.load())
    except ValueError as error:
        raise UnusableKeyError(f"it is no {kind.value} key") from error


def _of_object(key: object) -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if isinstance(key, ed25519.Ed25519PublicKey):
        return PublicKey(kind=KeyKind.ED25519, material=key.public_bytes_raw())
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        point = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return PublicKey(kind=KeyKind.P256, material=point)
    if isinstance(key, rsa.RSAPublicKey):
        _check_rsa(key.key_size, key.public_numbers().e)
        der = key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
        return PublicKey(kind=KeyKind.RSA, material=der)
    raise UnusableKeyError("keys of its kind are not supported", supported=False)


def _p256(x: bytes, y: bytes) -> PublicKey:
    if len(x) != 32 or len(y) != 32:
        raise UnusableKeyError("it is no P-256 key")
    return _checked(KeyKind.P256, b"\x04" + x + y)


def _rsa(modulus: bytes, exponent: bytes) -> PublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    n, e = int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big")
    _check_rsa(n.bit_length(), e)
    try:
        return _of_object(RSAPublicNumbers(e, n).public_key())
    except ValueError as error:
        raise UnusableKeyError("it is no RSA key") from error


def _rsa_of(material: bytes) -> RSAPublicKey:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    key = load_der_public_key(material)
    if not isinstance(key, RSAPublicKey):
        raise UnusableKeyError("it is no RSA key")
    return key


def _check_rsa(bits: int, exponent: int) -> None:
    if not MIN_RSA_BITS <= bits <= MAX_RSA_BITS:
        raise UnusableKeyError(
            f"an RSA key of {bits} bits is refused; {MIN_RSA_BITS} to {MAX_RSA_BITS} are safe"
        )
    if not 3 <= exponent < 2**32:
        raise UnusableKeyError("an RSA key with this exponent is refused")


def _member(jwk: Mapping[str, Any], name: str) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str) or len(text) > MAX_LETTERS:
        raise UnusableKeyError(f"its member {name!r} is missing or no text")
    try:
        return _base64url(text)
    except ValueError as error:
        raise UnusableKeyError(f"its member {name!r} is not base64url") from error


def _base64url(text: str) -> bytes:
    try:
        data = text.encode("ascii")
        return base64.b64decode(data + b"=" * (-len(data) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeError) as error:
        raise ValueError("not base64url") from error
