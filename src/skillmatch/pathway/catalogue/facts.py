"""Findings about what an offer does not say, or said too long ago; each is seen on its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from skillmatch.model.offer import Catalogue, CatalogueFinding, CatalogueRule, Offer
from skillmatch.pathway.catalogue.ages import OLD_MONTHS, is_old, why_expired
from skillmatch.pathway.catalogue.finding import ERROR, NOTE, WARNING, called, finding


def fact_findings(catalogue: Catalogue, at: date) -> Iterator[CatalogueFinding]:
    """Yield what is unread, expired, old or missing."""
    for one in catalogue.unread:
        yield CatalogueFinding(
            rule=CatalogueRule.UNREAD,
            severity=ERROR,
            offers=(),
            place=f"{one.source} {one.pointer}".strip(),
            message=one.reason,
            mend="correct it in the file, and read the catalogue again",
        )
    for offer in catalogue.offers:
        yield from _ages(offer, at)
        yield from _missing(offer)


def _ages(offer: Offer, at: date) -> Iterator[CatalogueFinding]:
    if why := why_expired(offer, at):
        message = f"{called(offer)} can no longer be taken: {why}"
        mend = "ask the provider for new dates, or take the offer out"
        yield finding(CatalogueRule.EXPIRED, WARNING, [offer], message, mend)
    if is_old(offer, at):
        message = (
            f"{called(offer)} was described on {offer.as_of}, more than {OLD_MONTHS} months ago"
        )
        mend = "read the source again, or confirm price and dates and change its day"
        yield finding(CatalogueRule.OLD_SOURCE, NOTE, [offer], message, mend)


def _missing(offer: Offer) -> Iterator[CatalogueFinding]:
    if offer.cost is None:
        message = f"{called(offer)} does not say what it costs"
        mend = "give cost and currency, 0 for free; until then plans with --max-cost leave it out"
        yield finding(CatalogueRule.MISSING_COST, WARNING, [offer], message, mend)
    # A stack is awarded for its parts: their hours and dates are its own.
    if not offer.parts.empty:
        return
    if offer.hours is None and offer.weeks is None:
        message = f"{called(offer)} says neither hours nor weeks"
        mend = (
            "give hours of work in all, or weeks from first to last day; until then dated plans "
            "leave it out"
        )
        yield finding(CatalogueRule.MISSING_LENGTH, WARNING, [offer], message, mend)
    if not offer.starts and offer.self_paced is None:
        message = f"{called(offer)} says neither when it starts nor that one can begin any day"
        mend = (
            "give the start dates, or say that it is self-paced; until then plans take it as "
            "startable any day and ask to check"
        )
        yield finding(CatalogueRule.MISSING_START, NOTE, [offer], message, mend)
