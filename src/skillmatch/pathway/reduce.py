"""Smaller problems with the same answer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from skillmatch.pathway.problem import Problem, Rule


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
