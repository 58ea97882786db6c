"""A plan in figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from skillmatch.model.plan import CurvePoint, Optimality, PlanStep, Totals
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.steps import Draft
from skillmatch.pathway.solver.problem import MILLIONTH, Outcome


def open_priority(case: Case) -> float:
    """Return all that a plan could close, summed over targets."""
    prove = case.request.prove
    return math.fsum(one.need * one.before(prove=prove) for one in case.targets)


def totals_of(draft: Draft, steps: Sequence[PlanStep]) -> Totals:
    """Return credentials, cost, hours, weeks and the share that is closed."""
    case = draft.case
    priced = [one.cost.minor for one in steps if one.cost is not None]
    return Totals(
        credentials=len(steps),
        cost=case.purse.money(sum(priced)),
        unpriced=len(steps) - len(priced),
        hours=round(math.fsum(one.hours or 0.0 for one in steps), 2),
        weeks=weeks_until(case.request.start, last_day(steps)),
        closed=share(case, draft.closed),
    )


def last_day(steps: Sequence[PlanStep]) -> date | None:
    """Return the last day of the last step, None without steps."""
    return max((one.ends for one in steps), default=None)


def weeks_until(start: date, end: date | None) -> float:
    """Return weeks from a first to a last day, both counted, to two decimals."""
    return 0.0 if end is None else round(((end - start).days + 1) / 7, 2)


def share(case: Case, closed: float) -> float:
    """Return a closed priority as a part of all that is open, in [0, 1]; 0 where nothing is."""
    total = open_priority(case)
    return round(min(1.0, closed / total), 6) if total else 0.0


def optimality_of(draft: Draft) -> Optimality:
    """Return how sure it is that no plan closes more."""
    closed = round(draft.closed, 6)
    proven = draft.solution.outcome is Outcome.OPTIMAL
    more = 0 if proven else max(0, draft.solution.bound - draft.solution.worth) / MILLIONTH
    most = min(closed + more, open_priority(draft.case))
    return Optimality(proven=proven, closed=closed, bound=round(max(closed, most), 6))


def curve_of(drafts: Sequence[Draft]) -> tuple[CurvePoint, ...]:
    """Return the most that is closed for each cost; points that close more than the one before."""
    points: list[CurvePoint] = []
    for draft in sorted(drafts, key=lambda one: (one.solution.cost, -one.solution.worth)):
        case, solution = draft.case, draft.solution
        closed = share(case, draft.closed)
        if points and closed <= points[-1].closed:
            continue
        points.append(
            CurvePoint(
                cost=case.purse.money(solution.cost),
                closed=closed,
                offers=tuple(draft.taken),
                proven=solution.outcome is Outcome.OPTIMAL,
            )
        )
    return tuple(points)
