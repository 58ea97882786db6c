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
from skillmatch.quality.badge import Badge, Detect, bounds_fault
from skillmatch.quality.kinds import kind_of
from skillmatch.quality.lint import badge_of, packaged_detector
from skillmatch.quality.outline import Outline, Promise, Stated, Target, outline_of, same
from skillmatch.quality.verbs import BloomLevel
from skillmatch.readers.credentials.node import Node

ALIKE = 0.6
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
        coverage: Whether earners of the old version cover this part of the new.
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
    coverage: Coverage = Coverage.COVERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two versions of one badge beside each other.

    Attributes:
        same_id: Whether both carry the same id.
        changes: Those that matter first, then by part.
        coverage: The worst of the changes; unclear where the old version states nothing.
        reasons: Why, in the order of the changes; empty where everything is covered.
    """

    version: str = "diff-1"
    old_name: str = ""
    new_name: str = ""
    same_id: bool = True
    changes: tuple[Change, ...] = ()
    coverage: Coverage = Coverage.COVERED
    reasons: tuple[str, ...] = ()


_MATTERS: Mapping[str, tuple[str, Coverage]] = {
    "criteria": ("other things are asked for to earn it", Coverage.UNCLEAR),
    "validity": ("it is valid for another time", Coverage.COVERED),
    "workload": ("another amount of learning stands behind it", Coverage.COVERED),
    "level": ("it claims another level", Coverage.UNCLEAR),
    "issuer": ("somebody else vouches for it", Coverage.COVERED),
    "type": ("it claims to be something else", Coverage.UNCLEAR),
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
    if fault := bounds_fault(root):
        raise UnreadableError(fault)
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
            why = "earners have not shown this"
            yield _added("outcome", new.text, why, new.pointer)
            continue
        removed.remove(old)
        why, coverage = _shift(old, new)
        yield Change(
            part="outcome",
            action=Action.CHANGED,
            old=old.text,
            new=new.text,
            matters=True,
            why=why,
            pointer=new.pointer,
            coverage=coverage,
        )
    for one in removed:
        yield _removed("outcome", one.text, "no longer stated", one.pointer)


def _shift(old: Promise, new: Promise) -> tuple[str, Coverage]:
    """Return what another wording of one statement means."""
    if old.level and new.level and old.level is not new.level:
        higher = _LEVELS.index(new.level) > _LEVELS.index(old.level)
        words = f"{'higher' if higher else 'lower'} level: {old.level.value} → {new.level.value}"
        return words, Coverage.NOT_COVERED if higher else Coverage.UNCLEAR
    if old.verb and new.verb and old.verb != new.verb:
        return f"another verb: {old.verb} → {new.verb}", Coverage.NOT_COVERED
    return "other words; whether they mean the same is yours to say", Coverage.UNCLEAR


def _target_changes(before: Iterable[Target], after: Iterable[Target]) -> Iterator[Change]:
    known, now = {one.key: one for one in before}, {one.key: one for one in after}
    for key, one in now.items():
        if key not in known:
            yield _added("alignment", one.name, "a skill is claimed that was not", one.pointer)
        elif same(known[key].name) != same(one.name):
            yield Change(
                part="alignment",
                action=Action.CHANGED,
                old=known[key].name,
                new=one.name,
                matters=False,
                why="the same URI under another name",
                pointer=one.pointer,
            )
    for key, one in known.items():
        if key not in now:
            yield _removed("alignment", one.name, "a skill is no longer claimed", one.pointer)


def _result_changes(
    before: Iterable[tuple[str, Stated]], after: Iterable[tuple[str, Stated]]
) -> Iterator[Change]:
    known, now = dict(before), dict(after)
    for name, one in now.items():
        if name not in known:
            why = "a result is asked for that was not"
            yield _added("result", _named(name, one), why, one.pointer)
        elif known[name].text != one.text:
            yield Change(
                part="result",
                action=Action.CHANGED,
                old=_named(name, known[name]),
                new=_named(name, one),
                matters=True,
                why="the same result is judged by another scale or requirement",
                pointer=one.pointer,
                coverage=Coverage.UNCLEAR,
            )
    for name, one in known.items():
        if name not in now:
            yield _removed("result", _named(name, one), "a result is dropped", one.pointer)


def _named(name: str, stated: Stated) -> str:
    return f"{name} ({stated.text})" if stated.text else name


def _field_changes(before: Outline, after: Outline) -> Iterator[Change]:
    old = dict(before.fields)
    for name, new in after.fields:
        was = old[name]
        if same(was.text) == same(new.text):
            continue
        why, coverage = _MATTERS.get(name) or (_FORM[name], Coverage.COVERED)
        if name == "level":
            why, coverage = _level_shift(was.text, new.text, why)
        yield Change(
            part=name,
            action=_action(was.text, new.text),
            old=was.text,
            new=new.text,
            matters=name in _MATTERS,
            why=why,
            pointer=new.pointer if new.text else was.pointer,
            coverage=coverage if new.text else Coverage.COVERED,
        )


def _level_shift(old: str, new: str, otherwise: str) -> tuple[str, Coverage]:
    """Return what another level means; levels are compared by the last number in them."""
    numbers = [re.findall(r"\d+", text) for text in (old, new)]
    if not numbers[0] or not numbers[1]:
        return otherwise, Coverage.UNCLEAR
    if int(numbers[1][-1]) > int(numbers[0][-1]):
        return "it claims a higher level", Coverage.NOT_COVERED
    return "it claims a lower level", Coverage.COVERED


def _action(old: str, new: str) -> Action:
    if not old:
        return Action.ADDED
    return Action.CHANGED if new else Action.REMOVED


def _added(part: str, new: str, why: str, pointer: str) -> Change:
    return Change(
        part=part,
        action=Action.ADDED,
        old="",
        new=new,
        matters=True,
        why=why,
        pointer=pointer,
        coverage=Coverage.NOT_COVERED,
    )


def _removed(part: str, old: str, why: str, pointer: str) -> Change:
    return Change(
        part=part,
        action=Action.REMOVED,
        old=old,
        new="",
        matters=True,
        why=why,
        pointer=pointer,
    )


def _without(these: Iterable[Promise], those: Iterable[Promise]) -> list[Promise]:
    keys = {one.key for one in those}
    return [one for one in these if one.key not in keys]


def _nearest(new: Promise, olds: list[Promise]) -> Promise | None:
    """Return the old statement with most words in common, None below ``ALIKE``."""
    words = new.key.split()
    # Comparing sequences is slow; sets of words tell which can be alike at all.
    near = [one for one in olds if _shared(one.key.split(), words) >= ALIKE / 2]
    rated = [(SequenceMatcher(None, one.key.split(), words).ratio(), one) for one in near]
    best = max(rated, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _shared(these: list[str], those: list[str]) -> float:
    both = len(set(these) & set(those))
    return 2 * both / (len(set(these)) + len(set(those)))


def _coverage(changes: Iterable[Change], before: Outline) -> tuple[Coverage, list[str]]:
    """Return the worst of all changes, and what makes it so."""
    found = [one for one in changes if one.coverage is not Coverage.COVERED]
    reasons = [f"{one.part}: {one.why}: “{one.new[:120]}”" for one in found]
    states = [one.coverage for one in found]
    if not before.outcomes and not before.targets:
        states.append(Coverage.UNCLEAR)
        reasons.append("the old version states no outcome and no alignment to compare with")
    order = tuple(Coverage)
    return max(states, key=order.index, default=Coverage.COVERED), reasons
