"""Problems of planning as catalogues make them: many offers, real prices, hours and dates.

The figures are chosen to be like those of course catalogues and to bind: courses of 4 to 80 hours
between nothing and 1,200, every third on fixed days, every third with conditions up to three deep,
each closing one to four gaps wholly or partly, for a learner with six hours a week, half a year and
a budget for a handful.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from skillmatch.pathway.solver.problem import MILLIONTH, Mode, Option, Problem, Rule

CAPACITY = 6 * 60
WEEKS = 26
BUDGET = 1_500_00
COVERAGES = (1.0, 1.0, 1.0, 0.8, 0.6, 0.5, 0.3)
RATES = (1, 2, 4)
"""Self-paced courses go on with all free hours, a half or a quarter of them."""


def made_problem(
    seed: int, *, offers: int = 500, gaps: int = 40, weeks: int = WEEKS, budget: int = BUDGET
) -> Problem:
    """Return a problem by chance, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - a seeded draw, no secret
    needs = [round(MILLIONTH * chance.choice((1.0, 1.0, 0.6, 0.5, 0.3))) for _ in range(gaps)]
    depth: list[int] = []
    options = tuple(_option(chance, place, depth, needs) for place in range(offers))
    return Problem(options=options, gaps=gaps, capacity=CAPACITY, horizon=7 * weeks, budget=budget)


def _option(chance: random.Random, place: int, depth: list[int], needs: Sequence[int]) -> Option:
    stack = place % 50 == 49
    asks = stack or (place > 20 and chance.random() < 0.33)
    rule, deep = _rule(chance, depth, stack=stack) if asks else (Rule(), 0)
    depth.append(deep)
    hours = chance.choice((4, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 80))
    gaps = sorted(chance.sample(range(len(needs)), chance.choice((0, 1, 1, 1, 2, 2, 3, 4))))
    gains = tuple((gap, round(needs[gap] * chance.choice(COVERAGES))) for gap in gaps)
    free = chance.random() < 0.05
    price = 0 if free else round(hours * chance.uniform(5, 35)) * 100 - 1
    return Option(
        id=f"offer-{place:05d}",
        modes=(Mode(days=0, load=0),) if stack else _modes(chance, hours),
        cost=0 if stack else price,
        rule=rule,
        gains=() if stack else gains,
        bonus=MILLIONTH // 20 if stack else 0,
    )


def _modes(chance: random.Random, hours: int) -> tuple[Mode, ...]:
    if chance.random() < 0.35:
        weeks = max(1, math.ceil(hours / chance.choice((2, 3, 4, 5, 6))))
        starts = tuple(
            sorted(7 * week for week in chance.sample(range(WEEKS), chance.randint(1, 4)))
        )
        return (Mode(days=7 * weeks, load=math.ceil(hours * 60 / weeks), starts=starts),)
    return tuple(
        Mode(days=math.ceil(7 * hours * 60 * part / CAPACITY), load=CAPACITY // part)
        for part in RATES
    )


def _rule(chance: random.Random, depth: list[int], *, stack: bool) -> tuple[Rule, int]:
    """Return a rule over earlier options that are less than three deep, and how deep it gets.

    A stack is awarded for two or three of four parts.
    """
    allowed = [place for place, deep in enumerate(depth) if deep < 3]
    count = 4 if stack else chance.choice((1, 1, 2, 2, 3, 4))
    names = tuple(sorted(chance.sample(allowed, count)))
    deep = 1 + max(depth[place] for place in names)
    if stack:
        return Rule(least=chance.choice((2, 3)), options=names), deep
    kind = chance.random()
    if kind < 0.4 or len(names) == 1:
        return Rule(least=1, options=names), deep
    if kind < 0.7:
        return Rule(least=min(2, len(names)), options=names), deep
    rules = (Rule(least=1, options=names[1:]),)
    return Rule(least=2, options=names[:1], rules=rules), deep
