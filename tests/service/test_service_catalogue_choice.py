"""Finding offers in a catalogue, and telling why one is not among them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    Award,
    AwardOrigin,
    Catalogue,
    Delivery,
    Money,
    Offer,
    OfferSkill,
)
from skillmatch.readers.offers import write_catalogue
from skillmatch.service.catalogue_choice import (
    Wanted,
    choose_offers,
    get_offer,
    list_catalogues,
    skill_counts,
    skills_called,
)
from skillmatch.service.catalogue_names import CataloguePlaces
from skillmatch.service.matcher import Matcher
from tests.mini_engine import uri

SQL = Award(uri=ConceptUri("x:sql"), label="query databases")
GIT = Award(uri=ConceptUri("x:git"), label="Git", origin=AwardOrigin.PROPOSED)
OFFERS = (
    Offer(
        id="a",
        name="Tables",
        provider="Open Fjord Learning",
        awards=(SQL,),
        cost=Money(amount=120, currency="EUR"),
        languages=("en-GB",),
        delivery=(Delivery.ONLINE, Delivery.IN_PERSON),
    ),
    Offer(
        id="b",
        name="Branches",
        provider="Northgate",
        provider_id="https://northgate.example",
        awards=(GIT,),
        cost=Money(amount=120, currency="USD"),
        delivery=(Delivery.BLENDED,),
    ),
    Offer(
        id="c", name="Steering", provider="Northgate", skills=(OfferSkill(name="Steer"),),
        same_as=("old-c",), languages=("sv",),
    ),
    Offer(id="d", name="Nothing", cost=Money(amount=0, currency="SEK"), languages=("en",)),
)  # fmt: skip
CATALOGUE = Catalogue(name="sample", offers=OFFERS, frameworks=("esco-0.1",))


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({}, "abcd"),
        ({"skills": (SQL.uri,)}, "a"),
        ({"words": "git"}, "b"),
        ({"words": "steer"}, "c"),
        ({"provider": "fjord learning"}, "a"),
        ({"provider": "fjo"}, ""),
        ({"provider": "https://northgate.example"}, "b"),
        ({"online": True}, "a"),
        ({"most": 120.0}, "abd"),
        ({"most": 119.0}, "d"),
        ({"most": 120.0, "currency": "USD"}, "bd"),
        ({"language": "en"}, "ad"),
        ({"language": "en-GB"}, "a"),
        ({"language": "sv", "provider": "northgate"}, "c"),
    ],
)
def test_only_offers_that_say_that_they_fit_are_chosen(fields: dict[str, Any], ids: str) -> None:
    """Silence is no promise."""
    assert "".join(one.id for one in choose_offers(CATALOGUE, Wanted(**fields)).offers) == ids


def test_offers_that_do_not_say_whether_they_fit_are_counted() -> None:
    """The one that would have been right may be among them."""
    assert choose_offers(CATALOGUE, Wanted(most=500.0)).unpriced == 1
    assert choose_offers(CATALOGUE, Wanted(language="de")).unspoken == 1


def test_a_skill_may_be_called_by_any_of_its_labels(mini_matcher: Matcher) -> None:
    """A URI names one concept, a name that nothing has none."""
    assert skills_called(mini_matcher, "SQL")[0] == (uri("query-databases"),)
    assert skills_called(mini_matcher, uri("java")) == ((uri("java"),), "")
    assert skills_called(mini_matcher, "zzqx") == ((), "zzqx")


@pytest.mark.parametrize("asked", ["c", "old-c", "STEERING"])
def test_an_offer_is_found_by_id_other_id_and_name(asked: str) -> None:
    """People know names, files know ids."""
    assert get_offer([CATALOGUE], asked)[1].id == "c"


def test_an_offer_that_is_several_or_none_says_what_to_type() -> None:
    """Never the first that comes."""
    twin = Catalogue(name="other", offers=(Offer(id="z", name="Tables"),))

    with pytest.raises(UsageError, match="a in sample, z in other"):
        get_offer([CATALOGUE, twin], "Tables")
    with pytest.raises(NotFoundError, match="near to it are Branches"):
        get_offer([CATALOGUE], "Brunches")


def test_imported_catalogues_are_listed_with_what_they_hold(tmp_path: Path) -> None:
    """One that was damaged is told, and hides no other."""
    write_catalogue(CATALOGUE, tmp_path / "good.json")
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")

    bad, good = list_catalogues(CataloguePlaces(tmp_path))

    assert (bad.name, bad.offers) == ("bad", 0)
    assert bad.fault
    assert (good.name, good.offers, good.fault) == ("good", 4, "")
    assert good.skills == skill_counts(CATALOGUE)
    assert (good.skills.stated, good.skills.proposed, good.skills.none) == (1, 1, 2)
