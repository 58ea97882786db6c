"""Sets of offers that together cover what an occupation needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from skillmatch.gap.ports import Hierarchy
from skillmatch.model.concept import ConceptUri
from skillmatch.model.demand import StackOffer, StackSuggestion
from skillmatch.model.offer import Condition, Need, NeedKind, Offer
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
                asks=step.check,
            )
            for step in plan.steps
        ),
        cost=plan.totals.cost if plan.steps else None,
        unpriced=plan.totals.unpriced,
        uncovered=tuple(one.label for one in plan.open if one.left >= 1 - DONE),
        proven=plan.optimality.proven,
    )


def reachable(offers: Sequence[Offer], hierarchy: Hierarchy) -> tuple[Offer, ...]:
    """Return the offers with the skills that none of them awards as plain entry conditions.

    Whoever begins a stack brings something: that a course asks for Git, which nobody teaches here,
    is to be said and must not rule it out.

    Args:
        offers: All that a stack may be made of.
        hierarchy: A skill counts as awarded where something narrower is.
    """
    awarded = {award.uri for offer in offers for award in offer.awards}
    awarded |= {broader for uri in awarded for broader in hierarchy.broader(uri)}

    def named(need: Need) -> Need:
        uri = ConceptUri(need.ref)
        if need.kind is not NeedKind.SKILL or uri in awarded:
            return need
        return replace(need, kind=NeedKind.OTHER, text=need.text or hierarchy.pref_label(uri))

    def opened(condition: Condition) -> Condition:
        return replace(
            condition,
            needs=tuple(map(named, condition.needs)),
            conditions=tuple(map(opened, condition.conditions)),
        )

    return tuple(
        replace(one, requires=opened(one.requires), parts=opened(one.parts)) for one in offers
    )
