"""Late interaction, worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.embedding.port import Vectors
from skillmatch.embedding.vectors import unit_length
from skillmatch.linking.late import late_interaction

AXES = np.eye(2, dtype=np.float32)
"""A text of two tokens that have nothing in common."""


def vectors(*rows: tuple[float, ...]) -> Vectors:
    return np.array(rows, dtype=np.float32)


@pytest.mark.parametrize(
    ("label", "by_hand"),
    [
        # Cosines 1 and 0, so softmax of 10 and 0: the fitting token is nearly all that counts.
        ((1.0, 0.0), 1 / (1 + math.exp(-10))),
        # Cosines .6 and .8: a softmax of 6 and 8 puts 1 / (1 + e^2) on the first.
        ((0.6, 0.8), 0.8 - 0.2 / (1 + math.exp(2))),
        # Cosines -1 and 0: what speaks against a label counts for nothing beside the rest.
        ((-1.0, 0.0), -math.exp(-10) / (1 + math.exp(-10))),
    ],
)
def test_each_token_counts_by_how_well_it_fits(label: tuple[float, float], by_hand: float) -> None:
    """The formula of training; another one would ask the vectors for what they never learned."""
    (near,) = late_interaction(AXES, vectors(label))

    assert near == pytest.approx(by_hand, abs=1e-6)


def test_a_sentence_is_near_to_each_of_the_skills_that_it_asks_for() -> None:
    """Its mean is not: there one vector stands for both, and is .71 from either."""
    near = late_interaction(AXES, AXES)

    assert near.min() > 0.9999
    assert unit_length(AXES.mean(axis=0, keepdims=True))[0] @ AXES[0] < 0.72


def test_a_text_without_tokens_is_like_nothing() -> None:
    """An empty line of a file must not end the run."""
    near = late_interaction(np.zeros((0, 2), dtype=np.float32), AXES)

    assert near.tolist() == [0.0, 0.0]


@given(tokens=st.integers(1, 9), labels=st.integers(0, 5), seed=st.integers(0, 2**32 - 1))
def test_it_lies_between_the_worst_and_the_best_token_in_any_order(
    tokens: int, labels: int, seed: int
) -> None:
    """It is a weighted mean of cosines, never below their plain mean."""
    rng = np.random.default_rng(seed)
    said = unit_length(rng.normal(size=(tokens, 8)).astype(np.float32))
    asked = unit_length(rng.normal(size=(labels, 8)).astype(np.float32))
    cosines = asked @ said.T

    near = late_interaction(said, asked)

    assert near.shape == (labels,)
    assert near.dtype == np.float32
    assert bool((near <= cosines.max(axis=1, initial=-1) + 1e-6).all())
    assert bool((near >= cosines.mean(axis=1) - 1e-6).all())
    np.testing.assert_allclose(late_interaction(said[::-1], asked), near, atol=1e-6)
