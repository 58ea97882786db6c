"""When it is taken: days of begin and end, what goes on side by side, and what has ended before."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.pathway.solver.choosing import Choosing, add_rules, exact_levels
from skillmatch.pathway.solver.problem import Aim, Mode, Option, Problem
from skillmatch.pathway.solver.search import Linear, Literal


@dataclass(slots=True, kw_only=True)
class Timing:
    """Variables of days, one for each option.

    Attributes:
        starts: Also of options that are not taken, at the least value then.
        modes: For each option what says that a mode is used, None where the mode cannot be.
        last: Day on which everything has ended at the latest.
    """

    chosen: Choosing
    starts: list[Linear]
    ends: list[Linear]
    modes: list[tuple[Literal | None, ...]]
    last: int

    def end(self) -> Linear:
        """Return a variable that is at least the end of everything that is taken."""
        model = self.chosen.model
        end = model.new_int_var(0, self.last, "end")
        for ends, taken in zip(self.ends, self.chosen.taken, strict=True):
            model.add(ends <= end).only_enforce_if(taken)
        problem = self.chosen.problem
        if problem.capacity is not None:
            work = (
                min(mode.days * mode.load for mode in option.modes) for option in problem.options
            )
            model.add(
                sum(least * taken for least, taken in zip(work, self.chosen.taken, strict=True))
                <= problem.capacity * end
            )
        return end

    def early(self) -> Linear:
        """Return the sum over gaps of worth × day as an expression, at least what it is."""
        exact_levels(self.chosen)
        model = self.chosen.model
        terms = []
        for levels in self.chosen.levels:
            for number, level in enumerate(levels):
                higher = [levels[number + 1].reached] if number + 1 < len(levels) else []
                day = model.new_int_var(0, self.last, "")
                counts = [model.new_bool_var("") for _ in level.options]
                model.add(sum(counts) + sum(higher) >= level.reached)
                for place, literal in zip(level.options, counts, strict=True):
                    model.add_implication(literal, self.chosen.taken[place])
                    model.add(day >= self.ends[place]).only_enforce_if(literal)
                terms.append(level.worth * day)
        return sum(terms)

    def expression(self, aim: Aim) -> Linear:
        """Return any aim as an expression."""
        if aim is Aim.END:
            return self.end()
        return self.early() if aim is Aim.EARLY else self.chosen.expression(aim)


def last_day(problem: Problem) -> int:
    """Return a day by which some best plan has ended, whatever it takes.

    Without a horizon nothing is gained by waiting longer than for the last fixed day, and then
    for everything in turn.
    """
    days = [mode for option in problem.options for mode in option.modes]
    fixed = max((max((mode.earliest, *(mode.starts or ()))) for mode in days), default=0)
    length = sum(max(mode.days for mode in option.modes) for option in problem.options)
    most = fixed + length
    return most if problem.horizon is None else min(problem.horizon, most)


def windows(mode: Mode, problem: Problem, last: int) -> tuple[tuple[int, int], ...]:
    """Return the days that a mode can begin on as ranges; none where it cannot be used."""
    too_much = problem.capacity is not None and mode.days and mode.load > problem.capacity
    low = max(0, mode.earliest)
    high = last - mode.days if mode.latest is None else min(mode.latest, last - mode.days)
    if too_much or low > high:
        return ()
    if mode.starts is None:
        return ((low, high),)
    return tuple((day, day) for day in sorted(set(mode.starts)) if low <= day <= high)


def timed(made: Choosing) -> Timing:
    """Add days, capacity and rules to a choice."""
    problem, model = made.problem, made.model
    last = last_day(problem)
    timing = Timing(chosen=made, starts=[], ends=[], modes=[], last=max(last, 0))
    busy: list[tuple[Linear, int]] = []
    for place, option in enumerate(problem.options):
        _add_option(timing, place, option, busy)
    if problem.capacity is not None and busy:
        intervals, loads = zip(*busy, strict=True)
        model.add_cumulative(intervals, loads, problem.capacity)

    def support(first: int, second: int, literal: Literal) -> None:
        model.add(timing.ends[first] <= timing.starts[second]).only_enforce_if(literal)

    add_rules(made, support)
    return timing


def _add_option(timing: Timing, place: int, option: Option, busy: list[tuple[Linear, int]]) -> None:
    from ortools.sat.python import cp_model

    made, model = timing.chosen, timing.chosen.model
    found = [windows(mode, made.problem, timing.last) for mode in option.modes]
    days = cp_model.Domain.from_intervals([list(one) for ranges in found for one in ranges])
    usable = [mode for mode, ranges in enumerate(found) if ranges]
    taken = made.taken[place]
    if not usable:
        model.add(taken == 0)
        days = cp_model.Domain(0, 0)
    start = model.new_int_var_from_domain(days, f"s{place}")
    lengths = [option.modes[mode].days for mode in usable] or [0]
    end = model.new_int_var(0, timing.last, f"e{place}")
    literals = [taken] if len(usable) == 1 else [model.new_bool_var("") for _ in usable]
    if len(usable) > 1:
        model.add(sum(literals) == taken)
    for mode, literal, length in zip(usable, literals, lengths, strict=False):
        if len(usable) > 1:
            domain = cp_model.Domain.from_intervals([list(one) for one in found[mode]])
            model.add_linear_expression_in_domain(start, domain).only_enforce_if(literal)
        load = option.modes[mode].load
        interval = model.new_optional_interval_var(start, length, end, literal, "")
        if length and load:
            busy.append((interval, load))
    model.add(start == days.min()).only_enforce_if(taken.negated())
    model.add(end == 0).only_enforce_if(taken.negated())
    by_mode = dict(zip(usable, literals, strict=False))
    timing.starts.append(start)
    timing.ends.append(end)
    timing.modes.append(tuple(by_mode.get(mode) for mode in range(len(option.modes))))
