"""Answers that lie in the database so that only who asked for them can read them again.

An answer may hold a new key or a person's data. It is encrypted under what the client sends with
every request, and of which the database has at most a digest: whoever has the database alone
learns nothing from it.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


def seal(text: bytes, *, secret: bytes, context: bytes) -> bytes:
    """Encrypt with AES-256-GCM; ``context`` must be the same to open it."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(secret, context).encrypt(nonce, text, context)


def unseal(sealed: bytes, *, secret: bytes, context: bytes) -> bytes | None:
    """Return what was sealed; None where secret or context are others, or nothing was."""
    if len(sealed) < _NONCE:
        return None
    try:
        return _cipher(secret, context).decrypt(sealed[:_NONCE], sealed[_NONCE:], context)
    except InvalidTag:
        return None


def _cipher(secret: bytes, context: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=context).derive(secret))
