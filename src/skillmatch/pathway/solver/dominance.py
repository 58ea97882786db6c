"""Options for which another one does as much for no more of anything."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.pathway.solver.problem import Aim, Mode, Option, Problem
from skillmatch.pathway.solver.rules import named


def undominated(problem: Problem, aims: Sequence[Aim]) -> list[int]:
    """Return the options without those that another replaces in any plan, at no loss by any aim.

    In a plan that takes both, the replaced one gains nothing. The other must come before it in
    the order of ids, or cost less where COST is an aim, so that ties fall as they would without
    this. What must be taken, has a bonus of its own or is named by a rule stays.
    """
    options = problem.options
    named_by_rules = {one for option in options for one in named(option.rule)}
    by_gap: dict[int, list[int]] = {}
    for place, option in enumerate(options):
        for gap, _ in option.gains:
            by_gap.setdefault(gap, []).append(place)
    kept = []
    for place, option in enumerate(options):
        stays = option.must or option.bonus or place in named_by_rules or not option.gains
        rivals = [] if stays else min((by_gap[gap] for gap, _ in option.gains), key=len)
        cheaper = Aim.COST in aims
        if not any(_replaces(problem, rival, place, cheaper=cheaper) for rival in rivals):
            kept.append(place)
    return kept


def _replaces(problem: Problem, rival: int, place: int, *, cheaper: bool) -> bool:
    one, other = problem.options[rival], problem.options[place]
    if rival == place or one.cost > other.cost:
        return False
    if rival > place and not (cheaper and one.cost < other.cost):
        return False
    if one.rule.least > 0 and one.rule != other.rule:
        return False
    return _gains_as_much(one, other) and all(
        any(_as_easy(way, mode) for way in one.modes) for mode in other.modes
    )


def _gains_as_much(one: Option, other: Option) -> bool:
    gains = dict(one.gains)
    return all(gains.get(gap, 0) >= worth for gap, worth in other.gains)


def _as_easy(one: Mode, other: Mode) -> bool:
    """Tell whether a mode is possible on every day that another is, and takes no more."""
    if one.days > other.days or one.load > other.load or one.earliest > other.earliest:
        return False
    if one.latest is not None and (other.latest is None or one.latest < other.latest):
        return False
    return one.starts is None or (other.starts is not None and set(one.starts) >= set(other.starts))
