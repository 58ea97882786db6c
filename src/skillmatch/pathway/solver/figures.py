"""What a choice comes to: its worth, cost and end, and what counts for each gap."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from skillmatch.pathway.solver.problem import Aim, Outcome, Problem, Solution, Taken


def worth_of(problem: Problem, places: Collection[int]) -> int:
    """Return the worth of a set of options: the best for each gap, and every bonus."""
    return closed_of(problem, places) + sum(problem.options[place].bonus for place in places)


def closed_of(problem: Problem, places: Iterable[int]) -> int:
    """Return the worth of the gaps alone: the best for each."""
    best: dict[int, int] = {}
    for place in places:
        for gap, gain in problem.options[place].gains:
            best[gap] = max(best.get(gap, 0), gain)
    return sum(best.values())


def counts_of(problem: Problem, taken: Iterable[Taken]) -> tuple[int | None, ...]:
    """Return for each gap the first to end of those that gain most, then the lowest position."""
    best: list[tuple[int, int, int] | None] = [None] * problem.gaps
    for step in taken:
        for gap, gain in problem.options[step.option].gains:
            key = (-gain, step.end, step.option)
            now = best[gap]
            best[gap] = key if now is None else min(now, key)
    return tuple(None if key is None else key[2] for key in best)


def solution_of(
    problem: Problem, taken: Iterable[Taken], outcome: Outcome, bound: int | None = None
) -> Solution:
    """Return a plan with its figures; the bound is at least its worth."""
    steps = tuple(sorted(taken, key=lambda step: (step.start, step.end, step.option)))
    places = [step.option for step in steps]
    worth = worth_of(problem, places)
    return Solution(
        outcome=outcome,
        taken=steps,
        counts=counts_of(problem, steps),
        worth=worth,
        bound=worth if bound is None else max(bound, worth),
        cost=sum(problem.options[place].cost for place in places),
        end=max((step.end for step in steps), default=0),
    )


def early_of(problem: Problem, solution: Solution) -> int:
    """Return the sum over gaps of worth × day on which what counts for it ends."""
    ends = {step.option: step.end for step in solution.taken}
    return sum(
        dict(problem.options[place].gains)[gap] * ends[place]
        for gap, place in enumerate(solution.counts)
        if place is not None
    )


def value_of(problem: Problem, solution: Solution, aim: Aim) -> int:
    """Return what an aim is about, the less the better: the worth below zero."""
    values = {
        Aim.WORTH: -solution.worth,
        Aim.COST: solution.cost,
        Aim.END: solution.end,
        Aim.COUNT: len(solution.taken),
    }
    return early_of(problem, solution) if aim is Aim.EARLY else values[aim]
