"""What every page does with a text."""

from __future__ import annotations

import pytest

from skillmatch.report.pages import options


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "say --hours-per-week 8.",
            'say <span class="option">--hours-per-week</span> 8.',
        ),
        (
            "(--by, --rate)",
            '(<span class="option">--by</span>, <span class="option">--rate</span>)',
        ),
        ("a well-known so--called", "a well-known so--called"),
        (
            "<b>--by</b> \x1b[31m",
            '&lt;b&gt;<span class="option">--by</span>&lt;/b&gt; [31m',
        ),
    ],
)
def test_an_option_stays_in_one_piece_and_all_else_is_escaped(text: str, shown: str) -> None:
    """A phone breaks "--hours-per-week" after its hyphens, and nobody can type two halves."""
    assert options(text) == shown
