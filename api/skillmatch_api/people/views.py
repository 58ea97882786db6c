"""Who looked at a person; the person can see it, and it goes when they go."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, cast

from sqlalchemy import Table, and_, func, insert, or_, select
from sqlalchemy.orm import Session

from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal
from skillmatch_api.store.tables import ApiKey, Person, View

_INSERTED: Final = insert(cast("Table", View.__table__))


def record_views(
    session: Session,
    *,
    caller: Principal,
    person_ids: Iterable[str],
    action: str,
    search_id: str | None,
    blind: bool,
    at: datetime,
) -> None:
    """Write down that people were shown to the caller, in the caller's transaction.

    ``action`` is the one of the audit log (``candidate.search``, ``candidate.read``), and
    ``search_id`` its entry there; ``blind`` says that names and what points at protected traits
    were hidden.
    """
    rows = [
        {
            "tenant_id": caller.tenant_id,
            "person_id": one,
            "id": str(uuid.uuid4()),
            "at": at,
            "by": caller.caller,
            "action": action,
            "search_id": search_id,
            "blind": blind,
        }
        for one in dict.fromkeys(person_ids)
    ]
    if rows:
        # Into the table, past the objects: a page is fifty rows, and nobody reads them here.
        session.flush()
        session.execute(_INSERTED, rows)


def note_sight(
    session: Session,
    person_ids: Sequence[str],
    *,
    caller: Principal,
    action: str,
    blind: bool,
    at: datetime,
) -> None:
    """Write down that people were shown to somebody else: in the log, and for themselves."""
    entry = deeds.record(
        session,
        caller,
        action,
        subject=person_ids[0] if len(person_ids) == 1 else "",
        details={"people": len(person_ids), "blind": blind},
        at=at,
    )
    record_views(
        session,
        caller=caller,
        person_ids=person_ids,
        action=action,
        search_id=entry,
        blind=blind,
        at=at,
    )


def views_of(session: Session, person: Person) -> Sequence[View]:
    """Return all views of a person, oldest first."""
    return session.scalars(
        select(View)
        .where(View.tenant_id == person.tenant_id, View.person_id == person.id)
        .order_by(View.at, View.id)
    ).all()


def page_of(
    session: Session, person: Person, *, after: tuple[datetime, str] | None, limit: int
) -> Sequence[View]:
    """Return at most ``limit`` views of a person, newest first, behind a moment and id."""
    asked = select(View).where(View.tenant_id == person.tenant_id, View.person_id == person.id)
    if after is not None:
        at, identity = after
        asked = asked.where(or_(View.at < at, and_(View.at == at, View.id < identity)))
    return session.scalars(asked.order_by(View.at.desc(), View.id.desc()).limit(limit)).all()


def count_of(session: Session, person: Person) -> int:
    """Return how often a person was shown to somebody."""
    asked = select(func.count()).select_from(View)
    return (
        session.scalar(asked.where(View.tenant_id == person.tenant_id, View.person_id == person.id))
        or 0
    )


def names_of_callers(session: Session, callers: Iterable[str], *, tenant_id: str) -> dict[str, str]:
    """Return what the organisation calls the keys that looked; who has no key is left out."""
    ids = [one.removeprefix("key:") for one in set(callers) if one.startswith("key:")]
    rows = session.execute(
        select(ApiKey.id, ApiKey.name).where(ApiKey.tenant_id == tenant_id, ApiKey.id.in_(ids))
    )
    return {f"key:{row.id}": row.name for row in rows if row.name}
