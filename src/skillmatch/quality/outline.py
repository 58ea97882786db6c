"""What a badge promises, as plain values that two versions of it can be compared by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from skillmatch.quality.badge import Badge, term, walk
from skillmatch.quality.european_elements import claims
from skillmatch.quality.kinds import Kind
from skillmatch.quality.reading import Nature, Vagueness
from skillmatch.quality.verbs import BloomLevel
from skillmatch.readers.credentials.moments import read_moment
from skillmatch.readers.credentials.node import Node

_STARTS = ("validFrom", "issuanceDate", "issuedOn", "ceterms:dateEffective")
_ENDS = ("validUntil", "expirationDate", "expires", "ceterms:expirationDate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing that a badge says its earner can do.

    Attributes:
        key: What makes two of them the same, whatever their case, blanks and full stop.
        verb: Plain form, empty where there is none, or one that nobody can observe.
        level: None where the statement has no verb of the cognitive taxonomy.
    """

    text: str
    key: str
    pointer: str
    verb: str = ""
    level: BloomLevel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One node that a badge is aligned with; ``key`` is its URI, else its name and framework."""

    name: str
    key: str
    pointer: str


_Keyed = TypeVar("_Keyed", Promise, Target)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A plain field with its words; empty where the badge does not have it."""

    text: str
    pointer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What two versions of a badge are compared by.

    Attributes:
        fields: By name, in the order in which they are told.
        results: Result descriptions with what they require, by id or name.
    """

    id: str
    name: str
    outcomes: tuple[Promise, ...]
    targets: tuple[Target, ...]
    fields: tuple[tuple[str, Stated], ...]
    results: tuple[tuple[str, Stated], ...]


def outline_of(badge: Badge) -> Outline:
    """Return the outline of a badge; of a record with several achievements all together."""
    nodes = badge.achievements or (badge.root,)
    return Outline(
        id=next((one.id() for one in nodes if one.id()), ""),
        name=next((text for one in nodes if (text := _text(one, "name").text)), ""),
        outcomes=_distinct(_outcomes(badge)),
        targets=_distinct(_targets(badge)),
        fields=tuple((name, stated) for name, stated in _fields(badge, nodes)),
        results=tuple(_results(nodes)),
    )


def same(text: str) -> str:
    """Return text without what makes no difference: case, blanks, marks at its ends."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(folded.split()).strip(" .;,:!*-")


def _outcomes(badge: Badge) -> Iterator[Promise]:
    for reading in badge.readings:
        if reading.nature in {Nature.OUTCOME, Nature.NOT_READ}:
            text = " ".join(reading.statement.text.split())
            yield Promise(
                text=text,
                key=same(text),
                pointer=reading.statement.pointer,
                verb="" if Vagueness.VAGUE_VERB in reading.reasons else reading.verb,
                level=reading.level,
            )


def _targets(badge: Badge) -> Iterator[Target]:
    for alignment in badge.alignments():
        name, url = alignment.text("targetName").strip(), alignment.get("targetUrl").id().strip()
        framework = alignment.text("targetFramework")
        if name or url:
            key = url or same(f"{framework} {name}")
            yield Target(name=name or url, key=key, pointer=alignment.pointer)
    for reading in badge.readings if badge.kind is Kind.CTDL else ():
        holder = reading.statement.pointer.split("/ceterms:targetNodeName")[0]
        yield Target(name=reading.statement.text, key=same(reading.statement.text), pointer=holder)


def _fields(badge: Badge, nodes: tuple[Node, ...]) -> Iterator[tuple[str, Stated]]:
    first = nodes[0]
    yield "name", _text(first, "name", "skillName", "title")
    yield "description", _text(first, "description", "skillStatement")
    yield "criteria", _criteria(first)
    yield "type", _text(first, "achievementType")
    yield "validity", _validity(badge.root)
    yield "workload", _workload(badge, first)
    yield "level", _level(badge, first)
    yield "issuer", _issuer(badge, first)
    yield "language", _text(first, "inLanguage", "@language")
    yield "version", _text(first, "version", "versionIdentifier")
    yield "tags", _tags(first)


def _text(node: Node, *names: str) -> Stated:
    for name in names:
        found = term(node, name)
        if text := found.text().strip():
            return Stated(text=" ".join(text.split()), pointer=found.pointer)
    return Stated(text="", pointer=node.pointer)


def _criteria(node: Node) -> Stated:
    criteria = node.get("criteria")
    for part in (criteria.get("narrative"), criteria, criteria.get("id")):
        if text := part.text().strip():
            return Stated(text=" ".join(text.split()), pointer=part.pointer)
    return Stated(text="", pointer=node.pointer)


def _validity(root: Node) -> Stated:
    """Return how long one earner's badge is valid: in days, or that it does not end."""
    start, end = root.get(*_STARTS), root.get(*_ENDS)
    begins, ends = read_moment(start), read_moment(end)
    if ends is None:
        return Stated(text="without end" if begins else "", pointer=root.pointer)
    text = f"{(ends - begins).days} days" if begins else f"until {ends.date()}"
    return Stated(text=text, pointer=end.pointer)


def _workload(badge: Badge, node: Node) -> Stated:
    found = _text(node, "creditsAvailable", "estimatedDuration")
    if not found.text and badge.kind is Kind.EDC:
        for claim in claims(badge):
            found = _text(claim.path("specifiedBy"), "volumeOfLearning")
    return found


def _level(badge: Badge, node: Node) -> Stated:
    for key, part in walk(node):
        if re.split(r"[:/#]", key)[-1].lower() in {"eqflevel", "nqflevel", "educationlevel"}:
            return Stated(text=part.id() or part.text(), pointer=part.pointer)
    for alignment in badge.alignments():
        if re.search(r"\bEQF\b|/eqf/|qualifications framework", alignment.text("targetFramework")):
            return Stated(text=alignment.text("targetName"), pointer=alignment.pointer)
    return Stated(text="", pointer=node.pointer)


def _issuer(badge: Badge, node: Node) -> Stated:
    for holder, name in ((badge.root, "issuer"), (node, "issuer"), (node, "creator")):
        found = holder.get(name)
        if found:
            return Stated(text=found.id() or found.text("name"), pointer=found.pointer)
    return Stated(text="", pointer=badge.root.pointer)


def _tags(node: Node) -> Stated:
    tags = sorted({same(one.text()) for one in node.many("tag", "tags")} - {""})
    return Stated(text=", ".join(tags), pointer=node.get("tag", "tags").pointer)


def _results(nodes: tuple[Node, ...]) -> Iterator[tuple[str, Stated]]:
    for node in nodes:
        for one in node.objects("resultDescription"):
            parts = [
                one.text("resultType"),
                *(f"{name} {one.text(name)}" for name in ("requiredValue",) if one.text(name)),
                _required_level(one),
                " < ".join(value.text() for value in one.many("allowedValue")),
                *(
                    f"{name} {one.text(name)}"
                    for name in ("valueMin", "valueMax")
                    if one.text(name)
                ),
            ]
            text = "; ".join(part for part in parts if part)
            yield one.text("name") or one.id(), Stated(text=text, pointer=one.pointer)


def _required_level(description: Node) -> str:
    wanted = description.get("requiredLevel").id()
    for one in description.objects("rubricCriterionLevel"):
        if wanted and one.text("id") == wanted:
            return f"required level {one.text('name', 'level')}"
    return f"required level {wanted}" if wanted else ""


def _distinct(found: Iterable[_Keyed]) -> tuple[_Keyed, ...]:
    """Return the first of each key, in order."""
    kept: dict[str, _Keyed] = {}
    for one in found:
        kept.setdefault(one.key, one)
    return tuple(kept.values())
