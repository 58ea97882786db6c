"""The alignments of an organisation: listed, read, decided on, deleted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, tuple_
from sqlalchemy.orm import Session, defer

from skillmatch.linking.alignment.deciding import Said
from skillmatch.model.alignment import Review
from skillmatch_api.errors import AbsentError
from skillmatch_api.reviews.deciding import Asked, Lookup, decided, review_now, row_of
from skillmatch_api.reviews.storing import state_of
from skillmatch_api.store import audit
from skillmatch_api.store.tables import ReviewDecision, StoredAlignment

After = tuple[datetime, int, str]
"""Moment, place and id of the last alignment of a page: what the list is sorted by."""

_ORDER = (StoredAlignment.created_at, StoredAlignment.place, StoredAlignment.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which alignments are meant; all that are given must hold."""

    state: str | None = None
    job_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Who decides.

    Attributes:
        by: As in the audit log.
        reviewer: Name that is to stand beside the decision, empty for none.
    """

    by: str
    reviewer: str
    at: datetime


def listed(
    session: Session, *, tenant_id: str, which: Which, limit: int, after: After | None = None
) -> tuple[StoredAlignment, ...]:
    """Return alignments, oldest first, those of one job in the order of its badges.

    What is large of them is read where it is looked at, so only within the session.
    """
    large = (StoredAlignment.document, StoredAlignment.proposals, StoredAlignment.lint)
    wanted = select(StoredAlignment).where(*_meant(tenant_id, which))
    wanted = wanted.options(*map(defer, large))
    if after is not None:
        wanted = wanted.where(tuple_(*_ORDER) > tuple_(*_literals(after)))
    return tuple(session.scalars(wanted.order_by(*_ORDER).limit(limit)))


def exported(
    session: Session, *, tenant_id: str, which: Which, limit: int
) -> tuple[StoredAlignment, ...]:
    """Return whole alignments in the same order."""
    wanted = select(StoredAlignment).where(*_meant(tenant_id, which))
    return tuple(session.scalars(wanted.order_by(*_ORDER).limit(limit)))


def counted(session: Session, *, tenant_id: str, which: Which) -> int:
    """Return how many alignments there are."""
    wanted = select(func.count()).select_from(StoredAlignment).where(*_meant(tenant_id, which))
    return session.scalar(wanted) or 0


def found(
    session: Session, *, tenant_id: str, alignment_id: str, to_change: bool = False
) -> StoredAlignment:
    """Return one alignment.

    Args:
        session: A writing one where it is to be changed.
        tenant_id: Whose.
        alignment_id: Which.
        to_change: Whether others must wait until this transaction ends.

    Raises:
        AbsentError: There is none.
    """
    wanted = select(StoredAlignment).where(
        StoredAlignment.tenant_id == tenant_id, StoredAlignment.id == alignment_id
    )
    row = session.scalar(wanted.with_for_update() if to_change else wanted)
    if row is None:
        raise AbsentError("there is no such alignment")
    return row


def review(session: Session, row: StoredAlignment) -> Review:
    """Return the review of a badge as it is now."""
    return review_now(row, decisions(session, row))


def decisions(session: Session, row: StoredAlignment) -> Sequence[ReviewDecision]:
    """Return all that was decided on a badge, in order."""
    wanted = select(ReviewDecision).where(
        ReviewDecision.tenant_id == row.tenant_id, ReviewDecision.alignment_id == row.id
    )
    return tuple(session.scalars(wanted.order_by(ReviewDecision.place)))


def decide(
    session: Session,
    row: StoredAlignment,
    asked: Sequence[Asked],
    who: Decider,
    lookup: Lookup,
) -> Review:
    """Write decisions down and return the review that they make; all of them or none.

    Args:
        session: The writing one that ``row`` was found with, to be changed.
        row: The alignment.
        asked: In order.
        who: Who decides, and when.
        lookup: Finds a concept by URI.

    Raises:
        UsageError: A decision names something that is not there; all faults are named.
    """
    before = decisions(session, row)
    said = Said(reviewer=who.reviewer, date=who.at.date().isoformat())
    now, steps = decided(review_now(row, before), asked, said, lookup)
    for number, step in enumerate(steps, len(before)):
        decision = row_of(step, row, number)
        decision.id, decision.by, decision.at = str(uuid.uuid4()), who.by, who.at
        session.add(decision)
    row.revision += 1
    row.state = state_of(now)
    audit.record(
        session,
        tenant_id=row.tenant_id,
        by=who.by,
        action="alignment.decide",
        subject=row.id,
        details={"decisions": len(steps), "state": row.state},
        at=who.at,
    )
    return now


def delete(session: Session, row: StoredAlignment, *, by: str, at: datetime) -> None:
    """Delete an alignment with all that was decided on it."""
    audit.record(
        session,
        tenant_id=row.tenant_id,
        by=by,
        action="alignment.delete",
        subject=row.id,
        at=at,
    )
    session.delete(row)


def _meant(tenant_id: str, which: Which) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [StoredAlignment.tenant_id == tenant_id]
    if which.state is not None:
        conditions.append(StoredAlignment.state == which.state)
    if which.job_id is not None:
        conditions.append(StoredAlignment.job_id == which.job_id)
    return conditions


def _literals(after: After) -> tuple[ColumnElement[Any], ...]:
    at, place, identity = after
    return (
        literal(at, StoredAlignment.created_at.type),
        literal(place),
        literal(identity, StoredAlignment.id.type),
    )
