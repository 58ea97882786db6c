"""Vouch for somebody's badge: an EndorsementCredential, signed or to be signed elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skillmatch.errors import UsageError
from skillmatch.issuing.assembling import BASE_CONTEXTS
from skillmatch.issuing.moments import timestamp

_NAMESPACE = uuid.UUID("0b0d2f9e-70b4-5d7e-8f34-0f3c6d1d7a55")
MAX_COMMENT = 10_000


def endorsement(
    endorsed: str, *, by: Mapping[str, Any], comment: str, valid_from: datetime
) -> dict[str, Any]:
    """Return an unsigned EndorsementCredential about a credential, achievement or profile.

    Args:
        endorsed: Id of what is endorsed.
        by: Profile of who endorses it, with an id.
        comment: What they say, in Markdown.
        valid_from: From when they say it.

    Raises:
        UsageError: Nothing is endorsed, or nothing is said.
    """
    said = comment.strip()
    if not endorsed:
        raise UsageError("what is to be endorsed has no id, so that nothing can point to it")
    if not said or len(said) > MAX_COMMENT:
        raise UsageError(
            f"an endorsement says something, in 1 to {MAX_COMMENT} characters: what did you see, "
            "where, and for how long?"
        )
    parts = (by.get("id", ""), endorsed, said, timestamp(valid_from))
    return {
        "@context": list(BASE_CONTEXTS),
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(map(str, parts)))}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": f"Endorsement by {by.get('name', by.get('id', ''))}",
        "issuer": dict(by),
        "validFrom": timestamp(valid_from),
        "credentialSubject": {
            "id": endorsed,
            "type": ["EndorsementSubject"],
            "endorsementComment": said,
        },
    }
