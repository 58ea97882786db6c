"""Sets of offers that together cover what an occupation needs."""

from __future__ import annotations

from skillmatch.model.demand import StackOffer, StackSuggestion
from skillmatch.model.plan import Plan, Preference

DONE = 1e-6
"""What may be left of a skill that counts as covered: rounding only."""


def stack_of(plan: Plan, prefer: Preference) -> StackSuggestion:
    """Return a plan for somebody with nothing as a set of offers, in the order to take them.

    Args:
        plan: Towards one occupation's essential skills.
        prefer: What decided between sets that close equally much.
    """
    left = {one.uri: one.left for one in plan.open}
    partly = sum(left_of < 1 - DONE for left_of in left.values())
    goal = plan.goals[0]
    return StackSuggestion(
        occupation=goal.source,
        title=goal.title,
        prefer=prefer,
        essential=len(plan.changes),
        covered=len(plan.changes) - len(left),
        partly=partly,
        offers=tuple(
            StackOffer(
                offer=step.offer,
                name=step.name,
                provider=step.provider,
                cost=step.cost,
                covers=tuple(sorted(one.label for one in step.closes if one.counted)),
                why=step.why,
            )
            for step in plan.steps
        ),
        cost=plan.totals.cost if plan.steps else None,
        unpriced=plan.totals.unpriced,
        uncovered=tuple(one.label for one in plan.open if one.left >= 1 - DONE),
        proven=plan.optimality.proven,
    )
