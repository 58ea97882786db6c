"""Really different plans: what each gives up, and what it may not."""

from __future__ import annotations

from skillmatch.model.plan import Preference
from skillmatch.model.requirement import Necessity
from tests.pathway.plan_cases import World, asks, offer


def test_a_budget_beyond_all_numbers_is_no_limit() -> None:
    """Who types too many noughts still gets a plan."""
    world = World(asked=[asks("a")], offers=[offer("a", "a", 10)])

    assert world.plan(max_cost=1e18).taken == ["a"]


def test_a_completed_stack_makes_up_for_nothing_that_an_alternative_leaves_open() -> None:
    """Four fifths of what the plan closes are four fifths of the skills, whatever is completed."""
    offers = [
        offer("course", "a"),
        offer("stack", "", 0, None, parts="course", self_paced=None),
        offer("dear", "b", 90),
    ]
    world = World(asked=[asks("a"), asks("b", Necessity.NICE)], offers=offers)

    planned = world.plan()

    assert planned.closed == 1.3
    others = planned.planner.alternatives(planned.draft)
    assert [(one.aim, one.totals.closed) for one in others] == [(Preference.FEWEST, 1.0)]
