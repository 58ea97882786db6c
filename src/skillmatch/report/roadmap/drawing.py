"""Pictures of the dashboard: a ring, bars and a time line, each with shape beside colour.

Widths are in percent and no text stands inside, so that the same picture fits a phone and a sheet
of paper; words stand beside it as text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skillmatch.model.roadmap import StepState
from skillmatch.model.roadmap_status import RoadmapStatus, StepStatus, Timing
from skillmatch.report.amounts import month_words, share_words

_RADIUS = 52.0
_ROUND = 2 * math.pi * _RADIUS
_MOST_TICKS = 6

STEP_SHAPES = {
    "planned": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-dasharray="2.6 2.1"/>',
    "started": '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor"/>',
    "done": '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M4.6 8.2l2.4 2.4 4.4-4.8" fill="none" stroke="var(--paper,#fff)" '
    'stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
    "dropped": '<path d="M2.5 8h11" stroke="currentColor" stroke-width="2.4" '
    'stroke-linecap="round"/>',
    "late": '<path d="M8 1.4L15 14.2H1z" fill="none" stroke="currentColor" stroke-width="1.8" '
    'stroke-linejoin="round"/><path d="M8 6v4" stroke="currentColor" stroke-width="1.8" '
    'stroke-linecap="round"/><circle cx="8" cy="12" r="1" fill="currentColor"/>',
}
"""Drawn on 16 × 16 in the colour of the text; each state has its own outline."""


def step_key(step: StepStatus) -> str:
    """Return the name of a step's looks: its state, or ``late``."""
    late = step.timing in {Timing.OVERDUE, Timing.SHOULD_HAVE_BEGUN}
    return "late" if late else step.state.value


def step_icon(key: str) -> str:
    """Return the icon of a step; decorative, so its state must stand beside it in words."""
    return (
        f'<svg class="icon k-{key}" width="16" height="16" viewBox="0 0 16 16" '
        f'aria-hidden="true">{STEP_SHAPES[key]}</svg>'
    )


def ring(status: RoadmapStatus) -> str:
    """Return a ring: what is met now, what all steps lead to, and a tick for the start."""
    start, now, end = status.start.met, status.now.met, max(status.end.met, status.now.met)
    said = (
        f"{share_words(now)} met now, {share_words(start)} at the start, "
        f"{share_words(end)} when all steps are done"
    )
    angle = 2 * math.pi * start - math.pi / 2
    marks = [
        f"{60 + radius * math.cos(angle):.2f},{60 + radius * math.sin(angle):.2f}"
        for radius in (_RADIUS - 9, _RADIUS + 9)
    ]
    return (
        f'<svg class="ring" viewBox="0 0 120 120" role="img" aria-label="{said}">'
        f'<circle class="track" cx="60" cy="60" r="{_RADIUS:g}"/>'
        f"{_arc('to-come', end)}{_arc('met', now)}"
        f'<path class="begin" d="M{marks[0]} L{marks[1]}"/>'
        f'<text x="60" y="68" text-anchor="middle">{share_words(now)}</text></svg>'
    )


def _arc(key: str, share: float) -> str:
    if share <= 0:
        return ""
    drawn = share * _ROUND
    return (
        f'<circle class="{key}" cx="60" cy="60" r="{_RADIUS:g}" transform="rotate(-90 60 60)" '
        f'stroke-dasharray="{drawn:.2f} {_ROUND - drawn:.2f}"/>'
    )


def share_bar(start: float, now: float, end: float) -> str:
    """Return one bar: met at the start, gained since, and still to come (hatched)."""
    end = max(now, end)
    return (
        '<svg class="three" width="100%" height="10" aria-hidden="true">'
        '<rect class="track" width="100%" height="10" rx="5"/>'
        f'<rect class="to-come" width="{_percent(end)}" height="10" rx="5"/>'
        f'<rect class="gained" width="{_percent(now)}" height="10" rx="5"/>'
        f'<rect class="had" width="{_percent(min(start, now))}" height="10" rx="5"/></svg>'
    )


def amount_bar(done: float, mark: float, total: float) -> str:
    """Return a bar filled to ``done`` of ``total``, with a mark where it should be."""
    if total <= 0:
        return ""
    at = _percent(mark / total)
    return (
        '<svg class="three" width="100%" height="18" aria-hidden="true">'
        '<rect class="track" y="4" width="100%" height="10" rx="5"/>'
        f'<rect class="had" y="4" width="{_percent(done / total)}" height="10" rx="5"/>'
        f'<line class="mark" x1="{at}" x2="{at}" y1="0" y2="18"/></svg>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Days from left to right.

    Attributes:
        ticks: First days of months, with their place in percent and their name.
    """

    first: date
    last: date
    today: date
    ticks: tuple[tuple[str, str], ...]

    def place(self, day: date) -> float:
        """Return the part of the width that lies before a day, in [0, 1]."""
        days = (self.last - self.first).days + 1
        return min(max((day - self.first).days / days, 0.0), 1.0)


def scale_of(status: RoadmapStatus) -> Scale:
    """Return a scale that all steps and today fit on."""
    days = [status.begun, status.at]
    days += [day for step in status.steps for day in (step.starts, step.ends)]
    days += [day for step in status.steps for day in (step.began, step.ended) if day]
    first, last = min(days), max(days)
    bare = Scale(first=first, last=last, today=status.at, ticks=())
    months = _months(first, last)
    # The year stands where it changes; a chart within one year names none.
    years = [first.year, *(one.year for one in months)]
    ticks = tuple(
        (_percent(bare.place(day)), _tick(day, year=day.year != before))
        for before, day in zip(years, months, strict=False)
    )
    return Scale(first=first, last=last, today=status.at, ticks=ticks)


def _months(first: date, last: date) -> Sequence[date]:
    months = (last.year - first.year) * 12 + last.month - first.month
    apart = max(1, math.ceil(months / _MOST_TICKS))
    found = []
    for number in range(apart if months >= _MOST_TICKS else 1, months + 1, apart):
        year, month = divmod(first.month - 1 + number, 12)
        found.append(date(first.year + year, month + 1, 1))
    return found


def _tick(day: date, *, year: bool) -> str:
    return f"{month_words(day)} {day.year}" if year else month_words(day)


def lane(step: StepStatus, scale: Scale) -> str:
    """Return the lane of a step: planned days, what is done of them, and today as a line."""
    key = step_key(step)
    left, right = scale.place(step.starts), scale.place(_next(step.ends))
    wide = max(right - left, 0.004)
    share = step.share or 0.0
    if step.state is StepState.DROPPED:
        share = 0.0
    parts = [
        f'<rect class="days" x="{_percent(left)}" y="5" width="{_percent(wide)}" height="12" '
        'rx="4"/>'
    ]
    if share > 0:
        parts.append(
            f'<rect class="done" x="{_percent(left)}" y="5" width="{_percent(wide * share)}" '
            'height="12" rx="4"/>'
        )
    if step.state is StepState.DONE and step.ended is not None:
        at = _percent(scale.place(_next(step.ended)))
        parts.append(f'<circle class="end" cx="{at}" cy="11" r="5"/>')
    at = _percent(scale.place(scale.today))
    parts.append(f'<line class="today" x1="{at}" x2="{at}" y1="0" y2="22"/>')
    return (
        f'<svg class="lane k-{key}" width="100%" height="22" aria-hidden="true">'
        + "".join(parts)
        + "</svg>"
    )


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _percent(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0) * 100:.4g}%"
