"""The vocabulary in code, for people and for machines says the same."""

from __future__ import annotations

import re
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from skillmatch.model.concept import ConceptKind, SkillType
from skillmatch.model.framework import Predicate
from skillmatch.readers.rdf.trees import jsonld_context
from skillmatch.readers.rdf.vocabulary import (
    CLASSES,
    KIND_CLASSES,
    PREDICATE_URIS,
    PROPERTIES,
    SKILL_TYPE_URIS,
    SKILLMATCH,
    VOCABULARY,
    Range,
)

DOCS = Path(__file__).resolve().parents[2] / "docs"
TYPES = {
    "owl:Class": OWL.Class,
    "owl:ObjectProperty": OWL.ObjectProperty,
    "owl:DatatypeProperty": OWL.DatatypeProperty,
    "skos:Concept": SKOS.Concept,
}
RANGES = {
    Range.TEXT: XSD.string,
    Range.DECIMAL: XSD.decimal,
    Range.INTEGER: XSD.integer,
    Range.BOOLEAN: XSD.boolean,
}


def test_the_ontology_file_says_what_the_code_says() -> None:
    """Others read the file; a property that only the code knows is a private one."""
    graph = Graph().parse(DOCS / "skillmatch-vocab.ttl", format="turtle")

    for term in VOCABULARY:
        uri = URIRef(SKILLMATCH + term.name)
        assert (uri, RDF.type, TYPES[term.type]) in graph, term.name
        assert [str(text) for text in graph.objects(uri, RDFS.comment)] == [term.comment]
        if term.range in RANGES:
            assert list(graph.objects(uri, RDFS.range)) == [RANGES[term.range]], term.name
    names = {str(uri) for uri in graph.subjects() if str(uri).startswith(SKILLMATCH)}
    assert names == {SKILLMATCH + term.name for term in VOCABULARY} | {SKILLMATCH}


def test_the_page_for_people_names_every_term_and_no_other() -> None:
    """A page that lags behind is worse than none."""
    page = (DOCS / "vocabulary.md").read_text(encoding="utf-8")

    named = set(re.findall(r"`skillmatch:([A-Za-z-]+)`", page))

    assert named == {term.name for term in VOCABULARY}
    for term in VOCABULARY:
        assert term.comment in page, term.name


def test_every_value_of_the_model_has_a_uri_of_its_own() -> None:
    """A new member of an enum must not be written as nothing."""
    for members, table in (
        (Predicate, PREDICATE_URIS),
        (SkillType, SKILL_TYPE_URIS),
        (ConceptKind, KIND_CLASSES),
    ):
        assert set(table) == set(members)
        assert len(set(table.values())) == len(table)


def test_local_names_do_not_collide_in_the_json_ld_context() -> None:
    """Terms have no prefix there, so two properties of one name would become one."""
    assert len(jsonld_context()) == len(PROPERTIES) + len(CLASSES)
