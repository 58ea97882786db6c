"""What a plan leaves open, and why: by asking what would be closed if a limit were not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.model.gap import GapState
from skillmatch.model.plan import OpenGap, OpenReason
from skillmatch.pathway.planning.case import removed_or_doubtful
from skillmatch.pathway.planning.explaining import Explaining
from skillmatch.pathway.planning.posing import Bounds, Posed, lapsing, pose
from skillmatch.pathway.planning.steps import Draft
from skillmatch.pathway.solver.problem import Aim, Solution
from skillmatch.text.days import day_words

Solve = Callable[[Posed, Sequence[Aim]], Solution]
"""Answers a problem by the aims in turn."""
MAX_ASKED = 40
"""Open gaps that the solver is asked about, most urgent first."""
MAX_OFFERS = 10
"""Offers that are named as closing more, best first."""
_ALONE = (Aim.WORTH, Aim.COST)
_SOONEST = (Aim.WORTH, Aim.END)
_Reason = tuple[OpenReason, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeavingOpen:
    """Gives the reasons of one plan.

    Attributes:
        bounds: Limits that the plan was found within.
    """

    draft: Draft
    bounds: Bounds
    solve: Solve

    def gaps(self, states: Mapping[str, GapState]) -> tuple[OpenGap, ...]:
        """Return what stays open, by priority left, then URI.

        Args:
            states: What a person would see of each requirement after the plan, by URI.
        """
        case, found = self.draft.case, []
        left = {place: self._left(place) for place in range(len(case.targets))}
        order = sorted(left, key=lambda one: (-round(self._priority(one, left[one]), 6), one))
        asked = 0
        for place in order:
            if left[place] < 1e-6:
                continue
            asked += 1
            target = case.targets[place]
            reason, why = self._reason(place, ask=asked <= MAX_ASKED)
            found.append(
                OpenGap(
                    uri=target.uri,
                    label=target.label,
                    necessity=target.necessity,
                    state=states[target.uri],
                    left=round(left[place], 6),
                    priority=round(self._priority(place, left[place]), 6),
                    reason=reason,
                    why=why,
                    offers=self._better(place)[:MAX_OFFERS],
                )
            )
        return tuple(sorted(found, key=lambda one: (-one.priority, one.uri)))

    def _priority(self, place: int, left: float) -> float:
        return self.draft.case.targets[place].need * left

    def _left(self, place: int) -> float:
        case = self.draft.case
        counting = self.draft.counting.get(place)
        if counting is None:
            return case.targets[place].before(prove=case.request.prove)
        return case.effects[counting][place].after

    def _gained(self, place: int) -> int:
        counting = self.draft.counting.get(place)
        return 0 if counting is None else self.draft.case.effects[counting][place].worth

    def _better(self, place: int) -> tuple[str, ...]:
        """Return the offers that would close more, whether they can be taken or not, best first."""
        case, gained = self.draft.case, self._gained(place)
        sure = case.sure
        worth = {
            offer: effects[place].worth
            for known in (case.doubtful, case.effects)
            for offer, effects in known.items()
            if place in effects and offer not in sure
        }
        more = [offer for offer, one in worth.items() if one > gained]
        return tuple(sorted(more, key=lambda one: (-worth[one], one not in case.takeable, one)))

    def _reason(self, place: int, *, ask: bool) -> _Reason:
        case = self.draft.case
        better = self._better(place)
        open_to = [one for one in better if one in case.takeable and place in case.effects[one]]
        gone = removed_or_doubtful(case)
        filtered = [one for one in better if one in gone]
        if open_to and ask:
            return self._limit(place)
        if open_to:
            return OpenReason.NOT_CHOSEN, "More urgent gaps come first."
        if filtered:
            return OpenReason.FILTERED, _by_filters([gone[one] for one in filtered])
        if better:
            explaining = Explaining(case=case, counting={}, numbers={})
            name = case.offers[better[0]].name
            return OpenReason.PREREQUISITE, f"“{name}”: {explaining.out_of_reach(better[0])}."
        return self._nothing_better(place)

    def _nothing_better(self, place: int) -> _Reason:
        counting = self.draft.counting.get(place)
        if counting is None:
            return OpenReason.NO_OFFER, "No offer of the catalogue awards this skill or a near one."
        case = self.draft.case
        effect, name = case.effects[counting][place], case.offers[counting].name
        part = (effect.before - effect.after) / effect.before
        how = f"awards “{effect.award.label}”, which is {effect.coverage.kind.value}"
        if effect.coverage.value >= 1:
            how = "stays below the level asked for"
        return OpenReason.PARTLY, f"“{name}” {how} and closes {part:.0%}; no offer closes more."

    def _limit(self, place: int) -> _Reason:
        """Return which limit keeps a gap open that an offer at hand would close more of."""
        asked = replace(self.bounds, targets=frozenset({place}), least=0)
        case, gained = self.draft.case, self._gained(place)
        for bounds, aims, reason in self._relaxed(asked):
            for posed in self._ways(place, bounds):
                alone = Draft(case=case, posed=posed, solution=self.solve(posed, aims))
                offer = alone.counting.get(place)
                if offer is not None and case.effects[offer][place].worth > gained:
                    return reason, self._said(reason, alone, offer, both=bounds)
        return OpenReason.NO_TIME, "What would close it cannot be finished while it still counts."

    def _ways(self, place: int, bounds: Bounds) -> Iterator[Posed]:
        """Yield the problem of one gap, and that with all else taken early for what follows it."""
        case = self.draft.case
        yield pose(case, bounds)
        early = lapsing(case, pose(case, replace(bounds, targets=None)))
        if others := [one for one in early if place not in case.effects[one]]:
            yield pose(case, bounds, early=others)

    def _relaxed(self, bounds: Bounds) -> Iterator[tuple[Bounds, tuple[Aim, ...], OpenReason]]:
        yield bounds, _ALONE, OpenReason.NOT_CHOSEN
        if bounds.budget is not None:
            yield replace(bounds, budget=None), _ALONE, OpenReason.OVER_BUDGET
        if bounds.horizon is not None:
            yield replace(bounds, horizon=None), _SOONEST, OpenReason.NO_TIME
        if bounds.budget is not None and bounds.horizon is not None:
            yield replace(bounds, budget=None, horizon=None), _ALONE, OpenReason.OVER_BUDGET

    def _said(self, reason: OpenReason, alone: Draft, offer: str, *, both: Bounds) -> str:
        case = self.draft.case
        name, cost = case.offers[offer].name, case.purse.money(alone.solution.cost)
        price = f"{cost.amount:,.2f} {cost.currency}".replace(".00 ", " ")
        if reason is OpenReason.NOT_CHOSEN:
            spent = "its hours go" if self.bounds.budget is None else "its money or hours go"
            return f"“{name}” would fit by itself ({price} in all); {spent} to what closes more."
        ends = case.calendar.date(max(alone.solution.end - 1, 0))
        if reason is OpenReason.NO_TIME:
            return f"“{name}” could be finished on {day_words(ends)} at the soonest."
        late = self.bounds.horizon is not None and both.horizon is None
        more = f", and it would not be finished before {day_words(ends)}" if late else ""
        return f"“{name}” takes {price} in all, more than the budget{more}."


def _by_filters(faults: Sequence[Sequence[tuple[str, str]]]) -> str:
    names = list(dict.fromkeys(name for one in faults for name, _ in one))
    first = faults[0][0][1]
    count = "One offer" if len(faults) == 1 else f"{len(faults)} offers"
    left_out = "is left out" if len(faults) == 1 else "are left out"
    return f"{count} that would close more {left_out} by {', '.join(names)} ({first})."
