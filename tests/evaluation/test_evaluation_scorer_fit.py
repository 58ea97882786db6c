"""Fitting the confidence: folded, repeatable, and more than a sum."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation import scorer as module
from evaluation.scorer import HIDDEN, fit_scorer
from skillmatch.linking.features import Matrix

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("one_thread")]


def corners(rows: int, seed: int = 13) -> tuple[Matrix, NDArray[np.bool_]]:
    """Return two features of ±1 and some noise; right where exactly one of them is positive."""
    rng = np.random.default_rng(seed)
    features = rng.choice([-1.0, 1.0], size=(rows, 2)) + rng.normal(scale=0.1, size=(rows, 2))
    return features, (features[:, 0] > 0) != (features[:, 1] > 0)


def test_the_standardisation_is_folded_in() -> None:
    """Chances from features as they are equal those of the network from scaled ones."""
    import torch

    rng = np.random.default_rng(13)
    mean, scale = rng.normal(size=4) * 3, rng.uniform(0.2, 5, size=4)
    features = rng.normal(size=(300, 4)) * scale + mean
    shapes = ((1, 4), (1,), (HIDDEN, 4), (HIDDEN,), (1, HIDDEN))
    plain, intercept, first, biases, last = arrays = [rng.normal(size=one) for one in shapes]

    folded = module._in_own_units(arrays, mean, scale)

    inputs = torch.from_numpy((features - mean) / scale)
    sums = torch.nn.functional.linear(inputs, *map(torch.from_numpy, (plain, intercept)))
    mixed = torch.nn.functional.linear(inputs, *map(torch.from_numpy, (first, biases)))
    logits = sums + torch.tanh(mixed) @ torch.from_numpy(last).T
    by_torch = torch.sigmoid(logits)[:, 0].numpy()
    np.testing.assert_allclose(folded.chances(features), by_torch, atol=2e-3)


def test_the_same_examples_give_the_same_numbers() -> None:
    """To the last digit; another seed shuffles and starts otherwise."""
    features, right = corners(3000)

    first, again, other = (fit_scorer(features, right, seed=seed) for seed in (13, 13, 14))

    assert first == again
    assert first != other


def test_it_learns_what_no_sum_can() -> None:
    """Right where one of two is there and not both: a sum is right half of the time."""
    features, right = corners(60_000)

    fitted = fit_scorer(features, right, seed=13)

    unseen, truth = corners(2000, seed=14)
    assert ((fitted.chances(unseen) > 0.5) == truth).mean() > 0.95


def test_a_feature_that_never_varies_does_no_harm() -> None:
    """As where no candidate of the examples has a homonym."""
    features, right = corners(3000)
    constant = np.hstack([features, np.full((3000, 1), 7.0)])

    fitted = fit_scorer(constant, right, seed=13)

    assert np.isfinite(fitted.chances(constant)).all()


def test_its_output_is_a_probability() -> None:
    """Where a third is right and the features say nothing, it says a third."""
    rng = np.random.default_rng(13)
    features, right = rng.normal(size=(30_000, 3)), rng.random(30_000) < 1 / 3

    chances = fit_scorer(features, right, seed=13).chances(features)

    assert chances.mean() == pytest.approx(right.mean(), abs=0.02)
    assert chances.std() < 0.05
