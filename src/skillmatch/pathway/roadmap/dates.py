"""What is late, what comes next and what lapses, by the dates of a roadmap."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Sequence
from datetime import MAXYEAR, date, timedelta

from skillmatch.model.roadmap import Roadmap, RoadmapStep, StepState
from skillmatch.model.roadmap_status import NextAction, Renewal, Timing, Urgency
from skillmatch.pathway.planning.holdings import Holding

MOST_ACTIONS = 3


def timing(step: RoadmapStep, at: date) -> tuple[Timing, int]:
    """Return how a step stands against its dates, and by how many days it is late."""
    if not step.open:
        return Timing.CLOSED, 0
    if step.ends < at:
        return Timing.OVERDUE, (at - step.ends).days
    if step.state is StepState.PLANNED and step.starts < at:
        return Timing.SHOULD_HAVE_BEGUN, (at - step.starts).days
    return Timing.ON_TIME, 0


def next_actions(roadmap: Roadmap, at: date) -> tuple[NextAction, ...]:
    """Return what to do first and what comes after, at most three.

    What is late comes first, then what is under way by its last day, then what begins next.
    """
    live = sorted((one for one in roadmap.steps if one.open), key=_urgency(at))
    if live:
        return tuple(_action(one, at) for one in live[:MOST_ACTIONS])
    words = "All steps are closed. Plan for what is still open."
    if not roadmap.steps:
        words = "There is no step yet. Give a new plan more room, or add a step of your own."
    return (NextAction(words=words, command="replan"),)


def _urgency(at: date) -> Callable[[RoadmapStep], tuple[object, ...]]:
    def key(step: RoadmapStep) -> tuple[object, ...]:
        late = timing(step, at)[0] is not Timing.ON_TIME
        started = step.state is StepState.STARTED
        due = step.ends if started else step.starts
        return (not late, not started, due, step.id)

    return key


def _action(step: RoadmapStep, at: date) -> NextAction:
    how, days = timing(step, at)
    ago = f"{days} day{'' if days == 1 else 's'} ago"
    if step.state is StepState.STARTED:
        words = f"Finish “{step.name}”" + (f": it was due {ago}" if how is Timing.OVERDUE else "")
        return NextAction(words=words + _left(step), on=step.ends, step=step.id, command="done")
    words = f"Begin “{step.name}”"
    if how is not Timing.ON_TIME:
        day = "end" if how is Timing.OVERDUE else "begin"
        words += f": it was to {day} {ago}; begin now, plan anew, or drop it"
    elif step.starts == at:
        words += " today"
    return NextAction(words=words, on=step.starts, step=step.id, command="start")


def _left(step: RoadmapStep) -> str:
    if step.planned_hours is None or not step.log:
        return ""
    left = step.planned_hours - step.spent_hours
    return f" ({left:.3g} of {step.planned_hours:.3g} hours to go)" if left > 0 else ""


def lapses(step: RoadmapStep) -> date | None:
    """Return the first day on which what a step awards no longer holds; None for never.

    A step that is not done is taken to be done on its last planned day.
    """
    if step.valid_months is None or step.state is StepState.DROPPED:
        return None
    return months_after(step.ended or step.ends, step.valid_months)


def has_lapsed(step: RoadmapStep, at: date) -> bool:
    """Tell whether a step is done and what it awarded no longer holds."""
    until = lapses(step)
    return step.state is StepState.DONE and until is not None and until <= at


def months_after(day: date, months: int) -> date | None:
    """Return the same day so many months later, or the last day of a month that is too short.

    None where that is beyond the calendar.
    """
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > MAXYEAR:
        return None
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def renewals(
    roadmap: Roadmap, holdings: Sequence[Holding], at: date, *, badge_ends: dict[str, date]
) -> tuple[Renewal, ...]:
    """Return every credential that lapses, by day, then name.

    Args:
        roadmap: What its done steps award holds as long as their offers say, from the day that
            they were done.
        holdings: Other credentials at hand.
        at: The day.
        badge_ends: Last days that badges of done steps name themselves, by step.
    """
    goal = max(roadmap.ends or at, roadmap.request.by or at)
    found = {*_of_steps(roadmap, badge_ends, at, goal), *_of_holdings(holdings, at, goal)}
    return tuple(sorted(found, key=lambda one: (one.on, one.name, one.source)))


def _of_steps(
    roadmap: Roadmap, badge_ends: dict[str, date], at: date, goal: date
) -> Iterator[Renewal]:
    for step in roadmap.steps:
        if step.state is not StepState.DONE:
            continue
        said = badge_ends.get(step.id)
        on = lapses(step) if said is None else day_after(said)
        if on is not None:
            yield Renewal(
                name=step.name,
                on=on,
                urgency=_when(on, at, goal),
                step=step.id,
                source=step.badge.path if step.badge else "",
            )


def _of_holdings(holdings: Sequence[Holding], at: date, goal: date) -> Iterator[Renewal]:
    for one in holdings:
        if one.valid_until is not None:
            on = day_after(one.valid_until)
            yield Renewal(name=one.name, on=on, urgency=_when(on, at, goal), source=one.source)


def day_after(day: date) -> date:
    """Return the next day, or the last of the calendar itself."""
    return day if day == date.max else day + timedelta(days=1)


def _when(on: date, at: date, goal: date) -> Urgency:
    if on <= at:
        return Urgency.LAPSED
    return Urgency.BEFORE_THE_END if on <= goal else Urgency.LATER
