"""Badges as one Comprehensive Learner Record: each as it was issued, proof and all.

The record is a draft: whoever hands it on may sign it, and it is worth what its badges are worth.

Source: 1EdTech CLR Standard 2.0, "ClrCredential", "ClrSubject", "Association".
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from typing import Any

from skillmatch.errors import UsageError
from skillmatch.issuing.assembling import OB_CONTEXT, VC_CONTEXT
from skillmatch.issuing.moments import timestamp
from skillmatch.model.credential import Credential, CredentialFormat, Securing

CLR_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
_NAMESPACE = uuid.UUID("5a9ec6de-2e0b-5d8b-a0a8-9d3d7e8a3c21")
# Formats that are W3C credentials; older badges have no place in a record.
_VERIFIABLE = frozenset(
    {
        CredentialFormat.OPEN_BADGES_3,
        CredentialFormat.CLR_2,
        CredentialFormat.VERIFIABLE_CREDENTIAL,
        CredentialFormat.ENDORSEMENT,
        CredentialFormat.EDC,
    }
)


def fits_record(credential: Credential) -> bool:
    """Tell whether a credential can stand in a record as it is."""
    types = credential.document.get("type", ())
    return credential.format in _VERIFIABLE and "VerifiableCredential" in types


def learner_record(
    credentials: Sequence[Credential],
    *,
    at: datetime,
    issuer: Mapping[str, Any] | None = None,
    name: str = "",
) -> dict[str, Any]:
    """Return an unsigned ClrCredential with the credentials untouched.

    A credential that came as a JWT is enveloped, so that its signature stays checkable.

    Args:
        credentials: Those that ``fits_record``; the order is kept.
        at: From when the record holds.
        issuer: Profile of who puts it together; by default the learner, by the id that all
            credentials share, or a new id where they share none.
        name: Of the record.

    Raises:
        UsageError: There is no credential to put into it.
    """
    if not credentials:
        raise UsageError(
            "no badge is left that could stand in a record: it takes Open Badges 3.0 and other "
            "W3C credentials; use --format json or html for older badges"
        )
    learner = _learner(credentials)
    parts = [_part(one) for one in credentials]
    own = uuid.uuid5(_NAMESPACE, "\n".join((timestamp(at), *(one.id for one in credentials))))
    subject: dict[str, Any] = {"id": learner} if learner else {"id": f"urn:uuid:{own}"}
    achievements = tuple(_achievements(credentials))
    associations = tuple(_associations(achievements))
    return {
        "@context": [VC_CONTEXT, CLR_CONTEXT, OB_CONTEXT],
        "id": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{own} record')}",
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": name or "Learner record",
        "issuer": dict(issuer) if issuer else {"id": subject["id"], "type": ["Profile"]},
        "validFrom": timestamp(at),
        "partial": True,
        "credentialSubject": {
            **subject,
            "type": ["ClrSubject"],
            "verifiableCredential": parts,
            **({"achievement": list(achievements)} if achievements else {}),
            **({"association": list(associations)} if associations else {}),
        },
    }


def _learner(credentials: Sequence[Credential]) -> str:
    """Return the id that all credentials give their subject, empty where they do not agree."""
    ids = {one.recipient.id for one in credentials}
    return ids.pop() if len(ids) == 1 else ""


def _part(credential: Credential) -> Any:  # noqa: ANN401 - the document as it came
    if credential.securing in {Securing.JWT, Securing.JWS} and credential.token:
        return {
            "@context": [VC_CONTEXT],
            "id": f"data:application/vc+jwt,{credential.token}",
            "type": ["EnvelopedVerifiableCredential"],
        }
    return credential.document


def _achievements(credentials: Sequence[Credential]) -> Iterator[dict[str, Any]]:
    """Yield each achievement once, as its issuer wrote it, by the id that associations use."""
    seen: set[str] = set()
    for credential in credentials:
        subject = credential.document.get("credentialSubject")
        achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
        for one in achievement if isinstance(achievement, list) else [achievement]:
            if not isinstance(one, Mapping) or not isinstance(one.get("id"), str):
                continue
            if one["id"] not in seen:
                seen.add(one["id"])
                yield dict(one)


def _associations(achievements: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield that two achievements are related where they are aligned with the same skill."""
    targets = [(str(one["id"]), _targets(one)) for one in achievements]
    for (source, left), (target, right) in combinations(sorted(targets), 2):
        if left & right:
            yield {
                "type": "Association",
                "associationType": "isRelatedTo",
                "sourceId": source,
                "targetId": target,
            }


def _targets(achievement: Mapping[str, Any]) -> frozenset[str]:
    alignment = achievement.get("alignment", ())
    listed = alignment if isinstance(alignment, list) else [alignment]
    return frozenset(
        one["targetUrl"]
        for one in listed
        if isinstance(one, Mapping) and isinstance(one.get("targetUrl"), str)
    )
