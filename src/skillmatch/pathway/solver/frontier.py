"""How much can be closed for how much money: the exact steps of a curve."""

from __future__ import annotations

from dataclasses import replace

from skillmatch.pathway.solver.problem import USUAL, Aim, Effort, Outcome, Problem, Solution
from skillmatch.pathway.solver.solve import solve

BY_WORTH = (Aim.WORTH, Aim.COST, Aim.COUNT)
BY_COST = (Aim.COST, Aim.WORTH, Aim.COUNT)
QUESTIONS = 3
"""Asked for each point at most, those that find no new one included."""


def frontier(
    problem: Problem,
    *,
    most_points: int = 8,
    effort: Effort = USUAL,
    best: Solution | None = None,
) -> tuple[Solution, ...]:
    """Return the most that can be closed for a cost, by cost, ascending in worth too.

    Every point is exact: no plan of its cost is worth more and none of its worth costs less. The
    first is the cheapest plan that closes anything, the last the best of all. Between them the
    widest range of costs is halved until there are ``most_points`` or no more steps. None where
    nothing can be closed. Their days are possible, but need not be the earliest.

    Args:
        problem: As for ``solve``.
        most_points: At least 1.
        effort: For each point.
        best: The last point, where it is known already: worth the most, for the least cost.
    """
    top = solve(problem, aims=BY_WORTH, effort=effort) if best is None else best
    if not _found(top) or top.worth <= 0:
        return ()
    useful = replace(problem, least=max(problem.least, 1), budget=top.cost)
    first = solve(useful, aims=BY_COST, effort=effort)
    if most_points == 1 or not _found(first) or first.worth >= top.worth:
        return (top,)
    between = _between(useful, first, top, most_points=most_points - 2, effort=effort)
    return tuple(sorted((first, *between, top), key=lambda point: point.cost))


def _found(solution: Solution) -> bool:
    return solution.outcome in {Outcome.OPTIMAL, Outcome.BOUNDED}


def _between(
    problem: Problem, first: Solution, top: Solution, *, most_points: int, effort: Effort
) -> list[Solution]:
    """Return points; a range holds costs at which a plan may be worth more than at its low end."""
    points: list[Solution] = []
    ranges = [(first.cost + 1, top.cost - 1, first.worth)]
    for _ in range(QUESTIONS * most_points):
        ranges = [one for one in ranges if one[0] <= one[1]]
        if not ranges or len(points) >= most_points:
            break
        low, high, worth = max(ranges, key=lambda one: (one[1] - one[0], -one[0]))
        ranges.remove((low, high, worth))
        middle = (low + high) // 2
        found = solve(replace(problem, budget=middle, least=worth), aims=BY_WORTH, effort=effort)
        if _found(found) and found.worth > worth:
            points.append(found)
            ranges.append((low, found.cost - 1, worth))
            worth = found.worth
        ranges.append((middle + 1, high, worth))
    return points
