"""How long an offer takes beside a person's free hours, and when it can begin."""

from __future__ import annotations

import math
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from skillmatch.model.offer import Offer
from skillmatch.model.plan import UnderWay
from skillmatch.pathway.solver.problem import Mode
from skillmatch.text.days import day_words

PACES = (1, 2, 4)
"""A self-paced offer takes all, a half or a quarter of the free hours; others fit beside."""
NOT_STATED = "length not stated"
DATES = "start dates"
HOURS = "--hours-per-week"
MAX_DAYS = 36_525
"""A hundred years: nobody takes what lasts longer, and a sheet that says so has a slip in it."""
ANY_DAY = "the source does not say when it begins; taken as startable on any day"
WHOLE_WEEKS = "the source does not say its hours; taken as all your free hours of its weeks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A person's time.

    Attributes:
        start: Day 0.
        hours: Free hours a week, above 0.
    """

    start: date
    hours: float

    @property
    def minutes(self) -> int:
        """Free minutes a week."""
        return round(self.hours * 60)

    def day(self, when: date) -> int:
        """Return days from the start; negative before it."""
        return (when - self.start).days

    def date(self, day: int) -> date:
        """Return the date of a day, the last one that there is for any later."""
        return self.start + timedelta(days=min(day, (date.max - self.start).days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How an offer can be taken.

    Attributes:
        modes: Empty where it cannot be.
        lacks: Filter or fact that leaves it out, empty where it can be taken.
        why: The same in words.
        checks: What was taken for given.
        hours_a_week: Free hours that it would fit into, where there are too few; else 0.
    """

    modes: tuple[Mode, ...] = ()
    lacks: str = ""
    why: str = ""
    checks: tuple[str, ...] = ()
    hours_a_week: float = 0.0


def length(offer: Offer, calendar: Calendar) -> Length:
    """Return the modes of an offer, longest load first, or why it has none."""
    found = _modes(offer, calendar)
    if not found:
        why = "neither hours nor weeks are stated"
        return Length(lacks=NOT_STATED, why=why)
    fitting = [mode for mode in found if mode.days <= MAX_DAYS]
    if not fitting:
        return Length(lacks=HOURS, why="it would take more than a hundred years")
    dated = _dated(offer, calendar, fitting)
    if dated.modes and all(mode.load > calendar.minutes for mode in dated.modes):
        asked = math.ceil(min(mode.load for mode in found) / 6) / 10
        return Length(lacks=HOURS, why=f"it takes {asked:g} hours a week", hours_a_week=asked)
    return dated


def _modes(offer: Offer, calendar: Calendar) -> list[Mode]:
    hours, weeks = offer.hours, offer.weeks
    if hours is None and weeks is None:
        return [Mode(days=0, load=0)] if not offer.parts.empty else []
    # Who states weeks and does not leave the pace to the learner teaches in those weeks.
    if hours is None or (weeks and (offer.starts or not offer.self_paced)):
        days = days_of(weeks or 0.0)
        load = calendar.minutes if hours is None else whole(hours * 60 / (weeks or 1))
        return [Mode(days=days, load=load)]
    modes: dict[int, Mode] = {}
    for pace in PACES:
        load = calendar.minutes // pace
        if load > 0:
            days = whole(7 * hours * 60 / load)
            modes[days] = Mode(days=days, load=load if days else 0)
    return list(modes.values())


def days_of(weeks: float) -> int:
    """Return the days of some weeks, at least one unless there are none.

    Weeks are kept to two decimals: ten days are 1.43 of them, which must not become eleven. A day
    is 0.14 of one, so that a tenth of a day is never more than such rounding.
    """
    return max(1, math.ceil(round(7 * weeks, 1))) if weeks > 0 else 0


def whole(value: float) -> int:
    """Return the least whole number that is not below; 7 × 1.1 is not above 7.7."""
    return math.ceil(round(value, 6))


def _dated(offer: Offer, calendar: Calendar, modes: list[Mode]) -> Length:
    earliest = max(0, calendar.day(offer.available_from)) if offer.available_from else 0
    latest = None if offer.available_until is None else calendar.day(offer.available_until)
    if latest is not None and latest < earliest:
        return Length(lacks=DATES, why=f"enrolment ended on {day_words(calendar.date(latest))}")
    checks = [WHOLE_WEEKS] if offer.hours is None and offer.weeks is not None else []
    if not offer.starts:
        if not (offer.self_paced or modes[0].days == 0):
            checks.append(ANY_DAY)
        timed = [replace(mode, earliest=earliest, latest=latest) for mode in modes]
        return Length(modes=tuple(timed), checks=tuple(checks))
    days = [calendar.day(one) for one in offer.starts]
    starts = tuple(sorted({one for one in days if one >= 0 and _open(one, earliest, latest)}))
    if not starts:
        last = day_words(max(offer.starts))
        why = f"it began for the last time on {last}"
        if max(days) >= 0:
            why = f"none of its start dates, of which {last} is the last, is open for enrolment"
        return Length(lacks=DATES, why=why)
    timed = [replace(mode, starts=starts, earliest=earliest, latest=latest) for mode in modes]
    return Length(modes=tuple(timed), checks=tuple(checks))


def _open(day: int, earliest: int, latest: int | None) -> bool:
    return day >= earliest and (latest is None or day <= latest)


def under_way(begun: UnderWay, offer: Offer, calendar: Calendar) -> Mode:
    """Return the rest of what was begun before the plan: it goes on from the first day."""
    days = max(0, calendar.day(begun.ends) + 1)
    hours = begun.hours_left
    if hours is None and offer.hours is not None and offer.weeks:
        hours = offer.hours / offer.weeks * days / 7
    load = calendar.minutes if hours is None else whole(hours * 60 * 7 / max(1, days))
    return Mode(days=days, load=min(load, calendar.minutes) if days else 0, starts=(0,))


def still_valid(mode: Mode, *, months: int, by: int, calendar: Calendar) -> Mode | None:
    """Return a mode begun so late that what it awards still holds on a day, None where never."""
    first = bisect_left(
        range(by), by, key=lambda day: calendar.day(after_months(calendar.date(day), months))
    )
    # What has no length is awarded on the day before it begins, or on the first.
    earliest = max(mode.earliest, first - mode.days + 1 if first > 0 else 0)
    starts = None if mode.starts is None else tuple(one for one in mode.starts if one >= earliest)
    too_late = mode.latest is not None and earliest > mode.latest
    if too_late or starts == ():
        return None
    return replace(mode, earliest=earliest, starts=starts)


def after_months(day: date, months: int) -> date:
    """Return the same day some months later, the last of a month where there is no such day."""
    month = day.month - 1 + months
    year = day.year + month // 12
    if year > date.max.year:
        return date.max
    return date(year, month % 12 + 1, min(day.day, monthrange(year, month % 12 + 1)[1]))
