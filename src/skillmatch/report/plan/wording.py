"""What every view of a plan says, in the words that they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from skillmatch.model.gap import CoverageKind
from skillmatch.model.offer import AwardOrigin, Delivery
from skillmatch.model.plan import (
    Alternative,
    Closure,
    FilterEffect,
    OpenGap,
    OpenReason,
    Plan,
    PlanStep,
    Preference,
)
from skillmatch.pathway.planning.filters import TOGETHER
from skillmatch.report.amounts import (
    WEEK,
    amount_words,
    day_words,
    money_words,
    number_words,
    share_words,
    span_words,
    weeks_words,
)
from skillmatch.report.plain import plural
from skillmatch.report.summary import NECESSITY_NAMES
from skillmatch.text.language_names import language_list

LIMITS = (
    "This is no promise of a job: it knows the words of postings and catalogues, not the "
    "employers, the other applicants or you.",
    "Prices, dates and places are those of the catalogue on the day that it was read. Ask the "
    "provider before you pay or sign.",
    "Hours are what providers state; you may need more or fewer.",
    "“Closed” means that an offer is said to teach the skill. It is yours once you have learnt and "
    "can show it.",
    "Who you are plays no part: only the budgets and filters that you set do.",
)

REASONS: dict[OpenReason, tuple[str, str]] = {
    OpenReason.NOT_CHOSEN: ("Other gaps matter more", "Within your limits, others close more."),
    OpenReason.PARTLY: ("Only partly closed", "The plan brings you closer, not all the way."),
    OpenReason.OVER_BUDGET: ("Over budget", "Offers exist, and cost more than you set."),
    OpenReason.NO_TIME: ("Not in time", "Offers exist, and take longer than you have."),
    OpenReason.PREREQUISITE: (
        "Prerequisite out of reach",
        "Offers exist, and ask first for what you cannot have in time.",
    ),
    OpenReason.FILTERED: ("Filtered out", "Offers exist, and your filters leave them out."),
    OpenReason.NO_OFFER: ("No offer", "Nothing in the catalogue teaches it."),
}
"""Heading and explanation, in the order that they are shown: what one can change comes first."""

AIMS = {
    Preference.CHEAPEST: "cheapest",
    Preference.FASTEST: "fastest",
    Preference.FEWEST: "fewest credentials",
}

FILTER_NAMES = {
    "--without": "Left out by you",
    "--language": "In other languages",
    "--online-only": "Not online",
    "--place": "In other places",
    "--access": "Access not stated",
    "--device": "Needs another device",
    "--max-cost": "Price not stated",
    "--rate": "In another currency",
    "--hours-per-week": "More hours a week than you have",
    "start dates": "No longer on offer",
    "--min-confidence": "Skills too uncertain",
}
"""What each filter leaves out, in words."""

_SHOWN_OFFERS = 4


def offer_names(plan: Plan) -> dict[str, str]:
    """Return the name of each offer that the plan knows one of, by id."""
    known: dict[str, str] = {}
    for step in (*plan.steps, *(step for other in plan.alternatives for step in other.steps)):
        known.update((passed.offer, passed.name) for passed in step.instead_of)
        known[step.offer] = step.name
    return {**known, **dict(plan.names)}


def offers_words(plan: Plan, offers: Sequence[str], *, most: int = _SHOWN_OFFERS) -> str:
    """Return names of offers, or their ids where no name is known; the rest are counted."""
    names = offer_names(plan)
    shown = ", ".join(f"“{names.get(one, one)}”" for one in offers[:most])
    left = len(offers) - most
    return f"{shown} and {left} more" if left > 0 else shown


def steps_words(plan: Plan, offers: Sequence[str]) -> str:
    """Return "step 1 (Name) and step 3 (Name)" for ids of steps."""
    numbers = {step.offer: step.number for step in plan.steps}
    names = offer_names(plan)
    ordered = sorted(offers, key=lambda one: (numbers.get(one, 0), one))
    said = [
        f"step {numbers[one]} ({names[one]})" if one in numbers else f"“{names.get(one, one)}”"
        for one in ordered
    ]
    return " and ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} and {said[-1]}"


def stack_words(plan: Plan, step: PlanStep) -> str:
    """Return which steps a stack is made of."""
    return f"completed with {steps_words(plan, step.completes)}"


def when_words(step: PlanStep) -> str:
    """Return the days of a step, how long it takes, and whether its start can move."""
    weeks = weeks_words(((step.ends - step.starts).days + 1) / 7)
    start = "fixed start" if step.fixed_start else "start when you like"
    return f"{span_words(step.starts, step.ends)} ({weeks}, {start})"


def how_words(step: PlanStep) -> str:
    """Return way, place and language: "in person, Lindau · in German"; empty where none is said."""
    ways = " or ".join(one.value for one in step.delivery)
    where = ", ".join(one for one in (ways, attended_at(step)) if one)
    spoken = language_list(step.languages, "or")
    return " · ".join(one for one in (where, spoken and f"in {spoken}") if one)


def attended_at(step: PlanStep) -> str:
    """Return where one has to go; the place of what is online alone is its provider's."""
    return "" if step.delivery == (Delivery.ONLINE,) else step.place


def work_words(step: PlanStep) -> str:
    """Return hours in all and a week."""
    weekly = f"{number_words(step.hours_per_week)} h a week"
    if step.hours is None:
        return weekly
    whole = f"{number_words(step.hours)} h in all"
    # A rate for a week says nothing of what takes no week.
    return whole if (step.ends - step.starts).days + 1 < WEEK else f"{whole}, {weekly}"


def tags(plan: Plan, step: PlanStep) -> tuple[str, ...]:
    """Return what is special about a step."""
    begun = step.offer in {one.offer for one in plan.request.under_way}
    said = (
        "already begun" if begun else "",
        "you committed to it" if step.committed else "",
        "completes a stack" if step.completes else "",
    )
    return tuple(tag for tag in said if tag)


def left_words(left: float) -> str:
    """Return how much of a requirement is open."""
    if left <= 0:
        return "closed"
    return "all open" if left >= 1 else f"{share_words(left)} open"


def change_words(closure: Closure) -> str:
    """Return before and after: "all open → 20% open"."""
    return f"{left_words(closure.before)} → {left_words(closure.after)}"


def closure_notes(closure: Closure) -> tuple[str, ...]:
    """Return what a reader should know of a closure: level, detours, doubts."""
    said = []
    if closure.level:
        said.append(f"level {closure.level}")
    if closure.kind is not CoverageKind.SAME:
        path = " → ".join(step.label for step in closure.path)
        said.append(f"{closure.kind.value}: {path}" if path else closure.kind.value)
    if closure.origin is AwardOrigin.PROPOSED:
        said.append(f"read from the offer's words, {share_words(closure.confidence)} sure")
    if not closure.counted:
        said.append("another step closes at least as much")
    return tuple(said)


def closure_words(closure: Closure) -> str:
    """Return one line on what a step does for a requirement."""
    notes = "".join(f"; {note}" for note in closure_notes(closure))
    necessity = NECESSITY_NAMES[closure.necessity]
    return f"{closure.label} ({necessity}): {change_words(closure)}{notes}"


def open_groups(plan: Plan) -> Iterator[tuple[OpenReason, tuple[OpenGap, ...]]]:
    """Yield what stays open by reason, in the order of ``REASONS``."""
    for reason in REASONS:
        if gaps := tuple(gap for gap in plan.open if gap.reason is reason):
            yield reason, gaps


def filter_words(plan: Plan, effect: FilterEffect) -> str:
    """Return what one filter removed of use here, and what could be closed without it."""
    useful = len(effect.offers)
    if not useful:
        return f"{plural(effect.removed, 'offer')} left out, of no use here"
    count = f", {useful} of use here" if useful < effect.removed else ""
    said = f"{plural(effect.removed, 'offer')} left out{count}: {offers_words(plan, effect.offers)}"
    them = "them" if effect.filter == TOGETHER else "it"
    lost = f"; without {them} one could close {', '.join(effect.lost)}" if effect.lost else ""
    return f"{said}{lost}"


def filter_name(effect: FilterEffect) -> str:
    """Return a filter in words, with its option: "Other currencies (--rate)"."""
    words = FILTER_NAMES.get(effect.filter)
    return effect.filter.capitalize() if words is None else f"{words} ({effect.filter})"


def alternative_rows(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Return plan and alternatives as rows: aim, credentials, cost, weeks, end, share."""
    rows = [_totals_row("this plan", plan)]
    rows += [_totals_row(AIMS[other.aim], other) for other in plan.alternatives]
    return tuple(rows)


ALTERNATIVE_HEAD = ("", "credentials", "cost", "weeks", "ends", "closes")


def _totals_row(name: str, one: Plan | Alternative) -> tuple[str, ...]:
    totals = one.totals
    return (
        name,
        str(totals.credentials),
        amount_words(totals.cost) + (f" + {totals.unpriced} unstated" if totals.unpriced else ""),
        weeks_words(totals.weeks).split()[0],
        day_words(one.ends) if one.ends else "",
        share_words(totals.closed),
    )


def other_steps(plan: Plan, other: Alternative) -> tuple[tuple[PlanStep, bool], ...]:
    """Return the steps of an alternative, each with whether the plan has it, too."""
    mine = {step.offer for step in plan.steps}
    return tuple((step, step.offer in mine) for step in other.steps)


def other_words(plan: Plan, other: Alternative) -> str:
    """Return the steps of an alternative in one line, and whether a better one may exist."""
    named = ", ".join(
        f"“{step.name}”" + ("" if shared else " (instead)")
        for step, shared in other_steps(plan, other)
    )
    early = "" if other.proven else "; the search ended early, and a better one may exist"
    return f"{AIMS[other.aim]}: {named}{early}"


def passed_words(step: PlanStep) -> tuple[str, ...]:
    """Return what was passed over, one line each."""
    return tuple(f"{passed.name}: {passed.why}" for passed in step.instead_of)


def enrolment(step: PlanStep) -> date | None:
    """Return the last day to enrol, where it can matter: a day after the step is no deadline."""
    return step.enrol_by if step.enrol_by and step.enrol_by <= step.ends else None


def price_words(plan: Plan, step: PlanStep) -> str:
    """Return what a step costs; what was begun is paid for already."""
    begun = step.offer in {one.offer for one in plan.request.under_way}
    return (
        "paid already" if begun and not (step.cost and step.cost.minor) else money_words(step.cost)
    )
