"""Batches of texts of like length, and the labels that each batch is told apart from."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.train.concepts import TrainConcept
from evaluation.train.pairs import Example

SORTED_TOGETHER = 40
"""Batches whose texts are sorted by length together, so that little padding is computed."""
ALIKE = 0.9
"""Cosine of two labels, before training, above which neither is a wrong answer for the other."""
ALTERNATIVE = 0.3
"""How often the label's side is given an alternative label for the preferred one."""
CHOSEN_FROM = 3
"""Of several concepts of a sentence, the one that is asked for changes with every epoch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Texts, the concept that each is asked for, and that concept's name."""

    texts: tuple[str, ...]
    places: tuple[tuple[int, ...], ...]
    asked: tuple[int, ...]
    labels: tuple[str, ...]


def batches(
    examples: Sequence[Example],
    concepts: Sequence[TrainConcept],
    size: int,
    draw: random.Random,
) -> Iterator[Batch]:
    """Yield every example once for each of its concepts, at most ``CHOSEN_FROM`` of them."""
    flat = [
        (example, place)
        for example in examples
        for place in draw.sample(example.places, min(len(example.places), CHOSEN_FROM))
    ]
    draw.shuffle(flat)
    cut: list[list[tuple[Example, int]]] = []
    for start in range(0, len(flat), size * SORTED_TOGETHER):
        part = sorted(
            flat[start : start + size * SORTED_TOGETHER], key=lambda one: len(one[0].text)
        )
        cut.extend(part[at : at + size] for at in range(0, len(part), size))
    draw.shuffle(cut)
    for rows in cut:
        yield Batch(
            texts=tuple(example.text for example, _ in rows),
            places=tuple(example.places for example, _ in rows),
            asked=tuple(place for _, place in rows),
            labels=tuple(_name(concepts[place], draw) for _, place in rows),
        )


def _name(concept: TrainConcept, draw: random.Random) -> str:
    if concept.alternatives and draw.random() < ALTERNATIVE:
        return draw.choice(concept.alternatives)
    return concept.label


class Bank:
    """Vectors of all labels as they were a while ago: a store of wrong answers.

    Attributes:
        vectors: Shape (concepts, dimension), unit length.
    """

    def __init__(self, first: NDArray[np.float32], *, hard: int) -> None:
        self.vectors = first
        self._first = first
        self._hard = hard

    def alike(self, rows: Sequence[int], columns: Sequence[int]) -> NDArray[np.bool_]:
        """Tell which concepts mean so nearly the same that neither is wrong for the other."""
        found: NDArray[np.bool_] = self._first[list(rows)] @ self._first[list(columns)].T > ALIKE
        return found

    def hard_negatives(self, means: NDArray[np.float32]) -> list[int]:
        """Return the positions of the labels nearest to any of the texts, in order."""
        scores = means @ self.vectors.T
        near = np.argpartition(-scores, self._hard, axis=1)[:, : self._hard]
        return [int(place) for place in np.unique(near)]


def ignored(
    batch: Batch, columns: Sequence[int], bank: Bank, own: Sequence[int]
) -> NDArray[np.bool_]:
    """Return where a column is no wrong answer for a row, shape (rows, columns).

    Args:
        batch: The texts.
        columns: Concept of each column.
        bank: Knows which concepts are alike.
        own: Column that is the right answer of each row; never ignored.
    """
    found = bank.alike(batch.asked, columns)
    where: dict[int, list[int]] = {}
    for column, place in enumerate(columns):
        where.setdefault(place, []).append(column)
    for row, places in enumerate(batch.places):
        for place in places:
            found[row, where.get(place, [])] = True
        found[row, own[row]] = False
    return found
