"""Which fields Open Badges 1 to 3 and the Comprehensive Learner Record 2.0 ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skillmatch.trust.shape_classes import Class, Classes, class_faults
from skillmatch.trust.shape_values import items, type_names

_CREDENTIAL_FIELDS: Mapping[str, str] = {
    "id": "uri",
    "name": "name",
    "description": "name",
    "image": "Image|uri",
    "awardedDate": "date",
    "evidence": "Evidence",
}

OB3_CLASSES: Classes = {
    "AchievementCredential": Class(
        required=("id", "type", "issuer", "credentialSubject"),
        fields={**_CREDENTIAL_FIELDS, "issuer": "Profile|uri"}
        | {"credentialSubject": "AchievementSubject"},
    ),
    "EndorsementCredential": Class(
        required=("type", "issuer", "credentialSubject"),
        fields={**_CREDENTIAL_FIELDS, "issuer": "Profile|uri"}
        | {"credentialSubject": "EndorsementSubject"},
    ),
    "ClrCredential": Class(
        required=("id", "type", "issuer", "credentialSubject"),
        fields={**_CREDENTIAL_FIELDS, "issuer": "Profile|uri", "credentialSubject": "ClrSubject"},
    ),
    "AchievementSubject": Class(
        required=("type", "achievement", "id|identifier"),
        types=("AchievementSubject",),
        fields={
            "id": "uri",
            "achievement": "Achievement",
            "identifier": "IdentityObject",
            "result": "Result",
            "source": "Profile",
            "image": "Image|uri",
            "activityStartDate": "date",
            "activityEndDate": "date",
            "creditsEarned": "number",
            "licenseNumber": "text",
            "narrative": "text",
            "role": "text",
            "term": "text",
        },
    ),
    "EndorsementSubject": Class(
        required=("id", "type"),
        types=("EndorsementSubject",),
        fields={"id": "uri", "endorsementComment": "text"},
    ),
    "ClrSubject": Class(
        required=("type", "verifiableCredential"),
        types=("ClrSubject",),
        fields={
            "id": "uri",
            "identifier": "IdentityObject",
            "achievement": "Achievement",
            "verifiableCredential": "Held|text",
            "association": "Association",
        },
    ),
    "Association": Class(
        required=("type", "associationType", "sourceId", "targetId"), types=("Association",)
    ),
    "Held": Class(required=("type",)),
    "Achievement": Class(
        required=("id", "type", "name", "description", "criteria"),
        types=("Achievement",),
        fields={
            "id": "uri",
            "name": "text",
            "description": "text",
            "criteria": "Criteria",
            "alignment": "Alignment",
            "achievementType": "text",
            "creator": "Profile",
            "creditsAvailable": "number",
            "fieldOfStudy": "text",
            "specialization": "text",
            "humanCode": "text",
            "image": "Image|uri",
            "inLanguage": "text",
            "otherIdentifier": "IdentifierEntry",
            "related": "Related",
            "resultDescription": "ResultDescription",
            "tag": "text",
            "version": "text",
        },
    ),
    "Criteria": Class(fields={"id": "uri", "narrative": "text"}),
    "Alignment": Class(
        required=("type", "targetName", "targetUrl"),
        types=("Alignment",),
        fields={
            "targetName": "text",
            "targetUrl": "uri",
            "targetDescription": "text",
            "targetFramework": "text",
            "targetCode": "text",
            "targetType": "text",
        },
    ),
    "ResultDescription": Class(
        required=("id", "type", "name", "resultType"),
        types=("ResultDescription",),
        fields={
            "id": "uri",
            "name": "text",
            "resultType": "text",
            "alignment": "Alignment",
            "allowedValue": "text",
            "requiredLevel": "uri",
            "requiredValue": "text",
            "rubricCriterionLevel": "RubricCriterionLevel",
            "valueMax": "text",
            "valueMin": "text",
        },
    ),
    "RubricCriterionLevel": Class(
        required=("id", "type", "name"),
        types=("RubricCriterionLevel",),
        fields={
            "id": "uri",
            "name": "text",
            "alignment": "Alignment",
            "description": "text",
            "level": "text",
            "points": "text",
        },
    ),
    "Result": Class(
        required=("type",),
        types=("Result",),
        fields={
            "achievedLevel": "uri",
            "alignment": "Alignment",
            "resultDescription": "uri",
            "status": "text",
            "value": "text",
        },
    ),
    "Evidence": Class(
        required=("type",),
        types=("Evidence",),
        fields={
            "id": "uri",
            "narrative": "text",
            "name": "text",
            "description": "text",
            "genre": "text",
            "audience": "text",
        },
    ),
    "Profile": Class(
        required=("id", "type"),
        types=("Profile",),
        fields={
            "id": "uri",
            "name": "text",
            "url": "uri",
            "description": "text",
            "image": "Image|uri",
            "email": "text",
            "phone": "text",
            "address": "Address",
            "otherIdentifier": "IdentifierEntry",
            "official": "text",
            "parentOrg": "Profile",
        },
    ),
    "Address": Class(required=("type",), types=("Address",), fields={"geo": "GeoCoordinates"}),
    "GeoCoordinates": Class(
        required=("type", "latitude", "longitude"),
        types=("GeoCoordinates",),
        fields={"latitude": "number", "longitude": "number"},
    ),
    "IdentityObject": Class(
        required=("type", "identityHash", "identityType"),
        types=("IdentityObject",),
        fields={"hashed": "flag", "identityHash": "text", "identityType": "text", "salt": "text"},
    ),
    "IdentifierEntry": Class(
        required=("type", "identifier", "identifierType"),
        types=("IdentifierEntry",),
        fields={"identifier": "text", "identifierType": "text"},
    ),
    "Image": Class(required=("id", "type"), types=("Image",), fields={"id": "uri"}),
    "Related": Class(required=("id", "type"), types=("Related",), fields={"id": "uri"}),
}
"""Classes of Open Badges 3.0 and CLR 2.0; class ``Held`` is a credential inside a record.

Source: 1EdTech Open Badges 3.0 and CLR 2.0, "Data Models".
"""

_ISSUER = Class(
    required=("id", "type", "name", "url", "email"),
    types=("Issuer", "Profile"),
    fields={"id": "uri", "name": "text", "url": "uri", "email": "text", "revocationList": "uri"},
)

OB2_CLASSES: Classes = {
    "Assertion": Class(
        required=("id", "type", "recipient", "badge", "verification|verify", "issuedOn"),
        types=("Assertion",),
        fields={
            "id": "uri",
            "recipient": "Identity",
            "badge": "BadgeClass|uri",
            "verification": "Verification",
            "verify": "Verification",
            "issuedOn": "day",
            "expires": "day",
            "image": "Any|uri",
            "evidence": "Any|uri",
            "revoked": "flag",
        },
    ),
    "OldAssertion": Class(
        required=("uid|id", "recipient", "badge", "verify|verification", "issuedOn"),
        fields={"badge": "BadgeClass|uri", "issuedOn": "day", "expires": "day"},
    ),
    "Endorsement": Class(
        required=("id", "type", "claim", "issuer", "issuedOn", "verification"),
        types=("Endorsement",),
        fields={"id": "uri", "claim": "Any", "issuer": "Any|uri", "issuedOn": "day"},
    ),
    "BadgeClass": Class(
        required=("type", "name", "description", "image", "criteria", "issuer"),
        types=("BadgeClass",),
        fields={
            "id": "uri",
            "name": "text",
            "description": "text",
            "image": "Any|uri",
            "criteria": "Any|uri",
            "issuer": "Issuer|uri",
            "tags": "text",
        },
    ),
    "Issuer": _ISSUER,
    "Profile": _ISSUER,
    "Identity": Class(
        required=("type", "identity"),
        fields={"hashed": "flag", "identity": "text", "salt": "text", "type": "text"},
    ),
    "Verification": Class(required=("type",)),
    "Any": Class(),
}
"""Classes of Open Badges 1.x and 2.0. Source: 1EdTech Open Badges 2.0, "Data Classes"."""

_OB2_CONTEXTS = ("https://w3id.org/openbadges/v2", "https://openbadgespec.org/v2/context.json")
_OB1_CONTEXTS = ("https://w3id.org/openbadges/v1", "https://openbadgespec.org/v1/context.json")
_VERIFICATIONS = frozenset({"hosted", "signed", "HostedBadge", "SignedBadge"})


def ob2_faults(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield the faults of an Open Badges 1.x or 2.0 document."""
    if "@context" not in document:
        yield from class_faults(document, "OldAssertion", OB2_CLASSES, "")
        return
    yield from _context_faults(document["@context"])
    known = [name for name in type_names(document) if name in OB2_CLASSES]
    yield from class_faults(document, known[0] if known else "Assertion", OB2_CLASSES, "")
    verification = document.get("verification", document.get("verify"))
    if isinstance(verification, Mapping):
        kinds = type_names(verification)
        if kinds and not _VERIFICATIONS & set(kinds):
            yield f"/verification/type should be hosted or signed, not {', '.join(kinds)}"


def _context_faults(context: object) -> Iterator[str]:
    parts = items(context)
    if any(part in _OB2_CONTEXTS + _OB1_CONTEXTS for part in parts):
        return
    if any(isinstance(part, Mapping) and "Assertion" in part for part in parts):
        return  # The published context, written out in the document.
    yield f"/@context should be {_OB2_CONTEXTS[0]}"
