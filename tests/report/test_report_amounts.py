"""Days, money and shares are written so that nobody reads them differently."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.offer import Money
from skillmatch.report.amounts import (
    amount_words,
    length_words,
    money_words,
    number_words,
    share_words,
    span_words,
    weeks_words,
)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "3 Nov 2026"),
        (date(2026, 11, 3), date(2026, 11, 12), "3 – 12 Nov 2026"),
        (date(2026, 11, 3), date(2026, 12, 12), "3 Nov – 12 Dec 2026"),
        (date(2026, 11, 3), date(2027, 11, 12), "3 Nov 2026 – 12 Nov 2027"),
    ],
)
def test_a_span_says_month_and_year_only_where_they_change(
    first: date, last: date, words: str
) -> None:
    """03/11 is March in one country and November in the next; words are neither."""
    assert span_words(first, last) == words


@pytest.mark.parametrize(
    ("amount", "words"), [(0, "free"), (1240, "1,240 EUR"), (49.5, "49.50 EUR")]
)
def test_money_shows_cents_only_where_there_are_any(amount: float, words: str) -> None:
    """And nothing to pay is a word, not a number."""
    assert money_words(Money(amount=amount, currency="EUR")) == words


def test_a_price_that_is_not_stated_is_not_free() -> None:
    """A sum of 0, on the other hand, is still an amount."""
    assert money_words(None) == "price not stated"
    assert amount_words(Money(amount=0, currency="EUR")) == "0 EUR"


def test_a_week_that_has_begun_counts_and_long_times_become_months() -> None:
    """Nobody thinks in 157 weeks."""
    assert [weeks_words(weeks) for weeks in (0, 0.1, 1, 1.1)] == [
        "1 week",
        "1 week",
        "1 week",
        "2 weeks",
    ]
    assert [length_words(weeks) for weeks in (26, 27, 157)] == ["26 weeks", "7 months", "37 months"]


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (0.001, "under 1%"), (0.005, "under 1%"), (0.999, "over 99%"), (1, "100%")],
)
def test_nearly_nothing_and_nearly_all_do_not_look_like_it(share: float, words: str) -> None:
    """A gap that is left is left."""
    assert share_words(share) == words


@given(share=st.floats(0, 1))
def test_only_all_is_a_hundred_percent_and_only_nothing_is_none(share: float) -> None:
    """Rounding must not close a gap."""
    assert (share_words(share) == "100%") == (share == 1)
    assert (share_words(share) == "0%") == (share == 0)


def test_numbers_have_at_most_one_decimal() -> None:
    """Hours are estimates; a second decimal would pretend to know."""
    assert [number_words(value) for value in (6, 7.5, 1200, 2.04)] == ["6", "7.5", "1,200", "2"]
