"""From an Achievement draft to a credential that lacks nothing but its proof."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from skillmatch.errors import DataError, UsageError
from skillmatch.issuing.moments import timestamp

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
OB_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
BASE_CONTEXTS = (VC_CONTEXT, OB_CONTEXT)
# Earlier ids of the two base contexts, which the newest takes the place of.
_OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context"
_NAMES = ("id", "identifier")
_NAMESPACE = uuid.UUID("c2b1c0de-5c1f-5d2e-9f0a-6c9f5b7a3e11")


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What one person is awarded, beside the achievement itself.

    Attributes:
        recipient: ``id`` or ``identifier`` of the subject, as ``recipient_fields`` gives them.
        valid_until: None for a badge that does not end.
        status: ``credentialStatus``, None where the badge can never be revoked.
        id: Of the credential; made from what it says where empty.
    """

    recipient: Mapping[str, Any] = field(repr=False)
    valid_from: datetime
    valid_until: datetime | None = None
    status: Mapping[str, str] | None = None
    id: str = ""


def achievement_of(draft: Mapping[str, Any]) -> dict[str, Any]:
    """Return the achievement of a draft: an Achievement, or a credential that holds one.

    Raises:
        DataError: There is none, or more than one.
    """
    types = types_of(draft)
    if "Achievement" in types:
        return {key: value for key, value in draft.items() if key not in {"@context", "proof"}}
    subject = draft.get("credentialSubject")
    achievement = subject.get("achievement") if isinstance(subject, Mapping) else None
    if isinstance(achievement, Sequence) and not isinstance(achievement, str):
        achievement = achievement[0] if len(achievement) == 1 else None
    if not isinstance(achievement, Mapping):
        raise DataError(
            'no Achievement found: expected {"type": ["Achievement"], "name": …}, or a credential '
            "with one achievement at /credentialSubject/achievement. `skillmatch badge write "
            "REVIEW --to FOLDER --as ob3` writes such drafts, of Open Badges 2.0 too"
        )
    return dict(achievement)


def credential_id(draft: Mapping[str, Any], issuer: Mapping[str, Any], award: Award) -> str:
    """Return the id of a credential: given, or made from what it says.

    The same award of the same achievement has the same id, so that issuing it again replaces it.
    """
    if award.id:
        return award.id
    named = award.recipient.get("id") or award.recipient["identifier"][0]["identityHash"]
    achievement = achievement_of(draft).get("id", "")
    parts = (issuer.get("id", ""), achievement, named, timestamp(award.valid_from))
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, chr(10).join(map(str, parts)))}"


def assemble(
    draft: Mapping[str, Any], *, issuer: Mapping[str, Any], award: Award
) -> dict[str, Any]:
    """Return an unsigned AchievementCredential.

    Results, narrative and evidence of a draft that is a credential are kept where the draft names
    no recipient, or this one: those of somebody else are nobody else's business.

    Raises:
        DataError: The draft holds no achievement.
        UsageError: The badge would end before it begins.
    """
    achievement = achievement_of(draft)
    if award.valid_until is not None and award.valid_until <= award.valid_from:
        raise UsageError(
            f"the badge would end ({timestamp(award.valid_until)}) before it begins "
            f"({timestamp(award.valid_from)})"
        )
    made: dict[str, Any] = {
        "@context": _contexts(draft),
        "id": credential_id(draft, issuer, award),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": achievement.get("name", ""),
        "issuer": dict(issuer),
        "validFrom": timestamp(award.valid_from),
    }
    if award.valid_until is not None:
        made["validUntil"] = timestamp(award.valid_until)
    own = _is_about(draft, award)
    made["credentialSubject"] = _subject(draft if own else {}, achievement, award)
    if own and isinstance(draft.get("evidence"), list):
        made["evidence"] = draft["evidence"]
    if award.status is not None:
        made["credentialStatus"] = dict(award.status)
    return made


def _is_about(draft: Mapping[str, Any], award: Award) -> bool:
    given = draft.get("credentialSubject")
    named = (
        {key: given[key] for key in _NAMES if key in given} if isinstance(given, Mapping) else {}
    )
    return not named or named == dict(award.recipient)


def _subject(draft: Mapping[str, Any], achievement: dict[str, Any], award: Award) -> dict[str, Any]:
    given = draft.get("credentialSubject")
    kept = {
        key: value
        for key, value in (given.items() if isinstance(given, Mapping) else ())
        if key not in {*_NAMES, "type", "achievement"}
    }
    return {**award.recipient, "type": ["AchievementSubject"], "achievement": achievement, **kept}


def types_of(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ``type`` values of a node."""
    types = value.get("type", value.get("@type", ()))
    if isinstance(types, str):
        return (types,)
    return tuple(one for one in types if isinstance(one, str)) if isinstance(types, list) else ()


def _contexts(draft: Mapping[str, Any]) -> list[Any]:
    """Return the two contexts that must come first, then what else the draft needs."""
    given = draft.get("@context", ())
    further = given if isinstance(given, list) else [given] if given else []
    return [
        *BASE_CONTEXTS,
        *(
            one
            for one in further
            if one not in BASE_CONTEXTS
            and not (isinstance(one, str) and one.startswith(_OPEN_BADGES))
            and one != "https://www.w3.org/2018/credentials/v1"
        ),
    ]
