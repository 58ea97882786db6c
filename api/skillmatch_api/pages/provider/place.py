"""Where a badge stands in its queue, and which come before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from skillmatch_api.reviews import queue
from skillmatch_api.reviews.queue import Which
from skillmatch_api.reviews.storing import OPEN
from skillmatch_api.store.tables import StoredAlignment

MAX_LOOK = 2_000
"""Badges of one upload that places are counted for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A badge among those of its upload.

    Attributes:
        number: From 1, of ``total``.
        reviewed: How many need no decision any more.
        before: Id of the one before it, ``""`` for none; ``after`` of the one after it.
        next_open: Id of the next one that needs a decision, looking on from the start where
            the end is reached.
        job: Id of the upload, ``""`` for none.
    """

    number: int
    total: int
    reviewed: int
    before: str
    after: str
    next_open: str
    job: str


def place_of(session: Session, row: StoredAlignment) -> Place:
    """Return where a badge stands."""
    rows = queue.listed(
        session, tenant_id=row.tenant_id, which=Which(job_id=row.job_id), limit=MAX_LOOK
    )
    ids = [one.id for one in rows]
    at = ids.index(row.id) if row.id in ids else 0
    still_open = [one.id for one in (*rows[at + 1 :], *rows[:at]) if one.state == OPEN]
    return Place(
        number=at + 1,
        total=len(rows),
        reviewed=sum(one.state != OPEN for one in rows),
        before=ids[at - 1] if at else "",
        after=ids[at + 1] if at + 1 < len(ids) else "",
        next_open=still_open[0] if still_open else "",
        job=row.job_id or "",
    )
