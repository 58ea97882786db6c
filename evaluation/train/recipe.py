"""What each stage of training is shown. The order of stages is the order of ``STAGES``."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.datasets import Query, read_linking_csv, read_skillskape
from evaluation.train.concepts import TrainConcept
from evaluation.train.generator import generate
from evaluation.train.judged import judged_examples, read_judged
from evaluation.train.pairs import (
    Example,
    alternative_labels,
    descriptions,
    key_of,
    labelled,
    read_sentences,
    without_copies,
)
from evaluation.train.plan import Plan

WRITTEN = Path(__file__).resolve().parent / "sentences"
SEED = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRecipe:
    """How much of each source a stage is shown, and how.

    Attributes:
        alternatives: Alternative labels a concept.
        generated: Sentences of ``generator``.
        written: How often the sentences under ``sentences/`` come in an epoch; those of
            SkillSkape train always come once.
    """

    name: str
    alternatives: int
    descriptions: bool
    generated: int
    written: int
    plan: Plan


STAGES = (
    StageRecipe(
        name="names",
        alternatives=2,
        descriptions=True,
        generated=20_000,
        written=0,
        plan=Plan(epochs=1, learning_rate=1e-4),
    ),
    StageRecipe(
        name="sentences",
        alternatives=1,
        descriptions=False,
        generated=5_000,
        written=2,
        plan=Plan(epochs=1, learning_rate=8e-5),
    ),
)


def examples_of(
    stage: StageRecipe, concepts: Sequence[TrainConcept], benchmarks: Path
) -> list[Example]:
    """Return the examples of a stage in an order that depends on nothing but the seed.

    Sentences that equal a validation or dev sentence are left out.
    """
    draw = random.Random(f"{SEED}:{stage.name}")  # noqa: S311 - a seeded draw, no secret
    found = list(alternative_labels(concepts, stage.alternatives, draw))
    if stage.descriptions:
        found.extend(descriptions(concepts))
    found.extend(generate(concepts, stage.generated, draw))
    spoken = read_skillskape(benchmarks / "skillskape" / "train.csv")
    found = without_copies([*found, *labelled(spoken, concepts)], held_keys(benchmarks))
    if stage.written:
        ours = [*written(concepts), *judged(concepts, benchmarks)]
        found.extend(without_copies(ours, held_keys(benchmarks)) * stage.written)
    return found


def written(concepts: Sequence[TrainConcept]) -> Iterator[Example]:
    """Yield the sentences that were written for this project and ask for a skill."""
    place_of = {concept.uri: place for place, concept in enumerate(concepts)}
    for path in sorted(WRITTEN.glob("*.tsv")):
        yield from (one for one in read_sentences(path, place_of) if one.places)


def judged(concepts: Sequence[TrainConcept], benchmarks: Path) -> Iterator[Example]:
    """Yield the real sentences that were judged for this project, as far as they may be shown."""
    place_of = {concept.uri: place for place, concept in enumerate(concepts)}
    sentences = read_judged(benchmarks / "skillspan" / "train.json", list(place_of))
    return judged_examples(list(sentences), place_of)


def held_keys(benchmarks: Path) -> frozenset[str]:
    """Return the keys of all sentences that are kept for choosing."""
    return frozenset(key_of(query.text) for query in held_queries(benchmarks))


def held_queries(benchmarks: Path) -> tuple[Query, ...]:
    """Return the sentences of TECH and HOUSE validation and SkillSkape dev."""
    folder = benchmarks / "skill-extraction-validation"
    return (
        *read_linking_csv(folder / "tech_validation_annotations.csv"),
        *read_linking_csv(folder / "house_validation_annotations.csv"),
        *read_skillskape(benchmarks / "skillskape" / "dev.csv"),
    )
