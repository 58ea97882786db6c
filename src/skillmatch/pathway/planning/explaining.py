"""Why a step is in a plan, and why other offers are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from skillmatch.model.plan import PassedOver
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.conditions import offers_in
from skillmatch.pathway.solver.problem import Mode

MAX_LABELS = 3
"""Skills that a reason names; all of them stand beside it."""
MAX_PASSED_OVER = 3
"""Other offers that a step names; of 5,000 offers hundreds may do a part of the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explaining:
    """Gives reasons for the steps of one plan.

    Attributes:
        counting: Offer that counts for each target, by target.
        numbers: Number of each step, by id of its offer.
    """

    case: Case
    counting: Mapping[int, str]
    numbers: Mapping[str, int]

    def why(self, offer: str, followers: Sequence[str]) -> str:
        """Return why this step and no other: against other offers, and for later steps."""
        said = []
        if offer in self.case.begun:
            said.append("begun before this plan and finished first")
        elif offer in self.case.request.commit:
            said.append("you committed to it")
        elif counted := sorted(place for place, one in self.counting.items() if one == offer):
            said.append(self._against_others(offer, counted))
        said += self._for_later(offer, followers)
        if parts := self._parts(offer):
            said.append(f"it completes a stack with {_steps(parts)}")
        words = "; ".join(said) or "nothing else in the plan does what it does"
        return f"{words[0].upper()}{words[1:]}."

    def _against_others(self, offer: str, counted: Sequence[int]) -> str:
        """Return what sets an offer apart from all others that close the same."""
        case, places = self.case, set(counted)
        closes = self._labels(counted)
        others = [
            one
            for one, effects in case.effects.items()
            if one != offer and one not in case.sure and not places.isdisjoint(effects)
        ]
        if not others:
            return f"the only one on offer for {closes}"
        rivals = [one for one in others if one in case.takeable]
        if not rivals:
            return f"the only one within your limits for {closes}"
        gain = self._gain(offer, places)
        equal = [one for one in rivals if self._gain(one, places) >= gain - 1e-9]
        if not equal:
            return f"no other within your limits does as much for {closes}"
        prices = [case.purse.price(case.offers[one]) for one in equal]
        mine = case.purse.price(case.offers[offer])
        if mine is not None and all(one is None or one > mine for one in prices):
            return f"the cheapest of {len(equal) + 1} that do as much for {closes}"
        return f"for {closes}, and with the other steps none closes more"

    def _labels(self, counted: Sequence[int]) -> str:
        labels = [self.case.targets[place].label for place in counted]
        if len(labels) > MAX_LABELS:
            return f"“{labels[0]}” and {len(labels) - 1} more of what is asked for"
        return _quoted(labels)

    def _for_later(self, offer: str, followers: Sequence[str]) -> list[str]:
        """Return which later steps ask for it, and which stacks it counts towards."""
        parts = self.case.conditions.parts
        stacks = [one for one in followers if one in parts and offer in set(offers_in(parts[one]))]
        asking = [self.numbers[one] for one in followers if one not in stacks]
        said = []
        if asking:
            said.append(f"{_steps(asking)} {'asks' if len(asking) == 1 else 'ask'} for it first")
        if stacks:
            said.append(f"it counts towards {_steps([self.numbers[one] for one in stacks])}")
        return said

    def instead_of(self, offer: str, ends: date) -> tuple[PassedOver, ...]:
        """Return the best other offers for what a step closes, and why each is not here.

        Offers that can be taken come first, then by how much they close of the same, then price.
        One that cannot be taken at all is named at the first step that it could replace alone.
        """
        counted = {place for place, one in self.counting.items() if one == offer}
        case, sure = self.case, self.case.sure
        others = [
            one
            for one, effects in case.effects.items()
            if one not in self.numbers
            and one not in sure
            and not counted.isdisjoint(effects)
            and (one in case.takeable or self._first_replaced(one) == offer)
        ]
        ranked = sorted(others, key=lambda one: self._rank(one, counted))
        return tuple(
            PassedOver(
                offer=one,
                name=case.offers[one].name,
                why=self._against(one, offer, counted, ends),
            )
            for one in ranked[:MAX_PASSED_OVER]
        )

    def _first_replaced(self, other: str) -> str:
        steps = {
            self.counting[place] for place in self.case.effects[other] if place in self.counting
        }
        return min(steps, key=lambda one: self.numbers.get(one, 0), default="")

    def out_of_reach(self, offer: str) -> str:
        """Return why an offer cannot be taken at all, empty where it can."""
        case = self.case
        if offer in case.removed:
            return "; ".join(_fault(name, why) for name, why in case.removed[offer])
        if offer in case.takeable:
            return ""
        if offer in case.held:
            return "you hold it already"
        if missing := case.conditions.missing[offer]:
            return f"it needs {_quoted(missing)}, which is not on offer"
        return self._blocked(offer)

    def _blocked(self, offer: str) -> str:
        case = self.case
        needs = dict.fromkeys(offers_in(case.conditions.trees[offer]))
        lost = [one for one in needs if one not in case.takeable]
        if not lost:
            return "it asks for a skill that no offer at hand awards"
        names = _quoted([case.offers[one].name for one in lost])
        filtered = [one for one in lost if one in case.removed]
        why = f" ({case.removed[filtered[0]][0][1]})" if filtered else ""
        return f"it needs {names}, which cannot be taken{why}"

    def _parts(self, offer: str) -> list[int]:
        tree = self.case.conditions.parts.get(offer)
        found = set() if tree is None else set(offers_in(tree))
        return sorted(self.numbers[one] for one in found if one in self.numbers)

    def _gain(self, offer: str, counted: set[int]) -> float:
        effects = self.case.effects[offer]
        return sum(effects[place].gain for place in sorted(counted) if place in effects)

    def _rank(self, offer: str, counted: set[int]) -> tuple[object, ...]:
        price = self.case.purse.price(self.case.offers[offer])
        gain = -round(self._gain(offer, counted), 9)
        return (offer not in self.case.takeable, gain, price is None, price or 0, offer)

    def _against(self, other: str, offer: str, counted: set[int], ends: date) -> str:
        reason = self.out_of_reach(other)
        if reason:
            return reason
        less = self._gain(offer, counted) - self._gain(other, counted)
        dearer, later = self._dearer(other, offer), self._later(other, ends)
        if less > 1e-9:
            part = self._gain(other, counted) / self._gain(offer, counted)
            said = [f"it closes only {part:.0%} as much of the same"]
        else:
            said = []
        said += [one for one in (dearer, later) if one]
        return "; ".join(said) if said else "it closes no more, and the whole plan is no better"

    def _dearer(self, other: str, offer: str) -> str:
        purse, offers = self.case.purse, self.case.offers
        mine, its = purse.price(offers[offer]), purse.price(offers[other])
        if its is None:
            return "its cost is not said" if mine is not None else ""
        more = its - (mine or 0)
        if more <= 0:
            return ""
        over = purse.budget is not None and its > purse.budget
        beyond = ", more than the whole budget" if over else ""
        return f"it costs {more / 100:,.2f} {purse.currency} more{beyond}".replace(".00 ", " ")

    def _later(self, other: str, ends: date) -> str:
        calendar = self.case.calendar
        first = min(_soonest(mode) for mode in self.case.lengths[other].modes)
        late = first - 1 - calendar.day(ends)
        if late < 7:
            return ""
        return f"it ends {late // 7} weeks later at the soonest".replace(" 1 weeks", " a week")


def _fault(name: str, why: str) -> str:
    """Return why a filter leaves an offer out, and its option, unless the words name that."""
    return f"{why} ({name})" if name.startswith("--") and name not in why else why


def _soonest(mode: Mode) -> int:
    begin = mode.earliest if mode.starts is None else mode.starts[0]
    return begin + mode.days


def _quoted(names: Sequence[str]) -> str:
    return _listed([f"“{one}”" for one in names])


def _listed(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _steps(numbers: Sequence[int]) -> str:
    word = "step" if len(numbers) == 1 else "steps"
    return f"{word} {_listed([str(one) for one in numbers])}"
