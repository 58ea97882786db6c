"""The solver against going through every plan there is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.small_plans import best_by_trying, small_problem
from skillmatch.pathway.solver.figures import value_of
from skillmatch.pathway.solver.problem import Aim, Outcome, Problem
from skillmatch.pathway.solver.replay import faults
from skillmatch.pathway.solver.solve import solve

ORDERS = (
    (Aim.WORTH, Aim.COST, Aim.END, Aim.COUNT, Aim.EARLY),
    (Aim.WORTH, Aim.END, Aim.COST, Aim.COUNT, Aim.EARLY),
    (Aim.WORTH, Aim.COUNT, Aim.COST, Aim.END, Aim.EARLY),
    (Aim.COST, Aim.END, Aim.WORTH, Aim.COUNT, Aim.EARLY),
)


def check(problem: Problem, aims: tuple[Aim, ...]) -> None:
    """Compare one answer, figures and days, with what trying everything finds."""
    best = best_by_trying(problem, aims)

    found = solve(problem, aims=aims)

    if best is None:
        assert found.outcome is Outcome.IMPOSSIBLE
        return
    assert faults(problem, found) == ()
    assert tuple(value_of(problem, found, aim) for aim in aims) == best.key
    assert found.outcome is Outcome.OPTIMAL
    assert found.taken == best.taken


@settings(max_examples=50, deadline=None)
@given(chance=st.randoms(use_true_random=False), aims=st.sampled_from(ORDERS))
def test_no_plan_is_better_than_the_one_that_is_found(
    chance: random.Random, aims: tuple[Aim, ...]
) -> None:
    """Modes, fixed days, rules, circles and bounds of all kinds, down to the last tie."""
    check(small_problem(chance), aims)


@pytest.mark.fuzz
@pytest.mark.parametrize("block", range(10))
def test_a_thousand_small_problems_have_the_answer_of_trying_everything(block: int) -> None:
    """Ten times as many as the default suite has time for; the same ones each time."""
    for seed in range(block * 100, block * 100 + 100):
        chance = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
        check(small_problem(chance), ORDERS[seed % len(ORDERS)])
