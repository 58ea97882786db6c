"""What an earner can do, cut out of descriptions and criteria as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.achievement import (
    Achievement,
    OutcomeStatement,
    ResultDescription,
    RubricLevel,
    StatementKind,
)
from skillmatch.text.outcomes import MAX_CHARS, MAX_STATEMENTS, outcome_statements
from tests.watchdog import no_hang


def criteria(text: str) -> list[str]:
    """Return the statements of criteria."""
    said = outcome_statements(Achievement(criteria=text, pointer="/a"))
    assert all(text[one.start : one.end] == one.text for one in said)
    return [one.text for one in said]


def test_markdown_lists_give_an_item_each() -> None:
    """Marks, emphasis, headings, rules and announcements are no part of what is said."""
    text = (
        "# Criteria\n\nThe learner can:\n- **Count** stock\n* report losses;\n1. Plan.\n---\n"
        "> - Pack"
    )

    assert criteria(text) == ["Count** stock", "report losses", "Plan.", "Pack"]


def test_paragraphs_give_a_sentence_each() -> None:
    """Abbreviations end no sentence, and a wrapped line goes on."""
    text = (
        "Uses tools, e.g. Git, in a team of at least three other\npeople. Reviews code! "
        "Explains it."
    )

    assert criteria(text) == [
        "Uses tools, e.g. Git, in a team of at least three other\npeople.",
        "Reviews code!",
        "Explains it.",
    ]


def test_short_lines_are_statements_of_their_own() -> None:
    """Many criteria are lists without marks."""
    assert criteria("Counts stock\nReports losses\nPlans orders") == [
        "Counts stock",
        "Reports losses",
        "Plans orders",
    ]


def test_an_item_may_go_on_in_the_next_line() -> None:
    """Markdown wraps items by indenting them."""
    assert criteria(
        "- Counts stock with a hand scanner every week\n  and reports losses\n- Packs"
    ) == [
        "Counts stock with a hand scanner every week\n  and reports losses",
        "Packs",
    ]


def test_every_part_of_an_achievement_is_told_by_kind_and_place() -> None:
    """In the order in which a person reads them."""
    level = RubricLevel(id="l", name="Able", description="Scans alone.", pointer="/a/r/0/l/0")
    bare = RubricLevel(id="m", name="Master", pointer="/a/r/0/l/1")
    achievement = Achievement(
        name="Stock",
        description="Keeps stock.",
        tags=("scanner", "42"),
        result_descriptions=(
            ResultDescription(name="Test", rubric_levels=(level, bare), pointer="/a/r/0"),
        ),
        pointer="/a",
        elsewhere=(("/a/tag/0", "/a/tags/0"),),
    )

    found = [(one.kind, one.pointer, one.text) for one in outcome_statements(achievement)]

    assert found == [
        (StatementKind.NAME, "/a/name", "Stock"),
        (StatementKind.DESCRIPTION, "/a/description", "Keeps stock."),
        (StatementKind.RESULT, "/a/r/0/name", "Test"),
        (StatementKind.RUBRIC_LEVEL, "/a/r/0/l/0/description", "Scans alone."),
        (StatementKind.RUBRIC_LEVEL, "/a/r/0/l/1/name", "Master"),
        (StatementKind.TAG, "/a/tags/0", "scanner"),
    ]


@pytest.mark.parametrize("text", ["A. " * 1_000_000, "- do\n" * 500_000, ">" * 3_000_000])
def test_texts_that_are_no_outcomes_cost_no_time(text: str) -> None:
    """A badge may hold megabytes of anything."""
    with no_hang():
        said = outcome_statements(Achievement(criteria=text, tags=("x",) * 100_000))

    assert len(said) <= MAX_STATEMENTS
    assert max(one.end for one in said) <= MAX_CHARS


@given(st.text(alphabet='ab .!?:;-*#>\n1)"“”é', max_size=80))
def test_statements_are_pieces_of_the_text_in_order(text: str) -> None:
    """A proposal marks its words in the badge; they must be there, once."""
    said = outcome_statements(Achievement(description=text, pointer=""))

    end = 0
    for one in said:
        assert isinstance(one, OutcomeStatement)
        assert one.start >= end
        assert text[one.start : one.end] == one.text == one.text.strip()
        end = one.end
