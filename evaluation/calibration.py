"""Whether a confidence of 0.8 means that four of five are right.

A sample is what was said and what was true: confidences in [0, 1] and a yes or no for each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from skillmatch.errors import UsageError

BINS = 15
TOP = 5
"""Candidates of a unit whose confidence is looked at; those below are hardly ever right."""
Floats = NDArray[np.float64]
Recalibration = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sample:
    """Confidences with what was true.

    Attributes:
        confidences: In [0, 1], shape (candidates,).
        right: 1.0 or 0.0 for each.
    """

    confidences: Floats
    right: Floats

    @classmethod
    def of(cls, pairs: list[tuple[float, bool]]) -> Self:
        """Make a sample of (confidence, right)."""
        table = np.array(pairs, dtype=np.float64).reshape(-1, 2)
        return cls(confidences=table[:, 0], right=table[:, 1])

    def __post_init__(self) -> None:
        """Refuse what is no probability.

        Raises:
            UsageError: Lengths differ, or a confidence lies outside [0, 1].
        """
        same = self.confidences.shape == self.right.shape
        if not same or not ((self.confidences >= 0) & (self.confidences <= 1)).all():
            raise UsageError("a sample needs one yes or no for each confidence in [0, 1]")

    def __len__(self) -> int:
        return len(self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Candidates of similar confidence: what was said on average, and what was true."""

    low: float
    high: float
    count: int
    confidence: float
    precision: float


def reliability(sample: Sample, bins: int = BINS) -> tuple[Bin, ...]:
    """Return bins of equal mass, lowest confidence first; at most one candidate more or less.

    Equal confidences that fall on both sides of a border count with their common share of right
    ones, so that the order of the sample makes no difference.

    Raises:
        UsageError: The sample is empty.
    """
    if not len(sample):
        raise UsageError("no candidate was judged, so that there is no reliability")
    order = np.argsort(sample.confidences, kind="stable")
    said = sample.confidences[order]
    _, group, sizes = np.unique(said, return_inverse=True, return_counts=True)
    shared = np.bincount(group, weights=sample.right[order]) / sizes
    true = shared[group]
    parts = np.array_split(np.arange(len(said)), bins)
    return tuple(
        Bin(
            low=float(said[part[0]]),
            high=float(said[part[-1]]),
            count=len(part),
            confidence=float(said[part].mean()),
            precision=float(true[part].mean()),
        )
        for part in parts
        if len(part)
    )


def expected_calibration_error(sample: Sample, bins: int = BINS) -> float:
    """Return the mean distance of confidence and truth over bins of equal mass, in [0, 1].

    Source: Nguyen & O'Connor (2015), "Posterior calibration and exploratory analysis for natural
    language processing models" (adaptive bins).
    """
    found = reliability(sample, bins)
    wrong = sum(one.count * abs(one.confidence - one.precision) for one in found)
    return float(wrong / len(sample))


def error_by_chance(sample: Sample, *, seed: int, rounds: int = 200) -> float:
    """Return the calibration error that confidences which mean what they say would show.

    Bins of a few dozen candidates are off by chance, the more the smaller the sample: an error
    no larger than this says nothing against the confidences. Candidates are drawn one by one,
    though those of one unit depend on each other, so that it is rather too small than too large.
    """
    draw = np.random.default_rng(seed)
    errors = [
        expected_calibration_error(replace(sample, right=right))
        for right in (draw.random((rounds, len(sample))) < sample.confidences).astype(np.float64)
    ]
    return float(np.mean(errors))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is accepted from a confidence on.

    Attributes:
        accepted: Number of candidates.
        precision: Share of them that is right; None where none is accepted.
        recall: Share of all gold that is among them.
    """

    threshold: float
    accepted: int
    precision: float | None
    recall: float


STEPS = tuple(round(0.05 * step, 2) for step in range(1, 20))


def coverage_curve(
    sample: Sample, gold: int, steps: tuple[float, ...] = STEPS
) -> tuple[Coverage, ...]:
    """Return how precision is bought with coverage, lowest threshold first.

    Args:
        sample: All candidates that might be accepted.
        gold: Number of gold concepts, those included that are no candidate.
        steps: Confidences from which on a candidate is accepted.
    """
    curve = []
    for step in steps:
        taken = sample.right[sample.confidences >= step]
        curve.append(
            Coverage(
                threshold=step,
                accepted=len(taken),
                precision=float(taken.mean()) if len(taken) else None,
                recall=float(taken.sum() / gold) if gold else 0.0,
            )
        )
    return tuple(curve)


def cross_fitted(
    samples: Mapping[str, Sample], fit: Callable[[Sample], Recalibration]
) -> dict[str, Sample]:
    """Return each set with confidences that were fitted on all the other sets.

    Raises:
        UsageError: There are fewer than two sets, so that there is nothing else to fit on.
    """
    if len(samples) < 2:
        raise UsageError("cross-fitting needs two sets at least")
    found = {}
    for name, sample in samples.items():
        others = [other for key, other in samples.items() if key != name]
        recalibrate = fit(
            Sample(
                confidences=np.concatenate([one.confidences for one in others]),
                right=np.concatenate([one.right for one in others]),
            )
        )
        found[name] = Sample(confidences=recalibrate(sample.confidences), right=sample.right)
    return found


def logistic(sample: Sample) -> Recalibration:
    """Fit a logistic curve over the log-odds of the confidences.

    Source: Platt (1999), "Probabilistic outputs for support vector machines".
    """
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6).fit(_log_odds(sample.confidences), sample.right)
    return lambda confidences: np.asarray(model.predict_proba(_log_odds(confidences))[:, 1])


def _log_odds(confidences: Floats) -> Floats:
    inside = np.clip(confidences, 1e-6, 1 - 1e-6)
    return np.log(inside / (1 - inside))[:, np.newaxis]
