"""The plan as calendar entries: steps, enrolment, renewals and the last day, all of whole days.

Source: RFC 5545, Internet Calendaring and Scheduling (iCalendar).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from skillmatch.model.plan import Plan, PlanStep
from skillmatch.report.amounts import day_words
from skillmatch.report.plain import clean
from skillmatch.report.plan import opening, wording

if TYPE_CHECKING:
    from icalendar import Calendar, Event

WEEK_BEFORE = timedelta(days=-7)
RENEWAL_BEFORE = timedelta(days=-30)
"""A course has to be found and taken before a credential lapses."""

_ID_LENGTH = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One entry; ``kind`` and ``offer`` make its identity, ``last`` is its last day."""

    kind: str
    offer: str
    title: str
    first: date
    last: date
    lines: tuple[str, ...]
    alarm: timedelta
    url: str = ""
    place: str = ""


def plan_calendar(plan: Plan) -> str:
    r"""Return an iCalendar text, lines ending in ``\r\n``.

    A plan for the same goals gives the same identifiers, so that importing it again moves what is
    there instead of doubling it; the same plan gives the same bytes.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//skillmatch//plan-1//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    _name(calendar, f"Plan: {clean(opening.title_of(plan))}")
    goals = goal_digest(plan)
    for entry in _entries(plan):
        calendar.add_component(_event(entry, goals, _stamp(plan)))
    return str(calendar.to_ical().decode("utf-8"))


def goal_digest(plan: Plan) -> str:
    """Return a digest of what a plan works towards: sources of its goals, whatever their order."""
    sources = "\n".join(sorted(goal.source for goal in plan.goals))
    return hashlib.sha256(sources.encode("utf-8")).hexdigest()


def _name(calendar: Calendar, title: str) -> None:
    # X-WR-CALNAME is what calendars show; NAME of RFC 7986 is not widely read.
    calendar.add("x-wr-calname", title)


def _stamp(plan: Plan) -> datetime:
    try:
        day = date.fromisoformat(plan.at[:10])
    except ValueError:
        day = plan.request.start
    return datetime.combine(day, time.min, tzinfo=UTC)


def _entries(plan: Plan) -> Iterator[_Entry]:
    for step in plan.steps:
        yield _step(plan, step)
        yield from _deadlines(step)
    if plan.request.by and plan.steps:
        yield _Entry(
            kind="by",
            offer="",
            title=f"Last day of the plan: {opening.title_of(plan)}",
            first=plan.request.by,
            last=plan.request.by,
            lines=(opening.headline(plan),),
            alarm=WEEK_BEFORE,
        )


def _step(plan: Plan, step: PlanStep) -> _Entry:
    lines = [
        f"Step {step.number} of {len(plan.steps)}, {wording.when_words(step)}",
        *([f"By {step.provider}"] if step.provider else ()),
        *([f"How: {how}"] if (how := wording.how_words(step)) else ()),
        f"Costs: {wording.price_words(plan, step)}",
        f"Work: {wording.work_words(step)}",
        *(f"Closes {wording.closure_words(one)}" for one in step.closes if one.counted),
        step.why,
        *([f"After {wording.steps_words(plan, step.after)}"] if step.after else ()),
        *(f"Check yourself: {one}" for one in step.check),
    ]
    return _Entry(
        kind="step",
        offer=step.offer,
        title=step.name,
        first=step.starts,
        last=step.ends,
        lines=tuple(lines),
        alarm=WEEK_BEFORE,
        url=step.url,
        place=wording.attended_at(step),
    )


def _deadlines(step: PlanStep) -> Iterator[_Entry]:
    if last := wording.enrolment(step):
        yield _Entry(
            kind="enrol",
            offer=step.offer,
            title=f"Last day to enrol: {step.name}",
            first=last,
            last=last,
            lines=(f"It begins on {day_words(step.starts)}.", f"By {step.provider}"),
            alarm=WEEK_BEFORE,
            url=step.url,
        )
    if step.valid_until:
        yield _Entry(
            kind="renew",
            offer=step.offer,
            title=f"Renew: {step.name}",
            first=step.valid_until,
            last=step.valid_until,
            lines=("The credential lapses on this day, if you earn it as planned.",),
            alarm=RENEWAL_BEFORE,
            url=step.url,
        )


def _event(entry: _Entry, goals: str, stamp: datetime) -> Event:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", _uid(entry, goals))
    event.add("dtstamp", stamp)
    event.add("summary", clean(entry.title))
    event.add("dtstart", entry.first)
    # The end of whole days is the day after the last one.
    event.add("dtend", max(entry.first, entry.last) + timedelta(days=1))
    event.add("description", "\n".join(clean(line) for line in entry.lines if line))
    if place := clean(entry.place):
        event.add("location", place)
    # Weeks of learning beside a job are not weeks in which one is busy.
    event.add("transp", "TRANSPARENT")
    if (url := clean(entry.url)).startswith(("https://", "http://")):
        event.add("url", url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean(entry.title))
    alarm.add("trigger", entry.alarm)
    event.add_component(alarm)
    return event


def _uid(entry: _Entry, goals: str) -> str:
    key = "\n".join((goals, entry.kind, entry.offer))
    return f"{hashlib.sha256(key.encode('utf-8')).hexdigest()[:_ID_LENGTH]}@skillmatch"
