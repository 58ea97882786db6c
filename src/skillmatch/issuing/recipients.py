"""To whom a credential is issued: an id, or an identity that only its owner can show."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from skillmatch.errors import UsageError

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_EMAIL = re.compile(r"[^@\s:]+@[^@\s:]+\.[^@\s:]+")
SHORTEST_SALT = 8


def recipient_fields(to: str, *, salt: str) -> dict[str, Any]:
    """Return what names the recipient in ``credentialSubject``.

    A URI (``did:…``, ``mailto:…``, ``https:…``) becomes the subject's id and can be read by
    everybody. A bare e-mail address becomes a salted SHA-256, which can be compared with an
    address that somebody already knows, and tells it to nobody else.

    Args:
        to: URI or e-mail address.
        salt: Of the hash; random and different for each credential.

    Raises:
        UsageError: ``to`` is neither, or the salt is too short to protect anything.
    """
    named = to.strip()
    if _EMAIL.fullmatch(named):
        if len(salt) < SHORTEST_SALT:
            raise UsageError(f"a salt has at least {SHORTEST_SALT} characters")
        return {
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": hashed_identity(named, salt),
                    "identityType": "emailAddress",
                    "salt": salt,
                }
            ]
        }
    if _URI.fullmatch(named):
        return {"id": named}
    raise UsageError(
        f"{to!r} names no recipient; give an e-mail address (it is hashed), or a URI such as "
        "did:key:… or mailto:name@example.org (it is not)"
    )


def hashed_identity(identity: str, salt: str) -> str:
    """Return ``sha256$hex`` of an identity and its salt, as Open Badges hashes them."""
    return "sha256$" + hashlib.sha256(f"{identity}{salt}".encode()).hexdigest()
