"""Demand: what postings ask for beside what offers award."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from skillmatch.gap.coverage import Coverer
from skillmatch.model.demand import SkillDemand, Supply
from skillmatch.model.gap import CoverageKind
from skillmatch.model.offer import Award, AwardOrigin, Offer
from skillmatch.model.requirement import Checklist, Necessity, Requirement
from skillmatch.pathway.demand import (
    Market,
    gather,
    market,
    offer_demand,
    skill_demand,
    unasked_outcomes,
)
from tests.gap.gap_worlds import World, ask, uri

KITCHEN = World(
    parents={"pastry": ("baking",), "bread": ("baking",), "baking": ()},
)


def posting(name: str, *asked: Requirement) -> Checklist:
    return Checklist(source=name, title=name.title(), requirements=asked)


def offer(id_: str, *skills: str, proposed: float | None = None) -> Offer:
    origin = AwardOrigin.STATED if proposed is None else AwardOrigin.PROPOSED
    return Offer(
        id=id_,
        name=f"Course {id_}",
        awards=tuple(
            Award(uri=uri(one), label=one, origin=origin, confidence=proposed or 1.0)
            for one in skills
        ),
    )


def beside(*offers: Offer, postings: tuple[Checklist, ...]) -> Market:
    coverer = Coverer(KITCHEN, KITCHEN)
    return market(gather(postings), offers, coverer, min_confidence=0.5)


def by_label(found: Market, postings: int) -> dict[str, SkillDemand]:
    return {one.label: one for one in skill_demand(found, postings=postings)}


def test_skills_are_counted_by_posting_with_the_strongest_wording() -> None:
    """A posting that says a skill twice is still one employer."""
    once = posting("a", ask("bread", necessity=Necessity.NICE), ask("bread"))
    again = posting("b", ask("bread", necessity=Necessity.SHOULD), ask("pastry"))

    found = by_label(beside(postings=(once, again)), 2)

    assert (found["bread"].postings, found["bread"].must, found["bread"].should) == (2, 1, 1)
    assert found["bread"].nice == 0
    assert found["bread"].weight == 1.6
    assert (found["bread"].share, found["pastry"].share) == (1.0, 0.5)


def test_an_offer_of_something_narrower_closes_what_is_asked_for() -> None:
    """Coverage is the gap's own: who can make pastry can bake, but not the other way round."""
    asked = (posting("a", ask("baking"), ask("pastry"), ask("accounting")),)

    found = by_label(beside(offer("1", "pastry"), offer("2", "bread"), postings=asked), 1)

    assert found["baking"].supply is Supply.CLOSED
    assert found["baking"].closed_by == ("1", "2")
    assert found["pastry"].closed_by == ("1",)
    assert found["accounting"].supply is Supply.OPEN


def test_a_skill_that_is_only_partly_served_names_the_nearest_offers() -> None:
    """A provider wants to know which course could be widened instead of writing a new one."""
    asked = (posting("a", ask("pastry")),)

    found = by_label(beside(offer("1", "bread"), offer("2", "baking"), postings=asked), 1)

    assert found["pastry"].supply is Supply.PARTLY
    assert [(one.offer, one.kind) for one in found["pastry"].partly_by] == [
        ("2", CoverageKind.BROADER),
        ("1", CoverageKind.SIBLING),
    ]


def test_a_choice_of_skills_is_closed_by_any_one_of_them() -> None:
    """“AWS or Azure” is one thing to ask for."""
    choice = ask("aws", label="aws or azure", alternatives=(uri("azure"),))

    found = by_label(beside(offer("1", "azure"), postings=(posting("a", choice, ask("aws")),)), 1)

    assert found["aws or azure"].closed_by == ("1",)
    assert found["aws"].supply is Supply.OPEN


def test_a_choice_and_one_of_its_skills_keep_their_own_offers() -> None:
    """They share a URI, and what closes the one must not be shown for the other."""
    choice = ask("aws", label="aws or azure", alternatives=(uri("azure"),))
    found = beside(offer("1", "azure"), postings=(posting("a", choice, ask("aws")),))

    (wanted,) = offer_demand(found, skill_demand(found, postings=1), postings=1)

    assert wanted.skills == ("aws or azure",)
    assert wanted.alone == ("aws or azure",)


def test_offers_are_ordered_by_who_asks_for_them() -> None:
    """Postings first, then how much they need it; what nobody asks for comes last."""
    postings = (posting("a", ask("bread")), posting("b", ask("bread"), ask("pastry")))
    found = beside(
        offer("idle", "sewing"), offer("one", "pastry"), offer("two", "bread"), postings=postings
    )

    wanted = offer_demand(found, skill_demand(found, postings=2), postings=2)

    assert [(one.offer, one.postings) for one in wanted] == [("two", 2), ("one", 1), ("idle", 0)]
    assert wanted[1].alone == ("pastry",)


def test_an_outcome_that_nobody_asks_for_says_what_comes_near() -> None:
    """Sewing is far from everything; bread is a sibling of the pastry that is asked for."""
    found = beside(
        offer("1", "sewing"), offer("2", "bread", "pastry"), postings=(posting("a", ask("pastry")),)
    )

    unasked = unasked_outcomes(found)

    assert [(one.label, one.near, one.coverage) for one in unasked] == [
        ("bread", "pastry", 0.3),
        ("sewing", "", 0.0),
    ]


def test_a_skill_that_was_proposed_without_confidence_closes_nothing() -> None:
    """A guess about a course must not hide a gap in what is taught."""
    asked = (posting("a", ask("pastry")),)

    found = by_label(beside(offer("1", "pastry", proposed=0.4), postings=asked), 1)

    assert found["pastry"].supply is Supply.OPEN


NAMES = ("bread", "pastry", "baking", "sewing")


@given(
    asked=st.lists(st.lists(st.sampled_from(NAMES), max_size=4, unique=True), max_size=4),
    taught=st.lists(st.lists(st.sampled_from(NAMES), max_size=3, unique=True), max_size=4),
    seed=st.randoms(use_true_random=False),
)
def test_the_order_of_postings_and_offers_changes_no_number(
    asked: list[list[str]], taught: list[list[str]], seed: Random
) -> None:
    """Only the choice of examples follows the order of the postings."""
    postings = [posting(str(place), *map(ask, names)) for place, names in enumerate(asked)]
    offers = [offer(str(place), *names) for place, names in enumerate(taught)]

    def figures(found: Market) -> object:
        skills = skill_demand(found, postings=len(postings))
        return (
            [(one.uri, one.weight, one.closed_by, one.partly_by) for one in skills],
            offer_demand(found, skills, postings=len(postings)),
            unasked_outcomes(found),
        )

    before = figures(beside(*offers, postings=tuple(postings)))
    seed.shuffle(postings)
    seed.shuffle(offers)

    assert figures(beside(*offers, postings=tuple(postings))) == before
