"""Days as a person writes them, whatever the machine's language."""

from __future__ import annotations

from datetime import date

_MONTHS = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip


def month_words(day: date) -> str:
    """Return the month alone: "Nov"."""
    return _MONTHS[day.month - 1]


def day_words(day: date) -> str:
    """Return a day that no two countries read differently: "3 Nov 2026"."""
    return f"{day.day} {month_words(day)} {day.year}"
