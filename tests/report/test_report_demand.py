"""Demand in every form."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from skillmatch.model.concept import ConceptUri
from skillmatch.model.demand import (
    Demand,
    DemandExample,
    NearOffer,
    OfferDemand,
    SkillDemand,
    StackOffer,
    StackSuggestion,
    Supply,
    UnaskedOutcome,
    UnreadPosting,
)
from skillmatch.model.gap import CoverageKind
from skillmatch.model.offer import AwardOrigin, Money
from skillmatch.model.plan import Preference
from skillmatch.report.demand import (
    DEMAND_FORMATS,
    TABLES,
    DemandFormat,
    Table,
    render_demand,
)

HOSTILE = "<script>alert(1)</script> | *x* \x1b[31m"
EURO = Money(amount=1200, currency="EUR")


def skill(label: str, supply: Supply, postings: int) -> SkillDemand:
    near = NearOffer(
        offer="n", name="Near Course", award="kin", kind=CoverageKind.SIBLING, coverage=0.3
    )
    return SkillDemand(
        uri=ConceptUri(f"urn:test:{label}"),
        label=label,
        supply=supply,
        postings=postings,
        must=postings,
        should=0,
        nice=0,
        share=postings / 4,
        weight=float(postings),
        closed_by=("c",) if supply is Supply.CLOSED else (),
        partly_by=(near,) if supply is Supply.PARTLY else (),
        examples=(DemandExample(source="a.txt", title="A", words=f"must {label}"),),
    )


def demand() -> Demand:
    """Return one of everything, with a hostile name."""
    stack = StackSuggestion(
        occupation="urn:test:cook",
        title="cook",
        prefer=Preference.FEWEST,
        essential=3,
        covered=1,
        partly=1,
        offers=(
            StackOffer(
                offer="c",
                name="Closing Course",
                provider="P",
                cost=EURO,
                covers=("baking",),
                why="",
            ),
        ),
        cost=EURO,
        unpriced=1,
        uncovered=("fishing",),
        proven=False,
    )
    return Demand(
        at="2026-11-22",
        catalogue="offers",
        postings=4,
        skills=(
            skill("baking", Supply.CLOSED, 4),
            skill("pastry", Supply.PARTLY, 2),
            skill(HOSTILE, Supply.OPEN, 1),
        ),
        offers=(
            OfferDemand(
                offer="c",
                name="Closing Course",
                provider="P",
                cost=EURO,
                postings=4,
                share=1.0,
                weight=4.0,
                skills=("baking",),
                alone=("baking",),
            ),
            OfferDemand(
                offer="idle", name="Idle", provider="", cost=None, postings=0, share=0, weight=0
            ),
        ),
        unasked=(
            UnaskedOutcome(
                uri=ConceptUri("urn:test:sewing"),
                label="=HYPERLINK(1)",
                offers=("idle",),
                origin=AwardOrigin.STATED,
            ),
        ),
        stacks=(stack,),
        unread=(UnreadPosting(source="b.txt", reason="it is empty"),),
        notes=("1 posting has the same words as one before",),
        attribution=("Data by somebody.",),
    )


@pytest.mark.parametrize("view", DEMAND_FORMATS)
def test_every_form_is_the_same_each_time_and_carries_no_live_markup(view: DemandFormat) -> None:
    """Names of skills and offers come from files that anybody may have written."""
    made = render_demand(demand(), view)

    assert made == render_demand(demand(), view)
    assert "\x1b" not in made
    assert view not in {"html", "svg"} or "<script" not in made


@pytest.mark.parametrize("view", ["text", "markdown", "html"])
def test_a_provider_reads_everything_that_was_found(view: DemandFormat) -> None:
    """What is asked for without an offer, what is near, what nobody asks for, what was left out."""
    plain = " ".join(render_demand(demand(), view).replace("\\", "").split())

    assert "4 postings ask for 3 skills" in plain
    for words in (
        "Near Course awards “kin” (sibling, 30%)",
        "must pastry",
        "Closing Course",
        "1,200 EUR",
        "b.txt",
        "fishing",
        "a better set may exist",
        "Data by somebody.",
        "the same words as one before",
    ):
        assert words in plain


def test_nothing_is_not_shown_as_demand() -> None:
    """A report without postings says so instead of showing empty lists."""
    empty = Demand(at="2026-11-22", catalogue="offers", postings=0)

    assert "No posting was counted" in render_demand(empty, "text")
    assert "No posting was counted" in render_demand(empty, "html")


@pytest.mark.parametrize("view", ["text", "markdown", "html"])
def test_stacks_alone_speak_of_no_postings(view: DemandFormat) -> None:
    """Who asked for an occupation alone gave no postings that could be "the ones you gave"."""
    alone = replace(demand(), postings=0, skills=(), offers=(), unasked=(), unread=())

    shown = render_demand(alone, view)

    assert "Suggested stacks out of the catalogue" in shown
    assert "These postings" not in shown
    assert "What postings ask for" not in shown
    assert "These postings" in render_demand(demand(), view)


def test_long_lists_are_cut_and_counted() -> None:
    """A terminal shows what matters most and says where the rest is."""
    many = replace(
        demand(), skills=tuple(skill(f"s{place}", Supply.OPEN, 1) for place in range(20))
    )

    said = render_demand(many, "text", top=5)

    assert "s4" in said
    assert "s5" not in said
    assert "… and 15 more: --format csv --table skills, or --json" in " ".join(said.split())


@pytest.mark.parametrize("table", TABLES)
def test_a_spreadsheet_finds_no_formula_in_any_cell(table: Table) -> None:
    """A cell that begins with = would be run by whoever opens the file."""
    made = list(csv.reader(render_demand(demand(), "csv", table=table).splitlines()))

    assert len(made) >= 2
    assert {len(row) for row in made} == {len(made[0])}
    assert not [cell for row in made[1:] for cell in row if cell.startswith(("=", "+", "@"))]


def test_the_chart_is_a_picture_of_its_own_with_marks_of_different_shapes() -> None:
    """Colour alone would say nothing to one man in twelve."""
    root = ET.fromstring(render_demand(demand(), "svg"))  # noqa: S314 - our own picture

    marks = [one for one in root.iter() if one.tag.endswith("title")]

    assert {"closed", "partly closed", "no offer"} <= {one.text for one in marks}
    assert not [one for one in root.iter() if one.tag.endswith(("image", "script", "use"))]


def test_json_holds_what_the_schema_says() -> None:
    """Programs read it."""
    made = json.loads(render_demand(demand(), "json"))

    assert made["schema_version"] == "demand-1"
    assert [one["supply"] for one in made["skills"]] == ["closed", "partly closed", "no offer"]
