"""Every view of the sample, as golden files and line by line where it matters."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UsageError
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapResult, GapState
from skillmatch.model.requirement import Checklist
from skillmatch.report import FORMATS, Format, link_line, render
from skillmatch.report.json_report import SCHEMAS, gap_schema, link_schema, read_gap, schema_text
from skillmatch.report.link_lines import failed_line
from tests.golden_files import GOLDEN, assert_golden
from tests.report.report_samples import CHECKLIST, POSTING, sample_result

SCHEMA_FOLDER = Path(__file__).resolve().parents[2] / "docs" / "schema"
SUFFIX = {"text": "txt", "json": "json", "markdown": "md", "html": "html", "svg": "svg"}


@pytest.mark.parametrize("format_", FORMATS)
def test_the_sample_reads_as_its_golden_file(format_: Format) -> None:
    """A change of a report is seen by a person before it is seen by users."""
    text = render(sample_result(), format_, posting_text=POSTING)

    assert_golden(GOLDEN / f"gap.{SUFFIX[format_]}", text)


def test_the_sample_shows_every_state() -> None:
    """A golden file that lacks a state guards less than it seems to."""
    assert {gap.state for gap in sample_result().gaps} == set(GapState)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_view_is_the_same_bytes_each_time(format_: Format) -> None:
    """Reports are compared, cached and committed."""
    first, second = (render(sample_result(), format_, posting_text=POSTING) for _ in range(2))

    assert first == second


def test_an_unknown_format_is_refused_by_name() -> None:
    """The message lists what there is."""
    with pytest.raises(UsageError, match="text, json, markdown, html, svg"):
        render(sample_result(), "pdf")  # type: ignore[arg-type]  # what a caller without mypy does


@given(width=st.integers(0, 140))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Long labels wrap; below 40 columns the report is 40 wide."""
    lines = render(sample_result(), "text", width=width).splitlines()

    assert max(map(len, lines)) <= max(40, width)
    assert not any(line != line.rstrip() for line in lines)


def test_colour_is_off_unless_asked_for_and_says_nothing_of_its_own() -> None:
    """A piped report holds no escape codes, and without them nothing is lost."""
    plain = render(sample_result(), "text")
    coloured = render(sample_result(), "text", colour=True)

    assert "\x1b" not in plain
    assert "\x1b" in coloured
    bare = re.sub(r"\x1b\[\d+m", "", coloured)
    assert [line.rstrip() for line in bare.splitlines()] == plain.splitlines()


def test_the_most_urgent_gap_comes_first_and_gates_stand_apart() -> None:
    """What a reader sees first is what matters most."""
    text = render(sample_result(), "text")

    order = [
        "WHERE TO START",
        "MISSING (4)",
        "PARTLY THERE",
        "CLAIMED",
        "PROVEN (2)",
        "CHECK THESE",
    ]
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert "not a hiring prediction" in text


@pytest.mark.parametrize("format_", ["text", "markdown", "svg", "html"])
def test_a_title_cannot_steer_the_reader_s_screen(format_: Format) -> None:
    """Escape sequences and reading-order marks of a posting are not passed on."""
    sly = replace(CHECKLIST, title="Nurse\x1b[2J\x07 \u202eevil\u2028x")

    text = render(replace(sample_result(), checklist=sly), format_)

    assert not set("\x1b\x07\u202e\u2028") & set(text)


EMPTY = GapResult(schema_version="gap-1", at="2025-06-01", checklist=Checklist(source="x.txt"))


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "svg"])
@pytest.mark.parametrize(
    ("checklist", "reason"),
    [
        (Checklist(source="x.txt"), "The checklist is empty"),
        (Checklist(source="x.txt", units=7), "No requirement was found in the 7 lines"),
        (replace(CHECKLIST, requirements=()), "No skill was recognised"),
        (replace(CHECKLIST, requirements=(), unlinked=()), "all that was read looks like company"),
        (
            replace(CHECKLIST, requirements=(), unlinked=(), dropped=()),
            "No skill is asked for, only conditions",
        ),
    ],
    ids=["empty", "no requirement", "unlinked", "dropped", "gates"],
)
def test_an_empty_result_says_why_it_is_empty(
    format_: Format, checklist: Checklist, reason: str
) -> None:
    """Nothing found must never look like nothing missing."""
    text = render(replace(EMPTY, checklist=checklist), format_)

    assert reason in " ".join(text.split())
    assert "You hold 0" not in text


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_what_nobody_asked_for_is_named_and_only_explained_if_refused(format_: Format) -> None:
    """A wallet shows more than a job asks for; each reason there would bury what matters."""
    spare = sample_result().unused[0]
    kept = replace(spare, label="rowing", assurance=Assurance.DOCUMENTED, reason="no proof at all")
    refused = replace(spare, label="diving", assurance=Assurance.INVALID, reason="it has expired")

    text = " ".join(render(replace(sample_result(), unused=(kept, refused)), format_).split())

    assert "rowing" in text
    assert "no proof at all" not in text
    assert "it has expired" in text


def test_json_reads_back_as_the_result_it_came_from() -> None:
    """JSON is the whole result, not a summary of it."""
    result = sample_result()

    text = render(result, "json")

    assert read_gap(text) == result
    assert json.loads(text) == json.loads(text, object_pairs_hook=lambda pairs: dict(sorted(pairs)))
    assert list(json.loads(text)) == sorted(json.loads(text))


def test_json_follows_the_schema_that_is_published() -> None:
    """What the documentation promises is what comes out."""
    import jsonschema

    jsonschema.validate(json.loads(render(sample_result(), "json")), gap_schema())
    jsonschema.validate(json.loads(failed_line(None, "no text")), link_schema())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"at": "2025-06-01"}, gap_schema())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_made_from_the_model(name: str) -> None:
    """``python -m evaluation.schemas`` or the golden switch rewrites it."""
    assert_golden(SCHEMA_FOLDER / name, schema_text(name))


def test_link_lines_are_ordered_by_confidence_and_then_by_uri() -> None:
    """A run can be scored only where ties are broken in one way."""
    import jsonschema

    from skillmatch.model.concept import ConceptUri, LabelKind
    from skillmatch.model.link import Link, Why

    mention = CHECKLIST.requirements[0].mentions[0]
    why = Why(label="x", label_kind=LabelKind.ALT, how="exact", similarities={"dense": 0.5})
    links = [
        Link(uri=ConceptUri(name), pref_label=name, mention=mention, confidence=confidence,
             accepted=confidence > 0.6, why=why)
        for name, confidence in (("urn:c", 0.5), ("urn:b", 0.9), ("urn:a", 0.5))
    ]  # fmt: skip

    line = link_line("q7", links)

    value = json.loads(line)
    assert "\n" not in line
    assert value["id"] == "q7"
    assert [row["uri"] for row in value["links"]] == ["urn:b", "urn:a", "urn:c"]
    assert [row["accepted"] for row in value["links"]] == [True, False, False]
    assert set(value["links"][0]) == {"uri", "label", "confidence", "accepted", "span", "why"}
    jsonschema.validate(value, link_schema())


def test_markdown_treats_the_posting_s_words_as_text() -> None:
    """A posting may hold markup, and a table or a link must not come out of it."""
    sly = replace(CHECKLIST, title="# <b>[x](javascript:1)</b> | *a*", source="1. y")

    text = render(replace(sample_result(), checklist=sly), "markdown")

    assert text.startswith(r"# \# \<b\>\[x\](javascript:1)\</b\> \| \*a\*")
