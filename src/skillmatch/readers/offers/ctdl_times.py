"""How long an offer takes, when it begins and how long its credential holds.

Source: ISO 8601 durations; Credential Engine, CTDL terms ``DurationProfile`` and
``ScheduledOffering``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from skillmatch.readers.credentials.node import Node
from skillmatch.readers.offers.cell_values import MAX_HOURS, MAX_MONTHS, MAX_WEEKS
from skillmatch.readers.offers.ctdl_graph import Graph
from skillmatch.readers.offers.ctdl_terms import many, term, term_code, text

DAYS_A_YEAR = 365.2425
_DURATION = re.compile(
    r"P(?:(?P<years>[\d.,]+)Y)?(?:(?P<months>[\d.,]+)M)?(?:(?P<weeks>[\d.,]+)W)?"
    r"(?:(?P<days>[\d.,]+)D)?(?:T(?:(?P<hours>[\d.,]+)H)?(?:(?P<minutes>[\d.,]+)M)?"
    r"(?:(?P<seconds>[\d.,]+)S)?)?"
)
_DAYS = {"years": DAYS_A_YEAR, "months": DAYS_A_YEAR / 12, "weeks": 7.0, "days": 1.0}
_HOURS = {"hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600}
_SPANS = ("exactDuration", "maximumDuration", "minimumDuration")
_ANY_DAY = frozenset({"SelfPaced", "OpenEntryOpenExit", "OpenEntryExit", "OnDemand"})
_WHEN = ("scheduleTimingType", "scheduleFrequencyType", "offerFrequencyType")
_MAX_STARTS = 500


def duration(written: str) -> tuple[float, float] | None:
    """Return calendar days and hours of work of an ISO 8601 duration, None where it is none."""
    found = _DURATION.fullmatch(written.strip().upper())
    if found is None:
        return None
    try:
        parts = {
            name: float(value.replace(",", "."))
            for name, value in found.groupdict().items()
            if value
        }
    except ValueError:
        return None
    if not parts:
        return None
    days = sum(parts.get(name, 0) * worth for name, worth in _DAYS.items())
    hours = sum(parts.get(name, 0) * worth for name, worth in _HOURS.items())
    return days, hours


def read_length(node: Node, graph: Graph) -> tuple[float | None, float | None]:
    """Return hours of work and weeks from first to last day.

    Years to days are time on the calendar, hours to seconds are work; of ranges and of several
    durations the longest counts, since a plan that ends late is worse than one that ends early.
    """
    hours: list[float] = []
    days: list[float] = []
    for profile in many(node, "estimatedDuration"):
        described = graph.follow(profile)
        spans = [
            found
            for name in _SPANS
            if isinstance(described.value, dict)
            if (found := duration(text(described, name))) is not None
        ]
        if isinstance(profile.value, str) and (found := duration(profile.value)):
            spans.append(found)
        days += [span for span, _ in spans if span]
        hours += [work for _, work in spans if work]
        if isinstance(described.value, dict) and (
            found := duration(text(described, "timeRequired"))
        ):
            hours += [found[1]] if found[1] else []
    most_hours, most_weeks = max(hours, default=0.0), max(days, default=0.0) / 7
    return (
        round(most_hours, 2) if 0 < most_hours <= MAX_HOURS else None,
        round(most_weeks, 2) if 0 < most_weeks <= MAX_WEEKS else None,
    )


def valid_months(written: str) -> int | None:
    """Return whole months, at least one, of the duration for which a credential holds."""
    found = duration(written)
    if found is None or not found[0]:
        return None
    months = max(1, round(found[0] / DAYS_A_YEAR * 12))
    return months if months <= MAX_MONTHS else None


def read_day(written: str) -> date | None:
    """Return the day of a date or moment, None where there is none."""
    try:
        return date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None


def read_starts(node: Node, graph: Graph) -> tuple[tuple[date, ...], bool | None]:
    """Return the days an offer begins on, and True where one may begin on any day."""
    scheduled = [node, *(graph.follow(one) for one in many(node, "hasOffering", "offers"))]
    starts = {
        day
        for one in scheduled[1:]
        for written in _texts(one, "startDate")
        if (day := read_day(written)) is not None
    }
    ways = {term_code(one) for offering in scheduled for one in many(offering, *_WHEN)}
    return tuple(sorted(starts)[:_MAX_STARTS]), True if ways & _ANY_DAY else None


def _texts(node: Node, name: str) -> Iterator[str]:
    for one in term(node, name).many():
        if isinstance(one.value, str):
            yield one.value
