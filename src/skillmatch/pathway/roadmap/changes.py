"""What a person does with a step: begins it, works on it, ends it, drops it, commits to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from skillmatch.errors import UsageError
from skillmatch.model.offer import Money
from skillmatch.model.roadmap import (
    BadgeFile,
    Event,
    HistoryEntry,
    HoursSpent,
    Roadmap,
    RoadmapStep,
    StepState,
)
from skillmatch.pathway.roadmap.dates import has_lapsed
from skillmatch.pathway.roadmap.money import check_currency
from skillmatch.pathway.roadmap.steps import changed, check_hours, find_step, set_aside


def check_day(on: date, at: date, what: str) -> None:
    """Refuse a day that has not come.

    Raises:
        UsageError: It is after ``at``.
    """
    if on > at:
        raise UsageError(
            f"{what} on {on} is in the future: today is {at}. If today's date is wrong, mend the "
            "clock or name the day with --at"
        )


def noted(roadmap: Roadmap, entry: HistoryEntry) -> Roadmap:
    """Return the roadmap with one more entry in its history."""
    return replace(roadmap, history=(*roadmap.history, entry))


def start_step(roadmap: Roadmap, asked: str, *, on: date, at: date) -> Roadmap:
    """Begin a step.

    Raises:
        UsageError: It is no planned step, or the day has not come.
    """
    step = find_step(roadmap, asked)
    check_day(on, at, "to begin")
    if step.state is StepState.STARTED:
        raise UsageError(f"“{step.name}” was begun on {step.began} already")
    if step.state is StepState.DONE:
        raise UsageError(f"“{step.name}” was done on {step.ended}")
    begun = replace(step, state=StepState.STARTED, began=on, ended=None, reason="")
    return _noted(changed(roadmap, begun), step, begun, on)


def log_hours(
    roadmap: Roadmap, asked: str, hours: float, *, on: date, at: date, note: str = ""
) -> Roadmap:
    """Keep hours of work on a step; the first ones begin it.

    Raises:
        UsageError: The hours are no number above 0, the step was dropped, or the day has not come
            or lies before the step began.
    """
    step = find_step(roadmap, asked)
    check_day(on, at, "work")
    check_hours(hours)
    if step.state is StepState.DROPPED:
        raise UsageError(f"“{step.name}” was dropped on {step.ended}; begin it again with `start`")
    if step.ended is not None and on > step.ended:
        raise UsageError(f"“{step.name}” was done on {step.ended}, before {on}")
    spent = (*step.log, HoursSpent(on=on, hours=hours, note=note))
    worked = replace(step, log=tuple(sorted(spent, key=lambda one: one.on)))
    if step.state is StepState.PLANNED:
        begun = replace(worked, state=StepState.STARTED, began=on)
        return _noted(changed(roadmap, begun), step, begun, on, "by logging hours")
    if step.began is not None and on < step.began:
        raise UsageError(f"“{step.name}” began on {step.began}, after {on}")
    return changed(roadmap, worked)


def finish_step(
    roadmap: Roadmap,
    asked: str,
    *,
    on: date,
    at: date,
    badge: BadgeFile | None = None,
    hours: float | None = None,
    paid: Money | None = None,
) -> Roadmap:
    """End a step well; a step that is done already may get its badge later.

    Args:
        roadmap: As it is.
        asked: The step.
        on: Day that it was done.
        at: Today.
        badge: What was earned with it.
        hours: Work in all; what was not logged is kept under ``on``.
        paid: What it cost in the end.

    Raises:
        UsageError: The day has not come or lies before the beginning, the hours are fewer than
            those logged, or the money cannot be counted with the rest.
    """
    step = find_step(roadmap, asked)
    check_day(on, at, "done")
    if step.began is not None and on < step.began:
        raise UsageError(f"“{step.name}” began on {step.began}, so it cannot be done on {on}")
    if step.state is StepState.DROPPED:
        raise UsageError(f"“{step.name}” was dropped on {step.ended}; begin it again with `start`")
    if step.state is StepState.DONE and not (badge or hours or paid):
        raise UsageError(f"“{step.name}” was done on {step.ended} already; --badge adds its badge")
    check_currency(roadmap, paid)
    done = replace(
        step,
        state=StepState.DONE,
        began=step.began,
        ended=step.ended or on,
        badge=badge or step.badge,
        log=_with_hours(step, hours, on),
        paid=paid or step.paid,
    )
    return _noted(changed(roadmap, done), step, done, on, "with its badge" if badge else "")


def _with_hours(step: RoadmapStep, hours: float | None, on: date) -> tuple[HoursSpent, ...]:
    if hours is None:
        return step.log
    check_hours(hours)
    more = hours - step.spent_hours
    if more < 0:
        raise UsageError(
            f"--hours is the work in all, and {step.spent_hours:g} hours were logged already; "
            "mend the [[step.log]] of the file where they are wrong"
        )
    return (*step.log, HoursSpent(on=on, hours=more)) if more > 0 else step.log


def drop_step(roadmap: Roadmap, asked: str, *, reason: str, on: date, at: date) -> Roadmap:
    """Give a step up on purpose; it stays in the file, and what it cost stays spent.

    Raises:
        UsageError: No reason is given, it is closed already, or the day has not come.
    """
    step = find_step(roadmap, asked)
    check_day(on, at, "dropped")
    if not reason.strip():
        raise UsageError("say why with --reason; your later self will ask")
    if not step.open:
        raise UsageError(f"“{step.name}” was {step.state.value} on {step.ended} already")
    if step.began is not None and on < step.began:
        raise UsageError(f"“{step.name}” began on {step.began}, after {on}")
    dropped = replace(
        step, state=StepState.DROPPED, ended=on, committed=False, reason=reason.strip()
    )
    return _noted(changed(roadmap, dropped), step, dropped, on, reason.strip())


def add_step(roadmap: Roadmap, step: RoadmapStep, *, at: date) -> Roadmap:
    """Take a step in and commit to it; one that is planned already is committed to.

    Raises:
        UsageError: It was begun or done already, or its cost cannot be counted with the rest.
    """
    roadmap = _without_lapsed(roadmap, step.id, at)
    known = next((one for one in roadmap.steps if one.id == step.id), None)
    if known is not None and known.state in {StepState.STARTED, StepState.DONE}:
        raise UsageError(f"“{known.name}” is on the roadmap already: {known.state.value}")
    if known is not None and known.state is StepState.PLANNED:
        if known.committed:
            raise UsageError(f"“{known.name}” is on the roadmap and committed to already")
        kept = changed(roadmap, replace(known, committed=True))
        entry = HistoryEntry(on=at, event=Event.COMMITTED, step=known.id)
        return noted(kept, entry)
    check_currency(roadmap, step.cost)
    taken = replace(step, committed=True)
    # A step that was dropped keeps the hours and money that it had cost before.
    if known is not None:
        taken = replace(taken, log=known.log, paid=known.paid, note=known.note)
        roadmap = replace(roadmap, steps=tuple(one for one in roadmap.steps if one is not known))
    entry = HistoryEntry(
        on=at, event=Event.ADDED, step=step.id, words=f"{step.starts} to {step.ends}"
    )
    return noted(changed(roadmap, taken), entry)


def _without_lapsed(roadmap: Roadmap, offer: str, at: date) -> Roadmap:
    """Let an offer be taken once more whose credential has lapsed."""
    steps = tuple(
        set_aside(one) if one.id == offer and has_lapsed(one, at) else one for one in roadmap.steps
    )
    return replace(roadmap, steps=steps)


_EVENTS = {
    StepState.STARTED: Event.STARTED,
    StepState.DONE: Event.DONE,
    StepState.DROPPED: Event.DROPPED,
}


def _noted(
    roadmap: Roadmap, before: RoadmapStep, after: RoadmapStep, on: date, words: str = ""
) -> Roadmap:
    entry = HistoryEntry(
        on=on,
        event=_EVENTS[after.state],
        step=after.id,
        change=f"{before.state.value} → {after.state.value}",
        words=words,
    )
    return noted(roadmap, entry)
