"""The first page of a provider: the form for badges, the queue, and what can be taken home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from fastapi import Response
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.provider import downloads
from skillmatch_api.pages.provider.uploading import recent
from skillmatch_api.pages.shell import Shell
from skillmatch_api.reviews import queue
from skillmatch_api.reviews.queue import Which
from skillmatch_api.reviews.storing import OPEN, REVIEWED
from skillmatch_api.store.tables import StoredAlignment
from skillmatch_api.wire.answers import cursors
from skillmatch_api.wire.answers.listing import moment_in

PER_PAGE = 50


def desk(
    shell: Shell,
    caller: Principal,
    *,
    which: Which | None = None,
    cursor: str = "",
    faults: Sequence[Fault] = (),
    status: int = 422,
) -> Response:
    """Show the queue.

    Args:
        shell: Of the page.
        caller: Whose queue.
        which: Badges to list.
        cursor: Where the list goes on.
        faults: What is wrong with what was sent.
        status: Of the answer where something is.

    Raises:
        UsageError: The cursor is none.
    """
    wanted, tenant_id = which or Which(), caller.tenant_id
    with shell.services.store.reading() as session:
        rows = queue.listed(
            session,
            tenant_id=tenant_id,
            which=wanted,
            limit=PER_PAGE + 1,
            after=_after(cursor) if cursor else None,
        )
        return shell.page(
            "provider/desk.html.j2",
            status=status if faults else 200,
            rows=rows[:PER_PAGE],
            next=_cursor(rows[PER_PAGE - 1]) if len(rows) > PER_PAGE else "",
            counts=_counts(session, tenant_id, wanted.job_id),
            which=wanted,
            first=_first_open(session, tenant_id, wanted.job_id),
            running=recent(session, tenant_id=tenant_id),
            faults=tuple(faults),
            files=downloads.QUEUE_FILES,
            lints=tuple(downloads.LINTS),
        )


def _after(cursor: str) -> tuple[datetime, int, str]:
    at, place, identity = cursors.decode(cursor, (str, int, str))
    return moment_in(at), int(place or 0), str(identity)


def _cursor(last: StoredAlignment) -> str:
    return cursors.encode((last.created_at.isoformat(), last.place, last.id))


def _counts(session: Session, tenant_id: str, job_id: str | None) -> Mapping[str, int]:
    """Return how many badges there are by state, and by ``""`` all of them."""
    states: tuple[str | None, ...] = (None, OPEN, REVIEWED)
    return {
        state or "": queue.counted(
            session, tenant_id=tenant_id, which=Which(state=state, job_id=job_id)
        )
        for state in states
    }


def _first_open(session: Session, tenant_id: str, job_id: str | None) -> str:
    which = Which(state=OPEN, job_id=job_id)
    rows = queue.listed(session, tenant_id=tenant_id, which=which, limit=1)
    return rows[0].id if rows else ""
