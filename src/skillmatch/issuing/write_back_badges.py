"""Badges with their reviewed alignments: as they were, or as Open Badges 2.0 or 3.0 drafts.

Nothing is signed here. A draft keeps every field of the badge, known or not, apart from the proof,
which holds no longer.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from typing import Any

from skillmatch.issuing.write_back import WritePlan, WrittenAlignment
from skillmatch.model.achievement import Alignment
from skillmatch.model.alignment import Badge
from skillmatch.model.credential import CredentialFormat

OB2_CONTEXT = "https://w3id.org/openbadges/v2"
OB3_CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)
PROPOSED = "Proposed by skillmatch and not reviewed yet"
OLD = frozenset({CredentialFormat.OPEN_BADGES_1.value, CredentialFormat.OPEN_BADGES_2.value})
EDITABLE = frozenset(
    {
        *OLD,
        CredentialFormat.OPEN_BADGES_3.value,
        CredentialFormat.CLR_2.value,
        CredentialFormat.VERIFIABLE_CREDENTIAL.value,
        "sheet",
    }
)
"""Formats whose achievements are Open Badges, so that they can be written back."""
_CARRIED = frozenset({
    "@context", "id", "@id", "type", "@type", "name", "description", "criteria", "image", "issuer",
    "creator", "tag", "tags", "alignment", "alignments", "@language", "version", "inLanguage",
})  # fmt: skip
_KEYS = ("alignment", "alignments")


def alignment_object(written: WrittenAlignment, version: int) -> dict[str, Any]:
    """Return an alignment as Open Badges 1, 2 or 3 writes it.

    Only version 3 knows a target type. A score is no term of any version, so a proposal that was
    not reviewed says so in its description.
    """
    target = written.target
    mark = "" if written.reviewed else _mark(written)
    if version == 1:
        words = " ".join(filter(None, (target.framework_and_release, target.code, mark)))
        row = {"name": target.label, "url": target.uri, "description": words}
    else:
        row = {
            "targetName": target.label,
            "targetUrl": target.uri,
            "targetDescription": mark,
            "targetFramework": target.framework_and_release,
            "targetCode": target.code,
        }
    if version == 3:
        row = {"targetType": target.target_type, **row}
    kept: dict[str, Any] = {key: value for key, value in row.items() if value}
    return {"type": ["Alignment"], **kept} if version == 3 else kept


def edited_badge(plan: WritePlan) -> dict[str, Any]:
    """Return the badge in its own version with its alignments, every other field kept.

    Of a credential this is the achievement or badge class alone: a draft is about nobody.
    """
    badge = plan.badge
    own, context = _own_object(badge)
    document = copy.deepcopy(dict(own))
    if not badge.pointer:
        document.pop("proof", None)
    for pointer in sorted(plan.removed, key=_by_place, reverse=True):
        _remove(document, pointer)
    rows = [alignment_object(one, _version(badge)) for one in plan.added]
    if rows or "alignment" in document or "alignments" in document:
        _add(document, rows)
    head = {"@context": context} if context and "@context" not in document else {}
    return {**head, **document}


def achievement_draft(plan: WritePlan) -> dict[str, Any]:
    """Return the badge as an Achievement of Open Badges 3.0, whatever it was."""
    if plan.badge.format not in OLD:
        return edited_badge(plan)
    own, _ = _own_object(plan.badge)
    kept = [one for one in plan.badge.alignments if one.pointer not in plan.removed]
    rows = [_as_version_3(one) for one in kept if one.target_name and one.target_url]
    rows += [alignment_object(one, 3) for one in plan.added]
    document = {
        "@context": list(OB3_CONTEXTS),
        "id": _text(own, "id", "@id") or plan.badge.id,
        "type": ["Achievement"],
        "name": plan.badge.name,
        "description": _text(own, "description"),
        "criteria": _criteria(own),
        "image": _image(own),
        "creator": _creator(own),
        "tag": _texts(own.get("tags")),
        "inLanguage": _text(own, "@language"),
        "version": _text(own, "version"),
        "alignment": rows,
    }
    needed = {"@context", "id", "type", "name", "description", "criteria"}
    return {key: value for key, value in document.items() if value or key in needed}


def badge_class_draft(plan: WritePlan) -> dict[str, Any]:
    """Return the badge as a BadgeClass of Open Badges 2.0, whatever it was."""
    if plan.badge.format in OLD:
        return edited_badge(plan)
    own, _ = _own_object(plan.badge)
    kept = [one for one in plan.badge.alignments if one.pointer not in plan.removed]
    rows = [_as_version_2(one) for one in kept if one.target_name and one.target_url]
    rows += [alignment_object(one, 2) for one in plan.added]
    creator = own.get("creator")
    document = {
        "@context": OB2_CONTEXT,
        "id": plan.badge.id,
        "type": "BadgeClass",
        "name": plan.badge.name,
        "description": _text(own, "description"),
        "image": _image(own).get("id", ""),
        "criteria": _criteria(own),
        "issuer": _text(creator, "id") if isinstance(creator, Mapping) else creator,
        "tags": _texts(own.get("tag")),
        "alignment": rows,
    }
    needed = {"@context", "id", "type", "name", "description", "criteria"}
    return {key: value for key, value in document.items() if value or key in needed}


def left_behind(badge: Badge) -> tuple[str, ...]:
    """Return the fields of a badge that a draft of the other version has no place for, sorted."""
    own, _ = _own_object(badge)
    return tuple(sorted(set(own) - _CARRIED))


def _mark(written: WrittenAlignment) -> str:
    sure = "" if written.confidence is None else f" (confidence {written.confidence:.2f})"
    return f"{PROPOSED}{sure}"


def _version(badge: Badge) -> int:
    if badge.format == CredentialFormat.OPEN_BADGES_1.value:
        return 1
    return 2 if badge.format == CredentialFormat.OPEN_BADGES_2.value else 3


def _own_object(badge: Badge) -> tuple[Mapping[str, Any], Any]:
    """Return the badge's own object, and the context that its terms come from."""
    found: Any = badge.document
    context = badge.document.get("@context")
    for step in badge.pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        found = found[int(name)] if isinstance(found, list) else found[name]
        if isinstance(found, Mapping):
            context = found.get("@context", context)
    return (found if isinstance(found, Mapping) else {}), context


def _by_place(pointer: str) -> tuple[tuple[int, str], ...]:
    """Sort pointers so that of one list the last item goes first when taken in reverse."""
    return tuple((int(one), "") if one.isdigit() else (-1, one) for one in pointer.split("/"))


def _remove(document: dict[str, Any], pointer: str) -> None:
    *steps, last = [one.replace("~1", "/").replace("~0", "~") for one in pointer.split("/")[1:]]
    holder: Any = document
    for step in steps:
        holder = holder[int(step)] if isinstance(holder, list) else holder.get(step, {})
    if isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
        del holder[int(last)]
    elif isinstance(holder, dict):
        holder.pop(last, None)


def _add(document: dict[str, Any], rows: Sequence[dict[str, Any]]) -> None:
    """Put alignments under the name that the specifications know, after those that are there."""
    there: list[Any] = []
    for key in _KEYS:
        value = document.pop(key, [])
        there += value if isinstance(value, list) else [value]
    if there or rows:
        document["alignment"] = [*there, *rows]


def _as_version_3(one: Alignment) -> dict[str, Any]:
    row = {"type": ["Alignment"], "targetType": one.target_type, **_as_version_2(one)}
    return {key: value for key, value in row.items() if value}


def _as_version_2(one: Alignment) -> dict[str, Any]:
    row = {
        "targetName": one.target_name,
        "targetUrl": one.target_url,
        "targetDescription": one.target_description,
        "targetFramework": one.target_framework,
        "targetCode": one.target_code,
    }
    return {key: value for key, value in row.items() if value}


def _criteria(own: Mapping[str, Any]) -> dict[str, str]:
    criteria = own.get("criteria")
    if isinstance(criteria, str):
        link = ":" in criteria and len(criteria.split()) == 1
        return {"id": criteria} if link else {"narrative": criteria}
    if isinstance(criteria, Mapping):
        row = {"id": _text(criteria, "id", "@id"), "narrative": _text(criteria, "narrative")}
        return {key: value for key, value in row.items() if value}
    return {}


def _image(own: Mapping[str, Any]) -> dict[str, str]:
    image = own.get("image")
    if isinstance(image, Mapping):
        row = {"id": _text(image, "id", "@id"), "type": "Image"}
        row["caption"] = _text(image, "caption")
        return {key: value for key, value in row.items() if value} if row["id"] else {}
    return {"id": image, "type": "Image"} if isinstance(image, str) and image else {}


def _creator(own: Mapping[str, Any]) -> dict[str, Any]:
    issuer = own.get("issuer")
    if isinstance(issuer, str) and issuer:
        return {"id": issuer, "type": ["Profile"]}
    if not isinstance(issuer, Mapping) or not _text(issuer, "id", "@id"):
        return {}
    row = {
        "id": _text(issuer, "id", "@id"),
        "name": _text(issuer, "name"),
        "url": _text(issuer, "url"),
        "email": _text(issuer, "email"),
    }
    kept: dict[str, Any] = {key: value for key, value in row.items() if value}
    return {"type": ["Profile"], **kept}


def _text(value: Mapping[str, Any], *names: str) -> str:
    return next((one for name in names if isinstance(one := value.get(name), str)), "")


def _texts(value: object) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [one for one in items if isinstance(one, str) and one]
