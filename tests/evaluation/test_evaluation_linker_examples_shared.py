"""The real units that the confidence is fitted on, beside what the encoder was shown."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evaluation.linker_examples import Source, labelled_units
from evaluation.train.concepts import read_concepts
from evaluation.train.pairs import key_of
from evaluation.train.recipe import STAGES, examples_of
from skillmatch.model.concept import ConceptUri
from skillmatch.store import FrameworkDb

pytestmark = pytest.mark.shared


def test_units_for_the_confidence_were_not_shown_to_the_encoder(
    esco: FrameworkDb, shared_data: Path
) -> None:
    """Of four sources; no more than a handful of bare names stands in both."""
    benchmarks = shared_data / "benchmarks"
    concepts = read_concepts(esco)
    uri_of: dict[str, ConceptUri] = {}
    for concept in concepts:
        uri_of.setdefault(concept.label, concept.uri)
    shown = {
        key_of(example.text)
        for stage in STAGES
        for example in examples_of(stage, concepts, benchmarks)
    }

    units = labelled_units(benchmarks, uri_of)

    counts = Counter(unit.source for unit in units)
    assert set(counts) == set(Source)
    assert counts[Source.SKILLSPAN] > 1000
    both = [unit.text for unit in units if key_of(unit.text) in shown]
    assert len(both) <= 5
    assert all(len(text.split()) <= 7 for text in both)
