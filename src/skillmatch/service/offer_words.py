"""Which words of an offer say what one can do afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from skillmatch.model.offer import Offer, OfferSkill
from skillmatch.text.segment import segment

MAX_STATEMENTS = 60
"""Statements of one offer that are read; a curriculum beyond that says the same again."""
_ENTRY = re.compile(
    r"^\W*(?:pre-?requisites?|entry requirements?|admission|requirements?|who (?:can|may|should)\b"
    r"|(?:applicants|candidates|participants|students|learners) (?:must|should|need)"
    r"|you (?:must|should|need)\b|before (?:you|the)\b|to (?:enrol|apply|be admitted))",
    re.IGNORECASE,
)


def statements_of(offer: Offer, unknown: Sequence[OfferSkill], *, stated: bool) -> tuple[str, ...]:
    """Return the statements to propose skills from, each once, in the order of the source.

    Args:
        offer: What is on offer.
        unknown: Skills that it states and no framework at hand has; their names are its own words
            for what it awards.
        stated: Whether other skills of it are known. Then nothing but ``unknown`` is read, since
            the source said in its own list what it awards. Else its outcomes are, and where it
            has none its name and description; sentences about who may begin are passed over.
    """
    found = [one.name for one in unknown]
    if not stated:
        found += offer.outcomes or [offer.name, *_sentences(offer.description)]
    distinct = dict.fromkeys(" ".join(one.split()) for one in found)
    return tuple(one for one in distinct if one)[:MAX_STATEMENTS]


def _sentences(description: str) -> Iterator[str]:
    for unit in segment(description):
        if not _ENTRY.match(unit.heading or "") and not _ENTRY.match(unit.text):
            yield unit.text
