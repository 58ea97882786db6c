"""Jobs and workers of the tests."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from skillmatch.errors import SkillmatchError
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.jobs import claims, queue
from skillmatch_api.jobs.context import JobContext, Outcome
from skillmatch_api.jobs.kinds import Kind
from skillmatch_api.jobs.workers import Workers
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Job
from skillmatch_api.wire.services import Services

STEPS = 6


def describe(error: SkillmatchError | None) -> Mapping[str, Any]:
    """Return a problem that tells an error from none."""
    return {"title": "x", "status": 500 if error is None else 422, "detail": str(error or "")}


def counting(stop_at: Callable[[int, JobContext], None]) -> Kind:
    """Return a kind that keeps a part for each step and writes nothing twice.

    Args:
        stop_at: Called before each step.
    """

    def run(request: bytes, context: JobContext) -> Outcome:
        found = []
        for step in range(STEPS):
            stop_at(step, context)
            context.progress(step, STEPS)
            kept = claims.part(context.store, context.claim, str(step))
            if kept is None:
                kept = f"{request.decode()}-{step} by attempt {context.claim.attempts}"
                claims.keep(context.store, context.claim, str(step), kept)
            found.append(kept)
        return Outcome(result="\n".join(found))

    return Kind(name="count", scopes=frozenset({Scope.PROVIDER}), run=run)


@dataclass
class Clock:
    """A clock that is set by hand."""

    now: datetime
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self) -> datetime:
        """Tell the time."""
        with self.lock:
            return self.now


def workers_for(services: Services, kind: Kind, clock: Callable[[], datetime]) -> Workers:
    """Return workers that know one kind of job."""
    return Workers(
        store=services.store,
        matchers=services.matchers,
        settings=services.settings,
        clock=clock,
        describe=describe,
        kinds={kind.name: kind},
    )


def add_job(store: Store, at: datetime, *, kind: str = "count", request: bytes = b"x") -> str:
    """Add a waiting job of the organisation ``default`` and return its id."""
    with store.writing() as session:
        tenant = tenant_named(session, "default", at=at)
        session.flush()
        job = queue.submit(
            session, tenant_id=tenant.id, kind=kind, request=request, by="test", at=at
        )
        return job.id


def job_row(store: Store, job_id: str) -> Job:
    """Return a job with all its columns."""
    with store.reading() as session:
        return session.query(Job).filter(Job.id == job_id).one()
