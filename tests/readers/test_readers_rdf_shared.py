"""Real files: the German SKOS of ESCO, and all of ESCO 1.1.1 there and back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from skillmatch.model.concept import ConceptKind
from skillmatch.model.framework import Predicate
from skillmatch.readers.esco import read_esco_csv
from skillmatch.readers.rdf import read_skos, write_skos

pytestmark = pytest.mark.shared


def test_the_german_skos_file_loads_whole(shared_data: Path) -> None:
    """Its concepts have URIs of their own; only their exact matches tell what they are."""
    path = shared_data / "esco" / "multilingual" / "esco-1.2.0-occupations-de-skos.ttl"

    found = read_skos(path, framework_id="esco-de-1.2.0", release="1.2.0")

    counts = {count.what: (count.read, count.kept) for count in found.counts}
    predicates = Counter(relation.predicate for relation in found.relations)
    kinds = Counter(concept.kind for concept in found.concepts)
    assert counts["RDF statements"] == (52_279, 52_279)
    assert found.languages == ("de",)
    assert found.title == "ESCO Occupations (Enhanced)"
    assert kinds == {ConceptKind.OCCUPATION: 3_039, ConceptKind.OCCUPATION_GROUP: 619}
    assert predicates == {Predicate.BROADER: 3_648, Predicate.EXACT_MATCH: 3_658}
    assert all(
        relation.object.startswith("http://data.europa.eu/esco/")
        for relation in found.relations
        if relation.predicate is Predicate.EXACT_MATCH
    )
    assert counts["skos:broaderTransitive"][1] == 0
    labels = {concept.pref_label("de") for concept in found.concepts}
    assert {"Führungskräfte", "Haustürverkäufer", "Tankwarte"} <= labels


def test_all_of_esco_comes_back_equal(shared_data: Path, tmp_path: Path) -> None:
    """Half a million statements hold odd cases that no generator thinks of."""
    written = replace(
        read_esco_csv(shared_data / "esco" / "1.1.1", framework_id="esco-1.1.1", release="1.1.1"),
        counts=(),
        missing=(),
    )
    path = tmp_path / "esco.nt"

    write_skos(written, path, "nt")
    found = read_skos(path, framework_id="esco-1.1.1")

    assert len(written.concepts) > 17_000
    assert replace(found, counts=(), missing=()) == written
