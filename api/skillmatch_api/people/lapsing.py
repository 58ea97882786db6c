"""Badges whose time is over: what they showed is no longer accepted, from that moment on.

A badge is checked when it is added. That it ends on a day is known then already, so no second look
at it is needed: whoever reads evidence first calls ``keep_up``. What an issuer takes back later is
only seen when the badge is added or checked again (``rechecking``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from skillmatch.model.credential import Credential
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.trust.dates import ends_at
from skillmatch_api.people.changes import changed
from skillmatch_api.store import Store
from skillmatch_api.store.tables import EvidenceRow, Person

AT_ONCE: Final = 500
"""People whose evidence lapses in one transaction, which keeps other writers waiting."""


def lapses_at(evidence: Evidence, credentials: Iterable[Credential]) -> datetime | None:
    """Return when what a badge shows is no longer accepted, None where nothing says so.

    It is the end of the innermost credential that holds the place of the evidence; an endorsement
    ends with the badge that it is about, too.
    """
    known = tuple(credentials)
    behind = [one for one in known if _holds(one, evidence)]
    if not behind:
        return None
    inner = max(behind, key=lambda one: len(one.pointer))
    about = [one for one in known if inner.endorses and one.id == inner.endorses]
    ends = [end for one in (inner, *about) if (end := ends_at(one)) is not None]
    return min(ends, default=None)


def keep_up(store: Store, *, tenant_id: str, at: datetime) -> None:
    """Let all evidence of an organisation lapse whose time is over; nothing is written else."""
    with store.reading() as session:
        due = is_due(session, tenant_id=tenant_id, at=at)
    while due:
        due = bool(store.write(lambda session: lapse(session, tenant_id=tenant_id, at=at)))


def is_due(session: Session, *, tenant_id: str, at: datetime) -> bool:
    """Tell whether the time of any evidence of an organisation is over that has not lapsed yet."""
    first = select(EvidenceRow.id).where(_due(tenant_id, at)).limit(1)
    # Without an order a database that expects many reads all rows to find none.
    first = first.order_by(EvidenceRow.tenant_id, EvidenceRow.lapses_at)
    return session.scalar(first) is not None


def lapse(
    session: Session, *, tenant_id: str, at: datetime, among: Sequence[str] | None = None
) -> int:
    """Let evidence lapse in the caller's transaction, of ``AT_ONCE`` people at most.

    Args:
        session: A writing one.
        tenant_id: Whose people they are.
        at: This moment.
        among: Ids of the only people who are looked at; None for all.

    Returns:
        Of how many people some lapsed.
    """
    asked = _due(tenant_id, at)
    if among is not None:
        asked = and_(asked, EvidenceRow.person_id.in_(among))
    people = session.scalars(
        select(Person)
        .where(
            Person.tenant_id == tenant_id, Person.id.in_(select(EvidenceRow.person_id).where(asked))
        )
        .order_by(Person.id)
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    for person in people:
        mine = and_(_due(tenant_id, at), EvidenceRow.person_id == person.id)
        for row in session.scalars(select(EvidenceRow).where(mine)):
            _end(row)
        changed(session, person, at=at)
    return len(people)


def _end(row: EvidenceRow) -> None:
    if row.lapses_at is not None:
        row.assurance = Assurance.INVALID.value
        row.reason = (
            f"dates: it expired on {row.lapses_at.date().isoformat()}; "
            "to mend it, ask the issuer to renew it"
        )
        row.lapses_at = None


def _due(tenant_id: str, at: datetime) -> ColumnElement[bool]:
    return and_(EvidenceRow.tenant_id == tenant_id, EvidenceRow.lapses_at <= at)


def _holds(credential: Credential, evidence: Evidence) -> bool:
    """Tell whether the place of the evidence lies in a credential."""
    place, within = evidence.pointer, credential.pointer
    return credential.source == evidence.source and (
        not within or place == within or place.startswith(f"{within}/")
    )
