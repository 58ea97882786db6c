"""Taking a job, keeping it, and letting it go: each one statement that several processes may race.

A claim has an id of its own. Whatever its worker writes names that id, so that a worker that was
taken for dead, or whose job was cancelled, changes nothing any more.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, and_, delete, or_, select, update
from sqlalchemy.orm import Session

from skillmatch_api.store import Store
from skillmatch_api.store.tables import Job, JobPart

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
ENDED = frozenset({DONE, FAILED, CANCELLED})
MAX_ATTEMPTS = 3
"""Workers that one job may end before it is given up."""


class InterruptedJobError(Exception):
    """The work is to stop here: it is no error of the job, and nothing of it is lost."""


class LostClaimError(InterruptedJobError):
    """The job was cancelled, or another worker has it."""


class StoppingError(InterruptedJobError):
    """This process ends; the job goes back to those that wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A job in the hands of one worker.

    Attributes:
        worker: Id of this claim.
        by: Who asked for the job.
        request: As its kind wrote it.
        attempts: How many claims there were, this one included.
    """

    tenant_id: str
    job_id: str
    worker: str
    kind: str
    by: str
    request: bytes
    attempts: int


def claim_next(store: Store, *, at: datetime, dead_before: datetime) -> Claim | None:
    """Take the job that has waited longest, or one whose worker is dead; None where there is none.

    Args:
        store: PostgreSQL passes over rows that another worker is taking; SQLite has one writer.
        at: Now.
        dead_before: A worker that was last heard of before this moment is dead.
    """
    free = or_(Job.state == WAITING, and_(Job.state == RUNNING, Job.beat_at < dead_before))
    with store.reading() as session:
        # Most of the time nothing waits, and looking must not take SQLite's one write lock.
        if session.scalar(select(Job.id).where(free).limit(1)) is None:
            return None
    with store.writing() as session:
        row = session.scalar(
            select(Job)
            .where(free)
            .order_by(Job.created_at, Job.tenant_id, Job.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        return None if row is None else _taken(row, at)


def _taken(row: Job, at: datetime) -> Claim:
    row.state, row.worker = RUNNING, str(uuid.uuid4())
    row.started_at = row.started_at or at
    row.beat_at = at
    row.attempts += 1
    return Claim(
        tenant_id=row.tenant_id,
        job_id=row.id,
        worker=row.worker,
        kind=row.kind,
        by=row.by,
        request=row.request,
        attempts=row.attempts,
    )


def note(store: Store, claim: Claim, **values: object) -> None:
    """Write columns of a claimed job.

    Raises:
        LostClaimError: It is no longer this worker's.
    """
    with store.writing() as session:
        _write(session, claim, values)


def release(store: Store, claim: Claim) -> None:
    """Let a job wait again, as if this claim had not been; what it found so far is kept.

    Raises:
        LostClaimError: It is no longer this worker's.
    """
    note(store, claim, state=WAITING, worker=None, attempts=claim.attempts - 1)


def finish(
    store: Store, claim: Claim, *, result: str, at: datetime, write: Callable[[Session], None]
) -> None:
    """End a job with its result and whatever else came of it, all in one transaction.

    Raises:
        LostClaimError: It is no longer this worker's, and nothing was written.
    """
    with store.writing() as session:
        _end(session, claim, {"state": DONE, "result": result, "done": Job.total, "ended_at": at})
        write(session)


def fail(store: Store, claim: Claim, *, problem: Mapping[str, Any], at: datetime) -> None:
    """End a job with what went wrong.

    Raises:
        LostClaimError: It is no longer this worker's.
    """
    with store.writing() as session:
        _end(session, claim, {"state": FAILED, "problem": dict(problem), "ended_at": at})


def part(store: Store, claim: Claim, key: str) -> str | None:
    """Return what this or an earlier worker of the job kept under a key."""
    with store.reading() as session:
        return session.scalar(select(JobPart.body).where(*_parts(claim), JobPart.key == key))


def keep(store: Store, claim: Claim, key: str, body: str) -> None:
    """Keep a part of the job's work; a second one under the same key is none.

    Raises:
        LostClaimError: It is no longer this worker's.
    """
    with store.writing() as session:
        _write(session, claim, {"worker": claim.worker})
        row = JobPart(tenant_id=claim.tenant_id, job_id=claim.job_id, key=key, body=body)
        session.merge(row)


def sweep(store: Store, *, before: datetime) -> int:
    """Delete jobs that ended before a moment, with results; return how many."""
    with store.writing() as session:
        done = session.execute(delete(Job).where(Job.state.in_(ENDED), Job.ended_at < before))
        return _rows(done)


def _end(session: Session, claim: Claim, values: dict[str, object]) -> None:
    """Write the end; what was asked for may hold a person's words and is needed no longer."""
    _write(session, claim, {**values, "worker": None, "request": b""})
    session.execute(delete(JobPart).where(*_parts(claim)))


def _write(session: Session, claim: Claim, values: Mapping[str, object]) -> None:
    mine = (
        Job.tenant_id == claim.tenant_id,
        Job.id == claim.job_id,
        Job.state == RUNNING,
        Job.worker == claim.worker,
    )
    if not _rows(session.execute(update(Job).where(*mine).values(**values))):
        raise LostClaimError


def _parts(claim: Claim) -> tuple[ColumnElement[bool], ...]:
    return JobPart.tenant_id == claim.tenant_id, JobPart.job_id == claim.job_id


def _rows(result: object) -> int:
    return result.rowcount if isinstance(result, CursorResult) else 0
