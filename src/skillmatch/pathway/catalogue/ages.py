"""What the calendar says of an offer: too late to begin, or described long ago."""

from __future__ import annotations

from datetime import date

from skillmatch.model.offer import Offer

OLD_MONTHS = 24
"""Months after which prices and dates of a description are to be asked for again."""


def is_old(offer: Offer, at: date) -> bool:
    """Tell whether a description is older than ``OLD_MONTHS``; without a day it is not known."""
    day = offer.as_of
    if day is None:
        return False
    months = (at.year - day.year) * 12 + at.month - day.month - (at.day < day.day)
    return months >= OLD_MONTHS


def why_expired(offer: Offer, at: date) -> str:
    """Return why an offer can no longer be begun, empty where it can or nothing is said."""
    first, last = offer.available_from, offer.available_until
    if first is not None and last is not None and last < first:
        return f"enrolment ends on {last} and begins after that, on {first}"
    if last is not None and last < at:
        return f"one could enrol until {last}"
    if offer.starts and not offer.self_paced and max(offer.starts) < at:
        return f"its last start was on {max(offer.starts)}"
    return ""
