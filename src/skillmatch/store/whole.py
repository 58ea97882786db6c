"""Whole tables of an installed framework, in canonical order."""

from __future__ import annotations

from skillmatch.model.concept import ConceptUri
from skillmatch.model.framework import Collection, Predicate, Rating, Relation, TechnologyUse
from skillmatch.store.connection import Connection


def read_relations(connection: Connection) -> tuple[Relation, ...]:
    """Return all relations, sorted by their fields."""
    uris = _uris(connection)
    predicates = {predicate.value: predicate for predicate in Predicate}
    rows = connection.stream(
        "SELECT subject, predicate, object FROM relation ORDER BY subject, predicate, object"
    )
    return tuple(
        Relation(subject=uris[subject], predicate=predicates[predicate], object=uris[target])
        for subject, predicate, target in rows
    )


def read_ratings(connection: Connection) -> tuple[Rating, ...]:
    """Return all ratings by occupation, then element."""
    uris = _uris(connection)
    rows = connection.stream("SELECT * FROM rating ORDER BY occupation, element")
    return tuple(
        Rating(
            occupation=uris[occupation],
            element=uris[element],
            importance=importance,
            level=level,
            suppress_importance=bool(suppress_importance),
            suppress_level=bool(suppress_level),
            not_relevant=bool(not_relevant),
        )
        for (
            occupation,
            element,
            importance,
            level,
            suppress_importance,
            suppress_level,
            not_relevant,
        ) in rows
    )


def read_technology_uses(connection: Connection) -> tuple[TechnologyUse, ...]:
    """Return all technology uses by occupation, then technology."""
    uris = _uris(connection)
    rows = connection.stream("SELECT * FROM technology_use ORDER BY occupation, technology")
    return tuple(
        TechnologyUse(
            occupation=uris[occupation],
            technology=uris[technology],
            hot=bool(hot),
            in_demand=bool(in_demand),
        )
        for occupation, technology, hot, in_demand in rows
    )


def read_collections(connection: Connection) -> tuple[Collection, ...]:
    """Return all collections by id, their members by URI."""
    members: dict[int, list[ConceptUri]] = {}
    for number, uri in connection.stream(
        "SELECT collection, uri FROM member JOIN node ON node.id = member.concept "
        "ORDER BY collection, concept"
    ):
        members.setdefault(number, []).append(ConceptUri(uri))
    return tuple(
        Collection(id=name, label=label, uri=uri, members=tuple(members.get(number, ())))
        for number, name, label, uri in connection.rows(
            "SELECT id, name, label, uri FROM collection ORDER BY id"
        )
    )


def _uris(connection: Connection) -> dict[int, ConceptUri]:
    return {number: ConceptUri(uri) for number, uri in connection.rows("SELECT id, uri FROM node")}
