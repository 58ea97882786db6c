"""The best plan by several aims in turn, each of them proven, or how far from proven it is.

Ties are decided, too, so that there is one answer: the fewest options, then those with the lowest
ids (the plan that takes the first option in which two plans differ), then for each option in the
order of ids the earliest begin, then the lowest mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatch.pathway.solver.dominance import undominated
from skillmatch.pathway.solver.figures import solution_of
from skillmatch.pathway.solver.parts import by_parts
from skillmatch.pathway.solver.problem import USUAL, Aim, Effort, Outcome, Problem, Solution
from skillmatch.pathway.solver.reduce import restricted, tightened, useful
from skillmatch.pathway.solver.search import Search

AIMS = (Aim.WORTH, Aim.COST, Aim.END, Aim.COUNT, Aim.EARLY)


def solve(problem: Problem, *, aims: Sequence[Aim] = AIMS, effort: Effort = USUAL) -> Solution:
    """Return the best plan by the aims in turn."""
    places = useful(problem)
    if places is None:
        return Solution(outcome=Outcome.IMPOSSIBLE)
    asked = tuple(dict.fromkeys((*aims, Aim.COUNT)))
    possible, by_id = restricted(problem, places)
    small, kept = restricted(possible, undominated(possible, asked))
    found = by_parts(tightened(small), asked, Search(effort=effort))
    return _renamed(problem, found, [by_id[place] for place in kept])


def _renamed(problem: Problem, found: Solution, places: Sequence[int]) -> Solution:
    if found.outcome in {Outcome.IMPOSSIBLE, Outcome.GIVEN_UP}:
        return found
    taken = [replace(step, option=places[step.option]) for step in found.taken]
    renamed = solution_of(problem, taken, found.outcome, found.bound)
    return replace(renamed, proven=found.proven)
