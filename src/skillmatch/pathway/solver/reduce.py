"""Smaller problems with the same answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from skillmatch.pathway.solver.problem import Mode, Problem, Rule
from skillmatch.pathway.solver.rules import named
from skillmatch.pathway.solver.timing import last_day, windows


def restricted(problem: Problem, places: Collection[int]) -> tuple[Problem, tuple[int, ...]]:
    """Return a problem with some options only, and where each of them was.

    They are put in the order of their ids. Rules keep how many parts they need, so that one that
    needs an option that is gone never holds.
    """
    kept = tuple(sorted(places, key=lambda place: (problem.options[place].id, place)))
    new = {place: number for number, place in enumerate(kept)}
    options = tuple(
        replace(problem.options[place], rule=_renamed(problem.options[place].rule, new))
        for place in kept
    )
    return replace(problem, options=options), kept


def _renamed(rule: Rule, new: dict[int, int]) -> Rule:
    return Rule(
        least=rule.least,
        options=tuple(sorted(new[place] for place in rule.options if place in new)),
        rules=tuple(_renamed(inner, new) for inner in rule.rules),
    )


NEVER = 1 << 60
"""Day of what cannot be."""


def first_ends(problem: Problem) -> list[int]:
    """Return for each option a day before which it cannot have ended, NEVER where it cannot be.

    What it needs is taken to be as early as it can be alone, so the day is a bound only. Options
    that need each other in a circle, and nothing else will do, are never reached.
    """
    last = last_day(problem)
    ends = [NEVER] * len(problem.options)
    changed = True
    while changed:
        changed = False
        for place, option in enumerate(problem.options):
            begin = _begin(option.rule, ends)
            if begin < NEVER:
                end = min(_first_end(mode, problem, last, begin) for mode in option.modes)
                if end < ends[place]:
                    ends[place], changed = end, True
    return ends


def _begin(rule: Rule, ends: Sequence[int]) -> int:
    if rule.least <= 0:
        return 0
    parts = [ends[place] for place in rule.options]
    parts.extend(_begin(inner, ends) for inner in rule.rules)
    return sorted(parts)[rule.least - 1] if rule.least <= len(parts) else NEVER


def _first_end(mode: Mode, problem: Problem, last: int, begin: int) -> int:
    days = (max(low, begin) for low, high in windows(mode, problem, last) if high >= begin)
    return min(days, default=NEVER) + mode.days


def useful(problem: Problem) -> list[int] | None:
    """Return the options that a best plan may take, None where one that must be cannot be.

    Left out is what can never be begun or ended, and what adds nothing and is asked for by no rule
    of what is left. Taking one of the latter never helps, since fewer options decide ties.
    """
    possible = [end < NEVER for end in first_ends(problem)]
    wanted = [
        place
        for place, option in enumerate(problem.options)
        if option.must or (possible[place] and (option.bonus or option.gains))
    ]
    if not all(possible[place] for place in wanted):
        return None
    kept = set(wanted)
    while wanted:
        names = {one for place in wanted for one in named(problem.options[place].rule)}
        wanted = sorted(one for one in names - kept if possible[one])
        kept.update(wanted)
    return sorted(kept)


def tightened(problem: Problem) -> Problem:
    """Return the problem with every mode beginning no earlier than its rule can hold."""
    ends = first_ends(problem)
    return replace(
        problem,
        options=tuple(
            replace(
                option,
                modes=tuple(_later(mode, _begin(option.rule, ends)) for mode in option.modes),
            )
            for option in problem.options
        ),
    )


def _later(mode: Mode, begin: int) -> Mode:
    return replace(mode, earliest=max(mode.earliest, min(begin, NEVER - 1)))
