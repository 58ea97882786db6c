"""Hours planned against hours done, and where the present pace leads.

Planned hours of a step are spread evenly over its planned days, first and last included. Work done
is counted in planned hours: a step that is done counts in full however long it took, one that is
under way counts what was logged, at most its own. So being quick never looks like being behind.
The dates are held to what they asked for by the evening before, so that nobody is behind on the
morning of the first day.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from skillmatch.model.roadmap import RoadmapStep, StepState
from skillmatch.model.roadmap_status import Pace

LEAST_DAYS = 7
"""Days since the start before a pace is called one."""
_FARTHEST_WEEKS = 52 * 20
"""A pace that leads farther than this says only that hardly anything was done."""


_TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """Steps that are not dropped and whose hours are known."""

    steps: tuple[RoadmapStep, ...]

    @property
    def total(self) -> float:
        return sum(one.planned_hours or 0.0 for one in self.steps)

    @property
    def done(self) -> float:
        return sum(done_hours(one) for one in self.steps)

    def planned(self, day: int) -> float:
        """Return the hours that the dates ask for by the end of a day, given as its ordinal."""
        return sum((one.planned_hours or 0.0) * elapsed(one, day) for one in self.steps)

    def first_with(self, hours: float) -> int:
        """Return the first day by whose end the dates ask for at least so many hours."""
        low, high = self._days()
        return low + bisect_left(range(low, high), hours - _TINY, key=self.planned)

    def last_with(self, hours: float) -> int:
        """Return the last day by whose end the dates ask for at most so many hours."""
        low, high = self._days()
        return low + bisect_right(range(low, high), hours + _TINY, key=self.planned) - 1

    def _days(self) -> tuple[int, int]:
        """Return the day before the first one, when nothing was asked for, and the last one."""
        first = min(one.starts for one in self.steps)
        return first.toordinal() - 1, max(one.ends for one in self.steps).toordinal()


def elapsed(step: RoadmapStep, day: int) -> float:
    """Return the part of a step's planned days that is over by the end of a day, in [0, 1]."""
    days = (step.ends - step.starts).days + 1
    gone = day - step.starts.toordinal() + 1
    return min(max(gone / days, 0.0), 1.0)


def done_hours(step: RoadmapStep) -> float:
    """Return the planned hours of a step that are done; 0 where its hours are not known."""
    planned = step.planned_hours or 0.0
    return planned if step.state is StepState.DONE else min(step.spent_hours, planned)


def pace_of(steps: Sequence[RoadmapStep], *, begun: date, at: date) -> Pace:
    """Return hours planned and done, and the last day at the present pace.

    Steps that begin on a day that their provider sets are not finished before their own last day,
    however quick the person is.

    Args:
        steps: Of a roadmap; dropped ones count only with the hours that were spent on them.
        begun: First day of the plan.
        at: The day that it holds for, included.
    """
    live = tuple(one for one in steps if one.state is not StepState.DROPPED)
    work = _Work(steps=tuple(one for one in live if one.planned_hours is not None))
    weekly, why = _weekly(work, begun, at)
    end = _projected(work, weekly, at)
    if weekly is not None and end is None and work.done < work.total:
        why = "at this pace there is no end in sight"
    return Pace(
        planned_by_now=work.planned(at.toordinal() - 1),
        done=work.done,
        spent=sum(one.spent_hours for one in steps),
        total=work.total,
        unknown=len(live) - len(work.steps),
        weeks_ahead=_weeks_ahead(work, at),
        hours_per_week=weekly,
        projected_end=end,
        why=why,
    )


def _weekly(work: _Work, begun: date, at: date) -> tuple[float | None, str]:
    if not work.total:
        return None, "no step says how many hours it takes"
    first = min([begun, *(one.began for one in work.steps if one.began is not None)])
    days = (at - first).days + 1
    if work.done >= work.total:
        return work.done * 7 / max(days, LEAST_DAYS), "everything is done"
    if days <= 0:
        return None, f"the plan begins on {begun}"
    if days < LEAST_DAYS:
        return None, "a pace can be told after the first week"
    if not work.done:
        return None, "no work was logged yet; `skillmatch roadmap log` keeps it"
    return work.done * 7 / days, f"by the hours done since {first}"


def _weeks_ahead(work: _Work, at: date) -> float | None:
    """Return by how many weeks of the plan more is done than its dates ask for; below 0 less.

    Days on which nothing was planned are no time won or lost.
    """
    if not work.total:
        return None
    evening = at.toordinal() - 1
    asked, done = work.planned(evening), work.done
    if done < asked - _TINY:
        return (work.last_with(done) - evening) / 7
    if done > asked + _TINY:
        return max(work.first_with(done) - max(evening, work.last_with(asked)), 0) / 7
    return 0.0


def _projected(work: _Work, weekly: float | None, at: date) -> date | None:
    left = work.total - work.done
    if left <= 0:
        return max((one.ended for one in work.steps if one.ended is not None), default=None)
    if not weekly or left / weekly > _FARTHEST_WEEKS:
        return None
    dated = [one.ends for one in work.steps if one.dated and one.open]
    try:
        return max([at + timedelta(days=round(left / weekly * 7)), *dated])
    except OverflowError:
        return None
