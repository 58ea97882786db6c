"""What every list of the service takes: how many, and where to go on.

Most lists are in the order of a moment and, of equal moments, an id.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query

from skillmatch.errors import UsageError
from skillmatch_api.wire.answers import cursors
from skillmatch_api.wire.answers.cursors import MAX_LENGTH

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=MAX_LENGTH, description="`next` of the page before; none for the first."),
]


def place_in(cursor: str | None) -> tuple[datetime, str] | None:
    """Return the moment and id of what a page comes after; None for the first page.

    Raises:
        UsageError: The cursor is none of ``cursor_behind``.
    """
    if cursor is None:
        return None
    moment, identity = cursors.decode(cursor, (str, str))
    return moment_in(moment), str(identity)


def cursor_behind(moment: datetime, identity: str) -> str:
    """Return where a list goes on behind what has this moment and id."""
    return cursors.encode([moment.isoformat(), identity])


def moment_in(value: object) -> datetime:
    """Return the moment that stands in a cursor.

    Raises:
        UsageError: It is none, or has no time zone.
    """
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise UsageError("cursor is not one of this list; take it from next, or leave it away")
    return moment
