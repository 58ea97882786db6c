"""Words that a unit and a label share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.linking.overlap import overlap, words_of


@pytest.mark.parametrize(
    ("said", "label", "share"),
    [
        ("You manage a team of twelve nurses", "manage teams", 1.0),
        ("You manage a team of twelve nurses", "manage budgets", 0.5),
        ("You plan the rota", "manage budgets", 0.0),
        # "use" and "the" are in every second label and say nothing.
        ("You use the till", "use word processing software", 0.0),
        ("Some Java", "Java (computer programming)", 1.0),
        ("computer programming", "Java (computer programming)", 0.0),
        ("", "manage budgets", 0.0),
        ("anything", "", 0.0),
        ("to be or to use", "use of", 0.0),
    ],
)
def test_the_share_of_a_labels_own_words_that_are_said(said: str, label: str, share: float) -> None:
    """In normal form, so that plural and case do not matter, and without the qualifier."""
    assert overlap(words_of(said), label) == share


@given(said=st.text(), more=st.text(), label=st.text())
def test_to_say_more_never_lowers_it(said: str, more: str, label: str) -> None:
    """A share of the label, not of the text: a long sentence is at no disadvantage."""
    less = overlap(words_of(said), label)

    both = overlap(words_of(said) | words_of(more), label)

    assert 0 <= less <= both <= 1
