"""Postings fall into units under the right section, with exact offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.text.cues import classify
from skillmatch.text.headings import heading_kind, looks_like_heading
from skillmatch.text.segment import segment

POSTING = """Baker

About us
We bake since 1950.

What you'll do
- knead dough
- clean the oven,
  every day
- keep the books; order flour

Requirements: steady hands, patience

NICE TO HAVE
• French pastry • chocolate work

Our offer
Free bread.
"""


def test_units_carry_the_section_of_the_heading_above() -> None:
    """A learner must see duties and requirements apart from the blurb and the offer."""
    found = [(unit.text.replace("\n", " "), unit.section) for unit in segment(POSTING)]

    assert found == [
        ("Baker", SectionKind.OTHER),
        ("We bake since 1950.", SectionKind.COMPANY),
        ("knead dough", SectionKind.DUTIES),
        ("clean the oven,   every day", SectionKind.DUTIES),
        ("keep the books", SectionKind.DUTIES),
        ("order flour", SectionKind.DUTIES),
        ("steady hands, patience", SectionKind.REQUIREMENTS),
        ("French pastry", SectionKind.PREFERRED),
        ("chocolate work", SectionKind.PREFERRED),
        ("Free bread.", SectionKind.BENEFITS),
    ]


PRINTED = """Front Desk Agent
Full time, seasonal, from April to October
Who we are
Last winter we replaced our boilers with heat pumps and started a project on energy.
What the job is
You check guests in and out and handle
complaints. You will like the role
and the team.
What you bring
Good communication skills
Training provided for those who want to move up
How to apply
Send a CV.
"""


def test_a_printed_page_keeps_its_sections_without_blank_lines() -> None:
    """A browser's PDF has neither marks nor blank lines; duties read as company text are lost."""
    found = [(unit.text.replace("\n", " "), unit.section) for unit in segment(PRINTED)]

    assert found[1:] == [
        ("Full time, seasonal, from April to October", SectionKind.OTHER),
        (
            "Last winter we replaced our boilers with heat pumps and started a project on energy.",
            SectionKind.COMPANY,
        ),
        ("You check guests in and out and handle complaints.", SectionKind.DUTIES),
        ("You will like the role and the team.", SectionKind.DUTIES),
        ("Good communication skills", SectionKind.REQUIREMENTS),
        ("Training provided for those who want to move up", SectionKind.REQUIREMENTS),
        ("Send a CV.", SectionKind.APPLICATION),
    ]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What we're looking for", SectionKind.REQUIREMENTS),
        ("WHO YOU ARE", SectionKind.REQUIREMENTS),
        ("Preferred qualifications", SectionKind.PREFERRED),
        ("It would be good if you had", SectionKind.PREFERRED),
        ("Your tasks", SectionKind.DUTIES),
        ("About the role", SectionKind.DUTIES),
        ("About Brambles Ltd", SectionKind.COMPANY),
        ("What's in it for you?", SectionKind.BENEFITS),
        ("## Equal opportunities", SectionKind.DIVERSITY),
        ("**How to apply**", SectionKind.APPLICATION),
        ("Privacy notice", SectionKind.LEGAL),
    ],
)
def test_headings_are_known_in_many_wordings(heading: str, kind: SectionKind) -> None:
    """Peers miss "What we're looking for" and then report no gap at all."""
    assert looks_like_heading(heading, alone=True)
    assert heading_kind(heading) is kind


def test_abbreviations_do_not_end_a_sentence() -> None:
    """A dot as in "e.g." must not tear the example from its sentence."""
    units = segment("You know a tool, e.g. Excel, very well. You like people.")

    assert [unit.text for unit in units] == [
        "You know a tool, e.g. Excel, very well.",
        "You like people.",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We are an equal opportunity employer.", SectionKind.DIVERSITY),
        ("We offer 30 days of paid leave and a pension.", SectionKind.BENEFITS),
        ("Please send your CV to jobs@example.org.", SectionKind.APPLICATION),
        ("By applying you accept our privacy policy.", SectionKind.LEGAL),
        ("Our hotel was founded in 1911 by two sisters.", SectionKind.COMPANY),
        ("You will plan the shifts of a small team.", SectionKind.DUTIES),
        ("Experience with pastry is required.", SectionKind.REQUIREMENTS),
        ("The sea is near.", SectionKind.OTHER),
    ],
)
def test_a_sentence_without_heading_is_placed_by_its_own_words(
    text: str, kind: SectionKind
) -> None:
    """Prose postings have no headings, and their boilerplate is boilerplate all the same."""
    unit = Unit(text=text, span=Span(start=0, end=len(text)))

    assert classify([unit])[0].section is kind


def test_boilerplate_inside_a_requirements_section_is_still_boilerplate() -> None:
    """The last heading of a posting often stands far above its equal-opportunity text."""
    text = "We hire regardless of age, gender or religion."
    unit = Unit(text=text, span=Span(start=0, end=len(text)), section=SectionKind.REQUIREMENTS)

    assert classify([unit])[0].section is SectionKind.DIVERSITY


@given(st.text(alphabet=st.sampled_from("ab •-\n.:;AB#*1)\t\u00a0é"), max_size=200))
def test_offsets_are_exact_and_units_never_overlap(text: str) -> None:
    """A report highlights units in place, so a wrong offset is a wrong report."""
    units = segment(text)

    assert all(text[unit.span.start : unit.span.end] == unit.text for unit in units)
    assert all(unit.text.strip() for unit in units)
    assert all(a.span.end <= b.span.start for a, b in pairwise(units))
    assert [unit.position for unit in units] == list(range(len(units)))


@pytest.mark.parametrize(
    "line",
    [
        "Experience with Python",
        "Knowledge of SQL",
        "Fluent French skills",
        "3 years in retail, any skills welcome",
        "Docker is a plus",
        "Good command of English",
    ],
)
def test_a_line_that_asks_for_something_is_no_heading(line: str) -> None:
    """Pages and letters set every requirement apart; taken for headings, all would be lost."""
    units = segment(f"Requirements\n\n{line}\n\nYou work in a team.\n")

    assert [(unit.text, unit.section) for unit in units] == [
        (line, SectionKind.REQUIREMENTS),
        ("You work in a team.", SectionKind.REQUIREMENTS),
    ]


@pytest.mark.parametrize(
    "line", ["Good to have", "Your experience", "Skills and experience", "What is essential"]
)
def test_a_line_that_only_announces_is_a_heading(line: str) -> None:
    """The words of a heading and of a requirement are the same; only the object tells."""
    assert looks_like_heading(line, alone=True)
