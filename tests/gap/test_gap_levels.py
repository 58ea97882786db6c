"""Words for levels become steps of one scale."""

from __future__ import annotations

import pytest

from skillmatch.gap.levels import level_value


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
