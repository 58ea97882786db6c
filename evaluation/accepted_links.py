"""Precision and recall of accepted links, and the threshold between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = tuple(round(float(step), 2) for step in np.arange(0.05, 0.96, 0.01))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoredLinks:
    """Every candidate of every unit, and the number of gold labels.

    Attributes:
        confidences: In [0, 1], shape (candidates,).
        right: Whether a candidate is gold, shape (candidates,).
        gold: Over all units; labels that the release lacks count as missed.
    """

    confidences: NDArray[np.float64]
    right: NDArray[np.bool_]
    gold: int


def precision_recall(scored: ScoredLinks, threshold: float) -> tuple[float, float]:
    """Return precision and recall of the links at or above a threshold; 0 where none is."""
    accepted = scored.right[scored.confidences >= threshold]
    hits = int(accepted.sum())
    return hits / max(1, len(accepted)), hits / max(1, scored.gold)


def f1(scored: ScoredLinks, threshold: float) -> float:
    """Return the harmonic mean of precision and recall, 0 where both are."""
    precision, recall = precision_recall(scored, threshold)
    return 2 * precision * recall / max(1e-9, precision + recall)


def best_threshold(scored: ScoredLinks, *, least_precision: float = 0.0) -> float:
    """Return the threshold with the highest F1, the lowest of ties.

    Args:
        scored: What to accept from.
        least_precision: Thresholds with less are left out, unless all of them have less.
    """
    precise = [step for step in STEPS if precision_recall(scored, step)[0] >= least_precision]
    return max(precise or STEPS, key=lambda step: (round(f1(scored, step), 6), -step))
