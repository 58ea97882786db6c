"""Which offers wait for each other, against walking every way by hand."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.offer import Condition, Offer
from skillmatch.pathway.catalogue.reach import References, knots, shortest_cycle, waiting
from tests.pathway.catalogue_samples import all_of, at_least, catalogue, offer

IDS = "abcdef"


@st.composite
def tangles(draw: st.DrawFn) -> list[Offer]:
    """Draw six offers that need each other in all ways, up to two deep."""

    def condition(depth: int) -> Condition:
        refs = draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True))
        inner = [condition(depth - 1) for _ in range(draw(st.integers(0, depth)))]
        return at_least(draw(st.integers(0, len(refs) + len(inner))), *refs, *inner)

    return [offer(one, requires=condition(1)) for one in IDS]


@given(offers=tangles())
def test_what_waits_for_ever_is_what_no_order_of_taking_reaches(offers: list[Offer]) -> None:
    """The largest set that can be taken one after the other, tried round after round."""

    def met(condition: Condition, held: set[str]) -> bool:
        count = sum(one.ref in held for one in condition.needs)
        count += sum(met(one, held) for one in condition.conditions)
        return condition.empty or count >= condition.least

    held: set[str] = set()
    for _round, one in product(IDS, offers):
        if met(one.requires, held):
            held.add(one.id)

    assert waiting(References.of(catalogue(*offers))) == set(IDS) - held


EDGES = st.fixed_dictionaries(
    {one: st.lists(st.sampled_from(IDS), max_size=3, unique=True) for one in IDS}
)


@given(edges=EDGES)
def test_knots_are_the_nodes_that_lead_to_each_other(edges: dict[str, list[str]]) -> None:
    """Each group against reaching everything from everywhere."""
    reach = {one: set(edges[one]) for one in IDS}
    for _round, one in product(IDS, IDS):
        reach[one] |= {far for near in reach[one] for far in reach[near]}
    by_hand = {
        tuple(sorted(other for other in IDS if other in reach[one] and one in reach[other]))
        for one in IDS
        if one in reach[one]
    }

    found = list(knots(edges))

    assert set(found) == by_hand
    assert len(found) == len(by_hand)


@given(edges=EDGES)
def test_the_cycle_that_is_shown_is_one_and_none_is_shorter(edges: dict[str, list[str]]) -> None:
    """A message with a way that does not exist sends people looking."""
    for start in (group[0] for group in knots(edges)):
        way = shortest_cycle(start, edges)

        assert way[0] == start
        assert all(b in edges[a] for a, b in zip(way, (*way[1:], start), strict=True))
        shorter = range(1, len(way))
        assert not any(
            all(b in edges[a] for a, b in zip((start, *mid), (*mid, start), strict=True))
            for length in shorter
            for mid in product(IDS, repeat=length - 1)
        )


def test_a_thousand_offers_in_a_row_and_in_a_ring_are_no_strain() -> None:
    """No recursion: a chain may be as long as a catalogue."""
    ids = [f"{n:05}" for n in range(3000)]
    row = [offer(a, requires=all_of(b)) for a, b in pairwise(ids)]

    assert waiting(References.of(catalogue(*row, offer(ids[-1])))) == frozenset()
    ring = References.of(catalogue(*row, offer(ids[-1], requires=all_of(ids[0]))))
    assert len(waiting(ring)) == 3000
    assert [len(one) for one in knots({one: ring.needed(ring.offers[one]) for one in ids})] == [
        3000
    ]
