"""What the reader of one format hands on, before files are put together."""

from __future__ import annotations

from dataclasses import dataclass

from skillmatch.errors import UnreadableError
from skillmatch.model.offer import Offer, UnreadOffer
from skillmatch.readers.offers.stacks import Stack


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one file holds.

    Attributes:
        offers: In the order of the file.
        unread: Parts that describe an offer and cannot be read as one.
        notes: What a reader should know, each with the name of the file.
        stacks: What pathways among the offers say of the credentials that they lead to.
    """

    format: str
    offers: tuple[Offer, ...]
    unread: tuple[UnreadOffer, ...] = ()
    notes: tuple[str, ...] = ()
    stacks: tuple[Stack, ...] = ()


class NoOfferError(UnreadableError):
    """A file describes what belongs to offers, such as organisations, and none of them."""
