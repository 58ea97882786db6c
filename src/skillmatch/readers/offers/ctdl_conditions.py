"""Conditions of CTDL: what must be held before, all of it or one of several ways.

Profiles of ``requires`` and ``entryCondition`` all hold, and so does everything that one names;
of its ``alternativeCondition`` one is enough. What is recommended blocks nothing, so it is not
read.

Source: Credential Engine, CTDL terms ``ConditionProfile`` and ``ConditionManifest``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from skillmatch.model.offer import NO_CONDITION, Condition, Need, NeedKind
from skillmatch.readers.credentials.node import MISSING, Node
from skillmatch.readers.offers.ctdl_graph import Graph, competency
from skillmatch.readers.offers.ctdl_terms import (
    address,
    label,
    many,
    objects,
    reference,
    term,
    text,
    texts,
)

MAX_DEPTH = 16
"""Alternatives inside each other."""
BEFORE = ("requires", "entryCondition")
_TARGETS = (
    "targetCredential",
    "targetLearningOpportunity",
    "targetAssessment",
    "targetCourse",
    "targetPathway",
)
_IN_WORDS = ("condition", "experience", "submissionOfDescription")
_ROLES = ("targetOccupation", "targetJob")

Part = Need | Condition


def required(node: Node, graph: Graph, *, certifies: bool) -> Condition:
    """Return what a resource requires.

    Args:
        node: The resource.
        graph: What its references point into.
        certifies: Whether competencies that its profiles of ``requires`` name are what it
            certifies, and so no condition. Those of ``entryCondition`` and of a way among
            ``alternativeCondition`` are one all the same.
    """
    parts = list(_before(node, graph, certifies))
    unknown: list[Part] = []
    for one in many(node, "commonConditions"):
        manifest = graph.follow(one)
        holder = manifest if isinstance(manifest.value, dict) else MISSING
        parts += _before(holder, graph, certifies)
        if not term(holder, *BEFORE) and reference(one):
            unknown.append(_other(f"conditions described at {reference(one)}"))
    unknown += [
        _other(f"taken together with {_name(graph, one)}")
        for profile in objects(node, "corequisite", "coPrerequisite")
        for one in many(profile, *_TARGETS)
    ]
    return all_of([*(one for one in parts if one != NO_CONDITION), *unknown])


def _before(holder: Node, graph: Graph, certifies: bool) -> Iterator[Condition]:
    """Yield the profiles of a resource; what stands before entry is never what it certifies."""
    for name in BEFORE:
        silent = certifies and name == "requires"
        for one in many(holder, name):
            yield _profile(one, graph, silent, 0)


def all_of(parts: Sequence[Part], words: str = "") -> Condition:
    """Return the condition that every part holds; one condition alone stays as it is."""
    if len(parts) == 1 and isinstance(parts[0], Condition):
        said = dict.fromkeys(one for one in (words, parts[0].text) if one)
        return replace(parts[0], text="; ".join(said))
    return some_of(len(parts), parts, words)


def some_of(least: int, parts: Iterable[Part], words: str = "") -> Condition:
    """Return the condition that so many parts hold; what lies around one need alone falls away."""
    found = tuple(map(_unwrapped, parts))
    return Condition(
        least=least,
        needs=tuple(one for one in found if isinstance(one, Need)),
        conditions=tuple(one for one in found if isinstance(one, Condition)),
        text=words,
    )


def _unwrapped(part: Part) -> Part:
    if isinstance(part, Condition) and not part.text and part.least == len(part.needs) == 1:
        return part if part.conditions else part.needs[0]
    return part


def offer_need(graph: Graph, node: Node) -> Need | None:
    """Return the need for an offer that a value points at; by name alone nobody can check it."""
    raw = reference(node)
    name = _name(graph, node)
    if not raw:
        return _other(name) if name else None
    ref = graph.id_of(raw)
    return Need(kind=NeedKind.OFFER, ref=ref, text=name or ref)


def skill_need(graph: Graph, node: Node) -> Need | None:
    """Return the need for a skill that an alignment names."""
    name, address = competency(graph, node)
    if not (name or address):
        return None
    return Need(kind=NeedKind.SKILL, ref=address, text=name or address)


def _profile(node: Node, graph: Graph, certifies: bool, depth: int) -> Condition:
    profile = graph.follow(node)
    if not isinstance(profile.value, dict):
        return some_of(1, [_other(words)]) if (words := " ".join(texts(node))) else NO_CONDITION
    parts: list[Part] = [
        need for one in many(profile, *_TARGETS) if (need := offer_need(graph, one)) is not None
    ]
    if not certifies:
        parts += [
            need
            for one in many(profile, "targetCompetency")
            if (need := skill_need(graph, one)) is not None
        ]
    parts += [_other(words) for words in _words(profile)]
    if depth < MAX_DEPTH:
        ways = [
            way
            for one in many(profile, "alternativeCondition")
            if (way := _profile(one, graph, False, depth + 1)) != NO_CONDITION
        ]
        parts += [some_of(1, ways)] if len(ways) > 1 else ways
    words = text(profile, "description")
    if parts:
        return all_of(parts, words)
    # Words about the competencies that a credential certifies are no condition before it.
    silent = certifies and any(True for _ in many(profile, "targetCompetency"))
    words = words or text(profile, "name")
    return NO_CONDITION if silent or not words else some_of(1, [_other(words)])


def _words(profile: Node) -> Iterator[str]:
    for name in _IN_WORDS:
        for one in texts(term(profile, name)):
            if line := " ".join(one.split()):
                yield line
    if age := text(profile, "minimumAge"):
        yield f"at least {age} years old"
    if years := text(profile, "yearsOfExperience"):
        yield f"{years} years of experience"
    for target in many(profile, *_ROLES):
        if role := label(target):
            yield f"works as {role}"


def _name(graph: Graph, node: Node) -> str:
    described = graph.find(node)
    if not isinstance(described.value, dict):
        return ""
    return text(described, "name", "targetNodeName") or address(described, "subjectWebpage")


def _other(words: str) -> Need:
    return Need(kind=NeedKind.OTHER, text=words)
