"""A plan from a case: solve, look for really different plans, and explain what was found."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from skillmatch.errors import UsageError
from skillmatch.model.plan import Alternative, CurvePoint, Preference
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.explaining import Explaining
from skillmatch.pathway.planning.posing import (
    Bounds,
    Posed,
    aims_of,
    aims_of_alternative,
    bounds_of,
    lapsing,
    pose,
    within_bounds,
)
from skillmatch.pathway.planning.steps import Draft, steps_of
from skillmatch.pathway.planning.totals import curve_of, last_day, totals_of
from skillmatch.pathway.solver.figures import value_of
from skillmatch.pathway.solver.problem import MILLIONTH, Aim, Effort, Outcome, Solution

LEAST_SHARE = 0.8
"""Part of what the plan closes that an alternative has to close.

Chosen: a person who takes the cheaper plan gives up one fifth at most, and sees how much.
"""
SIDE_EFFORT = Effort(work=2.0, days=False)
"""For each alternative; the plan itself gets the whole of ``Effort()``."""
ASKING_EFFORT = Effort(work=0.5, days=False)
"""For each point of the curve and each reason: many small questions, which rarely need as much."""
MOST_POINTS, MOST_POINTS_OF_LARGE = 8, 5
"""Of the curve; fewer where the plan itself took so long that it could not be proven best."""
MOST_LAPSING = 3
"""Offers of which both ways are tried: late, to close something, or early, for what follows."""
_FOUND = frozenset({Outcome.OPTIMAL, Outcome.BOUNDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Looks for plans of one case."""

    case: Case
    posed: Posed

    @classmethod
    def of(cls, case: Case) -> Planner:
        """Return the planner of a case.

        Raises:
            UsageError: A commitment cannot be kept.
        """
        check_commitments(case)
        return cls(case=case, posed=pose(case, bounds_of(case)))

    def best(self) -> Draft:
        """Return the plan that closes most, then is best by what the person prefers.

        Raises:
            UsageError: What was committed to does not fit the limits; says which limit.
        """
        if not self.posed.problem.options:
            return self._draft(_nothing(self.case))
        from skillmatch.pathway.solver.solve import solve

        aims = aims_of(self.case.request.prefer)
        found = [
            Draft(case=self.case, posed=one, solution=solve(one.problem, aims=aims))
            for one in self._ways()
        ]
        if all(one.solution.outcome is Outcome.IMPOSSIBLE for one in found):
            raise UsageError(self._contradiction())
        if not any(one.solution.outcome in _FOUND for one in found):
            return self._draft(self._quick())
        return _best_of(found, aims)

    def _ways(self) -> tuple[Posed, ...]:
        """Return the problem for each choice of what is taken early although its award lapses."""
        early = lapsing(self.case, self.posed)[:MOST_LAPSING]
        sets = (one for count in range(1, len(early) + 1) for one in combinations(early, count))
        bounds = bounds_of(self.case)
        return (self.posed, *(pose(self.case, bounds, early=one) for one in sets))

    def _quick(self) -> Solution:
        """Return the plan of the baseline, where the search ended without one."""
        from skillmatch.pathway.solver.greedy import greedy

        found = greedy(self.posed.problem)
        if found.outcome not in _FOUND:
            raise UsageError(
                "no plan that keeps all commitments was found; leave out a --commit, or give more "
                "time or money"
            )
        options = self.posed.problem.options
        most = sum(one.bonus + sum(worth for _, worth in one.gains) for one in options)
        return replace(found, outcome=Outcome.BOUNDED, bound=most)

    def alternatives(self, plan: Draft) -> tuple[Alternative, ...]:
        """Return the cheapest, the fastest and the smallest plan that close nearly as much.

        Only those that take other offers than the plan and than each other, and that are better
        than the plan at what they are for: a search that ended early may have found none.
        """
        least = math.ceil(LEAST_SHARE * plan.closed * MILLIONTH)
        if least <= 0:
            return ()
        seen, found = {frozenset(plan.taken)}, []
        bounds = replace(bounds_of(self.case), least=least)
        for aim in Preference:
            posed = within_bounds(plan.posed, bounds)
            aims = aims_of_alternative(aim)
            solution = self.solve(posed, aims, effort=SIDE_EFFORT)
            if solution.outcome not in _FOUND or not _better(solution, plan, aims[0]):
                continue
            draft = Draft(case=self.case, posed=posed, solution=solution)
            offers = frozenset(draft.taken)
            if offers in seen:
                continue
            seen.add(offers)
            steps = steps_of(draft, explained=False)
            found.append(
                Alternative(
                    aim=aim,
                    least=LEAST_SHARE,
                    steps=steps,
                    totals=totals_of(draft, steps),
                    ends=last_day(steps),
                    proven=solution.outcome is Outcome.OPTIMAL,
                )
            )
        return tuple(found)

    def curve(self, plan: Draft) -> tuple[CurvePoint, ...]:
        """Return how much can be closed for how much, up to what the plan costs."""
        if not plan.taken:
            return ()
        ways = [one for one in self._ways() if one.problem != plan.posed.problem]
        points = [one for posed in (plan.posed, *ways) for one in self._points(posed, plan)]
        cheaper = [one for one in points if one.solution.cost < plan.solution.cost]
        return curve_of((*cheaper, plan))

    def _points(self, posed: Posed, plan: Draft) -> tuple[Draft, ...]:
        from skillmatch.pathway.solver.frontier import frontier

        proven = plan.solution.outcome is Outcome.OPTIMAL
        found = frontier(
            replace(posed.problem, budget=plan.solution.cost),
            most_points=MOST_POINTS if proven else MOST_POINTS_OF_LARGE,
            effort=ASKING_EFFORT,
            best=_cheapest(plan) if posed is plan.posed else None,
        )
        case = self.case
        drafts = (Draft(case=case, posed=posed, solution=one) for one in found)
        return tuple(one for one in drafts if one.solution.outcome in _FOUND)

    def solve(
        self, posed: Posed, aims: Sequence[Aim], *, effort: Effort = ASKING_EFFORT
    ) -> Solution:
        """Answer a question beside the plan."""
        from skillmatch.pathway.solver.solve import solve

        return solve(posed.problem, aims=aims, effort=effort)

    def _draft(self, solution: Solution) -> Draft:
        return Draft(case=self.case, posed=self.posed, solution=solution)

    def _contradiction(self) -> str:
        """Say which limit the commitments break: the one without which a plan exists."""
        case, bounds = self.case, bounds_of(self.case)
        names = ", ".join(sorted({*case.request.commit, *case.begun}))
        without: list[tuple[Bounds, str]] = [
            (replace(bounds, budget=None), "they cost more than --max-cost allows"),
            (replace(bounds, horizon=None), "they cannot be finished by --by or --max-weeks"),
        ]
        for relaxed, said in without:
            found = self.solve(within_bounds(self.posed, relaxed), (Aim.COST,))
            if found.outcome in _FOUND:
                return f"no plan keeps {names} with what they need first: {said}"
        return f"no plan keeps {names}: they do not fit the time, the hours and the money together"


def _best_of(drafts: Sequence[Draft], aims: Sequence[Aim]) -> Draft:
    """Return the best plan of several problems, which is proven where all of them are."""
    found = [one for one in drafts if one.solution.outcome in _FOUND]
    best = min(
        found, key=lambda one: [value_of(one.posed.problem, one.solution, aim) for aim in aims]
    )
    settled = {Outcome.OPTIMAL, Outcome.IMPOSSIBLE}
    if all(one.solution.outcome in settled for one in drafts):
        return best
    bound = max(one.solution.bound for one in found)
    return replace(best, solution=replace(best.solution, outcome=Outcome.BOUNDED, bound=bound))


def _better(solution: Solution, plan: Draft, aim: Aim) -> bool:
    problem = plan.posed.problem
    return value_of(problem, solution, aim) < value_of(problem, plan.solution, aim)


def _cheapest(plan: Draft) -> Solution | None:
    """Return the solution of a plan if nothing closes as much for less, proven."""
    return plan.solution if plan.solution.proven[:2] == (Aim.WORTH, Aim.COST) else None


def check_commitments(case: Case) -> None:
    """Refuse what no plan can keep.

    Raises:
        UsageError: A commitment is filtered out, needs what cannot be had, or costs too much.
    """
    explaining = Explaining(case=case, counting={}, numbers={})
    asked = [one for one in case.request.commit if one not in case.sure]
    lost = [(one, why) for one in asked if (why := explaining.out_of_reach(one))]
    if lost:
        said = "; ".join(f"--commit {one}: {why}" for one, why in lost)
        raise UsageError(f"{said}; drop the commitment, or what keeps it out")
    budget = case.purse.budget
    prices = [case.purse.price(case.offers[one]) or 0 for one in asked if one not in case.begun]
    if budget is not None and sum(prices) > budget:
        raise UsageError(
            f"what you committed to costs {sum(prices) / 100:,.2f} {case.purse.currency}, more "
            f"than --max-cost {budget / 100:,.2f}; raise it, or drop a --commit"
        )


def _nothing(case: Case) -> Solution:
    return Solution(outcome=Outcome.OPTIMAL, counts=(None,) * len(case.targets))
