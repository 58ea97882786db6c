"""Values that travel through a browser and come back unchanged, or not at all.

A page that stores nothing hands what it has read to the browser in a hidden field. The field is
sealed, so that nobody can write a proof into it, and it counts for a day and its organisation only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import zlib
from datetime import datetime, timedelta

LIFE = timedelta(hours=24)
"""After that, what was read has to be read again: badges expire, and frameworks move on."""
_SIZE = hashlib.sha256().digest_size
_KEY = secrets.token_bytes(32)
"""Of this process: a restart ends what travels, and documents are dropped again."""


def seal(data: bytes, *, purpose: str, at: datetime) -> str:
    """Return data in a form for a hidden field.

    Args:
        data: Anything.
        purpose: Where it may come back, such as the page and the organisation.
        at: Now.
    """
    body = int(at.timestamp()).to_bytes(8, "big") + zlib.compress(data)
    return base64.urlsafe_b64encode(_mac(body, purpose) + body).decode("ascii")


def unseal(field: str, *, purpose: str, at: datetime) -> bytes | None:
    """Return what was sealed; None when it is not from here, for something else, or too old."""
    try:
        raw = base64.urlsafe_b64decode(field.encode("ascii"))
    except (binascii.Error, ValueError):
        return None
    if base64.urlsafe_b64encode(raw).decode("ascii") != field:
        return None  # decoding passes over what is no letter of it
    mac, body = raw[:_SIZE], raw[_SIZE:]
    if not hmac.compare_digest(mac, _mac(body, purpose)):
        return None
    age = at.timestamp() - int.from_bytes(body[:8], "big")
    return zlib.decompress(body[8:]) if age <= LIFE.total_seconds() else None


def _mac(body: bytes, purpose: str) -> bytes:
    return hmac.digest(_KEY, purpose.encode() + b"\0" + body, "sha256")
