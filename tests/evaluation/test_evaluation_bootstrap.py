"""Intervals by redrawing queries."""

from __future__ import annotations

import numpy as np
import pytest

from evaluation.bootstrap import bootstrap, f1, paired_bootstrap
from skillmatch.errors import UsageError


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, np.newaxis]


def test_a_difference_of_pairs_is_known_better_than_either_number() -> None:
    """Both vary from 0 to 1, and one is always a tenth better: the difference is certain."""
    theirs = column(*np.linspace(0, 0.9, 50))

    alone = bootstrap([theirs + 0.1])
    paired = paired_bootstrap([theirs + 0.1], [theirs])

    assert alone.high - alone.low > 0.1
    assert paired.low == pytest.approx(0.1)
    assert paired.high == pytest.approx(0.1)
    assert paired.clear
    assert paired.below == 0.0


def test_the_interval_of_a_mean_is_the_one_of_the_textbook() -> None:
    """400 coins, half of them heads: 0.5 and 1.96 * sqrt(.25 / 400) = 0.049 on both sides."""
    found = bootstrap([column(*[0.0, 1.0] * 200)], samples=20_000)

    assert found.value == 0.5
    assert found.low == pytest.approx(0.451, abs=0.003)
    assert found.high == pytest.approx(0.549, abs=0.003)


def test_equal_systems_differ_by_nothing_clear() -> None:
    """The same values in another order of luck: 0 lies inside."""
    ours, theirs = column(0, 1, 0, 1, 1, 0), column(1, 0, 1, 0, 0, 1)

    found = paired_bootstrap([ours], [theirs])

    assert found.value == 0.0
    assert not found.clear
    assert 0.3 < found.below < 0.8


def test_sets_weigh_the_same_whatever_their_sizes() -> None:
    """A thousand synthetic sentences must not drown sixty real ones: (0 + 1) / 2."""
    found = bootstrap([column(*[0.0] * 1000), column(1.0, 1.0)])

    assert (found.value, found.low, found.high) == (0.5, 0.5, 0.5)


def test_the_statistic_is_taken_of_each_redrawing() -> None:
    """Micro F1 of (1 right, 2 accepted, 1 gold) and (1, 1, 2): 2 * 2 / (3 + 3)."""
    found = bootstrap([np.array([[1.0, 2.0, 1.0], [1.0, 1.0, 2.0]])], f1)

    assert found.value == pytest.approx(2 / 3)
    assert found.low == found.high == pytest.approx(2 / 3)


def test_f1_of_nothing_said_and_nothing_asked_is_zero() -> None:
    """And no division by zero in a redrawing without gold."""
    assert bootstrap([np.zeros((3, 3))], f1).value == 0.0


def test_the_same_seed_gives_the_same_interval() -> None:
    """A number that changes with every run cannot be published."""
    values = [column(*np.random.default_rng(0).random(80))]

    assert bootstrap(values) == bootstrap(values)
    assert bootstrap(values) != bootstrap(values, seed=14)


def test_different_queries_cannot_be_paired() -> None:
    """Values of other queries side by side would be noise with an interval."""
    with pytest.raises(UsageError, match="same queries"):
        paired_bootstrap([column(1, 2)], [column(1, 2, 3)])


def test_no_query_is_an_error() -> None:
    """An interval over nothing would be (nan, nan)."""
    with pytest.raises(UsageError, match="at least one query"):
        bootstrap([np.zeros((0, 1))])
