"""What the encoder is shown, on the real files: nothing that it is measured with."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from evaluation.datasets import read_skillspan
from evaluation.holdout import is_held_out
from evaluation.train.batches import batches
from evaluation.train.concepts import TrainConcept, read_concepts
from evaluation.train.generator import generate
from evaluation.train.judged import JudgedSentence, read_judged
from evaluation.train.pairs import Example, alternative_labels, key_of
from evaluation.train.recipe import (
    STAGES,
    StageRecipe,
    examples_of,
    held_queries,
    judged,
    written,
)
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.store import FrameworkDb

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def concepts(esco: FrameworkDb) -> tuple[TrainConcept, ...]:
    return read_concepts(esco)


@pytest.fixture(scope="module")
def benchmarks(shared_data: Path) -> Path:
    return shared_data / "benchmarks"


@pytest.fixture(scope="module", params=STAGES, ids=lambda stage: stage.name)
def stage(request: pytest.FixtureRequest) -> StageRecipe:
    chosen: StageRecipe = request.param
    return chosen


@pytest.fixture(scope="module")
def shown(
    stage: StageRecipe, concepts: tuple[TrainConcept, ...], benchmarks: Path
) -> list[Example]:
    """Everything that a stage is shown."""
    return examples_of(stage, concepts, benchmarks)


@pytest.fixture(scope="module")
def spoken(concepts: tuple[TrainConcept, ...], benchmarks: Path) -> list[JudgedSentence]:
    """The real sentences with their judgements."""
    uris = [concept.uri for concept in concepts]
    return list(read_judged(benchmarks / "skillspan" / "train.json", uris))


def texts_of(sentences: Iterable[JudgedSentence]) -> set[str]:
    """Return keys of all sentences and spans."""
    return {key_of(text) for one in sentences for text in (one.text, *dict(one.spans))}


def test_no_sentence_that_quality_is_measured_with_is_shown(
    shown: list[Example], benchmarks: Path
) -> None:
    """Validation and dev splits serve to choose, in whatever case and marks they are written."""
    held = {key_of(query.text) for query in held_queries(benchmarks)}

    assert len(held) > 1400
    assert {key_of(example.text) for example in shown}.isdisjoint(held)


def test_of_skillspan_dev_only_what_its_train_split_has_as_well(
    shown: list[Example], spoken: list[JudgedSentence], benchmarks: Path
) -> None:
    """The benchmark's own splits share a few sentences and bare names ("Jenkins")."""
    tagged = read_skillspan(benchmarks / "skillspan" / "dev.json")
    long = {key_of(one.text) for one in tagged if len(one.text.split()) > 2}

    both = long & {key_of(example.text) for example in shown}

    assert len(long) > 2000
    assert both <= texts_of(spoken)
    assert len(both) < 10


def test_of_kept_postings_only_what_other_postings_have_as_well(
    shown: list[Example], spoken: list[JudgedSentence]
) -> None:
    """Some sentences stand in many postings; of the rest none is shown."""
    kept = {key_of(one.text) for one in spoken if one.kept and len(one.text.split()) > 2}

    both = kept & {key_of(example.text) for example in shown}

    assert len(kept) > 1000
    assert both <= texts_of(one for one in spoken if not one.kept)
    assert len(both) < 10


def other_names(esco: FrameworkDb) -> dict[ConceptUri, set[str]]:
    """Return the alternative labels of each held-out skill."""
    rows = {
        concept.uri: {key_of(label.text) for label in concept.alt_labels}
        for concept in esco.concepts(ConceptKind.SKILL)
        if is_held_out(concept.uri)
    }
    return {uri: names for uri, names in rows.items() if names}


def test_other_names_of_held_out_skills_are_neither_shown_nor_used(
    stage: StageRecipe, concepts: tuple[TrainConcept, ...], esco: FrameworkDb
) -> None:
    """Neither as a text, nor in a sentence that is made, nor as the name of a right answer."""
    names = other_names(esco)
    draw = random.Random(stage.name)  # noqa: S311 - a seeded draw, no secret
    texts = list(alternative_labels(concepts, 99, draw))
    made = list(generate(concepts, 2 * len(concepts), draw))
    asked = [Example(text="a", places=(place,)) for place in range(len(concepts))] * 3

    told = [
        (place, label)
        for batch in batches(asked, concepts, 64, draw)
        for place, label in zip(batch.asked, batch.labels, strict=True)
    ]

    assert 400 < len(names) < 1000
    assert not any(concepts[one.places[0]].uri in names for one in texts)
    assert not any(
        key_of(label) in names.get(concepts[place].uri, ()) and label != concepts[place].label
        for place, label in told
    )
    by_hand = {place for place, concept in enumerate(concepts) if concept.uri in names}
    assert all(concepts[place].alternatives == () for place in by_hand)
    assert len(made) == 2 * len(concepts)


def test_no_text_is_another_name_of_the_held_out_skill_that_it_asks_for(
    shown: list[Example],
    concepts: tuple[TrainConcept, ...],
    esco: FrameworkDb,
    spoken: list[JudgedSentence],
) -> None:
    """Whichever source it is from. Spans that real postings write so themselves are not chosen."""
    names = other_names(esco)
    real = {key_of(span) for one in spoken for span, _ in one.spans}

    told = {
        (concepts[place].label, key_of(example.text))
        for example in shown
        for place in example.places
        if key_of(example.text) in names.get(concepts[place].uri, ())
        and key_of(example.text) != key_of(concepts[place].label)
    }

    assert {text for _, text in told} <= real


def test_what_is_shown_is_the_same_every_time(
    stage: StageRecipe,
    shown: list[Example],
    concepts: tuple[TrainConcept, ...],
    benchmarks: Path,
) -> None:
    """Sentences are counted by the seed, not by a clock or by the order of a set."""
    assert examples_of(stage, concepts, benchmarks) == shown
    assert all(example.text.strip() and example.places for example in shown)


def test_the_sentences_of_the_repository_are_whole(
    concepts: tuple[TrainConcept, ...], benchmarks: Path, spoken: list[JudgedSentence]
) -> None:
    """Counts of the page on training; every line names concepts of the release."""
    assert len(list(written(concepts))) == 16_051
    assert sum(len(one.spans) for one in spoken) == 5_063
    assert len(spoken) == 4_737
    assert sum(one.kept for one in spoken) == 1_727
    examples = list(judged(concepts, benchmarks))
    assert 3000 < len(examples) < 3200
    assert max(len(one.places) for one in written(concepts)) <= 6
