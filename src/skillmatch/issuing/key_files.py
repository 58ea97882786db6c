"""Private keys in files: JWK, PEM and multibase, readable by their owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from skillmatch.errors import DataError, NotFoundError, StorageError, UsageError
from skillmatch.issuing.keys import KeyKind, SigningKey, base64url, multibase, signing_key

MAX_BYTES = 64 * 1024
# Multicodec prefixes as unsigned varints: ed25519-priv and p256-priv. RSA has none in use.
SECRET_PREFIXES = {KeyKind.ED25519: b"\x80\x26", KeyKind.P256: b"\x86\x26"}
JWK_SUFFIXES = {".jwk", ".json"}
MULTIBASE_SUFFIXES = {".multibase", ".txt"}


def write_key(path: Path, key: SigningKey) -> None:
    """Write a private key with mode 600, in the format that the name asks for.

    ``.jwk`` and ``.json`` give a JWK, ``.txt`` and ``.multibase`` a multibase line, everything
    else PEM (PKCS #8). A JWK also keeps the key's verification method, as ``kid``.

    Raises:
        UsageError: There is a file already, which may be the only copy of another key; or the
            format cannot hold this kind of key.
        StorageError: The place cannot be written.
    """
    data = _key_text(path, key).encode("ascii")
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageError(
            f"{path} exists and is never overwritten: it may be the only copy of a key. "
            "Choose another name"
        ) from error
    except OSError as error:
        raise StorageError(f"cannot write {path}: {error.strerror or error}") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise StorageError(f"cannot write {path}: {error.strerror or error}") from error


def read_key(path: Path, *, method: str = "") -> SigningKey:
    """Read a private key, whatever its format.

    Args:
        path: JWK, PEM (PKCS #8, PKCS #1 or SEC 1, without a passphrase) or multibase.
        method: Verification method; goes before the ``kid`` of a JWK.

    Raises:
        NotFoundError: There is no such file.
        DataError: It holds no key that signs credentials.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotFoundError(f"no key at {path}: {error.strerror or error}") from error
    if len(data) > MAX_BYTES:
        raise DataError(f"over {MAX_BYTES // 1024} KiB; this is no key file", path=path)
    try:
        key = key_of(data)
    except DataError as error:
        raise DataError(str(error), path=path) from error
    return replace(key, method=method) if method else key


def key_of(data: bytes) -> SigningKey:
    """Return the private key that some bytes hold.

    Raises:
        DataError: They hold none that signs credentials; the message never quotes them.
    """
    text = data.strip()
    if text.startswith(b"{"):
        return _from_jwk(text)
    if text.startswith(b"-----BEGIN"):
        return _from_pem(text)
    if text.startswith(b"z"):
        return _from_multibase(text)
    raise DataError("neither a JWK, a PEM nor a multibase key; expected a private key")


def _key_text(path: Path, key: SigningKey) -> str:
    suffix = path.suffix.lower()
    if suffix in JWK_SUFFIXES:
        return json.dumps(private_jwk(key), indent=2) + "\n"
    if suffix in MULTIBASE_SUFFIXES:
        return private_multibase(key) + "\n"
    return private_pem(key)


def private_pem(key: SigningKey) -> str:
    """Return the private key as PEM (PKCS #8, no passphrase)."""
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
    )

    made = key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.decode("ascii")


def private_jwk(key: SigningKey) -> dict[str, str]:
    """Return the private key as a JWK."""
    named = {**key.public_jwk(), "kid": key.verification_method, "alg": key.algorithm}
    if key.kind is not KeyKind.RSA:
        return {**named, "d": base64url(_secret(key))}
    private: Any = key.private
    numbers = private.private_numbers()
    parts = {
        "d": numbers.d,
        "p": numbers.p,
        "q": numbers.q,
        "dp": numbers.dmp1,
        "dq": numbers.dmq1,
        "qi": numbers.iqmp,
    }
    return named | {
        name: base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))
        for name, value in parts.items()
    }


def private_multibase(key: SigningKey) -> str:
    """Return the private key as ``secretKeyMultibase``.

    Raises:
        UsageError: It is an RSA key, for which no such form is in use.
    """
    prefix = SECRET_PREFIXES.get(key.kind)
    if prefix is None:
        raise UsageError("an RSA key has no multibase form in use; write it as .jwk or .pem")
    return multibase(prefix + _secret(key))


def _secret(key: SigningKey) -> bytes:
    """Return the 32 bytes that make an Ed25519 or P-256 key."""
    private: Any = key.private
    if key.kind is KeyKind.ED25519:
        return bytes(private.private_bytes_raw())
    return bytes(private.private_numbers().private_value.to_bytes(32, "big"))


def _from_pem(text: bytes) -> SigningKey:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        return signing_key(load_pem_private_key(text, password=None))
    except TypeError as error:
        raise DataError(
            "the key is locked with a passphrase; write it without one into a file of your own "
            "(openssl pkey -in KEY -out NEW)"
        ) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise DataError("the PEM holds no private key that can be read") from error


def _from_jwk(text: bytes) -> SigningKey:
    from joserfc.errors import JoseError

    try:
        jwk = json.loads(text)
        if not isinstance(jwk, dict):
            raise DataError("the JWK is no JSON object")
        if "d" not in jwk:
            raise DataError("the JWK is public: it lacks `d`, and nothing can be signed with it")
        private = _private_of(jwk)
    except (ValueError, KeyError, TypeError, RecursionError, JoseError) as error:
        raise DataError("the JWK cannot be read, or its parts do not fit together") from error
    kid = jwk.get("kid")
    # A bare thumbprint says nothing to a verifier; only a URL leads to the public key.
    return signing_key(private, method=kid if isinstance(kid, str) and ":" in kid else "")


def _private_of(jwk: dict[str, Any]) -> object:
    from cryptography.hazmat.primitives.asymmetric import ed25519
    from joserfc.jwk import import_key

    if jwk.get("kty") == "OKP" and jwk.get("crv") == "Ed25519":
        private = ed25519.Ed25519PrivateKey.from_private_bytes(_unbase64url(jwk["d"]))
        if base64url(private.public_key().public_bytes_raw()) != jwk.get("x"):
            raise ValueError("public and private half differ")
        return private
    return import_key({name: jwk[name] for name in jwk if name not in {"kid", "use"}}).private_key


def _from_multibase(text: bytes) -> SigningKey:
    import base58
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519

    makers: dict[bytes, Callable[[bytes], object]] = {
        SECRET_PREFIXES[KeyKind.ED25519]: ed25519.Ed25519PrivateKey.from_private_bytes,
        SECRET_PREFIXES[KeyKind.P256]: lambda secret: ec.derive_private_key(
            int.from_bytes(secret, "big"), ec.SECP256R1()
        ),
    }
    try:
        raw = base58.b58decode(text[1:])
        private = makers[raw[:2]](raw[2:] if len(raw) == 34 else b"")
        return signing_key(private)
    except (KeyError, ValueError) as error:
        raise DataError(
            "the multibase text is no private Ed25519 or P-256 key (it starts with z3u2 or z42)"
        ) from error


def _unbase64url(text: str) -> bytes:
    import base64

    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
