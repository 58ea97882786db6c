"""What changed between two versions of a badge, and whether the old one still covers the new.

Only values are compared. That two sentences mean the same is for people to say; sentences that
differ in few words are shown side by side for that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.quality.badge import Badge, Detect
from skillmatch.quality.kinds import kind_of
from skillmatch.quality.lint import badge_of, packaged_detector
from skillmatch.quality.outline import Outline, Promise, Stated, Target, outline_of, same
from skillmatch.quality.verbs import BloomLevel
from skillmatch.readers.credentials.node import Node

ALIKE = 0.75
"""From this share of words in common on, two sentences are taken for versions of one."""
_LEVELS = tuple(BloomLevel)


class Action(StrEnum):
    """What happened to a part."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class Coverage(StrEnum):
    """Whether who earned the old version has shown what the new one asks for."""

    COVERED = "covered"
    UNCLEAR = "unclear"
    NOT_COVERED = "not covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference.

    Attributes:
        part: ``outcome``, ``alignment``, ``result`` or the name of a field.
        old: Words before; empty for what was added.
        new: Words after; empty for what was removed.
        matters: Whether it changes what the badge says of its earner.
        why: What it changes, or why it does not matter.
        pointer: Of the new place; of the old one for what was removed.
    """

    part: str
    action: Action
    old: str
    new: str
    matters: bool
    why: str
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two versions of one badge beside each other.

    Attributes:
        same_id: Whether both carry the same id.
        changes: Those that matter first, then by part.
        coverage: The worst that the new outcomes, alignments and results make of it.
        reasons: Why, in the order of the parts; empty where everything is covered.
    """

    version: str = "diff-1"
    old_name: str = ""
    new_name: str = ""
    same_id: bool = True
    changes: tuple[Change, ...] = ()
    coverage: Coverage = Coverage.COVERED
    reasons: tuple[str, ...] = ()


_MATTERS: Mapping[str, str] = {
    "criteria": "other things are asked for to earn it",
    "validity": "it is valid for another time",
    "workload": "another amount of learning stands behind it",
    "level": "it claims another level",
    "issuer": "somebody else vouches for it",
    "type": "it claims to be something else",
}
_FORM: Mapping[str, str] = {
    "name": "the name alone changes nothing that was shown",
    "description": "its outcomes are compared one by one",
    "language": "the wording is in another language, or only says so now",
    "version": "a version says that something changed, not what",
    "tags": "tags help to find it",
}


def compare(
    old: Mapping[str, Any], new: Mapping[str, Any], *, detect: Detect | None = None
) -> Difference:
    """Return what changed from one document to the other.

    Raises:
        UnreadableError: One of them is nothing that can be compared.
    """
    return compare_nodes(Node(old), Node(new), detect=detect)


def compare_nodes(old: Node, new: Node, *, detect: Detect | None = None) -> Difference:
    """Return what changed from one document to the other; pointers are those of the nodes."""
    before, after = (outline_of(_badge(one, detect)) for one in (old, new))
    changes = [
        *_outcome_changes(before, after),
        *_target_changes(before.targets, after.targets),
        *_result_changes(before.results, after.results),
        *_field_changes(before, after),
    ]
    coverage, reasons = _coverage(changes, before)
    return Difference(
        old_name=before.name,
        new_name=after.name,
        same_id=before.id == after.id,
        changes=tuple(sorted(changes, key=lambda one: not one.matters)),
        coverage=coverage,
        reasons=tuple(reasons),
    )


def _badge(root: Node, detect: Detect | None) -> Badge:
    kind = kind_of(root)
    if kind is None:
        raise UnreadableError(
            "it is neither an Open Badge, a CTDL credential, a rich skill descriptor nor another "
            "verifiable credential"
        )
    return badge_of(root, kind, detect or packaged_detector)


def _outcome_changes(before: Outline, after: Outline) -> Iterator[Change]:
    removed = _without(before.outcomes, after.outcomes)
    for new in _without(after.outcomes, before.outcomes):
        old = _nearest(new, removed)
        if old is None:
            yield _change("outcome", "", new.text, "earners have not shown this", new.pointer)
            continue
        removed.remove(old)
        yield _change("outcome", old.text, new.text, _shift(old, new), new.pointer)
    for one in removed:
        yield _change("outcome", one.text, "", "no longer shown by new earners", one.pointer)


def _shift(old: Promise, new: Promise) -> str:
    if old.level and new.level and old.level is not new.level:
        higher = _LEVELS.index(new.level) > _LEVELS.index(old.level)
        way = "higher" if higher else "lower"
        return f"{way} level: {old.level.value} became {new.level.value}"
    return "other words; whether they mean the same is yours to say"


def _target_changes(before: Iterable[Target], after: Iterable[Target]) -> Iterator[Change]:
    known, now = {one.key: one for one in before}, {one.key: one for one in after}
    for key, one in now.items():
        if key not in known:
            yield _change("alignment", "", one.name, "a new skill is claimed", one.pointer)
        elif same(known[key].name) != same(one.name):
            yield _change(
                "alignment",
                known[key].name,
                one.name,
                "the same URI under another name",
                one.pointer,
                matters=False,
            )
    for key, one in known.items():
        if key not in now:
            yield _change("alignment", one.name, "", "a skill is no longer claimed", one.pointer)


def _result_changes(
    before: Iterable[tuple[str, Stated]], after: Iterable[tuple[str, Stated]]
) -> Iterator[Change]:
    known, now = dict(before), dict(after)
    for name, one in now.items():
        if name not in known:
            words = _named(name, one)
            yield _change("result", "", words, "a result is asked for that was not", one.pointer)
        elif known[name].text != one.text:
            words = "the same result is judged by another scale or requirement"
            old = _named(name, known[name])
            yield _change("result", old, _named(name, one), words, one.pointer)
    for name, one in known.items():
        if name not in now:
            yield _change("result", _named(name, one), "", "a result is dropped", one.pointer)


def _named(name: str, stated: Stated) -> str:
    return f"{name} ({stated.text})" if stated.text else name


def _field_changes(before: Outline, after: Outline) -> Iterator[Change]:
    old = dict(before.fields)
    for name, new in after.fields:
        was = old[name]
        if same(was.text) == same(new.text):
            continue
        place = new.pointer if new.text else was.pointer
        why = _MATTERS.get(name) or _FORM[name]
        yield _change(name, was.text, new.text, why, place, matters=name in _MATTERS)


def _change(
    part: str, old: str, new: str, why: str, pointer: str, *, matters: bool = True
) -> Change:
    action = Action.ADDED if not old else Action.REMOVED if not new else Action.CHANGED
    return Change(
        part=part, action=action, old=old, new=new, matters=matters, why=why, pointer=pointer
    )


def _without(these: Iterable[Promise], those: Iterable[Promise]) -> list[Promise]:
    keys = {one.key for one in those}
    return [one for one in these if one.key not in keys]


def _nearest(new: Promise, olds: list[Promise]) -> Promise | None:
    """Return the old statement with most words in common, None below ``ALIKE``."""
    words = new.key.split()
    rated = [(SequenceMatcher(None, one.key.split(), words).ratio(), one) for one in olds]
    best = max(rated, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _coverage(changes: Iterable[Change], before: Outline) -> tuple[Coverage, list[str]]:
    """Judge what the new version asks for and the old one did not."""
    found = Coverage.COVERED
    reasons: list[str] = []
    if not before.outcomes and not before.targets:
        found = Coverage.UNCLEAR
        reasons.append("the old version states no outcome and no alignment to compare with")
    for one in changes:
        part = _asked(one)
        if part is None:
            continue
        state, reason = part
        reasons.append(reason)
        if _worse(state, found):
            found = state
    return found, reasons


def _asked(change: Change) -> tuple[Coverage, str] | None:
    """Return what one change makes of the coverage, None where it asks for nothing new."""
    if change.action is Action.REMOVED or not change.matters:
        return None
    asks = f"{change.part} “{change.new[:120]}”"
    if change.part in {"outcome", "alignment", "result"} and change.action is Action.ADDED:
        return Coverage.NOT_COVERED, f"new: {asks}"
    if change.part == "outcome" and change.why.startswith("higher level"):
        return Coverage.NOT_COVERED, f"{change.why}: {asks}"
    if change.part == "level" and (raised := _raised(change.old, change.new)) is not None:
        return (Coverage.NOT_COVERED, f"higher level: {asks}") if raised else None
    if change.part in {"outcome", "result", "criteria", "level", "type"}:
        return Coverage.UNCLEAR, f"changed: {change.part}; {change.why}"
    return None


def _raised(old: str, new: str) -> bool | None:
    """Tell whether a level has a higher number; None where a side has none."""
    numbers = [re.search(r"\d+(?!.*\d)", text) for text in (old, new)]
    if not numbers[0] or not numbers[1]:
        return None
    return int(numbers[1][0]) > int(numbers[0][0])


def _worse(one: Coverage, other: Coverage) -> bool:
    order = tuple(Coverage)
    return order.index(one) > order.index(other)
