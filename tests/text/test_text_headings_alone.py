"""Headings that nothing sets apart from the sentences around them."""

from __future__ import annotations

import pytest

from skillmatch.text.headings import is_only_a_heading


@pytest.mark.parametrize(
    "text",
    ["Responsibilities", "What you'll do", "Key duties:", "What you'll be working on.. .", "TASKS"],
)
def test_words_that_only_announce_are_a_heading(text: str) -> None:
    """Scraped postings run headings into the text, and "Responsibilities" asks for no skill."""
    assert is_only_a_heading(text)


@pytest.mark.parametrize(
    "text",
    ["Communication skills", "Responsible for stock", "Plan tasks", "What you'll do is plan menus"],
)
def test_words_that_say_what_is_asked_are_none(text: str) -> None:
    """A short duty must not be taken for the heading of others."""
    assert not is_only_a_heading(text)
