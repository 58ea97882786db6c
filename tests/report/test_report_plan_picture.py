"""The plan as one picture: valid, self-contained, and nothing written over its edge."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from skillmatch.model.plan import Plan
from skillmatch.report.canvas import MARGIN, WIDTH, lines_of
from skillmatch.report.plan import render_plan
from tests.report.plan_samples import PLAN, long_plan
from tests.report.test_report_plan_html import EMPTY, SLY, sly_plan

SVG = "{http://www.w3.org/2000/svg}"
PLANS = {"sample": PLAN, "empty": EMPTY, "long": long_plan(15, 73), "sly": sly_plan()}


def own_texts(root: Element) -> list[Element]:
    """Return the texts that stand in pixels of the picture, not in percent of a timeline."""
    return [one for one in root if one.tag == f"{SVG}text"]


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_the_picture_of_a_plan_is_valid_and_loads_nothing(plan: Plan) -> None:
    """It stands in a README, where nothing may be fetched or run."""
    text = render_plan(plan, "svg")

    root = fromstring(text)

    assert root.tag == f"{SVG}svg"
    assert not re.search(r"href|url\(|@import|<script|<image|foreignObject", text)


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_no_words_leave_the_picture(plan: Plan) -> None:
    """Fonts differ, so that widths are estimated on the safe side; 0.5 em is what most need."""
    for text in own_texts(fromstring(render_plan(plan, "svg"))):
        x, size = float(text.attrib["x"]), float(text.attrib["font-size"])
        assert x + 0.5 * size * len(text.text or "") <= WIDTH - MARGIN + 24, text.text


def test_the_picture_tells_what_it_shows_to_those_who_cannot_see_it() -> None:
    """Its title and description are the headline of the plan."""
    root = fromstring(render_plan(PLAN, "svg"))

    title, description = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
    assert title == "Plan: Warehouse operative, night shift and Stock clerk"
    assert description is not None
    assert description.startswith("6 credentials close 64% of your gap")


def test_markup_in_the_picture_stays_text() -> None:
    """A name of an offer is drawn, never run."""
    root = fromstring(render_plan(sly_plan(), "svg"))

    assert SLY in (root.findtext(f"{SVG}title") or "")


def test_what_the_picture_leaves_out_is_counted() -> None:
    """A cut list that looks whole would mislead."""
    many = replace(PLAN, changes=PLAN.changes * 3)

    assert "and 25 more" in render_plan(many, "svg")
    assert "and 2 more" in render_plan(PLAN, "svg")


def test_lines_are_cut_only_after_the_last_one() -> None:
    """Words wrap first; an ellipsis says that something is missing."""
    text = "Handling dangerous goods in ports and depots"

    assert lines_of(text, 14, most=3) == ["Handling dangerous goods", "in ports and depots"]
    assert lines_of(text, 8, most=2) == ["Handling", "dangerous goo…"]
    assert lines_of("", 8, most=2) == [""]
