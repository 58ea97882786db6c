"""Vouch for somebody's badge: an EndorsementCredential, signed or to be signed elsewhere."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skillmatch.errors import UsageError
from skillmatch.issuing.assembling import BASE_CONTEXTS, types_of
from skillmatch.issuing.keys import multibase
from skillmatch.issuing.moments import timestamp

_NAMESPACE = uuid.UUID("0b0d2f9e-70b4-5d7e-8f34-0f3c6d1d7a55")
_NOT_CONTENT = frozenset({"proof", "endorsement", "endorsementJwt"})
MAX_COMMENT = 10_000


def endorsement(
    endorsed: Mapping[str, Any], *, by: Mapping[str, Any], comment: str, valid_from: datetime
) -> dict[str, Any]:
    """Return an unsigned EndorsementCredential about a credential.

    It holds a digest of the credential, too: an id alone could be put on another badge later.

    Args:
        endorsed: The credential's own JSON.
        by: Profile of who endorses it, with an id.
        comment: What they say, in Markdown.
        valid_from: From when they say it.

    Raises:
        UsageError: Nothing is endorsed, or nothing is said.
    """
    said = comment.strip()
    about = endorsed.get("id")
    if not isinstance(about, str) or not about:
        raise UsageError("the badge has no id, so that no endorsement can point to it")
    if not said or len(said) > MAX_COMMENT:
        raise UsageError(
            f"an endorsement says something, in 1 to {MAX_COMMENT} characters: what did you see, "
            "where, and for how long?"
        )
    parts = (by.get("id", ""), about, said, timestamp(valid_from))
    return {
        "@context": list(BASE_CONTEXTS),
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(map(str, parts)))}",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": f"Endorsement by {by.get('name', by.get('id', ''))}",
        "issuer": dict(by),
        "validFrom": timestamp(valid_from),
        "credentialSubject": {
            "id": about,
            "type": ["EndorsementSubject"],
            "endorsementComment": said,
        },
        "relatedResource": [{"id": about, "digestMultibase": content_digest(endorsed)}],
    }


def is_body(document: Mapping[str, Any]) -> bool:
    """Tell whether a document is an endorsement that lacks who says it and when."""
    return "EndorsementCredential" in types_of(document) and not {"issuer", "proof"} & set(document)


def completed_endorsement(
    body: Mapping[str, Any], *, by: Mapping[str, Any], valid_from: datetime, comment: str = ""
) -> dict[str, Any]:
    """Return an endorsement body with who says it and when, ready to be signed.

    Args:
        body: As ``badge write --as endorsement`` writes it.
        by: Profile of who endorses.
        valid_from: From when they say it.
        comment: Takes the place of the body's own, where given.
    """
    subject = dict(body["credentialSubject"])
    if comment.strip():
        subject["endorsementComment"] = comment.strip()
    parts = (body.get("id", ""), by.get("id", ""), comment.strip(), timestamp(valid_from))
    return {
        **body,
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(map(str, parts)))}",
        "issuer": dict(by),
        "validFrom": timestamp(valid_from),
        "credentialSubject": subject,
    }


def content_digest(document: Mapping[str, Any]) -> str:
    """Return the multibase multihash (SHA-256) of a credential without its proofs.

    Endorsements do not count either, so that one can be put into the badge that it is about.

    Raises:
        JsonLdError: The document has no canonical JSON form.

    Source: RFC 8785 for the form; W3C Controlled Identifiers 1.0, "Multihash" and "Multibase".
    """
    from skillmatch.jsonld import canonical_json

    kept = {name: value for name, value in document.items() if name not in _NOT_CONTENT}
    return multibase(b"\x12\x20" + hashlib.sha256(canonical_json(kept)).digest())
