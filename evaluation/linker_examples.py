"""Units with the concepts that people gave them, and the linker's features for each candidate.

The linker's confidence is fitted on sentences that the encoder has never seen: those of every
third posting of SkillSpan train, judged for this project (``evaluation.train.judged``), SkillSkape
dev, and TECH and HOUSE validation. Sentences without a skill are among them, as they are in
postings: nothing that is proposed for them is right.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from evaluation.datasets import Query, read_linking_csv, read_skillskape
from evaluation.train.judged import read_judged
from evaluation.train.pairs import key_of
from skillmatch.linking.features import Matrix
from skillmatch.linking.proposals import Proposals, Proposer
from skillmatch.model.concept import ConceptUri
from skillmatch.model.posting import SectionKind, Span, Unit

BATCH = 32
CANDIDATES = 100
SEED = 13
SKILLSKAPE_UNITS = 800
"""SkillSkape is synthetic, and what a likeness is worth there differs from real postings; more of
it makes the confidence worse on the real ones (TECH, HOUSE, SkillSpan), cross-fitted."""
Item = TypeVar("Item")


class Source(StrEnum):
    """Where labelled units come from."""

    TECH = "TECH validation"
    HOUSE = "HOUSE validation"
    SKILLSKAPE = "SkillSkape dev"
    SKILLSPAN = "SkillSpan train, judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledUnit:
    """A sentence with its gold.

    Attributes:
        gold: Concepts of the framework at hand.
        labels: How many labels people gave, those that the framework lacks included.
    """

    source: Source
    text: str
    gold: frozenset[ConceptUri]
    labels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Every candidate of every unit.

    Attributes:
        features: Shape (candidates, features).
        right: Whether a candidate is gold, shape (candidates,).
        starts: First candidate of each unit, and the end, shape (units + 1,).
    """

    units: tuple[LabelledUnit, ...]
    features: Matrix
    right: NDArray[np.bool_]
    starts: NDArray[np.int64]


def labelled_units(benchmarks: Path, uri_of: Mapping[str, ConceptUri]) -> tuple[LabelledUnit, ...]:
    """Return every labelled unit, each text once, validation first."""
    folder = benchmarks / "skill-extraction-validation"
    files = {
        Source.TECH: read_linking_csv(folder / "tech_validation_annotations.csv"),
        Source.HOUSE: read_linking_csv(folder / "house_validation_annotations.csv"),
        Source.SKILLSKAPE: sample(
            read_skillskape(benchmarks / "skillskape" / "dev.csv"), SKILLSKAPE_UNITS, seed=SEED
        ),
    }
    units = [_of_query(source, query, uri_of) for source, read in files.items() for query in read]
    judged = read_judged(benchmarks / "skillspan" / "train.json", list(uri_of.values()))
    units.extend(
        LabelledUnit(
            source=Source.SKILLSPAN,
            text=sentence.text,
            gold=frozenset(sentence.uris),
            labels=len(sentence.uris),
        )
        for sentence in judged
        if sentence.kept
    )
    once: dict[str, LabelledUnit] = {}
    for unit in units:
        once.setdefault(key_of(unit.text), unit)
    return tuple(once.values())


def _of_query(source: Source, query: Query, uri_of: Mapping[str, ConceptUri]) -> LabelledUnit:
    gold = frozenset(uri_of[label] for label in query.labels if label in uri_of)
    return LabelledUnit(source=source, text=query.text, gold=gold, labels=len(query.labels))


def table_of(proposer: Proposer, units: Sequence[LabelledUnit]) -> Table:
    """Propose for every unit and note which candidates are gold."""
    found = list(proposals_of(proposer, [unit.text for unit in units]))
    sizes = [len(proposals.uris) for proposals in found]
    return Table(
        units=tuple(units),
        features=np.concatenate([proposals.features for proposals in found]),
        right=np.array(
            [
                uri in unit.gold
                for unit, proposals in zip(units, found, strict=True)
                for uri in proposals.uris
            ]
        ),
        starts=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
    )


def proposals_of(proposer: Proposer, texts: Sequence[str]) -> Iterator[Proposals]:
    """Propose for each text, in order, in batches."""
    for start in range(0, len(texts), BATCH):
        units = [unit_of(text) for text in texts[start : start + BATCH]]
        yield from proposer.propose(units, unit_k=CANDIDATES)


def unit_of(text: str, position: int = 0) -> Unit:
    """Make a unit of a sentence, as ``skillmatch link`` does."""
    return Unit(
        text=text,
        span=Span(start=0, end=len(text)),
        section=SectionKind.REQUIREMENTS,
        position=position,
    )


def sample(items: Sequence[Item], count: int, *, seed: int) -> list[Item]:
    """Draw items without replacement, in file order."""
    chosen = set(random.Random(seed).sample(range(len(items)), min(count, len(items))))  # noqa: S311 - a seeded sample, no secret
    return [item for place, item in enumerate(items) if place in chosen]
