"""Days, money, hours and shares as a person writes them."""

from __future__ import annotations

import math
from datetime import date

from skillmatch.model.offer import Money
from skillmatch.text.days import day_words, month_words

__all__ = [
    "WEEK",
    "amount_words",
    "day_words",
    "length_words",
    "money_words",
    "month_words",
    "number_words",
    "share_words",
    "span_words",
    "weeks_words",
]

WEEK = 7


def span_words(first: date, last: date) -> str:
    """Return "3 Nov – 12 Dec 2026": month and year are said twice only where they change."""
    if first == last:
        return day_words(first)
    start = day_words(first)
    if first.year == last.year:
        same = first.month == last.month
        start = str(first.day) if same else f"{first.day} {month_words(first)}"
    return f"{start} – {day_words(last)}"


def money_words(money: Money | None) -> str:
    """Return "free", "1,240 EUR", "49.50 EUR", or that the price is not stated."""
    if money is None:
        return "price not stated"
    return amount_words(money) if money.minor else "free"


def amount_words(money: Money) -> str:
    """Return "0 EUR", "1,240 EUR" or "49.50 EUR"."""
    digits = 0 if money.minor % 100 == 0 else 2
    return f"{money.minor / 100:,.{digits}f} {money.currency}".strip()


def number_words(value: float) -> str:
    """Return a number with at most one decimal: "6", "7.5", "1,200"."""
    rounded = round(value, 1)
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.1f}"


def weeks_words(weeks: float) -> str:
    """Return whole weeks, the one that has begun counted: "1 week", "14 weeks"."""
    whole = max(1, math.ceil(round(weeks, 3)))
    return "1 week" if whole == 1 else f"{whole:,} weeks"


def length_words(weeks: float) -> str:
    """Return weeks up to half a year, then whole months: "26 weeks", "7 months"."""
    if weeks <= 26:
        return weeks_words(weeks)
    return f"{math.ceil(round(weeks * 12 * WEEK / 365.25, 3))} months"


def share_words(share: float) -> str:
    """Return a share of 1 in percent; what is not quite nothing or all does not look like it."""
    if 0 < share <= 0.005:
        return "under 1%"
    if 0.995 <= share < 1:
        return "over 99%"
    return f"{share:.0%}"
