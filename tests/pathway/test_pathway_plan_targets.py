"""Gaps of several goals as one list of targets."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.requirement import Necessity
from skillmatch.pathway.planning.conditions import FREE, NEVER, Tree, holds, joined, needed, within
from skillmatch.pathway.planning.targets import PROOF, shares
from tests.pathway.plan_cases import asks, goals, shows


def test_one_skill_of_two_goals_is_one_target_with_the_mean_priority() -> None:
    """What half of the goals ask for counts half; the stricter necessity is shown."""
    both = goals([[asks("a"), asks("b")], [asks("a", Necessity.NICE)]])

    priorities = {one.label: one.priority for one in both}
    assert priorities == {"a": pytest.approx((1 + 0.3) / 2), "b": pytest.approx(0.5)}
    assert next(one for one in both if one.label == "a").necessity is Necessity.MUST


def test_weights_move_a_target_towards_the_goal_that_counts_more() -> None:
    """Three parts of four."""
    both = goals([[asks("a")], [asks("b")]], weights=[3, 1])

    assert {one.label: one.priority for one in both} == {"a": 0.75, "b": 0.25}
    assert [one.label for one in both] == ["a", "b"]


def test_a_folded_skill_joins_goals_but_never_two_lines_of_one_goal() -> None:
    """Two lines of a posting stay two lines in its plan."""
    folded = replace(asks("a"), folded=(ConceptUri("b"),))

    assert len(goals([[folded], [asks("b")]])) == 1
    assert len(goals([[folded, asks("b")]])) == 2


def test_what_is_held_is_left_out_and_a_claim_counts_a_quarter_with_proving() -> None:
    """The rest that a narrower skill leaves is no gap to close."""
    (target,) = goals([[asks("a")]], [shows("a")])

    assert target.before(prove=False) == 0
    assert target.before(prove=True) == PROOF


@pytest.mark.parametrize("weights", [[], [0.0], [-1.0, 2.0], [math.nan], [math.inf]])
def test_weights_that_count_nothing_are_refused(weights: list[float]) -> None:
    """There is no mean without a weight."""
    with pytest.raises(UsageError, match="weights of goals"):
        shares(weights)


TREES = st.recursive(
    st.builds(lambda one: Tree(least=1, offers=(one,)), st.sampled_from("abcd")),
    lambda inner: st.builds(
        lambda least, parts: Tree(least=least, trees=tuple(parts)),
        st.integers(0, 4),
        st.lists(inner, max_size=4),
    ),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(tree=TREES, done=st.sets(st.sampled_from("abcd")), gone=st.sets(st.sampled_from("abcd")))
def test_a_tree_without_what_is_gone_holds_by_the_rest_exactly_as_before(
    tree: Tree, done: set[str], gone: set[str]
) -> None:
    """Simplifying a condition never changes what it asks for."""
    rest = done - gone
    left = within(tree, set("abcd") - gone)

    assert holds(left, rest) == holds(tree, rest)
    if holds(tree, rest):
        kept = needed(left, rest)
        assert holds(left, kept)
        assert not any(holds(left, set(kept) - {one}) for one in kept)


def test_joining_is_free_or_never_where_nothing_is_left_to_choose() -> None:
    """The solver is asked only where there is a choice."""
    one = Tree(least=1, offers=("a",))

    assert joined(1, [FREE, one]) == FREE
    assert joined(2, [FREE, one]) == one
    assert joined(2, [NEVER, one]) == NEVER
    assert joined(0, []) == FREE
