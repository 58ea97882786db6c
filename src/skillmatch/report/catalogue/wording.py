"""An offer's facts in a few words, the same in every list."""

from __future__ import annotations

from datetime import date

from skillmatch.model.catalogue import SkillCounts
from skillmatch.model.offer import Offer
from skillmatch.report.amounts import day_words, number_words, weeks_words
from skillmatch.report.plain import plural

SHORT_ID = 40
"""Characters up to which an id stands beside a name; a web address would fill the line."""


def with_id(name: str, id_: str) -> str:
    """Return a name with the id, where that is short enough to be read."""
    return f"{name} ({id_})" if len(id_) <= SHORT_ID else name


def offer_length(offer: Offer) -> str:
    """Return "60 hours over 10 weeks", or what of it is stated."""
    hours = "" if offer.hours is None else plural_number(offer.hours, "hour")
    if offer.weeks is None:
        return hours or "length not stated"
    weeks = weeks_words(offer.weeks)
    return f"{hours} over {weeks}" if hours else weeks


def plural_number(value: float, noun: str) -> str:
    """Return "1 hour", "7.5 hours"."""
    return f"{number_words(value)} {noun}" + ("" if value == 1 else "s")


def next_start(offer: Offer, at: date) -> str:
    """Return when one can begin next, in words that follow the others of a list."""
    if offer.available_until is not None and offer.available_until < at:
        return f"closed since {day_words(offer.available_until)}"
    coming = [day for day in offer.starts if day >= at]
    if coming:
        return f"starts {day_words(min(coming))}"
    if offer.self_paced:
        first = offer.available_from
        return "any day" if first is None or first <= at else f"any day from {day_words(first)}"
    return "all starts are past" if offer.starts else "start not stated"


def counts_words(skills: SkillCounts) -> str:
    """Return how many offers have skills from whom."""
    return (
        f"skills stated in {skills.stated:,}, proposed from words in {skills.proposed:,}, "
        f"none in {skills.none:,}"
    )


def skills_words(offer: Offer) -> str:
    """Return "3 skills", or that there is none."""
    return plural(len(offer.awards), "skill") if offer.awards else "no skill"
