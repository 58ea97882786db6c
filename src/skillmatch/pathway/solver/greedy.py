"""The baseline: always the next option that gains most for what it takes, as a loop would do it.

Never the answer that a person is shown; it says what the exact one is worth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from skillmatch.pathway.solver.figures import closed_of, solution_of, worth_of
from skillmatch.pathway.solver.problem import Mode, Outcome, Problem, Rule, Solution, Taken
from skillmatch.pathway.solver.rules import holds
from skillmatch.pathway.solver.timing import windows

MOST_DAYS = 100_000
"""Without a horizon: more than any plan of people takes."""


def greedy(problem: Problem) -> Solution:
    """Return a plan that keeps every rule; GIVEN_UP where the loop finds none.

    What must be comes first. Then, again and again, each option is looked at together with the
    cheapest options that it needs: what gains most for its share of budget and time, and still
    fits, is taken as early as possible, until nothing that gains anything fits. Ties go to the
    lowest position.
    """
    loop = _Loop(problem=problem)
    for place, option in enumerate(problem.options):
        if option.must and not loop.take(place):
            return Solution(outcome=Outcome.GIVEN_UP)
    while any(loop.take(place) for place in loop.best_first()):
        pass
    worth, closed = worth_of(problem, loop.taken), closed_of(problem, loop.taken)
    if worth < problem.least or closed < problem.least_closed:
        return Solution(outcome=Outcome.GIVEN_UP)
    bound = sum(_most(problem)) + sum(option.bonus for option in problem.options)
    return solution_of(problem, loop.taken.values(), Outcome.BOUNDED, bound)


def _most(problem: Problem) -> Iterable[int]:
    most: dict[int, int] = {}
    for option in problem.options:
        for gap, gain in option.gains:
            most[gap] = max(most.get(gap, 0), gain)
    return most.values()


def promising(problem: Problem, *, each: int) -> set[int]:
    """Return for each gap the options that close most of it for what they take, and what they need.

    Whatever must be taken is there, too; what has a bonus is treated as closing a gap of its own.
    """
    loop = _Loop(problem=problem)
    rated: dict[int, list[tuple[float, int]]] = {}
    found: set[int] = set()
    for place, option in enumerate(problem.options):
        needed = loop.needed(place)
        if needed is None:
            continue
        share = loop.share(needed)
        for gap, worth in (*option.gains, (-1, option.bonus)):
            rated.setdefault(gap, []).append((-worth / share, place))
        found.update(needed if option.must else ())
    for ratings in rated.values():
        for _, place in sorted(ratings)[:each]:
            found.update(loop.needed(place) or ())
    return found


@dataclass(slots=True, kw_only=True)
class _Loop:
    problem: Problem
    taken: dict[int, Taken] = field(default_factory=dict)
    cost: int = 0

    def best_first(self) -> list[int]:
        """Return the options that would add worth, by worth for the share of all that they need."""
        best = dict.fromkeys(range(self.problem.gaps), 0)
        for place in self.taken:
            for gap, gain in self.problem.options[place].gains:
                best[gap] = max(best[gap], gain)
        rated = []
        for place, option in enumerate(self.problem.options):
            gain = option.bonus + sum(max(0, worth - best[gap]) for gap, worth in option.gains)
            needed = self.needed(place) if gain and place not in self.taken else None
            if needed:
                rated.append((-gain / self.share(needed), place))
        return [place for _, place in sorted(rated)]

    def share(self, needed: Collection[int]) -> float:
        """Return which part of the money and of the time options take together, above 0."""
        problem = self.problem
        share = 1e-6
        if problem.budget:
            share += sum(problem.options[one].cost for one in needed) / problem.budget
        if problem.capacity and problem.horizon:
            modes = (problem.options[one].modes for one in needed)
            work = sum(min(mode.days * mode.load for mode in ways) for ways in modes)
            share += work / (problem.capacity * problem.horizon)
        return share

    def needed(self, place: int, above: Collection[int] = ()) -> tuple[int, ...] | None:
        """Return an option after what it needs and is not taken yet, None where it cannot be."""
        if place in self.taken:
            return ()
        if place in above:
            return None
        first = self._for_rule(self.problem.options[place].rule, {*above, place})
        return None if first is None else (*first, place)

    def _for_rule(self, rule: Rule, above: Collection[int]) -> tuple[int, ...] | None:
        """Return the cheapest parts of a rule, part by part; together they may overlap."""
        parts = [self.needed(place, above) for place in rule.options]
        parts.extend(self._for_rule(inner, above) for inner in rule.rules)
        possible = [part for part in parts if part is not None]
        if len(possible) < rule.least:
            return None
        options = self.problem.options
        cheapest = sorted(possible, key=lambda part: sum(options[one].cost for one in part))
        return tuple(dict.fromkeys(one for part in cheapest[: rule.least] for one in part))

    def take(self, place: int) -> bool:
        """Take an option with what it needs, all or nothing; tell whether it was possible."""
        needed = self.needed(place)
        if needed is None:
            return False
        before, cost = dict(self.taken), self.cost
        for one in needed:
            step = self._earliest(one)
            self.cost += self.problem.options[one].cost
            too_dear = self.problem.budget is not None and self.cost > self.problem.budget
            if step is None or too_dear:
                self.taken, self.cost = before, cost
                return False
            self.taken[one] = step
        return True

    def _earliest(self, place: int) -> Taken | None:
        """Return the way to take an option that ends first beside what is taken."""
        ways = []
        for number, mode in enumerate(self.problem.options[place].modes):
            start = self._start(mode, self.problem.options[place].rule)
            if start is not None:
                ways.append((start + mode.days, number, start))
        if not ways:
            return None
        end, number, start = min(ways)
        return Taken(option=place, mode=number, start=start, end=end)

    def _start(self, mode: Mode, rule: Rule) -> int | None:
        """Return the first day on which a mode fits: a first possible one, or where others end."""
        last = MOST_DAYS if self.problem.horizon is None else self.problem.horizon
        ends = [step.end for step in self.taken.values()]
        for low, high in windows(mode, self.problem, last):
            for day in sorted({low, *(end for end in ends if low < end <= high)}):
                if self._fits(mode, day) and holds(rule, self._ended(day).__contains__):
                    return day
        return None

    def _ended(self, day: int) -> set[int]:
        return {place for place, step in self.taken.items() if step.end <= day}

    def _fits(self, mode: Mode, day: int) -> bool:
        if self.problem.capacity is None:
            return True
        end = day + mode.days
        steps = [step for step in self.taken.values() if step.start < end and step.end > day]
        for moment in {day, *(step.start for step in steps if step.start > day)}:
            under_way = [step for step in steps if step.start <= moment < step.end]
            load = sum(self.problem.options[one.option].modes[one.mode].load for one in under_way)
            if mode.days and load + mode.load > self.problem.capacity:
                return False
        return True
