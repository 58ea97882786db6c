"""From a case to a problem in whole numbers, and back from its positions to offers."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.model.plan import Preference, UnderWay
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.closures import Effect
from skillmatch.pathway.planning.conditions import Tree, offers_in, rule_of
from skillmatch.pathway.planning.lengths import after_months, still_valid, under_way
from skillmatch.pathway.solver.problem import MILLIONTH, Aim, Mode, Option, Problem, Rule

STACK_BONUS = 0.05
"""Worth of completing a stack, as a part of one full must-have gap.

Chosen below the least that closing anything can be worth beside a must-have (a nice-to-have asked
for once is 0.27): it decides between plans that close equally much.
"""
AIMS: Mapping[Preference, tuple[Aim, ...]] = {
    Preference.CHEAPEST: (Aim.COST, Aim.END, Aim.COUNT),
    Preference.FASTEST: (Aim.END, Aim.COST, Aim.COUNT),
    Preference.FEWEST: (Aim.COUNT, Aim.COST, Aim.END),
}
"""What decides among plans that close equally much, in turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What limits a plan.

    Attributes:
        budget: In hundredths, None for no limit.
        horizon: Days in which everything ends, None for no limit.
        targets: What counts; None is every target.
        least: The gaps alone, completed stacks aside, are closed at least this far.
    """

    budget: int | None = None
    horizon: int | None = None
    targets: frozenset[int] | None = None
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Posed:
    """A problem, and the offers that its options are, by position."""

    problem: Problem
    offers: tuple[str, ...]


def bounds_of(case: Case) -> Bounds:
    """Return the limits that the person set."""
    by = case.request.by
    return Bounds(
        budget=case.purse.budget, horizon=None if by is None else case.calendar.day(by) + 1
    )


def pose(case: Case, bounds: Bounds, *, early: Collection[str] = ()) -> Posed:
    """Return the problem of the offers that close something, or lead to one that does.

    Args:
        case: What every plan has to do with.
        bounds: What limits the plan.
        early: Offers of ``lapsing`` that are taken only for what they lead to: on any day, and
            closing nothing, since their award lapses.
    """
    trees = case.trees
    musts = (set(case.request.commit) | case.begun) & trees.keys()
    counting = bounds.targets
    gains = {
        one: () if one in early else _gains(case.effects[one], counting) for one in case.takeable
    }
    wanted = {one for one, found in gains.items() if found} | musts
    rewarded = case.rewarded if counting is None else frozenset()
    relevant = sorted(_with_needed(wanted | rewarded, trees))
    places = {one: place for place, one in enumerate(relevant)}
    problem = Problem(
        options=tuple(
            _option(
                case, one, gains[one], rule=rule_of(trees[one], places), rewarded=one in rewarded
            )
            for one in relevant
        ),
        gaps=len(case.targets),
        capacity=case.calendar.minutes,
        horizon=bounds.horizon,
        budget=bounds.budget,
        least_closed=bounds.least,
    )
    return Posed(problem=problem, offers=tuple(relevant))


def lapsing(case: Case, posed: Posed) -> tuple[str, ...]:
    """Return the offers that may be taken early for what they lead to, or late to close something.

    Their awards lapse before the last day unless they are taken late, and something asks for them,
    the person committed to them, or completing them is worth something.
    """
    options = dict(zip(posed.offers, posed.problem.options, strict=True))
    asked = {one for offer in posed.offers for one in offers_in(case.trees[offer])}
    asked |= case.rewarded | set(case.request.commit)
    return tuple(
        one
        for one, option in options.items()
        if one in asked - case.begun and option.gains and option.modes != case.lengths[one].modes
    )


def _option(
    case: Case, one: str, gains: tuple[tuple[int, int], ...], *, rule: Rule, rewarded: bool
) -> Option:
    modes, kept = _modes(case, one, gains)
    return Option(
        id=one,
        modes=modes,
        cost=0 if one in case.begun else case.purse.price(case.offers[one]) or 0,
        rule=rule,
        gains=kept,
        bonus=round(STACK_BONUS * MILLIONTH) if rewarded else 0,
        must=one in case.begun or one in case.request.commit,
    )


def within_bounds(posed: Posed, bounds: Bounds) -> Posed:
    """Return the same problem within other limits of money, time and worth."""
    problem = replace(
        posed.problem, budget=bounds.budget, horizon=bounds.horizon, least_closed=bounds.least
    )
    return replace(posed, problem=problem)


def aims_of(prefer: Preference) -> tuple[Aim, ...]:
    """Return the aims of a plan: the most closed, then what is preferred, then gains early."""
    return (Aim.WORTH, *AIMS[prefer], Aim.EARLY)


def aims_of_alternative(prefer: Preference) -> tuple[Aim, ...]:
    """Return the aims of an alternative: what it is best at, then the most closed."""
    first, *rest = AIMS[prefer]
    return (first, Aim.WORTH, *rest, Aim.EARLY)


def _gains(
    effects: Mapping[int, Effect], counting: Collection[int] | None
) -> tuple[tuple[int, int], ...]:
    return tuple(
        (place, one.worth)
        for place, one in sorted(effects.items())
        if counting is None or place in counting
    )


def _with_needed(wanted: Collection[str], trees: Mapping[str, Tree]) -> set[str]:
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(offers_in(trees[one]))
    return found


def _modes(
    case: Case, offer: str, gains: tuple[tuple[int, int], ...]
) -> tuple[tuple[Mode, ...], tuple[tuple[int, int], ...]]:
    """Return the modes of an offer and what it gains: nothing if its award lapses too early."""
    begun = next((one for one in case.request.under_way if one.offer == offer), None)
    if begun is not None:
        load = _scaled(case)
        mode = under_way(begun, case.offers[offer], case.calendar)
        kept = gains if _outlives(case, begun) else ()
        return (replace(mode, load=math.floor(mode.load * load)),), kept
    modes = case.lengths[offer].modes
    months, by = case.offers[offer].valid_months, case.request.by
    if by is None or months is None or not gains:
        return modes, gains
    day = case.calendar.day(by)
    late = [still_valid(one, months=months, by=day, calendar=case.calendar) for one in modes]
    valid = tuple(one for one in late if one is not None)
    return (valid, gains) if valid else (modes, ())


def _outlives(case: Case, begun: UnderWay) -> bool:
    """Tell whether what is awarded for something under way still holds on the last day."""
    months, by = case.offers[begun.offer].valid_months, case.request.by
    return months is None or by is None or after_months(begun.ends, months) >= by


def _scaled(case: Case) -> float:
    """Return the part of its hours that what is under way gets, where there are too few for all."""
    loads: Sequence[int] = [
        under_way(one, case.offers[one.offer], case.calendar).load for one in case.request.under_way
    ]
    return min(1.0, case.calendar.minutes / total) if (total := sum(loads)) else 1.0
