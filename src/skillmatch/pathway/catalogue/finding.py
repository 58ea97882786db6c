"""How a finding about a catalogue is made: with its place, and in words with names."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.model.offer import CatalogueFinding, CatalogueRule, CatalogueSeverity, Offer

ERROR, WARNING, NOTE = CatalogueSeverity
SHOWN = 4
"""Names that a message spells out; of more the number is said."""


def finding(
    rule: CatalogueRule,
    severity: CatalogueSeverity,
    offers: Sequence[Offer],
    message: str,
    mend: str,
) -> CatalogueFinding:
    """Return a finding about offers, the first being where to mend it."""
    return CatalogueFinding(
        rule=rule,
        severity=severity,
        offers=tuple(one.id for one in offers),
        place=place_of(offers[0]),
        message=message,
        mend=mend,
    )


def place_of(offer: Offer) -> str:
    """Return file and pointer of an offer, its id where the source is not known."""
    return f"{offer.source} {offer.pointer}".strip() or offer.id


def called(offer: Offer) -> str:
    """Return an offer as a sentence names it."""
    return f"“{offer.name or offer.id}”"


def listed(names: Sequence[str]) -> str:
    """Return the first names with commas, and how many there are more."""
    more = len(names) - SHOWN
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
