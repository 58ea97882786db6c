"""The audit log: who did what, when.

An entry is written in the transaction of what it tells about, so that neither is there without
the other. It names people by id only, and never holds their words.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import literal, select, tuple_
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError
from skillmatch_api.store.tables import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries are meant; all that are given must hold.

    Attributes:
        action: The whole action (``candidate.search``), or a family with a dot at its end
            (``candidate.``).
        since: The first moment that counts.
        until: The first moment that no longer counts.
    """

    action: str | None = None
    by: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


ALL = AuditFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Some entries, newest first.

    Attributes:
        next: What ``entries`` takes as ``after`` for the page behind this one: the moment in ISO
            format and the id of the last entry; None at the end.
    """

    entries: tuple[AuditEntry, ...]
    next: tuple[str, str] | None


def record(
    session: Session,
    *,
    tenant_id: str,
    by: str,
    action: str,
    at: datetime,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> str:
    """Write down what is done, in the transaction that does it, and return the entry's id.

    Args:
        session: A writing one.
        tenant_id: Whose log it is.
        by: Who does it, as ``Principal.caller`` says, or ``operator`` for the command line.
        action: Dotted words, the thing first: ``key.create``.
        at: When.
        subject: Id of what it is done to.
        details: Numbers, ids and words of the program, as JSON; nothing that a person wrote.
    """
    entry = AuditEntry(
        tenant_id=tenant_id,
        id=str(uuid.uuid4()),
        at=at,
        by=by,
        action=action,
        subject=subject,
        details=dict(details or {}),
    )
    session.add(entry)
    return entry.id


def entries(
    session: Session,
    *,
    tenant_id: str,
    limit: int,
    after: tuple[str, str] | None = None,
    where: AuditFilter = ALL,
) -> AuditPage:
    """Return a page of a tenant's log, newest first; equal moments are ordered by id.

    Args:
        session: Any.
        tenant_id: Whose log.
        limit: How many entries at most, at least 1.
        after: ``next`` of the page before, None for the first page.
        where: Which entries.

    Raises:
        UsageError: ``after`` is no ``next`` of any page.
    """
    wanted = select(AuditEntry).where(AuditEntry.tenant_id == tenant_id, *_conditions(where))
    if after is not None:
        wanted = wanted.where(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(*_place(after)))
    wanted = wanted.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit + 1)
    found = tuple(session.scalars(wanted))
    shown = found[:limit]
    more = len(found) > limit
    return AuditPage(entries=shown, next=(shown[-1].at.isoformat(), shown[-1].id) if more else None)


def _conditions(where: AuditFilter) -> list[Any]:
    conditions = []
    if where.action is not None:
        family = where.action.endswith(".")
        conditions.append(
            AuditEntry.action.startswith(where.action, autoescape=True)
            if family
            else AuditEntry.action == where.action
        )
    if where.by is not None:
        conditions.append(AuditEntry.by == where.by)
    if where.subject is not None:
        conditions.append(AuditEntry.subject == where.subject)
    if where.since is not None:
        conditions.append(AuditEntry.at >= where.since)
    if where.until is not None:
        conditions.append(AuditEntry.at < where.until)
    return conditions


def _place(after: tuple[str, str]) -> tuple[Any, Any]:
    try:
        at = datetime.fromisoformat(after[0])
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise UsageError("this cursor is none of the audit log; begin with the first page again")
    return literal(at, AuditEntry.at.type), literal(after[1], AuditEntry.id.type)
