"""The jobs of an organisation: asked for, listed, read, cancelled."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, literal, select, tuple_
from sqlalchemy.orm import Session, defer

from skillmatch_api.errors import AbsentError, BusyServiceError
from skillmatch_api.jobs.claims import CANCELLED, ENDED, WAITING
from skillmatch_api.store import audit
from skillmatch_api.store.tables import Job, JobPart

MAX_WAITING = 100
"""Jobs of one organisation that may wait at a time; each holds what was sent with it."""
RETRY_AFTER = 30

After = tuple[datetime, str]
"""Moment and id of the last job of a page: what the list is sorted by, newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """Which jobs are meant; all that are given must hold.

    Attributes:
        kinds: Those that the caller may see.
    """

    kinds: Collection[str]
    state: str | None = None


def submit(
    session: Session, *, tenant_id: str, kind: str, request: bytes, by: str, at: datetime
) -> Job:
    """Add a job that waits for a worker.

    Raises:
        BusyServiceError: The organisation has as many waiting as it may.
    """
    _check_waiting(session, tenant_id)
    job = Job(
        tenant_id=tenant_id,
        id=str(uuid.uuid4()),
        kind=kind,
        state=WAITING,
        by=by,
        request=request,
        total=0,
        done=0,
        result=None,
        problem=None,
        created_at=at,
        started_at=None,
        beat_at=None,
        ended_at=None,
        worker=None,
        attempts=0,
    )
    session.add(job)
    _note(session, job, action="job.create", by=by, at=at)
    return job


def _check_waiting(session: Session, tenant_id: str) -> None:
    """Refuse to keep more for later than a disk should hold for one organisation."""
    waiting = session.scalar(
        select(func.count())
        .select_from(Job)
        .where(Job.tenant_id == tenant_id, Job.state == WAITING)
    )
    if (waiting or 0) >= MAX_WAITING:
        raise BusyServiceError(
            f"{MAX_WAITING} jobs of your organisation are waiting already; come again when some "
            "are done, or cancel some",
            retry_after=RETRY_AFTER,
            yours=True,
        )


def listed(
    session: Session, *, tenant_id: str, which: Which, limit: int, after: After | None = None
) -> tuple[Job, ...]:
    """Return jobs, newest first, without what was asked for and what came of it."""
    conditions: list[ColumnElement[bool]] = [
        Job.tenant_id == tenant_id,
        Job.kind.in_(sorted(which.kinds)),
    ]
    if which.state is not None:
        conditions.append(Job.state == which.state)
    if after is not None:
        at, identity = after
        place = tuple_(literal(at, Job.created_at.type), literal(identity, Job.id.type))
        conditions.append(tuple_(Job.created_at, Job.id) < place)
    order = (Job.created_at.desc(), Job.id.desc())
    wanted = select(Job).where(*conditions).order_by(*order).limit(limit)
    return tuple(session.scalars(wanted.options(defer(Job.request), defer(Job.result))))


def found(
    session: Session,
    *,
    tenant_id: str,
    job_id: str,
    kinds: Collection[str],
    to_change: bool = False,
) -> Job:
    """Return one job without what was asked for; its result is read where it is looked at.

    Raises:
        AbsentError: There is none that the caller may see.
    """
    wanted = select(Job).where(
        Job.tenant_id == tenant_id, Job.id == job_id, Job.kind.in_(sorted(kinds))
    )
    wanted = wanted.options(defer(Job.request), defer(Job.result))
    job = session.scalar(wanted.with_for_update() if to_change else wanted)
    if job is None:
        raise AbsentError("there is no such job")
    return job


def result_of(session: Session, job: Job) -> str | None:
    """Return the JSON that a job came to, None for one that has come to nothing."""
    return session.scalar(
        select(Job.result).where(Job.tenant_id == job.tenant_id, Job.id == job.id)
    )


def cancel(session: Session, job: Job, *, by: str, at: datetime) -> None:
    """Cancel a job that has not ended; delete one that has, with its result.

    A worker that is at it finds its claim gone and writes nothing more.

    Args:
        session: The writing one that the job was found with, to be changed.
        job: Which.
        by: As in the audit log.
        at: Now.
    """
    if job.state in ENDED:
        _note(session, job, action="job.delete", by=by, at=at)
        session.delete(job)
        return
    job.state, job.ended_at, job.worker, job.request = CANCELLED, at, None, b""
    session.execute(
        delete(JobPart).where(JobPart.tenant_id == job.tenant_id, JobPart.job_id == job.id)
    )
    _note(session, job, action="job.cancel", by=by, at=at)


def _note(session: Session, job: Job, *, action: str, by: str, at: datetime) -> None:
    audit.record(
        session,
        tenant_id=job.tenant_id,
        by=by,
        action=action,
        subject=job.id,
        details={"kind": job.kind},
        at=at,
    )
