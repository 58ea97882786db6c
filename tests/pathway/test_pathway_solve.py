"""What the best plan does with circles, ties, bounds that contradict, and too little effort."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.made_plans import made_problem
from evaluation.small_plans import small_problem
from skillmatch.pathway.solver.frontier import frontier
from skillmatch.pathway.solver.greedy import greedy
from skillmatch.pathway.solver.problem import Effort, Mode, Option, Outcome, Problem, Rule, Taken
from skillmatch.pathway.solver.reduce import restricted
from skillmatch.pathway.solver.replay import faults
from skillmatch.pathway.solver.solve import solve

ROOT = Path(__file__).resolve().parents[2]
DAY = Mode(days=1, load=60)
AWARD = Mode(days=0, load=0)


def option(name: str, *, gap: int = 0, worth: int = 1, mode: Mode = DAY) -> Option:
    """Return an option that closes one gap."""
    return Option(id=name, modes=(mode,), gains=((gap, worth),))


def needing(what: Option, *places: int, least: int = 1) -> Option:
    """Return an option that needs some of the others."""
    return replace(what, rule=Rule(least=least, options=places))


@pytest.mark.parametrize("mode", [DAY, AWARD])
def test_options_that_need_each_other_are_never_taken(mode: Mode) -> None:
    """Two courses that each ask for the other cannot be begun, even where they take no time."""
    first, second = (option(name, gap=gap, mode=mode) for gap, name in enumerate("ab"))
    problem = Problem(options=(needing(first, 1), needing(second, 0)), gaps=2)

    found = solve(problem)

    assert found.outcome is Outcome.OPTIMAL
    assert found.taken == ()


def test_a_circle_opens_where_another_way_leads_into_it() -> None:
    """One course of the circle may also follow a third, and then the other may follow it."""
    third = option("c", gap=2, mode=AWARD)
    first = needing(option("a", mode=AWARD), 1, 2)
    second = needing(option("b", gap=1, mode=AWARD), 0)
    problem = Problem(options=(first, second, third), gaps=3)

    found = solve(problem)

    assert {step.option for step in found.taken} == {0, 1, 2}
    assert faults(problem, found) == ()


def test_a_stack_of_stacks_may_be_awarded_on_one_day() -> None:
    """Awards of no length build on each other on the day on which the last course has ended."""
    course = option("a")
    inner = needing(option("b", gap=1, mode=AWARD), 0)
    outer = needing(option("c", gap=2, mode=AWARD), 1)

    found = solve(Problem(options=(course, inner, outer), gaps=3))

    assert [(step.option, step.start) for step in found.taken] == [(0, 0), (1, 1), (2, 1)]


def test_equal_options_fall_to_the_lowest_id_whatever_their_order() -> None:
    """An answer must not depend on how a file was sorted."""
    for seed in range(20):
        chance = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
        problem = small_problem(chance)
        order = list(range(len(problem.options)))
        chance.shuffle(order)
        shuffled = _reordered(problem, order)
        again, _ = restricted(shuffled, range(len(order)))

        found, other = solve(problem), solve(shuffled)

        assert again == problem
        assert _by_id(problem, found.taken) == _by_id(shuffled, other.taken)


def _reordered(problem: Problem, order: list[int]) -> Problem:
    new = {old: place for place, old in enumerate(order)}

    def renamed(rule: Rule) -> Rule:
        return Rule(
            least=rule.least,
            options=tuple(sorted(new[place] for place in rule.options)),
            rules=tuple(renamed(inner) for inner in rule.rules),
        )

    options = (problem.options[old] for old in order)
    return replace(problem, options=tuple(replace(one, rule=renamed(one.rule)) for one in options))


def _by_id(problem: Problem, taken: tuple[Taken, ...]) -> set[tuple[str, int, int]]:
    return {(problem.options[step.option].id, step.mode, step.start) for step in taken}


def test_another_hash_seed_gives_the_same_answer() -> None:
    """Sets of Python may be walked in another order in every process; a plan may not."""
    program = (
        "from evaluation.made_plans import made_problem\n"
        "from skillmatch.pathway.solver.solve import solve\n"
        "print(solve(made_problem(3, offers=20, gaps=5)))\n"
    )

    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(answers) == 1


@pytest.mark.parametrize(
    "problem",
    [
        Problem(options=(replace(option("a"), must=True, cost=5),), gaps=1, budget=4),
        Problem(options=(replace(option("a"), must=True),), gaps=1, horizon=0),
        Problem(options=(replace(option("a"), must=True),), gaps=1, capacity=59),
        Problem(options=(needing(replace(option("a"), must=True), 0),), gaps=1),
        Problem(options=(option("a"),), gaps=1, least=2),
        Problem(options=(), gaps=0, least=1),
    ],
    ids=["budget", "horizon", "capacity", "own condition", "least", "nothing on offer"],
)
def test_bounds_that_contradict_are_called_impossible(problem: Problem) -> None:
    """Nobody is left to wonder whether a longer search would find something."""
    assert solve(problem).outcome is Outcome.IMPOSSIBLE


def test_nothing_on_offer_is_a_plan_of_no_steps() -> None:
    """Empty is not an error."""
    found = solve(Problem(options=(), gaps=2))

    assert (found.outcome, found.taken, found.counts) == (Outcome.OPTIMAL, (), (None, None))


def test_too_little_effort_still_gives_a_plan_and_an_honest_bound() -> None:
    """What another search finds is never above the bound that was stated."""
    problem = made_problem(1, offers=120, gaps=20)

    hasty, patient = (solve(problem, effort=Effort(work=work)) for work in (0.0, 0.2))

    assert hasty.outcome is not Outcome.OPTIMAL
    assert faults(problem, hasty) == faults(problem, patient) == ()
    assert hasty.worth <= patient.worth <= hasty.bound


def test_a_catalogue_is_planned_better_than_by_a_loop() -> None:
    """The loop keeps every rule, too, and its plan is worth no more."""
    for seed in range(2):
        problem = made_problem(seed, offers=30, gaps=6)

        best, loop = solve(problem), greedy(problem)

        assert faults(problem, best) == faults(problem, loop) == ()
        assert loop.worth <= best.worth <= best.bound <= loop.bound


def test_the_curve_rises_and_each_point_is_best_for_its_cost() -> None:
    """Neither less money for as much, nor more for the same money."""
    options = tuple(
        replace(option(f"o{cost}", gap=gap, worth=worth), cost=cost)
        for gap, (cost, worth) in enumerate([(1, 1), (2, 3), (4, 4)])
    )
    problem = Problem(options=options, gaps=3, budget=7)

    curve = frontier(problem)

    assert [(point.cost, point.worth) for point in curve] == [
        (1, 1),
        (2, 3),
        (3, 4),
        (5, 5),
        (6, 7),
        (7, 8),
    ]
    assert [point.cost for point in frontier(problem, most_points=2)] == [1, 7]


def test_the_curve_is_that_of_every_budget() -> None:
    """Halving ranges of costs leaves out no step while there is room for it."""
    for seed in range(5):
        problem = small_problem(random.Random(seed))  # noqa: S311 - a seeded draw, no secret
        budgets = range(25 if problem.budget is None else problem.budget + 1)
        answers = (solve(replace(problem, budget=budget)) for budget in budgets)
        steps = {one.cost: one.worth for one in answers if one.worth > 0}

        curve = frontier(problem, most_points=20)

        assert {point.cost: point.worth for point in curve} == steps


@pytest.mark.parametrize("seed", range(6))
def test_who_asks_for_no_days_is_told_the_same_of_everything_else(seed: int) -> None:
    """A curve needs no days; that spares most of the work and must change no figure of it."""
    problem = small_problem(random.Random(seed))  # noqa: S311 - a seeded draw, no secret

    exact = solve(problem)
    loose = solve(problem, effort=Effort(days=False))

    assert not faults(problem, loose)
    assert (loose.worth, loose.cost, loose.end) == (exact.worth, exact.cost, exact.end)
    assert {one.option for one in loose.taken} == {one.option for one in exact.taken}
    assert [one.start for one in exact.taken] <= [one.start for one in loose.taken]


def test_a_curve_that_is_given_its_end_is_the_same_curve() -> None:
    """A plan knows it already; to ask again costs as much as the plan."""
    problem = made_problem(3, offers=30, gaps=8)
    whole = frontier(problem)

    again = frontier(problem, best=solve(problem))

    assert [(one.cost, one.worth) for one in again] == [(one.cost, one.worth) for one in whole]
    assert {one.option for one in again[-1].taken} == {one.option for one in whole[-1].taken}
