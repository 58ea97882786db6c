"""What every view of a plan says, in the words that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from skillmatch.model.gap import CoverageKind
from skillmatch.model.offer import AwardOrigin
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
from skillmatch.report.amounts import (
    amount_words,
    day_words,
    length_words,
    money_words,
    number_words,
    share_words,
    span_words,
    weeks_words,
)
from skillmatch.report.plain import plural
from skillmatch.report.summary import NECESSITY_NAMES

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

_SHOWN_OFFERS = 4


def title_of(plan: Plan) -> str:
    """Return what the plan works towards; beyond two goals the rest are counted."""
    names = [goal.title or goal.source for goal in plan.goals]
    if not names:
        return "No goal"
    if len(names) > 2:
        return f"{names[0]} and {len(names) - 1} more goals"
    return " and ".join(names)


def about_words(plan: Plan) -> tuple[str, ...]:
    """Return where a plan comes from: day, catalogue, goals by source."""
    parts = [f"plan of {plan.at}"]
    if plan.catalogue:
        parts.append(f"{plan.catalogue}, {plural(plan.considered, 'offer')} considered")
    for goal in plan.goals:
        # The address of an occupation tells a reader less than its name.
        named = goal.title if goal.title and "://" in goal.source else goal.source
        parts.append(f"{named} (weighs {goal.weight:g})" if goal.weight != 1 else named)
    return tuple(parts)


def headline(plan: Plan) -> str:
    """Return the answer in one sentence, or why there is none."""
    if not plan.steps:
        return empty_words(plan)
    totals = plan.totals
    closes = "closes" if totals.credentials == 1 else "close"
    what = (
        f"{plural(totals.credentials, 'credential')} {closes} {share_words(totals.closed)} of your "
        f"gap in {length_words(totals.weeks)} for {cost_words(plan)}"
    )
    ends = f", done by {day_words(plan.ends)}" if plan.ends else ""
    return f"{what}{ends}; {proof_words(plan)}."


def cost_words(plan: Plan) -> str:
    """Return the sum, with what it leaves out."""
    totals = plan.totals
    if totals.unpriced and totals.unpriced == totals.credentials:
        return "a price that no provider states"
    known = amount_words(totals.cost)
    if not totals.unpriced:
        return known if totals.cost.minor else "nothing"
    return f"{known} and {totals.unpriced} unstated {_prices(totals.unpriced)}"


def proof_words(plan: Plan) -> str:
    """Return how sure it is that no plan closes more."""
    best = bound_share(plan)
    if plan.optimality.proven:
        return "no plan within your limits closes more"
    if best is None or best - plan.totals.closed < 0.0005:
        return "no plan within your limits closes more, but one may cost or take less"
    return (
        f"the search ended early: no plan within your limits closes more than {share_words(best)}"
    )


def bound_share(plan: Plan) -> float | None:
    """Return the most that any plan could close, as a share; None where nothing is known."""
    held = plan.optimality
    if plan.totals.closed <= 0 or held.closed <= 0:
        return None
    return min(1.0, max(plan.totals.closed, plan.totals.closed * held.bound / held.closed))


def empty_words(plan: Plan) -> str:
    """Return why a plan has no steps; it is never a clean bill."""
    if not plan.goals:
        return "There is no goal, so there is nothing to plan."
    if not plan.open:
        if not sum(goal.requirements for goal in plan.goals):
            return "No skill is asked for, so there is nothing to plan."
        return "Nothing is open: what you can show covers all that is asked for."
    if not plan.considered:
        return (
            f"No step can be taken: there is no offer to choose from, and "
            f"{plural(len(plan.open), 'skill')} {_stay(len(plan.open))} open."
        )
    counts = Counter(gap.reason for gap in plan.open)
    reasons = "; ".join(
        f"{heading.lower()}: {counts[reason]}"
        for reason, (heading, _) in REASONS.items()
        if counts[reason]
    )
    return (
        f"No step can be taken: of {plural(plan.considered, 'offer')} none closes anything that is "
        f"open within your limits ({reasons})."
    )


def limits_words(plan: Plan) -> tuple[str, ...]:
    """Return the budgets and filters that were set, one line each, as a person says them."""
    asked = plan.request
    said = [f"from {day_words(asked.start)}", f"{number_words(asked.hours_per_week)} hours a week"]
    if asked.by:
        said.append(f"done by {day_words(asked.by)}")
    if asked.max_cost:
        said.append(f"at most {amount_words(asked.max_cost)}")
    named = (
        ("in ", asked.languages),
        ("at ", asked.places),
        ("with ", asked.access),
        ("on ", asked.devices),
    )
    said += [f"{lead}{', '.join(values)}" for lead, values in named if values]
    if asked.online_only:
        said.append("online only")
    return (*said, f"then the {AIMS[asked.prefer]}")


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


def work_words(step: PlanStep) -> str:
    """Return hours in all and a week."""
    weekly = f"{number_words(step.hours_per_week)} h a week"
    return weekly if step.hours is None else f"{number_words(step.hours)} h in all, {weekly}"


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
    """Return what one filter removed, and what nothing else closes now."""
    lost = f"; nothing else closes {', '.join(effect.lost)}" if effect.lost else ""
    named = f": {offers_words(plan, effect.offers)}" if effect.offers else ""
    return f"{plural(effect.removed, 'offer')} left out{named}{lost}"


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


def _prices(count: int) -> str:
    return "price" if count == 1 else "prices"


def _stay(count: int) -> str:
    return "stays" if count == 1 else "stay"
