"""Read SKOS, SKOS-XL and ESCO's own RDF into a ``Framework``.

A file that ``write_skos`` wrote names its scheme a ``skillmatch:Framework``. It is complete in
itself: nothing is cleaned, guessed or added, so that reading gives back what was written. Any
other file gets what real files need: white space in labels is mended, concepts that relations
name and nothing describes become stubs, and kinds are decided by the rules of ``skos_kinds``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import DataError
from skillmatch.model.concept import Concept, ConceptKind, ConceptUri, LangText, Status
from skillmatch.model.framework import Framework, Predicate, Relation
from skillmatch.readers.rdf.skos_concepts import is_concept, read_concept
from skillmatch.readers.rdf.skos_kinds import KindRules, needed_skills
from skillmatch.readers.rdf.skos_relations import (
    RELATION_PREDICATES,
    Edge,
    read_collections,
    read_edges,
    read_ratings,
    read_technology_uses,
    relations_of,
)
from skillmatch.readers.rdf.skos_tally import Tally
from skillmatch.readers.rdf.source import read_rdf_source
from skillmatch.readers.rdf.statements import Statements, is_absolute
from skillmatch.readers.rdf.vocabulary import (
    ADMS,
    DCT,
    ESCO,
    ISOTHES,
    MAPPINGS,
    OWL,
    PREFIXES,
    PROPERTIES,
    RDF,
    SKILLMATCH,
    SKOS,
    SKOSXL,
)

_UNDERSTOOD = {
    *PROPERTIES,
    *RELATION_PREDICATES,
    RDF + "type",
    SKOS + "topConceptOf",
    ADMS + "status",
    ESCO + "status",
    ISOTHES + "status",
    *(SKOSXL + name for name in ("prefLabel", "altLabel", "hiddenLabel")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """A parsed file and what is known of it as a whole.

    Attributes:
        scheme: URI of the main scheme, ``""`` where there is none or one of several.
        own: Whether ``write_skos`` wrote it.
    """

    statements: Statements
    scheme: str
    own: bool
    rules: KindRules
    tally: Tally


def read_skos(
    path: Path,
    *,
    framework_id: str,
    title: str = "",
    release: str = "",
    format: str | None = None,  # noqa: A002 -- the option's own word
    default_kind: ConceptKind | None = None,
) -> Framework:
    """Read a framework from Turtle, RDF/XML, JSON-LD or N-Triples.

    Nothing but the file itself is opened: a remote JSON-LD context and an external XML entity
    are refused.

    Args:
        path: The file, also with ``.gz``, or a zip that holds one.
        framework_id: Id of the framework, ``<name>-<release>``.
        title: Instead of the title in the file.
        release: Instead of the version in the file.
        format: One of ``rdf_formats()``; None means by suffix.
        default_kind: Kind of the concepts of which the file does not tell (``skos_kinds``).

    Raises:
        DataError: The file is malformed or holds no concept; with path and line.
        NotFoundError: There is no such file.
        UsageError: ``format`` is unknown.
    """
    from skillmatch.readers.rdf.parsers import parse_rdf

    source = read_rdf_source(path, format_name=format)
    statements = parse_rdf(source)
    scheme, own = _main_scheme(statements)
    found_title = title or statements.text(scheme, DCT + "title", SKOS + "prefLabel")
    document = _Document(
        statements=statements,
        scheme=scheme,
        own=own,
        rules=KindRules(statements, needed_skills(statements), default_kind, found_title),
        tally=Tally(statements=statements.count),
    )
    try:
        return _framework(document, framework_id, found_title, release)
    except DataError as error:
        raise DataError(str(error), path=path) from None


def _main_scheme(statements: Statements) -> tuple[str, bool]:
    schemes = [s for s in statements.subjects() if SKOS + "ConceptScheme" in statements.classes(s)]
    own = [s for s in schemes if SKILLMATCH + "Framework" in statements.classes(s)]
    if len(own) == 1:
        return own[0], True
    return (schemes[0] if len(schemes) == 1 else ""), False


def _framework(document: _Document, framework_id: str, title: str, release: str) -> Framework:
    statements, scheme, tally = document.statements, document.scheme, document.tally
    edges = read_edges(statements, tally)
    concepts = _concepts(document)
    if not document.own:
        _refuse_relative(concepts)
        _add_stubs(document, concepts, edges)
    relations = relations_of(edges, {uri: concept.kind for uri, concept in concepts.items()})
    ratings, uses = read_ratings(statements), read_technology_uses(statements)
    collections = read_collections(statements, scheme=scheme)
    _count_kept(tally, relations, ratings=len(ratings), uses=len(uses))
    _count_unknown(document, concepts)
    return Framework(
        id=framework_id,
        title=title or ("" if document.own else framework_id),
        release=release or statements.text(scheme, OWL + "versionInfo"),
        languages=_languages(document, concepts.values()),
        licence=statements.text(scheme, SKILLMATCH + "licence") or _either(statements, scheme),
        attribution=statements.text(scheme, SKILLMATCH + "attribution"),
        concepts=tuple(concepts[uri] for uri in sorted(concepts)),
        relations=relations,
        ratings=ratings,
        technology_uses=uses,
        collections=collections,
        counts=tally.counts(),
    )


def _either(statements: Statements, scheme: str) -> str:
    """Return the licence of a foreign scheme, named by a URI or in words."""
    for name in ("license", "rights"):
        for value in statements.values(scheme, DCT + name):
            return value.text if isinstance(value, LangText) else value
    return ""


def _concepts(document: _Document) -> dict[ConceptUri, Concept]:
    statements = document.statements
    concepts: dict[ConceptUri, Concept] = {}
    for uri in statements.subjects():
        if not is_concept(statements, uri):
            continue
        if uri.startswith("_:"):
            document.tally.dropped("concepts", 1, "a blank node, which nothing can refer to")
            continue
        decision = document.rules.decide(uri)
        document.tally.decided(decision)
        concepts[ConceptUri(uri)] = read_concept(
            statements, uri, decision.kind, clean=not document.own, tally=document.tally
        )
    return concepts


def _refuse_relative(concepts: Iterable[str]) -> None:
    concepts = list(concepts)
    relative = [uri for uri in concepts if not is_absolute(uri)]
    if relative:
        raise DataError(
            f"{len(relative)} concept(s) have a relative URI ({min(relative)!r}); "
            "state the base of the file (@base, xml:base)"
        )
    if not concepts:
        raise DataError(
            "the file holds no concept; expected skos:Concept, esco:Skill or esco:Occupation"
        )


def _add_stubs(document: _Document, concepts: dict[ConceptUri, Concept], edges: set[Edge]) -> None:
    mappings = {SKOS + predicate.value for predicate in MAPPINGS}
    named = {subject for subject, _, _ in edges}
    named |= {target for _, uri, target in edges if uri not in mappings}
    for uri in sorted(named - concepts.keys()):
        if is_absolute(uri) and uri != document.scheme:
            kind = document.rules.decide(uri).kind
            concepts[ConceptUri(uri)] = Concept(uri=ConceptUri(uri), kind=kind, status=Status.STUB)
            document.tally.kept("stubs", 1, "relations name them, nothing describes them")


def _languages(document: _Document, concepts: Iterable[Concept]) -> tuple[str, ...]:
    if document.own:
        tags = document.statements.literals(document.scheme, DCT + "language")
        return tuple(sorted(tag.text for tag in tags))
    return tuple(
        sorted(
            {
                label.language
                for concept in concepts
                for label in (*concept.pref_labels, *concept.alt_labels, *concept.hidden_labels)
            }
        )
    )


def _count_kept(tally: Tally, relations: tuple[Relation, ...], *, ratings: int, uses: int) -> None:
    by_predicate: Counter[Predicate] = Counter(relation.predicate for relation in relations)
    for predicate, number in by_predicate.items():
        tally.kept(f"relations: {predicate}", number)
    if ratings:
        tally.kept("ratings", ratings)
    if uses:
        tally.kept("technology uses", uses)


def _count_unknown(document: _Document, concepts: Iterable[str]) -> None:
    names = {namespace: prefix for prefix, namespace in PREFIXES.items()}
    for uri in concepts:
        for predicate in document.statements.predicates(uri):
            if predicate not in _UNDERSTOOD:
                split = max(predicate.rfind("#"), predicate.rfind("/")) + 1
                prefix = names.get(predicate[:split])
                name = predicate if prefix is None else f"{prefix}:{predicate[split:]}"
                number = len(tuple(document.statements.values(uri, predicate)))
                document.tally.dropped(name, number, "the model has no place for it")
