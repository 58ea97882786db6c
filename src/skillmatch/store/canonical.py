"""One order and one digest for everything that a framework says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from skillmatch.errors import DataError
from skillmatch.model.concept import Concept, LangText
from skillmatch.model.framework import Collection, Framework

Value = TypeVar("Value")
Key = tuple[str, ...]


def canonical(framework: Framework) -> Framework:
    """Return the same content in canonical order, without repetitions.

    Concepts are sorted by URI, texts by (language, text), relations by their fields, ratings
    and technology uses by their two ends, collections by id and their members by URI.

    Raises:
        DataError: Two different concepts have one URI, two collections one id, or two ratings
            (or technology uses) of the same pair differ.
    """
    return replace(
        framework,
        languages=tuple(sorted(set(framework.languages))),
        concepts=_unique(map(_sorted_concept, framework.concepts), lambda one: (one.uri,)),
        relations=tuple(
            sorted(
                set(framework.relations), key=lambda one: (one.subject, one.predicate, one.object)
            )
        ),
        ratings=_unique(framework.ratings, lambda one: (one.occupation, one.element)),
        technology_uses=_unique(
            framework.technology_uses, lambda one: (one.occupation, one.technology)
        ),
        collections=_unique(map(_sorted_collection, framework.collections), lambda one: (one.id,)),
    )


def content_digest(framework: Framework) -> str:
    """Return the sha256 of the canonical content, in hexadecimal.

    The digest covers everything but ``counts`` and ``missing``, which tell how one reading
    went: the same release read from CSV and from RDF has one digest.
    """
    digest = hashlib.sha256()
    for line in _lines(canonical(framework)):
        digest.update(json.dumps(line).encode("ascii") + b"\n")
    return digest.hexdigest()


def _unique(values: Iterable[Value], key: Callable[[Value], Key]) -> tuple[Value, ...]:
    """Return values by key in the order of the keys; equal values fold into one."""
    by_key: dict[Key, Value] = {}
    for value in values:
        name = key(value)
        if by_key.setdefault(name, value) != value:
            raise DataError(f"the framework says two different things about {' and '.join(name)}")
    return tuple(by_key[name] for name in sorted(by_key))


def _sorted_texts(texts: tuple[LangText, ...]) -> tuple[LangText, ...]:
    if len(texts) < 2:
        return texts
    return tuple(sorted(set(texts), key=lambda one: (one.language, one.text)))


def _sorted_concept(concept: Concept) -> Concept:
    return replace(
        concept,
        pref_labels=_sorted_texts(concept.pref_labels),
        alt_labels=_sorted_texts(concept.alt_labels),
        hidden_labels=_sorted_texts(concept.hidden_labels),
        descriptions=_sorted_texts(concept.descriptions),
        definitions=_sorted_texts(concept.definitions),
        scope_notes=_sorted_texts(concept.scope_notes),
        replaced_by=tuple(sorted(set(concept.replaced_by))),
    )


def _sorted_collection(collection: Collection) -> Collection:
    return replace(collection, members=tuple(sorted(set(collection.members))))


def _lines(framework: Framework) -> Iterator[list[object]]:
    yield [
        framework.id,
        framework.title,
        framework.release,
        framework.languages,
        framework.licence,
        framework.attribution,
    ]
    yield from map(_concept_line, framework.concepts)
    for one in framework.relations:
        yield ["relation", one.subject, one.predicate, one.object]
    for rating in framework.ratings:
        numbers = [_number(rating.importance), _number(rating.level)]
        flags = [rating.suppress_importance, rating.suppress_level, rating.not_relevant]
        yield ["rating", rating.occupation, rating.element, *numbers, *flags]
    for use in framework.technology_uses:
        yield ["technology", use.occupation, use.technology, use.hot, use.in_demand]
    for collection in framework.collections:
        yield ["collection", collection.id, collection.label, collection.uri, collection.members]


def _concept_line(concept: Concept) -> list[object]:
    groups = (
        concept.pref_labels,
        concept.alt_labels,
        concept.hidden_labels,
        concept.descriptions,
        concept.definitions,
        concept.scope_notes,
    )
    return [
        "concept",
        concept.uri,
        concept.kind,
        concept.notation,
        concept.skill_type,
        concept.reuse_level,
        concept.status,
        concept.replaced_by,
        concept.job_zone,
        *([[text.language, text.text] for text in group] for group in groups),
    ]


def _number(value: float | None) -> float | None:
    """Return 4 and 4.0, which are equal values, as one number."""
    return None if value is None else float(value)
