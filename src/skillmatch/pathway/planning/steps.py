"""From what a solver takes to the dated steps of a plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, takewhile

from skillmatch.model.offer import AwardOrigin, Money, Offer
from skillmatch.model.plan import Closure, PlanStep
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.closures import closure
from skillmatch.pathway.planning.conditions import holds, needed, offers_in
from skillmatch.pathway.planning.explaining import Explaining
from skillmatch.pathway.planning.lengths import after_months
from skillmatch.pathway.planning.posing import Posed
from skillmatch.pathway.solver.problem import Solution, Taken

NO_PRICE = "the source does not say what it costs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A solution beside the problem that it solves."""

    case: Case
    posed: Posed
    solution: Solution

    @property
    def taken(self) -> dict[str, Taken]:
        """What is taken, by id of the offer, in the order of the steps."""
        found = {self.posed.offers[one.option]: one for one in self.solution.taken}
        rank = {one: (*self.dates(each), one) for one, each in found.items()}
        order: list[str] = []
        for _, group in groupby(sorted(found, key=rank.__getitem__), lambda one: rank[one][:2]):
            order += self._by_need(tuple(group), found, order)
        return {one: found[one] for one in order}

    def _by_need(
        self, ids: Sequence[str], taken: Mapping[str, Taken], before: Sequence[str]
    ) -> Sequence[str]:
        """Return steps of the same days so that each comes after what it needs, then by id."""
        waiting = list(ids)
        order: list[str] = []
        while len(waiting) > 1:
            ready = next((one for one in waiting if self._ready(one, taken, (*before, *order))), "")
            order.append(ready or waiting[0])
            waiting.remove(order[-1])
        return (*order, *waiting)

    def _ready(self, one: str, taken: Mapping[str, Taken], before: Sequence[str]) -> bool:
        begin = taken[one].start
        return holds(self.case.trees[one], {each for each in before if taken[each].end <= begin})

    @property
    def counting(self) -> dict[int, str]:
        """Offer that counts for each target that is closed at all, by target."""
        return {
            place: self.posed.offers[one]
            for place, one in enumerate(self.solution.counts)
            if one is not None
        }

    @property
    def closed(self) -> float:
        """Priority that is closed, summed over targets."""
        effects = self.case.effects
        return sum(effects[one][place].gain for place, one in self.counting.items())

    def dates(self, taken: Taken) -> tuple[date, date]:
        """Return first and last day; what has no length is awarded on the day before it begins.

        A stack without lessons of its own is complete on the last day of its last part.
        """
        calendar = self.case.calendar
        last = max(taken.end - 1, 0)
        return calendar.date(min(taken.start, last)), calendar.date(last)


def steps_of(draft: Draft, *, explained: bool = True) -> tuple[PlanStep, ...]:
    """Return the steps by start, then end, then what each needs before it, then id.

    Args:
        draft: A solution with its problem.
        explained: Whether to say which offers were passed over, which takes longest.
    """
    numbers = {one: place for place, one in enumerate(draft.taken, 1)}
    return tuple(_step(draft, one, numbers, explained=explained) for one in numbers)


def _step(draft: Draft, one: str, numbers: Mapping[str, int], *, explained: bool) -> PlanStep:
    case, taken = draft.case, draft.taken[one]
    offer = case.offers[one]
    starts, ends = draft.dates(taken)
    mode = draft.posed.problem.options[taken.option].modes[taken.mode]
    after = _after(draft, one)
    explaining = Explaining(case=case, counting=draft.counting, numbers=numbers)
    closes = _closes(draft, one)
    months = offer.valid_months
    step = PlanStep(
        number=numbers[one],
        offer=one,
        name=offer.name,
        provider=offer.provider,
        url=offer.url,
        cost=_cost(case, one),
        starts=starts,
        ends=ends,
        hours=_hours(case, one),
        hours_per_week=round(mode.load / 60, 2),
        closes=closes,
        why=explaining.why(one, _followers(draft, one)),
        after=after,
        check=_checks(case, one, closes),
        instead_of=explaining.instead_of(one, ends) if explained else (),
        valid_until=None if months is None else after_months(ends, months),
        completes=_completes(case, one, numbers),
        committed=one in case.request.commit or one in case.begun,
        fixed_start=mode.starts is not None and one not in case.begun,
    )
    return _taken_as(step, offer)


def _taken_as(step: PlanStep, offer: Offer) -> PlanStep:
    """Return a step with what its source says of the way to take it."""
    return replace(
        step,
        enrol_by=offer.available_until,
        delivery=offer.delivery,
        place=offer.place,
        languages=offer.languages,
    )


def _cost(case: Case, one: str) -> Money | None:
    if one in case.begun:
        return case.purse.money(0)
    price = case.purse.price(case.offers[one])
    return None if price is None else case.purse.money(price)


def _hours(case: Case, one: str) -> float | None:
    begun = next((each for each in case.request.under_way if each.offer == one), None)
    if begun is not None:
        return begun.hours_left
    offer = case.offers[one]
    awarded_for_parts = offer.hours is None and offer.weeks is None and not offer.parts.empty
    return 0.0 if awarded_for_parts else offer.hours


def _closes(draft: Draft, one: str) -> tuple[Closure, ...]:
    """Return what a step does for each target, what counts first, by gain, then URI."""
    case = draft.case
    option = draft.posed.problem.options[draft.taken[one].option]
    found = [
        closure(
            case.effects[one][place],
            case.targets[place],
            counted=draft.counting.get(place) == one,
        )
        for place, _ in option.gains
    ]
    return tuple(sorted(found, key=lambda each: (not each.counted, -each.gain, each.uri)))


def _after(draft: Draft, one: str) -> tuple[str, ...]:
    """Return the steps by which the conditions of one hold, in the order of the steps."""
    taken = draft.taken
    begin = taken[one].start
    earlier = takewhile(lambda other: other != one, taken)
    before = [other for other in earlier if taken[other].end <= begin]
    found = needed(draft.case.trees[one], set(before))
    return tuple(other for other in before if other in found)


def _followers(draft: Draft, one: str) -> tuple[str, ...]:
    return tuple(other for other in draft.taken if one in _after(draft, other))


def _completes(case: Case, one: str, numbers: Mapping[str, int]) -> tuple[str, ...]:
    parts = case.conditions.parts.get(one)
    found = set() if parts is None else set(offers_in(parts))
    return tuple(other for other in numbers if other in found)


def _checks(case: Case, one: str, closes: Sequence[Closure]) -> tuple[str, ...]:
    """Return what the person has to find out before they enrol."""
    if one in case.begun:
        return ()
    said = [*case.conditions.checks[one], *case.lengths[one].checks]
    if case.purse.price(case.offers[one]) is None:
        said.append(NO_PRICE)
    proposed = [each for each in closes if each.origin is AwardOrigin.PROPOSED and each.counted]
    said += [
        f"“{each.label}” is only proposed from the offer's words ({each.confidence:.0%} sure): "
        "ask the provider whether it is taught"
        for each in proposed
    ]
    return tuple(dict.fromkeys(said))
