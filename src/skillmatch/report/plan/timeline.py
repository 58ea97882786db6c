"""Where a plan's days lie on one line of time: bars, marks and ticks in percent of its length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from skillmatch.model.plan import Plan, PlanStep
from skillmatch.report.amounts import month_words
from skillmatch.report.plan.wording import enrolment

_DAY = timedelta(days=1)
LETTER, _OVER = 7.5, 8
"""Pixels of a letter, and how far the last word may reach over the end of the line."""

_FAR = 1.4
"""A day that would make the line longer than this many times the plan is named, not drawn."""


class MarkKind(StrEnum):
    """What a day stands for."""

    TODAY = "today"
    BY = "done by"
    ENROL = "enrol by"
    RENEW = "renew by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A day that matters; ``place`` is in percent."""

    kind: MarkKind
    day: date
    place: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """The beginning of a week, month or year, with the words to write there."""

    label: str
    place: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One step's row.

    Attributes:
        left: Of its first day, in percent of the line; ``right`` is the end of its last day.
        needs: Rows, from 0, of steps that must end before it begins; ``last_needs`` leaves out
            those that another one of them needs anyway.
        begun: Whether it was begun before the plan.
    """

    step: PlanStep
    left: float
    right: float
    needs: tuple[int, ...]
    last_needs: tuple[int, ...]
    begun: bool
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All rows over days from ``first`` up to, not including, ``end``."""

    first: date
    end: date
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]

    def place(self, day: date) -> float:
        """Return where a day begins, in percent; outside 0 to 100 where it is not on the line."""
        return 100 * (day - self.first).days / max(1, (self.end - self.first).days)


def timeline_of(plan: Plan) -> Timeline:
    """Return the rows of a plan, in the order of its steps; without steps there are none."""
    first, end = _range(plan)
    bare = Timeline(first=first, end=end, lanes=(), marks=())
    rows = {step.offer: row for row, step in enumerate(plan.steps)}
    begun = {one.offer for one in plan.request.under_way}
    needs = [tuple(sorted(rows[one] for one in step.after if one in rows)) for step in plan.steps]
    lanes = tuple(
        Lane(
            step=step,
            left=max(0.0, bare.place(step.starts)),
            right=bare.place(step.ends + _DAY),
            needs=needs[row],
            last_needs=_direct(needs, row),
            begun=step.offer in begun,
            marks=tuple(_step_marks(bare, step)),
        )
        for row, step in enumerate(plan.steps)
    )
    return Timeline(first=first, end=end, lanes=lanes, marks=tuple(_plan_marks(bare, plan)))


def _direct(needs: Sequence[Sequence[int]], row: int) -> tuple[int, ...]:
    """Return what a row needs that no other row that it needs does, in any number of steps."""
    through: set[int] = set()
    left = [further for one in needs[row] for further in needs[one]]
    while left:
        one = left.pop()
        if one not in through:
            through.add(one)
            left += needs[one]
    return tuple(one for one in needs[row] if one not in through)


def _range(plan: Plan) -> tuple[date, date]:
    days = [plan.request.start, *(step.starts for step in plan.steps)]
    first = min(days)
    last = max([*days, *(step.ends for step in plan.steps)])
    length = (last - first).days + 1
    by = plan.request.by
    if by and last < by and (by - first).days <= length * _FAR:
        last = by
    earlier = [_today(plan), *map(enrolment, plan.steps)]
    near = [day for day in earlier if day and day >= last - length * _FAR * _DAY]
    return min([first, *near]), last + _DAY


def _today(plan: Plan) -> date | None:
    try:
        return date.fromisoformat(plan.at[:10])
    except ValueError:
        return None


def _plan_marks(line: Timeline, plan: Plan) -> Iterator[Mark]:
    today = _today(plan)
    if today and line.first <= today < line.end:
        yield Mark(kind=MarkKind.TODAY, day=today, place=line.place(today))
    by = plan.request.by
    if by and line.first <= by < line.end:
        # It is the last day that counts, so the line stands at its end.
        yield Mark(kind=MarkKind.BY, day=by, place=line.place(by + _DAY))


def _step_marks(line: Timeline, step: PlanStep) -> Iterator[Mark]:
    for kind, day in ((MarkKind.ENROL, enrolment(step)), (MarkKind.RENEW, step.valid_until)):
        if day and line.first <= day < line.end:
            yield Mark(kind=kind, day=day, place=line.place(day))


def ticks(line: Timeline, most: int) -> tuple[Tick, ...]:
    """Return beginnings of the shortest unit that gives at most ``most`` of them.

    Units are 1, 2 and 4 weeks from a Monday, 1, 2, 3 and 6 months, and years.
    """
    for weeks in (1, 2, 4):
        days = tuple(_mondays(line, weeks))
        if len(days) <= most:
            return tuple(
                Tick(label=f"{day.day} {month_words(day)}", place=line.place(day)) for day in days
            )
    for months in (1, 2, 3, 6):
        days = tuple(_firsts(line, months))
        if len(days) <= most:
            return tuple(_month_ticks(line, days))
    years = [date(year, 1, 1) for year in range(line.first.year + 1, line.end.year + 1)]
    kept = years[:: max(1, -(-len(years) // most))]
    return tuple(Tick(label=str(day.year), place=line.place(day)) for day in kept)


def with_room(drawn: Sequence[Tick], width: int) -> tuple[Tick, ...]:
    """Return the ticks whose words fit on a line of ``width`` pixels, the first ones kept.

    Widths are estimated for 13 pixels, on the safe side.
    """
    kept = []
    free = 0.0
    for tick in drawn:
        left = tick.place * width / 100
        right = left + len(tick.label) * LETTER
        if left >= free and right <= width + _OVER:
            kept.append(tick)
            free = right + LETTER
    return tuple(kept)


def _mondays(line: Timeline, weeks: int) -> Iterator[date]:
    day = line.first + timedelta(days=-line.first.weekday() % 7)
    while day < line.end:
        yield day
        day += timedelta(weeks=weeks)


def _firsts(line: Timeline, months: int) -> Iterator[date]:
    number = line.first.year * 12 + line.first.month - 1
    number += line.first.day > 1
    number += -number % months
    while (day := date(number // 12, number % 12 + 1, 1)) < line.end:
        yield day
        number += months


def _month_ticks(line: Timeline, days: Sequence[date]) -> Iterator[Tick]:
    for number, day in enumerate(days):
        turn = number == 0 or days[number - 1].year != day.year
        label = f"{month_words(day)} {day.year}" if turn else month_words(day)
        yield Tick(label=label, place=line.place(day))
