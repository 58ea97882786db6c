"""Calibration, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.calibration import (
    Bin,
    Recalibration,
    Sample,
    coverage_curve,
    cross_fitted,
    error_by_chance,
    expected_calibration_error,
    logistic,
    reliability,
)
from skillmatch.errors import UsageError

FOUR = Sample.of([(0.9, True), (0.1, False), (0.7, False), (0.3, False)])
TIED = st.lists(st.tuples(st.sampled_from([0.0, 0.2, 0.5, 0.9, 1.0]), st.booleans()), min_size=1)


def test_bins_hold_equally_many_and_tell_what_was_true() -> None:
    """Two bins of two: said .2 and true 0, said .8 and true 1/2."""
    low, high = reliability(FOUR, bins=2)

    assert low == Bin(low=0.1, high=0.3, count=2, confidence=0.2, precision=0.0)
    assert (high.low, high.high, high.precision) == (0.7, 0.9, 0.5)
    assert high.confidence == pytest.approx(0.8)


def test_the_error_is_the_mean_distance_over_bins() -> None:
    """(2 * |.2 - 0| + 2 * |.8 - .5|) / 4 = .25."""
    assert expected_calibration_error(FOUR, bins=2) == pytest.approx(0.25)


def test_five_candidates_in_three_bins_leave_the_last_one_smaller() -> None:
    """2, 2 and 1: at most one candidate more or less."""
    sample = Sample.of([(0.1 * place, False) for place in range(5)])

    assert [one.count for one in reliability(sample, bins=3)] == [2, 2, 1]


def test_equal_confidences_share_what_is_true_of_them() -> None:
    """All four said .5 and half are right: no bin may be luckier than another."""
    sample = Sample.of([(0.5, True), (0.5, True), (0.5, False), (0.5, False)])

    assert [one.precision for one in reliability(sample, bins=2)] == [0.5, 0.5]
    assert expected_calibration_error(sample, bins=2) == 0.0


@given(pairs=TIED, seed=st.integers(0, 99))
def test_the_order_of_the_sample_makes_no_difference(
    pairs: list[tuple[float, bool]], seed: int
) -> None:
    """A number that depends on the order of the queries cannot be reproduced."""
    shuffled = [pairs[place] for place in np.random.default_rng(seed).permutation(len(pairs))]

    error = expected_calibration_error(Sample.of(pairs))

    assert expected_calibration_error(Sample.of(shuffled)) == pytest.approx(error)
    assert 0 <= error <= 1


def test_an_empty_sample_is_an_error_and_no_perfect_calibration() -> None:
    """Nothing said is nothing known."""
    with pytest.raises(UsageError, match="no candidate"):
        expected_calibration_error(Sample.of([]))


def test_what_is_no_probability_is_refused() -> None:
    """A cosine of -0.1 or a logit of 3 has no calibration."""
    with pytest.raises(UsageError, match=r"\[0, 1\]"):
        Sample.of([(3.0, True)])


def test_the_coverage_curve_shows_what_precision_costs() -> None:
    """From .8 on one of one is right of two gold; from .2 on one of three; from .95 on none."""
    strict, loose, none = coverage_curve(FOUR, gold=2, steps=(0.8, 0.2, 0.95))

    assert (strict.accepted, strict.precision, strict.recall) == (1, 1.0, 0.5)
    assert (loose.accepted, loose.precision, loose.recall) == (3, 1 / 3, 0.5)
    assert (none.accepted, none.precision, none.recall) == (0, None, 0.0)


def test_each_set_is_fitted_on_the_others_only() -> None:
    """A curve that has seen the answers would flatter itself."""
    sets = {name: Sample.of([(place, True)]) for name, place in (("a", 0.1), ("b", 0.2))}
    seen: list[list[float]] = []

    def fit(sample: Sample) -> Recalibration:
        seen.append(sample.confidences.tolist())
        return lambda confidences: confidences / 2

    found = cross_fitted(sets, fit)

    assert seen == [[0.2], [0.1]]
    assert found["a"].confidences.tolist() == [0.05]
    assert found["a"].right.tolist() == [1.0]


def test_one_set_alone_cannot_be_cross_fitted() -> None:
    """There is nothing else to fit on."""
    with pytest.raises(UsageError, match="two sets"):
        cross_fitted({"a": FOUR}, logistic)


def test_a_logistic_curve_mends_what_is_always_too_sure() -> None:
    """Said .9 and true half of the time, said .1 and true in one of ten."""
    pairs = [(0.9, place % 2 == 0) for place in range(100)]
    pairs += [(0.1, place % 10 == 0) for place in range(100)]

    mended = logistic(Sample.of(pairs))(np.array([0.9, 0.1]))

    assert mended == pytest.approx([0.5, 0.1], abs=0.01)


def test_chance_alone_explains_an_error_and_less_of_it_in_a_larger_sample() -> None:
    """What says 0.3 and is right three times of ten is off in every bin, by chance."""
    draw = np.random.default_rng(13)
    said = draw.random(3000)
    honest = Sample(confidences=said, right=(draw.random(3000) < said).astype(np.float64))
    few = Sample(confidences=honest.confidences[:300], right=honest.right[:300])
    boasting = Sample(confidences=said, right=(draw.random(3000) < said / 2).astype(np.float64))

    by_chance = error_by_chance(honest, seed=1)

    assert by_chance == error_by_chance(honest, seed=1)
    assert by_chance < error_by_chance(few, seed=1) < 0.1
    assert expected_calibration_error(honest) < 2 * by_chance
    assert expected_calibration_error(boasting) > 5 * error_by_chance(boasting, seed=1)
