"""Fit what turns features into a confidence: a logistic regression with a few bends.

A sum of features is easily read, but says the same of a likeness whether the sentence speaks of a
skill or not. A small hidden layer beside the sum learns such dependence; its output is trained
as a probability (log loss), and what is published of it is measured on units that it was not
fitted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from evaluation.linker_examples import Table
from skillmatch.linking.facts import REUSE_COLUMNS
from skillmatch.linking.features import Feature, Matrix
from skillmatch.linking.weights import HiddenUnit, log_odds

SCORERS = 3
"""Fitted from different starts and averaged: one alone is as good on some sets by chance only."""
HIDDEN = 20
EPOCHS = 30
BATCH = 4096
LEARNING_RATE = 5e-3
WEIGHT_DECAY = 1e-3
FOLDS = 5
DIGITS = 4
HIDDEN_SHARE = 0.5
REUSE = [*REUSE_COLUMNS.values(), Feature.REUSE_KNOWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """Fitted numbers in the units of the features themselves."""

    intercept: float
    coefficients: tuple[float, ...]
    hidden: tuple[HiddenUnit, ...]

    def chances(self, features: Matrix) -> NDArray[np.float64]:
        """Return the probability of each row."""
        logits = log_odds(features, self.intercept, self.coefficients, self.hidden)
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
        return chances


def fit_scorer(features: Matrix, right: NDArray[np.bool_], *, seed: int) -> Scorer:
    """Fit ``SCORERS`` scorers and return the mean of their log-odds, which is a scorer itself.

    The same arguments give the same numbers.
    """
    fitted = [_fit_one(features, right, seed=seed + number) for number in range(SCORERS)]
    return Scorer(
        intercept=_mean([one.intercept for one in fitted]),
        coefficients=tuple(
            _mean(same) for same in zip(*(one.coefficients for one in fitted), strict=True)
        ),
        hidden=tuple(
            replace(bend, out=round(bend.out / SCORERS, DIGITS))
            for one in fitted
            for bend in one.hidden
        ),
    )


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), DIGITS)


def _fit_one(features: Matrix, right: NDArray[np.bool_], *, seed: int) -> Scorer:
    """Fit by Adam on shuffled batches."""
    import torch

    torch.manual_seed(seed)
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1.0
    inputs = torch.from_numpy(((features - mean) / scale).astype(np.float32))
    answers = torch.from_numpy(right.astype(np.float32))
    plain = torch.nn.Linear(features.shape[1], 1)
    first = torch.nn.Linear(features.shape[1], HIDDEN)
    last = torch.nn.Linear(HIDDEN, 1, bias=False)
    weights = [*plain.parameters(), *first.parameters(), *last.parameters()]
    steps = EPOCHS * -(-len(inputs) // BATCH)
    optimizer = torch.optim.AdamW(weights, lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    slower = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, steps)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(inputs)).split(BATCH):
            logits = plain(inputs[rows]) + last(torch.tanh(first(inputs[rows])))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(logits[:, 0], answers[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            slower.step()
    arrays = [one.detach().double().numpy() for one in weights]
    return _in_own_units(arrays, mean, scale)


def _in_own_units(
    arrays: Sequence[NDArray[np.float64]], mean: NDArray[np.float64], scale: NDArray[np.float64]
) -> Scorer:
    """Fold the standardisation into the weights, so that nothing has to be scaled later."""
    plain, intercept, first, biases, last = arrays
    coefficients = plain[0] / scale
    mixed = first / scale
    return Scorer(
        intercept=round(float(intercept[0] - coefficients @ mean), DIGITS),
        coefficients=_rounded(coefficients),
        hidden=tuple(
            HiddenUnit(
                bias=round(float(bias - row @ mean), DIGITS),
                out=round(float(out), DIGITS),
                weights=_rounded(row),
            )
            for row, bias, out in zip(mixed, biases, last[0], strict=True)
        ),
    )


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), DIGITS) for value in values)


def with_facts_hidden(table: Table, *, seed: int) -> Matrix:
    """Return features that say nothing of reuse levels for half of the units.

    Some releases have no reuse levels: a scorer has to do without them as well.
    """
    hidden = np.random.default_rng(seed).random(len(table.units)) < HIDDEN_SHARE
    rows = np.repeat(hidden, np.diff(table.starts))
    bare = without_facts(table).features
    return np.where(rows[:, np.newaxis], bare, table.features)


def without_facts(table: Table) -> Table:
    """Return the same candidates by a release without reuse levels."""
    features = table.features.copy()
    features[:, REUSE] = 0.0
    return replace(table, features=features)


def cross_fitted(table: Table, shown: Matrix, *, seed: int) -> NDArray[np.float64]:
    """Return the probability of each candidate by a scorer that never saw its unit.

    Args:
        table: What is judged.
        shown: Features that scorers are fitted on, in the order of the table.
        seed: Of folds and of scorers.
    """
    draw = np.random.default_rng(seed)
    fold_of_unit = draw.permutation(len(table.units)) % FOLDS
    fold = np.repeat(fold_of_unit, np.diff(table.starts))
    chances = np.zeros(len(table.right))
    for number in range(FOLDS):
        held = fold == number
        scorer = fit_scorer(shown[~held], table.right[~held], seed=seed)
        chances[held] = scorer.chances(table.features[held])
    return chances
