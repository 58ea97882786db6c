"""Catalogues as text: whole, counted, and safe on a terminal."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from skillmatch.model.catalogue import CatalogueCheck, ImportReport, SkillCounts
from skillmatch.model.concept import ConceptUri
from skillmatch.model.offer import (
    Award,
    AwardOrigin,
    Catalogue,
    CatalogueFinding,
    CatalogueRule,
    CatalogueSeverity,
    Condition,
    Money,
    Need,
    NeedKind,
    Offer,
    OfferSkill,
    Signal,
    SignalKind,
    UnreadOffer,
)
from skillmatch.report.catalogue import (
    OfferPage,
    check_text,
    import_text,
    leads_to,
    offer_text,
    offers_text,
)
from skillmatch.report.catalogue.wording import next_start, offer_length

DAY = date(2026, 11, 1)


def check(count: int, rule: CatalogueRule = CatalogueRule.MISSING_COST) -> CatalogueCheck:
    """Return a check with findings of one rule."""
    findings = tuple(
        CatalogueFinding(
            rule=rule,
            severity=CatalogueSeverity.WARNING,
            offers=(f"o{n}",),
            place=f"offers.csv row {n}",
            message=f"“Offer {n}” does not say what it costs",
            mend="give the cost",
        )
        for n in range(count)
    )
    return CatalogueCheck(catalogue="sample", at="2026-11-01", offers=20, findings=findings)


def test_findings_are_counted_and_cut_with_the_number_of_the_rest() -> None:
    """Five thousand offers without a price are one fact."""
    text = check_text(check(12))

    assert "sample: 20 offers on 2026-11-01; 0 errors, 12 warnings, 0 notes" in text
    assert "! cost not said (12)" in text
    assert "Offer 9”" in text
    assert "Offer 10”" not in text
    assert "and 2 more; --all" in text
    assert text.count("mend: give the cost") == 1
    assert "Offer 11”" in check_text(check(12), full=True)


def test_a_long_place_stands_unbroken_on_a_line_of_its_own() -> None:
    """So that it can be copied."""
    place = "a/" * 60 + "offers.csv row 3"
    (one,) = check(1).findings
    long = CatalogueFinding(
        rule=one.rule, severity=one.severity, offers=(), place=place, message="x", mend="y"
    )
    found = CatalogueCheck(catalogue="s", at="", offers=1, findings=(long,))

    assert f"    at {place}" in check_text(found).splitlines()


def test_colour_only_adds_to_what_signs_say() -> None:
    """Not everybody sees it."""
    plain, coloured = check_text(check(1)), check_text(check(1), colour=True)

    assert "\x1b[" in coloured
    for code in ("\x1b[0m", "\x1b[1m", "\x1b[33m"):
        coloured = coloured.replace(code, "")
    assert coloured == plain


def test_nothing_of_a_source_steers_the_terminal() -> None:
    """Names come from files that anybody may have made."""
    bad = "\x1b[2Jx\u202e"
    offer = Offer(
        id=bad, name=bad, provider=bad, description=bad, outcomes=(bad,), cost_note=bad,
        skills=(OfferSkill(name=bad),), requires=Condition(
            least=1, text=bad, needs=(Need(kind=NeedKind.OTHER, text=bad),)
        ), signals=(Signal(kind=SignalKind.REVIEWS, value=bad),), source=bad, pointer=bad,
    )  # fmt: skip
    catalogue = Catalogue(name=bad, offers=(offer,))
    report = ImportReport(
        name="x", path="y", offers=1, skills=SkillCounts(), notes=(bad,),
        unread=(UnreadOffer(source=bad, pointer=bad, reason=bad),),
    )  # fmt: skip

    texts = (
        offer_text(OfferPage(catalogue=catalogue, offer=offer, unknown=offer.skills)),
        offers_text((offer,), at=DAY, width=80, colour=False),
        import_text(report, width=80),
    )

    for text in texts:
        assert "\x1b" not in text
        assert "\u202e" not in text


def test_the_page_shows_a_condition_as_a_tree_with_what_each_leaf_means() -> None:
    """The reader sees what is checked and what is left to them."""
    inner = Condition(
        least=2,
        needs=(
            Need(kind=NeedKind.SKILL, ref="x:sql", text="databases", level="basic"),
            Need(kind=NeedKind.OTHER, text="a driving licence"),
        ),
        conditions=(Condition(least=1, needs=(Need(kind=NeedKind.OFFER, ref="gone"),)),),
    )
    offer = Offer(
        id="b",
        name="Boats",
        requires=Condition(
            least=2, needs=(Need(kind=NeedKind.OFFER, ref="a"),), conditions=(inner,)
        ),
        awards=(
            Award(
                uri=ConceptUri("x:go"), label="Go", origin=AwardOrigin.PROPOSED,
                confidence=0.634, words="goes", level="advanced",
            ),
        ),
    )  # fmt: skip
    page = OfferPage(
        catalogue=Catalogue(name="sample", offers=(Offer(id="a", name="Anchors"), offer)),
        offer=offer,
        label=lambda uri: "SQL" if uri == "x:sql" else uri,
    )

    text = offer_text(page)

    block = text.split("BEFORE IT BEGINS\n")[1].split("\n\n")[0]
    assert block.splitlines() == [
        "  - all of",
        "    - Anchors (a)",
        "    - 2 of 3",
        "      - skill: SQL, basic",
        "      - a driving licence (for you to check)",
        "      - gone (not in this catalogue)",
    ]
    assert "Go, advanced: proposed with 63% from “goes”" in text
    assert "  costs         not stated\n  length        not stated\n" in text


def test_a_condition_around_one_thing_is_that_thing_with_all_that_is_said() -> None:
    """Nobody has to be told that all of one are asked for."""
    course = Condition(
        least=1, needs=(Need(kind=NeedKind.OFFER, ref="a"),), text="at the language house"
    )
    ways = Condition(
        least=1, needs=(Need(kind=NeedKind.OTHER, text="grade B"),), conditions=(course,)
    )
    english = Condition(least=1, conditions=(ways,), text="English in one of two ways")
    offer = Offer(id="b", name="Boats", requires=Condition(least=1, conditions=(english,)))
    catalogue = Catalogue(name="sample", offers=(Offer(id="a", name="Anchors"), offer))

    text = offer_text(OfferPage(catalogue=catalogue, offer=offer))

    assert text.split("BEFORE IT BEGINS\n")[1].split("\n\n")[0].splitlines() == [
        "  - one of: English in one of two ways",
        "    - grade B (for you to check)",
        "    - Anchors (a): at the language house",
    ]


def test_an_offer_leads_to_what_asks_for_it_and_what_it_counts_towards() -> None:
    """Both sides may say so."""
    leaf = Condition(least=1, needs=(Need(kind=NeedKind.OFFER, ref="a"),))
    part = Offer(id="a", name="A", counts_towards=("s", "t"))
    catalogue = Catalogue(
        name="sample",
        offers=(
            part,
            Offer(id="b", name="B", requires=Condition(least=1, conditions=(leaf,))),
            Offer(id="s", name="S", parts=leaf),
        ),
    )

    assert leads_to(catalogue, part) == (
        ("b", "asks for it"),
        ("s", "is made of it"),
        ("t", "it counts towards this"),
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"self_paced": True}, "any day"),
        ({"self_paced": True, "available_from": date(2026, 12, 1)}, "any day from 1 Dec 2026"),
        ({"self_paced": True, "available_from": DAY}, "any day"),
        ({"starts": (date(2026, 1, 1), DAY, date(2027, 1, 1))}, "starts 1 Nov 2026"),
        ({"starts": (date(2026, 1, 1),)}, "all starts are past"),
        ({"available_until": date(2026, 10, 31), "self_paced": True}, "closed since 31 Oct 2026"),
        ({}, "start not stated"),
    ],
)
def test_the_next_start_is_told_or_why_there_is_none(fields: dict[str, Any], words: str) -> None:
    """The first thing that a learner with a free spring asks."""
    assert next_start(Offer(id="a", name="A", **fields), DAY) == words


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"hours": 60.0, "weeks": 10.0}, "60 hours over 10 weeks"),
        ({"hours": 1.0}, "1 hour"),
        ({"weeks": 1.0}, "1 week"),
        ({}, "length not stated"),
    ],
)
def test_a_length_is_told_as_far_as_it_is_known(fields: dict[str, Any], words: str) -> None:
    """Hours are not made of weeks."""
    assert offer_length(Offer(id="a", name="A", **fields)) == words


def test_an_import_names_what_was_left_out_up_to_a_screen() -> None:
    """A folder of ten thousand pictures says so in one line more."""
    unread = tuple(UnreadOffer(source=f"{n}.png", pointer="", reason="no") for n in range(25))
    report = ImportReport(
        name="x", path="y", offers=1, skills=SkillCounts(stated=1), replaced=True, new=1, gone=2,
        reviewed=3, unread=unread,
    )  # fmt: skip

    text = import_text(report, width=80)

    assert "Left out (25):" in text
    assert "19.png: no" in text
    assert "20.png" not in text
    assert "and 5 more; --json" in text
    assert "1 new, 2 gone" in text
    assert "reviewed skills kept in 3 offers" in text


def test_a_web_address_as_id_leaves_the_line_to_the_name() -> None:
    """And stands whole below, to be copied."""
    long = "https://registry.example.org/resources/" + "x" * 60
    leaf = Condition(least=1, needs=(Need(kind=NeedKind.OFFER, ref=long),))
    offers = (Offer(id="b", name="B", requires=leaf), Offer(id=long, name="Long"))
    catalogue = Catalogue(name="sample", offers=offers)

    lines = offers_text(offers, at=DAY, width=80, colour=False).splitlines()
    page = offer_text(OfferPage(catalogue=catalogue, offer=offers[0]))
    other = offer_text(OfferPage(catalogue=catalogue, offer=offers[1]))

    assert lines[0] == "b  B"
    assert (lines[2], lines[4]) == ("Long", f"    {long}")
    assert "  - Long\n" in page
    assert "  - B (b): asks for it\n" in other


def test_money_of_an_offer_is_told_as_paid() -> None:
    """Free is a word, not a sum."""
    offers = (
        Offer(id="a", name="A", cost=Money(amount=0, currency="EUR")),
        Offer(id="b", name="B", cost=Money(amount=49.5, currency="SEK")),
    )

    text = offers_text(offers, at=DAY, width=80, colour=False)

    assert "free" in text
    assert "49.50 SEK" in text
