"""What every list of the service takes: how many, and where to go on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Query

from skillmatch.errors import UsageError
from skillmatch_api.wire.answers.cursors import MAX_LENGTH

Limit = Annotated[int, Query(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None,
    Query(max_length=MAX_LENGTH, description="`next` of the page before; none for the first."),
]


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
