"""What a system is: opened over a label space, it ranks the concepts for each text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from evaluation.tasks.task import LabelSpace

BATCH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """An answer to one query.

    Attributes:
        uris: Best first, each once, ties by URI; as long as the system ranks at all.
        similarities: Of each of ``uris``, descending; a probability where the ranker says so.
        accepted: What the system would link; None where it takes no such decision.
    """

    uris: tuple[str, ...]
    similarities: tuple[float, ...]
    accepted: frozenset[str] | None = None


class Ranker(Protocol):
    """A system that is open."""

    def rank(self, texts: Sequence[str]) -> Sequence[Ranking]:
        """Return an answer to each text, in their order; an answer depends on its text alone."""
        ...


class System(Protocol):
    """A system by name."""

    @property
    def name(self) -> str:
        """The name that ``--system`` knows."""
        ...

    @property
    def probabilities(self) -> bool:
        """Whether its similarities claim to be probabilities, so that they can be wrong as such."""
        ...

    @property
    def decides(self) -> bool:
        """Whether it says which concepts it would link, and not only in which order they stand."""
        ...

    def fingerprint(self) -> str:
        """Return what decides its answers beside the task: models, parameters, code.

        Raises:
            NotFoundError: A model that it needs is not installed.
        """
        ...

    def encoder(self) -> str:
        """Return the fingerprint of the encoder, ``""`` for a system without one."""
        ...

    def open(self, space: LabelSpace) -> AbstractContextManager[Ranker]:
        """Open it over a label space; the first time may take minutes."""
        ...


def ranking_of(
    uris: Sequence[str], similarities: NDArray[np.float64], *, least: float | None = None
) -> Ranking:
    """Rank entries by similarity, highest first, ties by URI.

    Args:
        uris: Of all entries, sorted.
        similarities: Of each entry. They are rounded to 6 decimals first, so that the last bit of
            a sum decides no tie.
        least: Entries below are not ranked; None ranks all of them.
    """
    rounded = np.round(similarities, 6)
    order = np.argsort(-rounded, kind="stable")
    if least is not None:
        order = order[: int((rounded >= least).sum())]
    return Ranking(
        uris=tuple(uris[place] for place in order.tolist()),
        similarities=tuple(rounded[order].tolist()),
    )


def batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Cut texts into batches, in their order."""
    for start in range(0, len(texts), BATCH):
        yield texts[start : start + BATCH]
