"""What every view of a plan says first: the answer in one sentence, and what it rests on."""

from __future__ import annotations

from collections import Counter
from datetime import date

from skillmatch.model.plan import Plan
from skillmatch.report.amounts import (
    amount_words,
    day_words,
    length_words,
    number_words,
    share_words,
)
from skillmatch.report.plain import plural
from skillmatch.report.plan.wording import AIMS, REASONS, offers_words
from skillmatch.report.summary import ICONS, STATES
from skillmatch.text.language_names import language_words


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
    parts = [f"plan of {_at(plan)}"]
    if plan.catalogue:
        parts.append(f"{plan.catalogue}, {plural(plan.considered, 'offer')} considered")
    for goal in plan.goals:
        # The address of an occupation tells a reader less than its name.
        named = goal.title if goal.title and "://" in goal.source else goal.source
        parts.append(f"{named} (weighs {goal.weight:g})" if goal.weight != 1 else named)
    return tuple(parts)


def _at(plan: Plan) -> str:
    try:
        return day_words(date.fromisoformat(plan.at[:10]))
    except ValueError:
        return plan.at


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
        ("in ", tuple(map(language_words, asked.languages))),
        ("at ", asked.places),
        ("with ", asked.access),
        ("with a ", asked.devices),
    )
    said += [f"{lead}{', '.join(values)}" for lead, values in named if values]
    if asked.online_only:
        said.append("online only")
    if asked.without:
        said.append(f"without {offers_words(plan, asked.without)}")
    if asked.prove:
        said.append("proving what is only claimed counts")
    said += [f"1 {one} = {rate:g} {plan.totals.cost.currency}" for one, rate in asked.rates]
    return (*said, f"of equal plans the {AIMS[asked.prefer]}")


def states_words(plan: Plan) -> str:
    """Return how many requirements are in each state, now and with the plan."""
    parts = []
    for state in STATES:
        now = sum(change.before is state for change in plan.changes)
        then = sum(change.after is state for change in plan.changes)
        if now or then:
            parts.append(f"{ICONS[state]} {state.value} {now} → {then}")
    return ", ".join(parts)


def _prices(count: int) -> str:
    return "price" if count == 1 else "prices"


def _stay(count: int) -> str:
    return "stays" if count == 1 else "stay"
