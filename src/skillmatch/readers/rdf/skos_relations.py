"""Statements between concepts: relations, ratings, uses of technologies, collections."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote

from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.framework import Collection, Predicate, Rating, Relation, TechnologyUse
from skillmatch.readers.rdf.skos_tally import Tally
from skillmatch.readers.rdf.statements import Statements, is_absolute
from skillmatch.readers.rdf.vocabulary import (
    COLLECTION_BASE,
    DCT,
    ESCO,
    ESCO_NEEDS,
    ESSENTIAL_SKILL,
    OPTIONAL_SKILL,
    PREDICATE_URIS,
    RDF,
    SKILLMATCH,
    SKOS,
    esco_need,
)

_DIRECT: dict[str, Predicate] = {uri: predicate for predicate, uri in PREDICATE_URIS.items()}
_INVERSE: dict[str, str] = {
    SKOS + "narrower": SKOS + "broader",
    ESCO + "isEssentialSkillFor": ESSENTIAL_SKILL,
    ESCO + "isOptionalSkillFor": OPTIONAL_SKILL,
}
_DERIVED: dict[str, str] = {
    SKOS + "broaderTransitive": "follows from skos:broader",
    SKOS + "narrowerTransitive": "follows from skos:narrower",
}
RELATION_PREDICATES = frozenset({*_DIRECT, *_INVERSE, *_DERIVED, *ESCO_NEEDS})

# A relation before the kind of its subject is known: subject, property URI, object.
Edge = tuple[str, str, str]


def read_edges(statements: Statements, tally: Tally) -> set[Edge]:
    """Return every statement between two named resources, inverse ones turned round."""
    edges: set[Edge] = set()
    for subject in statements.subjects():
        for predicate in RELATION_PREDICATES.intersection(statements.predicates(subject)):
            if predicate in _DERIVED:
                number = len(statements.resources(subject, predicate))
                name = "skos:" + predicate.removeprefix(SKOS)
                tally.dropped(name, number, _DERIVED[predicate])
                continue
            for target in statements.resources(subject, predicate):
                edges.update(_edge(subject, predicate, target, tally))
    return edges


def _edge(subject: str, predicate: str, target: str, tally: Tally) -> Iterator[Edge]:
    if subject.startswith("_:") or target.startswith("_:"):
        tally.dropped("relations", 1, "one end is a blank node, which nothing can refer to")
    elif predicate in _INVERSE:
        yield target, _INVERSE[predicate], subject
    else:
        yield subject, predicate, target


def relations_of(edges: set[Edge], kinds: Mapping[str, ConceptKind]) -> tuple[Relation, ...]:
    """Return the edges as relations, sorted; an unknown subject of a need counts as a skill."""
    return tuple(
        sorted(
            Relation(
                subject=ConceptUri(subject),
                predicate=(
                    esco_need(uri, kinds.get(subject, ConceptKind.SKILL))
                    if uri in ESCO_NEEDS
                    else _DIRECT[uri]
                ),
                object=ConceptUri(target),
            )
            for subject, uri, target in edges
        )
    )


def read_ratings(statements: Statements) -> tuple[Rating, ...]:
    """Return O*NET's ratings, sorted by occupation and element."""
    ratings = [
        Rating(
            occupation=ConceptUri(subject),
            element=_target(statements, node, "element"),
            importance=_number(statements, node, "importance"),
            level=_number(statements, node, "level"),
            suppress_importance=_flag(statements, node, "suppressImportance"),
            suppress_level=_flag(statements, node, "suppressLevel"),
            not_relevant=_flag(statements, node, "notRelevant"),
        )
        for subject, node in _nodes(statements, "hasRating")
    ]
    return tuple(sorted(ratings, key=lambda each: (each.occupation, each.element, repr(each))))


def read_technology_uses(statements: Statements) -> tuple[TechnologyUse, ...]:
    """Return O*NET's uses of technologies, sorted by occupation and technology."""
    uses = [
        TechnologyUse(
            occupation=ConceptUri(subject),
            technology=_target(statements, node, "technology"),
            hot=_flag(statements, node, "hot"),
            in_demand=_flag(statements, node, "inDemand"),
        )
        for subject, node in _nodes(statements, "usesTechnology")
    ]
    return tuple(sorted(uses, key=lambda each: (each.occupation, each.technology, repr(each))))


def _nodes(statements: Statements, name: str) -> Iterator[tuple[str, str]]:
    for subject in statements.subjects():
        for node in statements.resources(subject, SKILLMATCH + name):
            yield subject, node


def _target(statements: Statements, node: str, name: str) -> ConceptUri:
    targets = statements.resources(node, SKILLMATCH + name)
    if len(targets) != 1:
        raise DataError(f"a node has {len(targets)} values of skillmatch:{name}, expected one")
    return ConceptUri(targets[0])


def _number(statements: Statements, node: str, name: str) -> float | None:
    text = statements.text(node, SKILLMATCH + name)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise DataError(f"skillmatch:{name} is {text!r}, expected a number")
    return value


def _flag(statements: Statements, node: str, name: str) -> bool:
    return statements.text(node, SKILLMATCH + name) in {"true", "1"}


def read_collections(statements: Statements, *, scheme: str) -> tuple[Collection, ...]:
    """Return ``skos:Collection``s, and schemes beside the main one (ESCO's way), by id."""
    members: dict[str, set[str]] = {}
    is_scheme: Callable[[str], bool] = lambda uri: (  # noqa: E731 -- read twice, below
        uri != scheme and SKOS + "ConceptScheme" in statements.classes(uri)
    )
    for subject in statements.subjects():
        if statements.classes(subject) & {SKOS + "Collection", SKOS + "OrderedCollection"}:
            members.setdefault(subject, set()).update(_members(statements, subject))
        elif is_scheme(subject):
            members.setdefault(subject, set())
        for other in statements.resources(subject, SKOS + "inScheme"):
            if is_scheme(other):
                members.setdefault(other, set()).add(subject)
    collections = [_collection(statements, uri, found) for uri, found in members.items()]
    return tuple(sorted(collections, key=lambda each: (each.id, each.uri)))


def _collection(statements: Statements, uri: str, members: set[str]) -> Collection:
    invented = uri.startswith(COLLECTION_BASE)
    name = statements.text(uri, DCT + "identifier")
    return Collection(
        id=name or unquote(uri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]),
        label=statements.text(uri, SKOS + "prefLabel", DCT + "title"),
        members=tuple(sorted(ConceptUri(member) for member in members if is_absolute(member))),
        uri="" if invented else uri,
    )


def _members(statements: Statements, uri: str) -> Iterator[str]:
    yield from statements.resources(uri, SKOS + "member")
    waiting = statements.resources(uri, SKOS + "memberList")
    seen: set[str] = set()
    while waiting and waiting[0] not in seen:
        seen.add(waiting[0])
        yield from statements.resources(waiting[0], RDF + "first")
        waiting = statements.resources(waiting[0], RDF + "rest")
