"""Carrying a plan out finds each way in which it can be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from skillmatch.pathway.solver.problem import Mode, Option, Outcome, Problem, Rule, Solution, Taken
from skillmatch.pathway.solver.replay import faults

FIRST = Option(id="a", modes=(Mode(days=2, load=60),), cost=3, gains=((0, 5),), must=True)
SECOND = Option(
    id="b",
    modes=(Mode(days=1, load=60, starts=(2, 4), latest=4),),
    rule=Rule(least=1, options=(0,)),
    gains=((0, 4), (1, 2)),
)
PROBLEM = Problem(options=(FIRST, SECOND), gaps=2, capacity=90, horizon=5, budget=3, least=5)
A, B = Taken(option=0, mode=0, start=0, end=2), Taken(option=1, mode=0, start=2, end=3)
RIGHT = Solution(
    outcome=Outcome.OPTIMAL, taken=(A, B), counts=(0, 1), worth=7, bound=7, cost=3, end=3
)


def test_a_right_plan_has_no_faults() -> None:
    """What is found below is wrong because of the one thing that is changed."""
    assert faults(PROBLEM, RIGHT) == ()


@pytest.mark.parametrize(
    ("problem", "solution", "said"),
    [
        (PROBLEM, replace(RIGHT, taken=(B,)), "a must be taken"),
        (PROBLEM, replace(RIGHT, taken=(A, A, B)), "taken twice"),
        (PROBLEM, replace(RIGHT, taken=(B, A)), "not in the order"),
        (PROBLEM, replace(RIGHT, taken=(A, replace(B, start=3, end=4))), "none of its days"),
        (PROBLEM, replace(RIGHT, taken=(A, replace(B, end=4))), "takes 2 days instead of 1"),
        (PROBLEM, replace(RIGHT, taken=(A, replace(B, mode=1))), "no mode 1"),
        (PROBLEM, replace(RIGHT, taken=(A, replace(B, option=2))), "no option 2"),
        (PROBLEM, replace(RIGHT, worth=8, bound=8), "states worth 8"),
        (PROBLEM, replace(RIGHT, cost=2), "states cost 2"),
        (PROBLEM, replace(RIGHT, end=4), "states end 4"),
        (PROBLEM, replace(RIGHT, counts=(1, 1)), "states counts"),
        (PROBLEM, replace(RIGHT, bound=9), "not at its bound"),
        (PROBLEM, replace(RIGHT, bound=6), "more than its bound"),
        (PROBLEM, replace(RIGHT, outcome=Outcome.IMPOSSIBLE), "although none was found"),
        (replace(PROBLEM, horizon=2), RIGHT, "after the last"),
        (replace(PROBLEM, budget=2), RIGHT, "costs 3 of 2"),
        (replace(PROBLEM, least=8), RIGHT, "less than 8"),
        (
            replace(PROBLEM, options=(FIRST, replace(SECOND, rule=Rule(least=1)))),
            RIGHT,
            "before what it needs",
        ),
        (
            PROBLEM,
            replace(RIGHT, taken=(replace(A, start=1, end=3), B)),
            "takes 120 minutes a week of 90",
        ),
    ],
)
def test_each_fault_is_found(problem: Problem, solution: Solution, said: str) -> None:
    """A checker that overlooks a rule would let a wrong plan pass."""
    assert any(said in fault for fault in faults(problem, solution)), faults(problem, solution)
