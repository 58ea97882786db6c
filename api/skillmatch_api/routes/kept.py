"""What the routes of kept plans and postings share: the items of a list, and its pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel

from skillmatch_api.store.tables import StoredPlan, StoredPosting
from skillmatch_api.wire.answers import cursors
from skillmatch_api.wire.answers.listing import moment_in

KeptId = Annotated[
    str,
    Path(min_length=36, max_length=36, examples=["0b6f3a52-4c1e-4a53-9b7e-0d2f6a1c9e55"]),
]


class KeptItem(BaseModel):
    """Something that was kept, in a list."""

    id: str
    title: str
    created_at: datetime


class KeptList(BaseModel):
    """What was kept, newest first."""

    items: list[KeptItem]
    next: str | None = None


def after(cursor: str | None) -> tuple[datetime, str] | None:
    """Return where a page begins.

    Raises:
        UsageError: The cursor is none of such a list.
    """
    if cursor is None:
        return None
    moment, identity = cursors.decode(cursor, (str, str))
    return moment_in(moment), str(identity)


def page_of(found: Sequence[StoredPlan] | Sequence[StoredPosting], limit: int) -> KeptList:
    """Return a page of what ``Owned.page`` found."""
    shown = found[:limit]
    more = len(found) > limit
    return KeptList(
        items=[KeptItem(id=one.id, title=one.title, created_at=one.created_at) for one in shown],
        next=cursors.encode([shown[-1].created_at.isoformat(), shown[-1].id]) if more else None,
    )
