"""When a badge is due for another look, where its metadata says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from skillmatch.quality.badge import Badge, walk
from skillmatch.quality.kinds import Kind
from skillmatch.readers.credentials.node import Node

REVIEW_NAMES = frozenset({"reviewdate", "nextreview", "nextreviewdate", "reviewby", "reviewdue"})
"""Field names without their prefix, in lower case, that hold a review date."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDate:
    """A date by which the description itself should be looked at again.

    Attributes:
        field: Name of the field as written.
    """

    on: date
    field: str
    pointer: str

    def is_due(self, by: date) -> bool:
        """Tell whether the date lies before ``by`` or is that day."""
        return self.on <= by


def review_date_of(badge: Badge) -> ReviewDate | None:
    """Return the earliest review date that a document names, None where it names none.

    No standard has such a field on a badge, so extension fields count by their name:
    ``reviewDate``, ``nextReviewDate``, ``nextReview``, ``reviewBy`` and ``reviewDue``, with any
    prefix or namespace. A CTDL description without one ends at its ``ceterms:expirationDate``.
    The end of one earner's credential (``validUntil``, ``expires``) is no review date.
    """
    found = [one for key, node in walk(badge.root) if (one := _named(key, node))]
    if not found and badge.kind is Kind.CTDL:
        end = badge.root.get("ceterms:expirationDate", "expirationDate")
        found = [one] if (one := _dated("ceterms:expirationDate", end)) else []
    return min(found, key=lambda one: (one.on, one.pointer), default=None)


def _named(key: str, node: Node) -> ReviewDate | None:
    local = re.split(r"[:/#]", key)[-1].lower().replace("_", "").replace("-", "")
    return _dated(key, node) if local in REVIEW_NAMES else None


def _dated(field: str, node: Node) -> ReviewDate | None:
    found = _DATE.match(node.text())
    try:
        on = date.fromisoformat(found[0]) if found else None
    except ValueError:
        on = None
    return ReviewDate(on=on, field=field, pointer=node.pointer) if on else None
