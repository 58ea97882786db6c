"""Erasure: nothing that tells of a person stays, but that somebody was erased.

Rows of the person go with their row. By hand go what is kept elsewhere and theirs: keys, logins,
postings and plans, and answers and jobs that hold their id. The audit log keeps what was done, and
forgets to whom. The ledger of erasures holds a digest, by which a restored backup is cleaned.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, LargeBinary, Text, cast, delete, func, literal, or_, select
from sqlalchemy import update as change
from sqlalchemy.orm import InstrumentedAttribute, Session

from skillmatch_api.ranking import profiles
from skillmatch_api.store import audit
from skillmatch_api.store.erasures import digest_of
from skillmatch_api.store.tables import (
    ApiKey,
    AuditEntry,
    BrowserSession,
    Erasure,
    Job,
    JobPart,
    Person,
    Replay,
    ReviewDecision,
    StoredPlan,
    StoredPosting,
    View,
)

ERASED = "erased"
"""What stands in the audit log where an erased person stood as the one who acted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Traces:
    """By what a person is known.

    Attributes:
        ids: Of the person and of their keys.
        callers: Names under which the person acted.
    """

    tenant_id: str
    ids: tuple[str, ...]
    callers: tuple[str, ...]


def erase(session: Session, person: Person, *, by: str, at: datetime) -> None:
    """Remove a person in the caller's transaction; ``Store.scrub`` is to follow it.

    ``by`` is who asked for it; where that is the person, the log says ``erased``.
    """
    traces = _traces(session, person)
    number = person.number
    session.flush()
    _remove_owned(session, traces, person)
    _remove_answers(session, traces)
    _forget_in_log(session, traces)
    session.add(
        Erasure(
            tenant_id=person.tenant_id, digest=digest_of(person.tenant_id, person.id), erased_at=at
        )
    )
    session.delete(person)
    session.flush()
    profiles.forget(session, tenant_id=traces.tenant_id, number=number)
    audit.record(
        session,
        tenant_id=traces.tenant_id,
        by=ERASED if by in traces.callers else by,
        action="candidate.erase",
        at=at,
    )


def _traces(session: Session, person: Person) -> _Traces:
    key_ids = session.scalars(
        select(ApiKey.id).where(ApiKey.tenant_id == person.tenant_id, ApiKey.person_id == person.id)
    ).all()
    subjects = [person.subject] if person.subject else []
    return _Traces(
        tenant_id=person.tenant_id,
        ids=(person.id, *key_ids),
        callers=(
            f"person:{person.id}",
            *(f"key:{one}" for one in key_ids),
            *(f"oidc:{one}" for one in subjects),
        ),
    )


def _remove_owned(session: Session, traces: _Traces, person: Person) -> None:
    mine = BrowserSession.person_id == person.id
    logins = or_(mine, BrowserSession.key_id.in_(traces.ids))
    if person.subject:
        logins = or_(logins, BrowserSession.subject == person.subject)
    session.execute(
        delete(BrowserSession).where(BrowserSession.tenant_id == traces.tenant_id, logins)
    )
    session.execute(
        delete(ApiKey).where(ApiKey.tenant_id == traces.tenant_id, ApiKey.person_id == person.id)
    )
    for table in (StoredPosting, StoredPlan):
        session.execute(
            delete(table).where(table.tenant_id == traces.tenant_id, table.owner == person.id)
        )


def _remove_answers(session: Session, traces: _Traces) -> None:
    """Remove answers kept for repetition, and jobs, that are the person's or name them."""
    here = Replay.tenant_id == traces.tenant_id
    theirs = Replay.caller.in_(traces.callers)
    named = or_(_holds(session, Replay.body, traces.ids), _tells(Replay.headers, traces.ids))
    session.execute(delete(Replay).where(here, or_(theirs, named)))
    told = or_(
        _holds(session, Job.request, traces.ids),
        _tells(Job.result, traces.ids),
        _tells(Job.problem, traces.ids),
        Job.id.in_(
            select(JobPart.job_id).where(
                JobPart.tenant_id == traces.tenant_id, _tells(JobPart.body, traces.ids)
            )
        ),
    )
    session.execute(
        delete(Job).where(Job.tenant_id == traces.tenant_id, or_(Job.by.in_(traces.callers), told))
    )


def _forget_in_log(session: Session, traces: _Traces) -> None:
    here = AuditEntry.tenant_id == traces.tenant_id
    session.execute(
        change(AuditEntry).where(here, AuditEntry.subject.in_(traces.ids)).values(subject="")
    )
    for table in (AuditEntry, ReviewDecision, View):
        session.execute(
            change(table)
            .where(table.tenant_id == traces.tenant_id, table.by.in_(traces.callers))
            .values(by=ERASED)
        )
    told = select(AuditEntry).where(here, _tells(AuditEntry.details, traces.ids))
    for entry in session.scalars(told.execution_options(populate_existing=True)):
        entry.details = json.loads(_without(json.dumps(entry.details), traces.ids))
    session.flush()


def _without(text: str, ids: Sequence[str]) -> str:
    for one in ids:
        text = text.replace(one, ERASED)
    return text


_Column = InstrumentedAttribute[bytes] | InstrumentedAttribute[bytes | None]


def _holds(session: Session, column: _Column, ids: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that bytes hold one of these ids."""
    marks = [literal(one.encode("ascii"), LargeBinary) for one in ids]
    if session.get_bind().dialect.name == "postgresql":
        return or_(*(func.position(mark.op("IN")(column)) > 0 for mark in marks))
    return or_(*(func.instr(column, mark) > 0 for mark in marks))


def _tells(column: InstrumentedAttribute[object], ids: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a text or JSON holds one of these ids."""
    words = cast(column, Text)
    return or_(*(words.contains(one, autoescape=True) for one in ids))
