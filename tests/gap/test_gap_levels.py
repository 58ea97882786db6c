"""Words for levels become steps of one scale."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.gap.levels import STEP_NAMES, check_level, level_value

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "gap.md"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("basic", 2.0),
        ("Intermediate", 3.0),
        ("upper-intermediate", 4.0),
        ("upper  intermediate", 4.0),
        ("advanced", 5.0),
        ("fluent", 5.0),
        ("expert", 6.0),
        ("English at B2 or better", 4.0),
        ("basic to intermediate", 2.0),
        ("very good", 5.0),
        ("fortgeschrittene Kenntnisse", 5.0),
        ("gute bis sehr gute Kenntnisse", 4.0),
        ("", None),
        ("goodness", None),
        ("ab2c", None),
        ("non-native", None),
    ],
)
def test_level_words_find_their_step(words: str, value: float | None) -> None:
    """Longest words first, whole words only, the lowest of several."""
    assert level_value(words) == value


def test_the_steps_named_in_postings_keep_their_order() -> None:
    """Only the order is claimed, so the order is what must hold."""
    steps = [
        level_value(word) for word in ("beginner", "basic", "B1", "proficient", "C1", "native")
    ]

    assert steps == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


@pytest.mark.parametrize(
    "words", ["", "expert", "fluent", "C1", "basic to intermediate", "verhandlungssicher"]
)
def test_words_that_name_a_level_pass(words: str) -> None:
    """And so does saying nothing."""
    check_level(words)


@pytest.mark.parametrize("words", ["ninja", "goodness", "ninja " * 90])
def test_words_that_name_no_level_are_refused_with_those_that_do(words: str) -> None:
    """Left in silence they would count for nothing, and nobody would know why."""
    with pytest.raises(ValueError, match=words[:5]) as refused:
        check_level(words)

    said = str(refused.value)
    assert "beginner, basic, intermediate, proficient, advanced, expert, and A1 to C2" in said
    assert len(said) < 180


def test_the_words_of_the_manual_stand_on_the_steps_that_it_names() -> None:
    """Who reads there that "gut" is enough for "proficient" must not find otherwise."""
    rows = [
        line.strip("| ").split(" | ")
        for line in MANUAL.read_text(encoding="utf-8").splitlines()
        if line.startswith(tuple(f"| {step}, " for step in range(1, 7)))
    ]

    said = {
        (word, int(step[0]))
        for step, *columns in rows
        for column in columns
        for word in column.split(", ")
    }

    assert len(rows) == len(STEP_NAMES)
    assert {(word, level_value(word)) for word, _ in said} == said
