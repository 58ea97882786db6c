"""Offers under several names, and the search for near sets behind it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.offer import CatalogueFinding, CatalogueRule, CatalogueSeverity, Money, Offer
from skillmatch.pathway.catalogue.near_sets import Groups, jaccard, near_pairs
from tests.pathway.catalogue_samples import all_of, award, found, offer

ERROR, WARNING, NOTE = CatalogueSeverity
SAME = (award("lift"), award("stack"))


def duplicates(*offers: Offer) -> list[CatalogueFinding]:
    """Return what is told of duplicates."""
    return found(*offers, rule=CatalogueRule.DUPLICATE)


def test_one_provider_with_one_name_twice_is_a_warning() -> None:
    """A plan could take both, and pay twice."""
    (one,) = duplicates(offer("a", name="Food Hygiene"), offer("b", name="food  hygiene"))

    assert (one.severity, one.offers) == (WARNING, ("a", "b"))


def test_one_course_in_two_towns_is_a_note_that_says_so() -> None:
    """Variants are no fault."""
    (one,) = duplicates(
        offer("a", name="Food Hygiene", place="Malmö"),
        offer("b", name="Food Hygiene", place="Lund"),
    )

    assert one.severity is NOTE
    assert "differ in place" in one.message


def test_two_providers_with_one_name_and_other_skills_are_two_offers() -> None:
    """“Introduction” says nothing."""
    assert duplicates(offer("a", name="Basics"), offer("b", name="Basics", provider="Fjord")) == []


@pytest.mark.parametrize("other", ["b", "Truck Driving"])
def test_what_a_source_calls_the_same_is_told_once(other: str) -> None:
    """By id or by name, and also where both name each other."""
    (one,) = duplicates(
        offer("a", name="Forklift", same_as=(other,)),
        offer("b", name="Truck Driving", same_as=("a",)),
    )

    assert (one.severity, one.offers) == (WARNING, ("a", "b"))


def test_what_is_the_same_in_every_way_is_told_once() -> None:
    """Declared, repeated and near at once is still one thing to mend."""
    twin = offer("b", name="Safe Manual Handling", awards=SAME, same_as=("a",))

    (one,) = duplicates(offer("a", name="Safe Manual Handling", awards=SAME), twin)

    assert "the source says" in one.message


def test_near_duplicates_of_two_providers_are_a_note_with_what_differs() -> None:
    """The choice is the learner's, by price and length."""
    (one,) = duplicates(
        offer("a", name="Safe Manual Handling", awards=SAME),
        offer(
            "b",
            name="Manual Handling, Safe",
            awards=SAME,
            provider="Fjord",
            cost=Money(amount=99.5, currency="EUR"),
            hours=None,
            weeks=2.0,
        ),
    )

    assert (one.severity, one.offers) == (NOTE, ("a", "b"))
    assert "“Safe Manual Handling” by Northgate (10 EUR, 5 hours)" in one.message
    assert "“Manual Handling, Safe” by Fjord (99.5 EUR, 2 weeks)" in one.message


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "Warehouse Basics"},
        {"awards": (award("lift"),)},
        {"awards": (award("lift", level_value=2.0), award("stack"))},
        {"requires": all_of("a")},
        {"counts_towards": ("a",)},
    ],
)
def test_other_names_skills_levels_and_steps_of_one_path_are_no_duplicates(
    fields: dict[str, Any],
) -> None:
    """A course and the certificate that it leads to are often called the same."""
    other = {"name": "Manual Handling Safe", "awards": SAME, "provider": "Fjord", **fields}

    assert (
        duplicates(offer("a", name="Safe Manual Handling", awards=SAME), offer("b", **other)) == []
    )


def test_near_equal_words_under_other_names_are_found() -> None:
    """A copy is given another name before it is given another text."""
    words = "Lift loads without harm, plan the way, use trolleys and ask for help in time"
    (one,) = duplicates(
        offer("a", name="Strong Back", awards=SAME, description=words),
        offer("b", name="Carry On", awards=SAME, outcomes=(words + " daily",), provider="Fjord"),
    )

    assert one.offers == ("a", "b")


def test_many_offers_of_one_name_are_one_finding() -> None:
    """A thousand schools teach first aid; nobody reads half a million pairs."""
    offers = [offer(f"{n:04}", name="First Aid", awards=SAME, provider=f"P{n}") for n in range(300)]

    (one,) = duplicates(*offers)

    assert len(one.offers) == 300
    assert "and 296 more" in one.message


WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=6)


@given(sets=st.lists(WORDS, max_size=25), least=st.sampled_from([0.2, 0.5, 0.51, 0.6, 0.75, 1.0]))
def test_near_pairs_are_those_of_comparing_all(sets: list[frozenset[str]], least: float) -> None:
    """The short cut loses none and adds none."""
    by_hand = [
        (left, right)
        for right in range(len(sets))
        for left in range(right)
        if jaccard(sets[left], sets[right]) >= least
    ]

    found = list(near_pairs(sets, least))

    assert sorted(found) == sorted(by_hand)


@given(sets=st.lists(WORDS, max_size=25), most=st.integers(1, 3))
def test_a_bound_on_comparing_only_loses_pairs(sets: list[frozenset[str]], most: int) -> None:
    """What is told is true either way, and comes in the same order again."""
    bounded = list(near_pairs(sets, 0.5, most=most))

    assert set(bounded) <= set(near_pairs(sets, 0.5))
    assert len(bounded) <= 2 * most * sum(map(len, sets))
    assert bounded == list(near_pairs(sets, 0.5, most=most))


@given(pairs=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20))
def test_groups_are_what_can_be_walked(pairs: list[tuple[int, int]]) -> None:
    """Joined by a chain is joined."""
    groups = Groups(12)
    reached = {place: {place} for place in range(12)}
    for left, right in pairs:
        groups.join(left, right)
        whole = reached[left] | reached[right]
        for place in whole:
            reached[place] = whole

    by_hand = sorted({tuple(sorted(one)) for one in reached.values() if len(one) > 1})

    assert [tuple(one) for one in groups.several()] == by_hand
