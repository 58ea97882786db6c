"""The plan in a terminal and as JSON: whole, legible at every width, and never silent."""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UsageError
from skillmatch.model.plan import Goal, OpenReason, Optimality, Plan, PlanStep
from skillmatch.report.plan import PLAN_FORMATS, plan_schema, read_plan, render_plan
from skillmatch.report.plan.wording import work_words
from tests.golden_files import GOLDEN, assert_golden
from tests.report.plan_samples import PLAN, STEPS, eur, long_plan

SUFFIX = {"text": "txt", "json": "json", "markdown": "md", "html": "html", "svg": "svg"}
EMPTY = replace(PLAN, steps=(), ends=None, alternatives=(), curve=())


def said(plan: Plan) -> str:
    """Return the text of a plan on one line."""
    return " ".join(render_plan(plan, "text").split())


@pytest.mark.parametrize("format_", [one for one in PLAN_FORMATS if one in SUFFIX])
def test_the_sample_plan_reads_as_its_golden_file(format_: str) -> None:
    """A change of a view is seen by a person before it is seen by learners."""
    assert_golden(GOLDEN / f"plan.{SUFFIX[format_]}", render_plan(PLAN, format_))


def test_the_sample_plan_leaves_gaps_open_for_every_reason() -> None:
    """A golden file that lacks a reason guards less than it seems to."""
    assert {gap.reason for gap in PLAN.open} == set(OpenReason)


@pytest.mark.parametrize("format_", PLAN_FORMATS)
def test_a_plan_is_the_same_bytes_each_time(format_: str) -> None:
    """Plans are kept, compared and committed."""
    assert render_plan(PLAN, format_) == render_plan(PLAN, format_)


def test_a_format_that_does_not_exist_is_refused_by_name() -> None:
    """The message lists what there is."""
    with pytest.raises(UsageError, match=r"no format 'pdf'; there are text, json"):
        render_plan(PLAN, "pdf")


def test_json_of_a_plan_reads_back_as_the_plan() -> None:
    """JSON is the whole plan, and a roadmap begins from it."""
    assert read_plan(render_plan(PLAN, "json")) == PLAN


def test_json_of_a_plan_has_the_shape_that_was_promised() -> None:
    """Steps, their cost and their dates stand where other programs look for them."""
    value = json.loads(render_plan(PLAN, "json"))

    first = value["steps"][1]
    assert (first["offer"], first["cost"]) == (
        "kranich:stock",
        {"amount": 49.5, "currency": "EUR"},
    )
    assert (first["starts"], first["ends"]) == ("2026-11-02", "2026-11-29")
    assert first["closes"][0]["label"] == "operate barcode scanners"
    assert {"open", "alternatives", "curve"} <= set(value)


def test_json_of_a_plan_follows_its_schema() -> None:
    """What the documentation promises is what comes out."""
    import jsonschema

    jsonschema.validate(json.loads(render_plan(PLAN, "json")), plan_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"steps": []}, plan_schema())


@given(width=st.integers(0, 140))
def test_no_line_of_a_plan_is_wider_than_the_terminal(width: int) -> None:
    """Tables that do not fit become sentences; below 40 columns the plan is 40 wide."""
    lines = render_plan(PLAN, "text", width=width).splitlines()

    assert max(map(len, lines)) <= max(40, width)
    assert not any(line != line.rstrip() for line in lines)


def test_colours_of_a_plan_say_nothing_of_their_own() -> None:
    """A piped plan holds no escape codes, and without them nothing is lost."""
    plain = render_plan(PLAN, "text")
    coloured = render_plan(PLAN, "text", colour=True)

    assert "\x1b" not in plain
    assert "\x1b" in coloured
    bare = re.sub(r"\x1b\[\d+m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_the_headline_says_gain_time_cost_end_and_proof() -> None:
    """One sentence answers what a learner asks first."""
    assert (
        "6 credentials close 64% of your gap in 15 weeks for 619.50 EUR and 1 unstated price, "
        "done by 14 Feb 2027; no plan within your limits closes more."
    ) in said(PLAN)


def test_a_plan_that_is_not_proven_best_says_how_much_better_one_could_be() -> None:
    """A learner may let it search for longer."""
    unsure = replace(PLAN, optimality=Optimality(proven=False, closed=3.2, bound=4.0))

    assert "the search ended early: no plan within your limits closes more than 80%" in said(unsure)


def test_a_plan_whose_cost_alone_is_unsettled_says_so() -> None:
    """Its gain is known to be the most; only cheaper or shorter was not settled."""
    unsure = replace(PLAN, optimality=Optimality(proven=False, closed=3.2, bound=3.2))

    assert "closes more, but one may cost or take less" in said(unsure)


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        (replace(EMPTY, goals=()), "There is no goal"),
        (replace(EMPTY, goals=(Goal(source="x"),), open=()), "No skill is asked for"),
        (replace(EMPTY, open=()), "Nothing is open: what you can show covers all"),
        (replace(EMPTY, considered=0), "there is no offer to choose from, and 8 skills stay open"),
        (EMPTY, "of 58 offers none closes anything that is open within your limits"),
    ],
    ids=["no goal", "nothing asked", "nothing open", "no offer", "nothing fits"],
)
def test_a_plan_without_steps_says_why(plan: Plan, reason: str) -> None:
    """No step must never look like nothing to do."""
    assert reason in said(plan)
    assert "0 credentials" not in said(plan)


def test_what_was_set_is_told_so_that_a_reader_can_change_it() -> None:
    """A filter that one forgot explains a poor plan."""
    request = replace(
        PLAN.request, without=("elbe:stock",), prove=True, rates=(("GBP", 1.17),), online_only=True
    )

    text = said(replace(PLAN, request=request))

    assert "online only · without “Stock keeping in person”" in text
    assert "proving what is only claimed counts · 1 GBP = 1.17 EUR" in text


def test_an_alternative_that_is_not_proven_best_says_so() -> None:
    """Only the first of the two was searched to the end."""
    text = said(PLAN)

    assert text.count("the search ended early, and a better one may exist") == 1
    assert "(instead), “Forklift licence, counterbalance trucks”; the search ended early" in text


def test_what_no_provider_prices_is_never_called_free() -> None:
    """Free and unknown are two things."""
    unpriced = replace(STEPS[0], cost=None)
    totals = replace(PLAN.totals, credentials=1, cost=eur(0), unpriced=1)

    text = said(replace(PLAN, steps=(unpriced,), totals=totals))

    assert "costs price not stated" in text
    assert "for a price that no provider states" in text


def test_fifteen_steps_with_long_names_are_all_told() -> None:
    """A plan of three years is long, not cut."""
    text = said(long_plan(15, 73))

    assert all(f"Advanced certificate number {number} in" in text for number in range(1, 16))


@pytest.mark.parametrize("kind", [Plan, PlanStep])
def test_every_key_of_a_plan_is_explained(kind: type) -> None:
    """Whoever reads the JSON should not have to read the program."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "json.md").read_text(encoding="utf-8")

    section = page.split("## A plan")[1]

    assert {key.name for key in fields(kind) if f"`{key.name}`" not in section} == set()


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "ics"])
def test_way_place_and_language_of_a_step_stand_in_every_view(format_: str) -> None:
    """Who cannot travel or does not speak German has to see it before they enrol."""
    said = render_plan(PLAN, format_, width=200).replace("\r\n ", "").replace("\\,", ",")

    assert "in person or blended, Hall 4, Hamburg · in German" in said
    assert "online · in English, German (de-AT) or tlh" in said


def test_a_step_of_less_than_a_week_states_its_hours_alone() -> None:
    """Six hours a week says nothing of what takes four hours on one day."""
    short = replace(STEPS[0], hours=4, hours_per_week=6, ends=STEPS[0].starts)

    assert work_words(short) == "4 h in all"
    assert work_words(STEPS[0]) == "8 h in all, 4 h a week"
