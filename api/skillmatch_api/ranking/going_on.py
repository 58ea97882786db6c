"""Where a search goes on: the last one shown, bound to what was searched for.

A cursor names the last one and the version of the index, never what they earned: that would tell
to the last digit what is shown in steps only (``steps``). What they earn is looked up again; where
they changed since, the place in the order is what counts.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

from skillmatch.errors import UsageError
from skillmatch.model.requirement import Requirement
from skillmatch_api.ranking.ranked import Filters

_CURSOR: Final = re.compile(
    r"([0-9a-f]{32})\.([0-9]{1,18})\.([1-9][0-9]{0,9})\.([0-9a-f-]{1,36})", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoingOn:
    """Behind whom a search goes on.

    Attributes:
        person_id: Of the last one shown.
        place: Of theirs in the order, from 1.
        version: Of the index that was searched.
    """

    person_id: str
    place: int
    version: int


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
    return f"{bound_to}.{going_on.version}.{going_on.place}.{going_on.person_id}"


def read_cursor(cursor: str, bound_to: str) -> GoingOn:
    """Return where a search goes on.

    Raises:
        UsageError: It is the cursor of another search, or none at all.
    """
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise UsageError("cursor is not one of a search; take it from next, or leave it away")
    if match[1] != bound_to:
        raise UsageError(
            "cursor belongs to another search; leave it away, or ask for the same skills with "
            "the same filters again"
        )
    return GoingOn(person_id=match[4], place=int(match[3]), version=int(match[2]))
