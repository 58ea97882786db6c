"""What every view of a roadmap says, in words."""

from __future__ import annotations

from datetime import date

from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Money
from skillmatch.model.roadmap import HistoryEntry, StepState
from skillmatch.model.roadmap_status import (
    Measure,
    NextAction,
    Renewal,
    RequirementProgress,
    RoadmapStatus,
    StepStatus,
    Timing,
    Urgency,
)
from skillmatch.report.amounts import (
    amount_words,
    day_words,
    money_words,
    number_words,
    share_words,
    span_words,
)
from skillmatch.report.plain import plural

LIMITS = (
    "“Met” counts what you can show or say that you can do; only what is called proven was "
    "vouched for by somebody else.",
    "The pace is a sum over the hours that you logged and those that providers state. It knows "
    "nothing of holidays, illness or luck.",
)
ICONS = {
    StepState.PLANNED: "○",
    StepState.STARTED: "◐",
    StepState.DONE: "●",
    StepState.DROPPED: "×",
}
LATE = "!"

_MANY_WEEKS = 10
"""Of so many weeks a part of one is of no interest."""
_HELD = (GapState.PROVEN, GapState.CLAIMED)


def title_of(status: RoadmapStatus) -> str:
    """Return the roadmap's title, or its goals', or a plain name."""
    goals = " + ".join(one.title or one.source for one in status.goals)
    return status.title or goals or "Roadmap"


def headline(status: RoadmapStatus) -> str:
    """Return the answer in two sentences: how far, and what is next."""
    live = [one for one in status.steps if one.state is not StepState.DROPPED]
    done = sum(one.state is StepState.DONE for one in live)
    first = f"You meet {share_words(status.now.met)} of what is asked for"
    if share_words(status.start.met) != share_words(status.now.met):
        first += f", from {share_words(status.start.met)} at the start"
    if status.end.met > status.now.met + 1e-9:
        first += f"; all steps lead to {share_words(status.end.met)}"
    elif status.end.met < status.now.met - 1e-9:
        first += f"; what lapses before the plan ends takes it to {share_words(status.end.met)}"
    return f"{first}. {done} of {plural(len(live), 'step')} done. {pace_line(status)}"


def pace_line(status: RoadmapStatus) -> str:
    """Return ahead or behind in one short sentence."""
    ahead = status.pace.weeks_ahead
    if not status.steps:
        return "There is no step yet."
    if all_closed(status):
        return "No step is left to do."
    if ahead is None:
        return "No step says how long it takes, so there is no pace."
    if ahead == 0:
        return "You are on time."
    return f"You are {weeks(abs(ahead))} {'ahead of' if ahead > 0 else 'behind'} the plan."


def all_closed(status: RoadmapStatus) -> bool:
    """Tell whether there were steps, and each is done or dropped."""
    return bool(status.steps) and all(one.timing is Timing.CLOSED for one in status.steps)


def weeks(value: float) -> str:
    """Return "3 days", "1 week", "2.5 weeks"."""
    days = round(value * 7)
    if days < 7:
        return plural(days, "day") if days else "less than a day"
    shown = number_words(round(value) if value >= _MANY_WEEKS else value)
    return "1 week" if shown == "1" else f"{shown} weeks"


def hours(value: float) -> str:
    """Return "1 hour", "7.5 hours"."""
    shown = number_words(value)
    return "1 hour" if shown == "1" else f"{shown} hours"


def pace_lines(status: RoadmapStatus) -> tuple[str, ...]:
    """Return hours and the projected end, one line each."""
    pace, lines = status.pace, []
    if pace.total:
        lines.append(
            f"{hours(pace.done)} of {hours(pace.total)} of the plan done; by now it asks for "
            f"{hours(pace.planned_by_now)}"
        )
    if pace.spent:
        lines.append(f"{hours(pace.spent)} logged")
    if all_closed(status) and pace.projected_end is not None:
        lines.append(f"the last step was done on {day_words(pace.projected_end)}")
    elif pace.projected_end is not None and pace.hours_per_week is not None:
        lines.append(
            f"at this pace ({number_words(pace.hours_per_week)} h a week) it ends on "
            f"{day_words(pace.projected_end)}{_too_late(status)}"
        )
    else:
        lines.append(f"no end can be projected: {pace.why}")
    if pace.unknown:
        lines.append(f"{plural(pace.unknown, 'step')} without stated hours not counted")
    return tuple(lines)


def _too_late(status: RoadmapStatus) -> str:
    end = status.pace.projected_end
    if status.by is None or end is None or end <= status.by:
        return ""
    return f", after your last day, {day_words(status.by)}"


def money_lines(status: RoadmapStatus) -> tuple[str, ...]:
    """Return what was spent and is to come."""
    money = status.money
    if not (money.planned.minor or money.spent.minor or money.budget):
        return ("nothing costs anything",) if not money.unpriced else (_unpriced(money.unpriced),)
    first = (
        f"{amount_words(money.spent)} spent, {amount_words(money.to_come)} to come; "
        f"the plan's steps cost {amount_words(money.planned)}"
    )
    lines = [first]
    if money.budget is not None:
        left = money.budget.minor - money.spent.minor
        what = amount_words(Money(amount=abs(left) / 100, currency=money.budget.currency))
        budget = amount_words(money.budget)
        words = f"{what} left" if left >= 0 else f"{what} over"
        lines.append(f"{words} of the budget, {budget}")
    if money.unpriced:
        lines.append(_unpriced(money.unpriced))
    return tuple(lines)


def _unpriced(count: int) -> str:
    return f"{plural(count, 'step')} without a stated price not counted"


def step_when(step: StepStatus) -> str:
    """Return the dates of a step, as planned and as they turned out."""
    planned = span_words(step.starts, step.ends)
    if step.state is StepState.DONE and step.ended:
        return f"done {day_words(step.ended)} (planned {planned})"
    if step.state is StepState.DROPPED and step.ended:
        return f"dropped {day_words(step.ended)}"
    if step.state is StepState.STARTED and step.began:
        return f"begun {day_words(step.began)}, planned {planned}"
    return planned


def step_state(step: StepStatus) -> str:
    """Return the state of a step with what its dates make of it."""
    late = plural(step.late_days, "day")
    if step.timing is Timing.OVERDUE:
        return f"{step.state.value}, {late} overdue"
    if step.timing is Timing.SHOULD_HAVE_BEGUN:
        return f"should have begun {late} ago"
    return step.state.value


def step_work(step: StepStatus) -> str:
    """Return hours spent and planned; empty where neither is known."""
    if step.hours is None:
        return f"{hours(step.hours_spent)} logged" if step.hours_spent else ""
    if step.hours_spent:
        return f"{number_words(step.hours_spent)} of {hours(step.hours)}"
    return hours(step.hours)


def step_price(step: StepStatus) -> str:
    """Return what a step cost or will cost."""
    if step.spent is not None and step.spent != step.cost:
        return f"{money_words(step.spent)} paid ({money_words(step.cost)} planned)"
    if step.state is StepState.DROPPED and step.spent is None and step.cost is not None:
        return f"{money_words(step.cost)}, not paid" if step.cost.minor else money_words(step.cost)
    return money_words(step.cost)


def step_closes(step: StepStatus) -> str:
    """Return the word before what a step closes."""
    return "was to close" if step.state is StepState.DROPPED else "closes"


def closed_words(step: StepStatus) -> str:
    """Return what a step closes, and of what it closes a part only; empty for nothing."""
    return ", ".join(
        f"{label} (in part)" if label in step.partly else label for label in step.closes
    )


def who_closes(status: RoadmapStatus, one: RequirementProgress) -> str:
    """Return which steps are there for what is still open; a step that is done does no more."""
    steps = [step for step in status.steps if step.id in one.steps]
    ahead = [str(step.number) for step in steps if step.state is not StepState.DONE]
    if ahead:
        return f"step {', '.join(ahead)}"
    return "no other step closes the rest" if steps else "no step closes it"


def step_tags(step: StepStatus) -> tuple[str, ...]:
    """Return short marks of a step."""
    return tuple(
        word
        for word, holds in (
            ("committed", step.committed and step.timing is not Timing.CLOSED),
            ("your own", step.own),
        )
        if holds
    )


def step_valid(step: StepStatus, at: date) -> str:
    """Return until when a step's credential holds; empty where it does not lapse."""
    if step.lapses is None:
        return ""
    if step.state is StepState.DONE and step.lapses <= at:
        return f"lapsed on {day_words(step.lapses)}"
    return f"valid until {day_words(_before(step.lapses))}"


def step_why(step: StepStatus) -> str:
    """Return why a step that closes nothing is there; other steps say it by what they close."""
    if step.closes or step.own or step.state is StepState.DROPPED:
        return ""
    return step.why


def is_proven(step: StepStatus) -> bool:
    """Tell whether somebody else vouches for a step."""
    return step.assurance in {Assurance.VERIFIED, Assurance.ENDORSED}


def _before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - 1, 1))


def action_line(action: NextAction) -> str:
    """Return what to do, with its day."""
    return action.words + (f" · {day_words(action.on)}" if action.on else "")


def action_command(status: RoadmapStatus, action: NextAction) -> str:
    """Return what to type for it, with the step's number: ids can be long."""
    if not action.command:
        return ""
    step = next((f" {one.number}" for one in status.steps if one.id == action.step), "")
    return f"skillmatch roadmap {action.command}{step}"


def action_hint(action: NextAction) -> str:
    """Return the words before the command: a step is done first, and then told."""
    return "say so with:" if action.step else "with:"


def renewal_line(renewal: Renewal) -> str:
    """Return when a credential lapses."""
    said = {
        Urgency.LAPSED: f"lapsed on {day_words(renewal.on)}: renew it, it no longer counts",
        Urgency.BEFORE_THE_END: f"lapses on {day_words(renewal.on)}, before the plan ends",
        Urgency.LATER: f"lapses on {day_words(renewal.on)}",
    }[renewal.urgency]
    return f"{renewal.name}: {said}"


def history_line(status: RoadmapStatus, entry: HistoryEntry) -> str:
    """Return one entry of the history."""
    names = {one.id: one.name for one in status.steps}
    parts = [entry.event.value]
    if entry.step:
        parts[0] += f": {names.get(entry.step, entry.step)}"
    if entry.change:
        parts.append(entry.change)
    if entry.words:
        parts.append(entry.words)
    if entry.met is not None:
        parts.append(f"{share_words(entry.met)} met")
    return " · ".join(parts)


def counts_line(measure: Measure) -> str:
    """Return the numbers of requirements in each state that has any."""
    return ", ".join(f"{count} {state.value}" for state, count in measure.states if count)


def held_count(measure: Measure) -> int:
    """Return how many requirements are proven or claimed."""
    return sum(count for state, count in measure.states if state in _HELD)
