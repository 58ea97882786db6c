"""The example catalogue holds what its README promises, traps included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from skillmatch.errors import RowError
from skillmatch.model.offer import Catalogue, Condition, Delivery, Need, NeedKind, Offer
from skillmatch.readers.offers import read_catalogue

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOLDER = EXAMPLES / "catalogue"
TODAY = date(2026, 11, 22)
SKILL = re.compile(
    r"http://data\.europa\.eu/esco/skill/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|urn:skillmatch:onet:technology:[0-9A-Za-z.:_-]+"
)
SAYS_NOTHING = {"sw-small-steps", "ch-teach-kitchen", "el-fire-alarms", "wh-accuracy"}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(FOLDER)


@pytest.fixture(scope="module")
def offers(catalogue: Catalogue) -> dict[str, Offer]:
    return {offer.id: offer for offer in catalogue.offers}


def needs(condition: Condition) -> Iterator[Need]:
    yield from condition.needs
    for part in condition.conditions:
        yield from needs(part)


def conditions(condition: Condition) -> Iterator[Condition]:
    yield condition
    for part in condition.conditions:
        yield from conditions(part)


def depth(offer_id: str, offers: dict[str, Offer]) -> int:
    asked = [one.ref for one in needs(offers[offer_id].requires) if one.kind is NeedKind.OFFER]
    return 1 + max((depth(one, offers) for one in asked), default=0)


def named(offers: dict[str, Offer], name: str) -> Offer:
    return next(offer for offer in offers.values() if offer.name == name)


def taught(offer: Offer) -> set[str]:
    return {skill.url for skill in offer.skills}


def test_the_catalogue_reads_whole(catalogue: Catalogue) -> None:
    """Whatever were left out would be missing in every plan that the walk-through shows."""
    formats = {source.format for source in catalogue.sources}

    assert catalogue.unread == ()
    assert len(catalogue.offers) >= 60
    assert len(formats) >= 3


def test_the_readme_counts_the_offers_of_each_file(catalogue: Catalogue) -> None:
    """A number in a table is believed, so it must be right."""
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    told = {name: int(count) for name, count in re.findall(r"\]\(([\w.-]+)\).*\| (\d+) \|", text)}
    lantern = sum(source.path.startswith("open-lantern") for source in catalogue.sources)

    counted = {s.path: s.offers for s in catalogue.sources if not s.path.startswith("open-lantern")}
    # Its pathway is read, too, and becomes the parts of the diploma that it leads to.
    counted["hotel-front-desk.json"] -= 1

    assert counted == {name: told[name] for name in counted}
    assert lantern == told["open-lantern"] + 1
    assert sum(told.values()) == len(catalogue.offers)


def test_every_prerequisite_and_part_is_an_offer_of_the_catalogue(
    offers: dict[str, Offer],
) -> None:
    """What is broken on purpose lies in another folder."""
    asked = {
        one.ref
        for offer in offers.values()
        for condition in (offer.requires, offer.parts)
        for one in needs(condition)
        if one.kind is NeedKind.OFFER
    }
    towards = {stack for offer in offers.values() for stack in offer.counts_towards}

    assert asked | towards <= set(offers)
    assert len(asked) >= 20


def test_every_skill_is_named_by_a_real_identifier(offers: dict[str, Offer]) -> None:
    """Plans must work on a fresh installation, whose frameworks these are."""
    urls = {skill.url for offer in offers.values() for skill in offer.skills}
    urls |= {
        one.ref
        for offer in offers.values()
        for one in needs(offer.requires)
        if one.kind is NeedKind.SKILL
    }

    assert [url for url in urls if not SKILL.fullmatch(url)] == []
    assert len(urls) >= 100


def test_prices_lie_between_free_and_three_thousand(offers: dict[str, Offer]) -> None:
    """Budgets of every size must have something to choose from."""
    prices = [offer.cost for offer in offers.values() if offer.cost is not None]

    assert {price.currency for price in prices} == {"EUR", "USD", "GBP"}
    assert min(price.minor for price in prices) == 0
    assert max(price.minor for price in prices) == 300_000
    assert len(prices) >= len(offers) - 4


def test_nothing_of_it_points_at_a_real_place_on_the_web(offers: dict[str, Offer]) -> None:
    """Schools are invented, and ``example.org`` is reserved for that."""
    hosts = {re.sub(r"^https://([^/]+).*$", r"\1", o.url) for o in offers.values() if o.url}

    assert [host for host in hosts if not host.endswith("example.org")] == []


def test_cheap_badges_share_no_skill_with_the_dear_offer_of_their_trade(
    offers: dict[str, Offer],
) -> None:
    """A cheap badge must tempt and close nothing, the dear offer close nearly all."""
    pairs = [
        (offers["sw-digital-explorer"], offers["sw-bootcamp"]),
        (offers["ch-latte-art"], offers["ch-diploma"]),
        (offers["el-solar-fan"], offers["el-all-in-one"]),
        (offers["nu-aromatherapy"], offers["nu-return-complete"]),
        (named(offers, "A Flower on Every Table"), named(offers, "Grand Hotel Half-Year")),
    ]

    for cheap, dear in pairs:
        assert cheap.cost is not None
        assert dear.cost is not None
        assert cheap.cost.amount <= 15
        assert dear.cost.amount >= 1_450
        assert taught(cheap)
        assert len(taught(dear)) >= 10
        assert not taught(cheap) & taught(dear)


def test_near_duplicates_teach_the_same_under_two_names(offers: dict[str, Offer]) -> None:
    """Nobody needs both, and a plan must not take both."""
    for one, other in (
        ("sw-containers", "sw-developer-containers"),
        ("wh-numbers", "wh-numbers-b"),
    ):
        first, second = offers[one], offers[other]

        assert first.name != second.name
        assert taught(first) == taught(second)
        assert first.outcomes == second.outcomes


def test_a_prerequisite_is_held_under_another_name(offers: dict[str, Offer]) -> None:
    """The wallet proves what the course before teaches; the knife badge is named as the same."""
    wallet = (EXAMPLES / "badges/wallet/python-evening-course.json").read_text(encoding="utf-8")
    knives = (EXAMPLES / "badges/verify/knife-skills.json").read_text(encoding="utf-8")

    assert "sw-python-foundations" in {n.ref for n in needs(offers["sw-django-services"].requires)}
    assert all(url in wallet for url in taught(offers["sw-python-foundations"]))
    assert offers["sw-python-foundations"].name not in wallet
    assert all(name in knives for name in offers["ch-knife-basics"].same_as)


def test_an_offer_has_ended_though_it_would_be_free(offers: dict[str, Offer]) -> None:
    """The best price is of no use when nobody can enrol."""
    over = offers["sw-docker-weekend-2025"]

    assert over.available_until is not None
    assert over.available_until < TODAY
    assert over.cost is not None
    assert over.cost.amount == 0
    assert taught(over) == taught(offers["sw-containers"])


def test_some_offers_say_no_price_no_length_or_no_skill(offers: dict[str, Offer]) -> None:
    """What a source does not say stays unknown; words must be there to propose skills from."""
    without_price = {offer.id for offer in offers.values() if offer.cost is None}
    without_length = {o.id for o in offers.values() if o.hours is None and o.weeks is None}
    without_skill = {offer.id for offer in offers.values() if not offer.skills}

    assert without_price == {"sw-team-craft", "ch-allergens"}
    assert without_length == {"wh-freight-desk"}
    assert without_skill == set(SAYS_NOTHING)
    assert all(offers[one].outcomes for one in SAYS_NOTHING)


def test_prerequisites_go_three_deep_and_know_and_or_and_some_of(offers: dict[str, Offer]) -> None:
    """The shapes that a planner must understand are all there."""
    periodic = offers["el-periodic"].requires
    two_of_three = offers["sw-machine-learning"].requires

    assert depth("el-periodic", offers) == 4
    assert periodic.least == len(periodic.needs) + len(periodic.conditions)
    assert offers["sw-clusters"].requires.least == 1
    assert (two_of_three.least, len(two_of_three.needs)) == (2, 3)
    assert any(n.kind is NeedKind.OTHER for n in needs(offers["el-rules"].requires))


def test_a_way_in_by_skill_stands_beside_those_by_course(offers: dict[str, Offer]) -> None:
    """Who speaks English already must not be sent to a course by the CTDL file."""
    front_office = named(offers, "Front Office Certificate")

    ways = [part for part in conditions(front_office.requires) if part.least == 1]
    kinds = [{one.kind for part in conditions(way) for one in needs(part)} for way in ways]
    assert {NeedKind.SKILL, NeedKind.OFFER} in kinds


def test_stacks_are_made_of_parts_in_every_trade(offers: dict[str, Offer]) -> None:
    """Six trades, six stacks; one with electives that only its pathway tells."""
    stacks = [offer for offer in offers.values() if not offer.parts.empty]
    diploma = named(offers, "Marrowby Front Desk Diploma")

    named_parts = {offers[one.ref].name for one in needs(diploma.parts)}
    assert len(stacks) >= 6
    assert diploma in stacks
    assert "From guest to front desk" in diploma.same_as
    assert named_parts >= {"Front Office Certificate", "Night Audit", "When Things Go Wrong"}
    assert (2, 3) in {(part.least, len(part.needs)) for part in conditions(diploma.parts)}


def test_offers_differ_in_how_and_when_and_where_they_are_taken(offers: dict[str, Offer]) -> None:
    """Filters need something to remove and something to leave."""
    starts = [day for offer in offers.values() for day in offer.starts if day > date(2026, 11, 1)]

    assert {way for offer in offers.values() for way in offer.delivery} == set(Delivery)
    assert {tag for offer in offers.values() for tag in offer.languages} >= {"en", "de", "es"}
    assert min(starts) < date(2026, 12, 31)
    assert max(starts) > date(2027, 11, 30)
    assert sum(offer.valid_months is not None for offer in offers.values()) >= 10
    assert sum(offer.self_paced is True for offer in offers.values()) >= 25


def test_every_fault_of_a_sheet_is_named() -> None:
    """The row and the column of each fault are named, not only those of the first."""
    with pytest.raises(RowError) as told:
        read_catalogue(EXAMPLES / "catalogue-faults" / "cells.csv")

    message = str(told.value)
    assert all(f"row {row}" in message for row in (2, 3, 4, 5, 6))


def test_a_folder_with_a_bad_file_keeps_the_good_ones() -> None:
    """One unreadable sheet must not take the others with it."""
    faulty = read_catalogue(EXAMPLES / "catalogue-faults")

    assert {offer.id for offer in faulty.offers} >= {"xf-sauces", "xf-first", "xf-silent"}
    assert any("cells.csv" in one.source for one in faulty.unread)
