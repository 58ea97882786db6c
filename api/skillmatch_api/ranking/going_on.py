"""Where a search goes on: the sort key of the last one shown, bound to what was searched for."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from skillmatch.errors import UsageError
from skillmatch.model.requirement import Requirement
from skillmatch_api.ranking.ranked import Filters, Ranked

_CURSOR: Final = re.compile(
    r"([0-9a-f]{32})\.([0-9]{1,10})\.([0-9]{1,10})\.([0-9]{1,10})\.([0-9a-f-]{1,36})", re.ASCII
)
MOST_CREDIT: Final = 2**31 - 1
"""No sum of credits is larger; see ``asked_skills.MOST``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """The last one shown, and their place in the order, from 1."""

    last: Ranked
    place: int


def digest(requirements: Sequence[Requirement], filters: Filters) -> str:
    """Return what a cursor is bound to: everything that decides the order."""
    asked = [
        [
            *(one.uri, one.necessity.value, one.level, one.level_value, one.level_scale),
            *(one.years, one.importance, one.weight, one.folded, one.alternatives),
            len({mention.unit for mention in one.mentions}),
        ]
        for one in requirements
    ]
    text = json.dumps([asked, astuple(filters)], ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode("ascii")).hexdigest()[:32]


def write_cursor(bound_to: str, going_on: GoingOn) -> str:
    """Return the cursor of the page behind ``going_on``."""
    last = going_on.last
    return f"{bound_to}.{last.covered}.{last.proven}.{going_on.place}.{last.person_id}"


def read_cursor(cursor: str, bound_to: str) -> GoingOn:
    """Return where a search goes on.

    Raises:
        UsageError: It is the cursor of another search, or none at all.
    """
    match = _CURSOR.fullmatch(cursor)
    if match is None or max(int(match[2]), int(match[3])) > MOST_CREDIT:
        raise UsageError("cursor is not one of a search; take it from next, or leave it away")
    if match[1] != bound_to:
        raise UsageError(
            "cursor belongs to another search; leave it away, or ask for the same skills with "
            "the same filters again"
        )
    covered, proven, place = (int(match[number]) for number in (2, 3, 4))
    last = Ranked(person_id=match[5], number=0, covered=covered, proven=proven)
    return GoingOn(last=last, place=place)
