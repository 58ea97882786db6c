"""A choice without a schedule: bounds on what fits into the time, whatever the days.

Every plan keeps them, so the best choice within them is worth at least as much as any plan. Courses
on fixed days are modelled day by day; what can begin on any day fills the minutes that they leave,
as if it could be cut into pieces.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import gcd

from skillmatch.pathway.solver.choosing import Choosing, add_rules, choice
from skillmatch.pathway.solver.problem import Option, Problem
from skillmatch.pathway.solver.reduce import first_ends
from skillmatch.pathway.solver.search import Linear, Literal
from skillmatch.pathway.solver.timing import last_day, windows

MOST_SLOTS = 24
"""An option with more days to begin on is treated as one that can begin on any day."""

MOST_STRETCHES = 120
"""Into which the days are cut."""

WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A course on fixed days: it occupies days ``first`` to ``end`` - 1 if ``used``."""

    used: Literal
    first: int
    end: int
    load: int


def relaxed(problem: Problem, *, percent: int = WHOLE) -> Choosing:
    """Return a choice in which everything fits into so many percent of the time that is left."""
    made = choice(problem)
    add_rules(made, lambda _first, _second, _literal: None)
    last = last_day(problem)
    slots: list[Slot] = []
    work: list[Linear] = []
    unit = 0
    for place, option in enumerate(problem.options):
        ranges = [windows(mode, problem, last) for mode in option.modes]
        found = _slots(made, place, option, ranges)
        if found is not None:
            slots.extend(found)
            continue
        used = [mode for mode, days in zip(option.modes, ranges, strict=True) if days and mode.days]
        unit = gcd(unit, *(mode.load for mode in used))
        least = min(
            (
                mode.days * mode.load
                for mode, days in zip(option.modes, ranges, strict=True)
                if days
            ),
            default=0,
        )
        work.append(least * made.taken[place])
    if problem.capacity is not None:
        room = _room(made, slots, last, max(unit, 1), problem.capacity)
        made.model.add(WHOLE * sum(work) <= percent * sum(room))
    return made


def least_end(made: Choosing) -> Linear:
    """Return a day before which what is taken cannot have ended."""
    problem, model = made.problem, made.model
    last = last_day(problem)
    end = model.new_int_var(0, max(last, 0), "")
    ends = first_ends(problem)
    for first, taken in zip(ends, made.taken, strict=True):
        if first <= last:
            model.add(end >= first * taken)
    if problem.capacity is not None:
        ways = (option.modes for option in problem.options)
        least = [min(mode.days * mode.load for mode in modes) for modes in ways]
        work = sum(one * taken for one, taken in zip(least, made.taken, strict=True))
        model.add(problem.capacity * end >= work)
    return end


def _slots(
    made: Choosing, place: int, option: Option, ranges: list[tuple[tuple[int, int], ...]]
) -> list[Slot] | None:
    """Return an option's slots and let it take one, None where it may begin on too many days."""
    days = [(number, low) for number, days in enumerate(ranges) for low, _ in days]
    if len(days) > MOST_SLOTS or any(low < high for days in ranges for low, high in days):
        return None
    found = []
    for number, day in days:
        mode = option.modes[number]
        used = made.model.new_bool_var("")
        found.append(Slot(used=used, first=day, end=day + mode.days, load=mode.load))
    made.model.add(sum(slot.used for slot in found) == made.taken[place])
    return found


def _room(made: Choosing, slots: list[Slot], last: int, unit: int, capacity: int) -> list[Linear]:
    """Return minutes a week times days that are left beside the slots, for each stretch of days.

    Loads of what can begin on any day are multiples of ``unit``, so of what is left on a day only
    whole units are of use.
    """
    days = sorted({0, last, *(day for slot in slots for day in (slot.first, slot.end))})
    if len(days) > MOST_STRETCHES:
        days = [*days[:: len(days) // MOST_STRETCHES + 1], last]
    room = []
    for first, end in pairwise(days):
        units = made.model.new_int_var(0, capacity // unit, "")
        full = [slot for slot in slots if slot.first <= first and slot.end >= end]
        busy = sum(slot.load * slot.used for slot in full)
        made.model.add(unit * units + busy <= capacity)
        room.append((end - first) * unit * units)
    return room
