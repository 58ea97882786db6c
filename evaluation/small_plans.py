"""Small problems of planning by chance, and their answer by going through everything.

The oracle of ``pathway.solve``: every set of options, every mode and every day are tried, and the
best is what remains. It shares nothing with the solver but the problem and its answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from skillmatch.pathway.solver.problem import Aim, Mode, Option, Problem, Rule, Taken

Placed = dict[int, tuple[int, int, int]]
"""Begin, mode and end of each option that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The best plan by (worth, cost, end, count, early) in the order of the aims."""

    key: tuple[int, ...]
    taken: tuple[Taken, ...]


def small_problem(chance: random.Random) -> Problem:
    """Return a problem of at most six options and four gaps that uses every part of the model."""
    count = chance.choice((0, 1, 2, 3, 3, 4, 4, 5, 5, 6))
    gaps = chance.randint(0, 4)
    return Problem(
        options=tuple(_option(chance, place, count, gaps) for place in range(count)),
        gaps=gaps,
        capacity=chance.choice((None, 2, 3, 4)),
        horizon=chance.choice((None, 3, 5, 7)),
        budget=chance.choice((None, 3, 6, 9)),
        least=chance.choice((0, 0, 0, 5)),
    )


def _option(chance: random.Random, place: int, count: int, gaps: int) -> Option:
    gains = sorted(chance.sample(range(gaps), chance.randint(0, gaps)))
    return Option(
        id=f"o{place}",
        modes=tuple(_mode(chance) for _ in range(chance.choice((1, 1, 1, 1, 2, 3)))),
        cost=chance.choice((0, 1, 2, 3, 5)),
        rule=_rule(chance, count, 3) if chance.random() < 0.5 else Rule(),
        gains=tuple((gap, chance.choice((1, 2, 4))) for gap in gains),
        bonus=chance.choice((0, 0, 0, 1)),
        must=chance.random() < 0.08,
    )


def _mode(chance: random.Random) -> Mode:
    fixed = chance.random() < 0.3
    return Mode(
        days=chance.choice((0, 1, 1, 2)),
        load=chance.choice((0, 1, 2, 3)),
        starts=tuple(sorted(chance.sample(range(5), chance.randint(1, 2)))) if fixed else None,
        earliest=chance.choice((0, 0, 0, 1, 2)),
        latest=chance.choice((None, None, None, 3)),
    )


def _rule(chance: random.Random, count: int, depth: int) -> Rule:
    options = tuple(sorted(chance.sample(range(count), chance.randint(0, min(2, count)))))
    inner = chance.choice((0, 0, 1, 2)) if depth > 1 else 0
    rules = tuple(_rule(chance, count, depth - 1) for _ in range(inner))
    parts = len(options) + len(rules)
    least = chance.choice((0, 1, 1, parts, parts, parts + (chance.random() < 0.1)))
    return Rule(least=least, options=options, rules=rules)


def best_by_trying(problem: Problem, aims: Sequence[Aim]) -> Best | None:
    """Return the best plan, None where there is none; EARLY is the last aim."""
    before = aims[: aims.index(Aim.END)]
    best: Best | None = None
    for chosen in _sets(problem):
        figures = _figures(problem, chosen)
        head = tuple(figures[aim] for aim in before)
        if best is not None and head > best.key[: len(head)]:
            continue
        end = _least_end(problem, chosen)
        if end is None:
            continue
        figures[Aim.END] = end
        key = tuple(figures[aim] for aim in aims[:-1])
        if best is not None and key > best.key[:-1]:
            continue
        found = min(_schedules(problem, chosen, end), key=lambda one: _late(problem, one))
        early = _late(problem, found)[0]
        if best is None or (*key, early) < best.key:
            best = Best(key=(*key, early), taken=_steps(found))
    return best


def _sets(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Yield the sets that days alone may forbid, small ones first, then by positions."""
    places = range(len(problem.options))
    for size in range(len(places) + 1):
        for chosen in combinations(places, size):
            figures = _figures(problem, chosen)
            if problem.budget is not None and figures[Aim.COST] > problem.budget:
                continue
            if -figures[Aim.WORTH] < problem.least:
                continue
            musts = all(place in chosen for place in places if problem.options[place].must)
            if musts and _supported(problem, dict.fromkeys(chosen, (0, 0, 0))):
                yield chosen


def _figures(problem: Problem, chosen: Sequence[int]) -> dict[Aim, int]:
    options = [problem.options[place] for place in chosen]
    worth = sum(option.bonus for option in options)
    for gap in range(problem.gaps):
        worth += max((dict(option.gains).get(gap, 0) for option in options), default=0)
    cost = sum(option.cost for option in options)
    return {Aim.WORTH: -worth, Aim.COST: cost, Aim.COUNT: len(options)}


def _least_end(problem: Problem, chosen: Sequence[int]) -> int | None:
    """Return the first day by which the set can have ended, by trying one after another."""
    modes = [mode for place in chosen for mode in problem.options[place].modes]
    last = sum(mode.days for mode in modes)
    last += max((max((mode.earliest, *(mode.starts or ()))) for mode in modes), default=0)
    if problem.horizon is not None:
        last = min(last, problem.horizon)
    for end in range(last + 1):
        if next(_schedules(problem, chosen, end), None) is not None:
            return end
    return None


def _schedules(problem: Problem, chosen: Sequence[int], last: int) -> Iterator[Placed]:
    """Yield every way to take exactly these by a day."""
    yield from _go_on(problem, chosen, {}, [0] * last)


def _go_on(
    problem: Problem, chosen: Sequence[int], placed: Placed, loads: list[int]
) -> Iterator[Placed]:
    if len(placed) == len(chosen):
        if _supported(problem, placed):
            yield placed
        return
    place = chosen[len(placed)]
    for number, mode in enumerate(problem.options[place].modes):
        for start in _starts(mode, len(loads)):
            end = start + mode.days
            more = [load + mode.load * (start <= day < end) for day, load in enumerate(loads)]
            if problem.capacity is None or max(more[start:end], default=0) <= problem.capacity:
                now = {**placed, place: (start, number, end)}
                yield from _go_on(problem, chosen, now, more)


def _starts(mode: Mode, last: int) -> Iterator[int]:
    for day in range(mode.earliest, last - mode.days + 1):
        fixed = mode.starts is None or day in mode.starts
        if fixed and (mode.latest is None or day <= mode.latest):
            yield day


def _supported(problem: Problem, placed: Placed) -> bool:
    """Tell whether options can be added one by one, each supported by those before it."""
    there: set[int] = set()
    while len(there) < len(placed):
        more = {
            place
            for place in placed.keys() - there
            if _holds(
                problem.options[place].rule,
                {other for other in there if placed[other][2] <= placed[place][0]},
            )
        }
        if not more:
            return False
        there |= more
    return True


def _holds(rule: Rule, there: set[int]) -> bool:
    parts = len(there & set(rule.options)) + sum(_holds(inner, there) for inner in rule.rules)
    return parts >= rule.least


def _late(problem: Problem, placed: Placed) -> tuple[int, list[tuple[int, int]]]:
    """Return the sum of worth × day, then begins and modes in the order of the options."""
    early = 0
    for gap in range(problem.gaps):
        gains = {place: dict(problem.options[place].gains).get(gap, 0) for place in placed}
        most = max(gains.values(), default=0)
        if most:
            early += most * min(placed[place][2] for place in placed if gains[place] == most)
    return early, [placed[place][:2] for place in sorted(placed)]


def _steps(placed: Placed) -> tuple[Taken, ...]:
    steps = (
        Taken(option=place, mode=mode, start=start, end=end)
        for place, (start, mode, end) in placed.items()
    )
    return tuple(sorted(steps, key=lambda step: (step.start, step.end, step.option)))
