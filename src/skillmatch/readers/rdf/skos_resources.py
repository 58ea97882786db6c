"""A framework as RDF resources, sorted by URI after the scheme and its collections."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TypeVar
from urllib.parse import quote

from skillmatch.errors import UsageError
from skillmatch.model.concept import Concept, ConceptKind, LangText, Status
from skillmatch.model.framework import (
    Collection,
    Framework,
    Predicate,
    Rating,
    Relation,
    TechnologyUse,
)
from skillmatch.readers.rdf.resources import Resource, Typed, Value
from skillmatch.readers.rdf.vocabulary import (
    COLLECTION_BASE,
    DCT,
    ESCO,
    ESCO_NEEDS,
    FRAMEWORK_BASE,
    ISOTHES,
    KIND_CLASSES,
    OWL,
    PREDICATE_URIS,
    REUSE_LEVEL_BASE,
    SKILL_TYPE_URIS,
    SKILLMATCH,
    SKOS,
    XSD,
    esco_need,
)

Property = tuple[str, tuple[Value, ...]]
_Row = TypeVar("_Row", Rating, TechnologyUse)


def framework_uri(framework_id: str) -> str:
    """Return the URI of the concept scheme that stands for a framework."""
    return FRAMEWORK_BASE + quote(framework_id, safe="")


def framework_resources(framework: Framework) -> Iterator[Resource]:
    """Yield the scheme, its collections, and every subject in order of URI.

    Raises:
        UsageError: Two collections, or a collection and a concept, share a URI; or a rating is
            not a finite number. Nothing has been yielded by then.
    """
    _check_collections(framework)
    concepts: dict[str, Concept] = {concept.uri: concept for concept in framework.concepts}
    links = _links_by_subject(framework, {uri: c.kind for uri, c in concepts.items()})
    nodes = _nodes_by_occupation(framework)
    scheme = framework_uri(framework.id)
    yield _scheme(framework, scheme)
    for collection in framework.collections:
        yield _collection(collection)
    for uri in sorted({*concepts, *links, *nodes}):
        described = _concept(concepts[uri], scheme) if uri in concepts else Resource(uri, (), ())
        properties = (*described.properties, *links.get(uri, ()), *nodes.get(uri, ()))
        yield Resource(uri, described.classes, properties)


def _check_collections(framework: Framework) -> None:
    seen: set[str] = {concept.uri for concept in framework.concepts}
    for collection in framework.collections:
        uri = _collection_uri(collection)
        if uri in seen:
            raise UsageError(
                f"the collection {collection.id!r} shares the URI {uri} with another collection "
                "or a concept, and RDF would merge the two; give it a URI of its own"
            )
        seen.add(uri)


def _properties(*pairs: tuple[str, tuple[Value, ...]]) -> tuple[Property, ...]:
    return tuple((predicate, values) for predicate, values in pairs if values)


def _plain(text: str) -> tuple[Value, ...]:
    return (LangText(text=text, language=""),) if text else ()


def _true(flag: object) -> tuple[Value, ...]:
    return (Typed("true", XSD + "boolean"),) if flag else ()


def _number(value: float | None) -> tuple[Value, ...]:
    """Write a float so that reading gives the same float (xsd:decimal has no exponent)."""
    if value is None:
        return ()
    if not math.isfinite(value):
        raise UsageError(f"a rating is {value}, which is no number on O*NET's scales")
    return (Typed(format(Decimal(repr(float(value))), "f"), XSD + "decimal"),)


def _scheme(framework: Framework, uri: str) -> Resource:
    languages = tuple(LangText(text=tag, language="") for tag in framework.languages)
    return Resource(
        uri,
        (SKOS + "ConceptScheme", SKILLMATCH + "Framework"),
        _properties(
            (DCT + "identifier", _plain(framework.id)),
            (DCT + "title", _plain(framework.title)),
            (OWL + "versionInfo", _plain(framework.release)),
            (DCT + "language", languages),
            (SKILLMATCH + "licence", _plain(framework.licence)),
            (SKILLMATCH + "attribution", _plain(framework.attribution)),
        ),
    )


def _collection_uri(collection: Collection) -> str:
    return collection.uri or COLLECTION_BASE + quote(collection.id, safe="")


def _collection(collection: Collection) -> Resource:
    return Resource(
        _collection_uri(collection),
        (SKOS + "Collection",),
        _properties(
            (DCT + "identifier", _plain(collection.id)),
            (SKOS + "prefLabel", _plain(collection.label)),
            (SKOS + "member", collection.members),
        ),
    )


def _concept(concept: Concept, scheme: str) -> Resource:
    classes = (SKOS + "Concept", KIND_CLASSES[concept.kind])
    stub = (SKILLMATCH + "Stub",) if concept.status is Status.STUB else ()
    job_zone = concept.job_zone
    skill_type, reuse = concept.skill_type, concept.reuse_level
    return Resource(
        concept.uri,
        classes + stub,
        _properties(
            (SKOS + "inScheme", (scheme,)),
            (SKOS + "prefLabel", concept.pref_labels),
            (SKOS + "altLabel", concept.alt_labels),
            (SKOS + "hiddenLabel", concept.hidden_labels),
            (DCT + "description", concept.descriptions),
            (SKOS + "definition", concept.definitions),
            (SKOS + "scopeNote", concept.scope_notes),
            (SKOS + "notation", _plain(concept.notation)),
            (ESCO + "skillType", () if skill_type is None else (SKILL_TYPE_URIS[skill_type],)),
            (ESCO + "skillReuseLevel", () if reuse is None else (REUSE_LEVEL_BASE + reuse,)),
            (ISOTHES + "status", () if stub else _plain(concept.status)),
            (OWL + "deprecated", _true(concept.status is Status.DEPRECATED)),
            (DCT + "isReplacedBy", concept.replaced_by),
            (
                SKILLMATCH + "jobZone",
                () if job_zone is None else (Typed(str(job_zone), XSD + "integer"),),
            ),
        ),
    )


def _links_by_subject(
    framework: Framework, kinds: dict[str, ConceptKind]
) -> dict[str, tuple[Property, ...]]:
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for relation in framework.relations:
        uri = _relation_uri(relation, kinds.get(relation.subject))
        found[relation.subject][uri].append(relation.object)
    return {
        subject: tuple((uri, tuple(objects)) for uri, objects in by_uri.items())
        for subject, by_uri in found.items()
    }


def _relation_uri(relation: Relation, kind: ConceptKind | None) -> str:
    """Prefer ESCO's own property where it would be read back as the same predicate."""
    if kind is not None and relation.predicate in _NEEDS:
        uri = _NEEDS[relation.predicate]
        if esco_need(uri, kind) is relation.predicate:
            return uri
    return PREDICATE_URIS[relation.predicate]


_NEEDS: dict[Predicate, str] = {
    predicate: uri for uri, predicates in ESCO_NEEDS.items() for predicate in predicates
}


def _nodes_by_occupation(framework: Framework) -> dict[str, tuple[Property, ...]]:
    ratings = _grouped(framework.ratings, _rating)
    uses = _grouped(framework.technology_uses, _technology_use)
    return {
        uri: _properties(
            (SKILLMATCH + "hasRating", ratings.get(uri, ())),
            (SKILLMATCH + "usesTechnology", uses.get(uri, ())),
        )
        for uri in {*ratings, *uses}
    }


def _grouped(
    rows: tuple[_Row, ...], resource: Callable[[_Row], Resource]
) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = defaultdict(list)
    for row in rows:
        found[row.occupation].append(resource(row))
    return {uri: tuple(nodes) for uri, nodes in found.items()}


def _rating(rating: Rating) -> Resource:
    return Resource(
        "",
        (SKILLMATCH + "Rating",),
        _properties(
            (SKILLMATCH + "element", (rating.element,)),
            (SKILLMATCH + "importance", _number(rating.importance)),
            (SKILLMATCH + "level", _number(rating.level)),
            (SKILLMATCH + "suppressImportance", _true(rating.suppress_importance)),
            (SKILLMATCH + "suppressLevel", _true(rating.suppress_level)),
            (SKILLMATCH + "notRelevant", _true(rating.not_relevant)),
        ),
    )


def _technology_use(use: TechnologyUse) -> Resource:
    return Resource(
        "",
        (SKILLMATCH + "TechnologyUse",),
        _properties(
            (SKILLMATCH + "technology", (use.technology,)),
            (SKILLMATCH + "hot", _true(use.hot)),
            (SKILLMATCH + "inDemand", _true(use.in_demand)),
        ),
    )
