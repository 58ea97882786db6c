"""``/v1/jobs``: work that takes longer than a request."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Literal

import anyio
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session
from sse_starlette import EventSourceResponse, ServerSentEvent

from skillmatch_api.access.keys import REFUSED, still_counts
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import (
    AbsentError,
    ConflictError,
    ForbiddenError,
    UnauthenticatedError,
)
from skillmatch_api.jobs import queue
from skillmatch_api.jobs.claims import DONE, ENDED
from skillmatch_api.jobs.kinds import KINDS
from skillmatch_api.jobs.queue import Which
from skillmatch_api.routes.job_requests import JobIn
from skillmatch_api.store.tables import Job
from skillmatch_api.wire.answers.listing import Cursor, Limit, cursor_behind, place_in
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import Problem, declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.limits.streams import Streams
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import needs

router = APIRouter(tags=["jobs"])
LOOK_EVERY = 0.5
"""Seconds between two looks at a job that somebody follows."""
STREAM_SECONDS = 600.0
"""After which a stream ends; its reader comes again by itself and goes on where it was."""
RETRY_MS = 2_000
_ERRORS = declared(401, 403, 404, 422, 429, 503)

Worker = Annotated[Principal, Depends(needs(Scope.PROVIDER, Scope.RECRUITER, Scope.ADMIN))]
"""Whoever may have jobs; which kinds somebody sees is theirs by scope, and all for admins."""
JobId = Annotated[str, Path(max_length=36, description="Id of the job.")]
State = Literal["waiting", "running", "done", "failed", "cancelled"]


class JobOut(BaseModel):
    """A job, and how far it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                    "kind": "badges.align",
                    "state": "running",
                    "done": 12,
                    "total": 40,
                    "created_at": "2026-11-22T12:00:00Z",
                    "started_at": "2026-11-22T12:00:01Z",
                    "ended_at": None,
                    "problem": None,
                    "result": None,
                    "events": "/v1/jobs/7c9e6679-7425-40de-944b-e07fc1f90ae7/events",
                }
            ]
        }
    )

    id: str
    kind: str
    state: State
    done: int = Field(description="How many steps are done.")
    total: int = Field(description="Of how many, 0 as long as nobody knows.")
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    problem: Problem | None = Field(description="What went wrong with a failed one.")
    result: str | None = Field(description="Where the result is, once it is done.")
    events: str = Field(description="Where its progress can be followed.")


class JobList(BaseModel):
    """Jobs, the newest first."""

    items: list[JobOut]
    next: str | None = Field(description="Cursor of the page behind this one.")


@router.post(
    "/v1/jobs",
    status_code=202,
    dependencies=[Depends(light)],
    responses={
        **declared(401, 403, 413, 422, 429, 503),
        202: {"description": "Accepted.", "headers": {"Location": {"schema": {"type": "string"}}}},
    },
)
def create_job(body: JobIn, caller: Worker, services: ServicesHere, response: Response) -> JobOut:
    """Ask for long work; the answer says where to follow it.

    `badges.align` puts every badge into the queue of reviews (`/v1/alignments?job=…`) and comes to
    what `skillmatch badge align --json` prints; `badges.lint` comes to what `badge lint --json`
    prints; `evidence.recheck`, for administrators, to what `skillmatch candidates recheck --json`
    prints. What was sent is deleted when the job ends.
    """
    if not caller.scopes & KINDS[body.kind].scopes:
        named = " or ".join(sorted(KINDS[body.kind].scopes))
        raise ForbiddenError(f"a job of the kind {body.kind} needs a key with the scope {named}")
    with services.store.writing() as session:
        job = queue.submit(
            session,
            tenant_id=caller.tenant_id,
            kind=body.kind,
            request=body.packed(),
            by=caller.caller,
            at=services.clock(),
        )
        shown = _shown(job)
    response.headers["Location"] = f"/v1/jobs/{shown.id}"
    return shown


@router.get("/v1/jobs", responses=declared(401, 403, 422, 429, 503))
def list_jobs(
    caller: Worker,
    services: ServicesHere,
    state: Annotated[State | None, Query(description="Only those in this state.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> JobList:
    """List jobs, the newest first."""
    with services.store.reading() as session:
        found = queue.listed(
            session,
            tenant_id=caller.tenant_id,
            which=Which(kinds=_seen(caller), state=state),
            limit=limit + 1,
            after=place_in(cursor),
        )
        items = [_shown(one) for one in found[:limit]]
    last = items[-1] if len(found) > limit else None
    return JobList(items=items, next=cursor_behind(last.created_at, last.id) if last else None)


@router.get("/v1/jobs/{job_id}", responses=_ERRORS)
def read_job(job_id: JobId, caller: Worker, services: ServicesHere) -> JobOut:
    """Tell how far a job is."""
    return _read(services, caller, job_id)


@router.get(
    "/v1/jobs/{job_id}/result",
    responses={
        **_ERRORS,
        **declared(409),
        200: {"description": "What the job came to.", "content": {"application/json": {}}},
    },
)
def read_result(job_id: JobId, caller: Worker, services: ServicesHere) -> Response:
    """Return what a job came to, as the command line's `--json` prints it.

    A job that is not done, or failed, has no result (409).
    """
    kinds = frozenset(one.name for one in KINDS.values() if caller.scopes & one.scopes)
    with services.store.reading() as session:
        job = queue.found(session, tenant_id=caller.tenant_id, job_id=job_id, kinds=kinds)
        if job.state != DONE:
            raise ConflictError(f"the job is {job.state}, so it has no result")
        result = queue.result_of(session, job)
    return json_text(result or "null")


async def _stream(request: Request, caller: Worker) -> AsyncIterator[None]:
    """Count a stream until all of it is sent, or nobody is there to read it.

    Raises:
        BusyServiceError: There are too many.
    """
    streams: Streams = request.app.state.streams
    with streams.opened(caller):
        yield


@router.get(
    "/v1/jobs/{job_id}/events",
    dependencies=[Depends(_stream)],
    response_class=EventSourceResponse,
    responses={
        **_ERRORS,
        200: {
            "description": "Events `progress`, then one of `done`, `failed`, `cancelled`; the data "
            "of each is the job.",
            "content": {"text/event-stream": {"schema": {"type": "string"}}},
        },
        204: {"description": "The end was told already (`Last-Event-ID`)."},
    },
)
def follow_job(
    job_id: JobId,
    caller: Worker,
    services: ServicesHere,
    last_event_id: Annotated[
        str | None, Header(max_length=100, description="Id of the last event that was seen.")
    ] = None,
) -> Response:
    """Follow a job: an event whenever it got further, and one at its end.

    A reader that was cut off sends the id of the last event it has, and goes on from there.
    """
    job = _read(services, caller, job_id)
    if job.state in ENDED and last_event_id == _event_id(job):
        return Response(status_code=204)
    ending = anyio.Event()
    return EventSourceResponse(
        _events(partial(_looked_at, services, caller, job_id), last_event_id, ending),
        headers={"Cache-Control": "no-store"},
        shutdown_event=ending,
        shutdown_grace_period=2 * LOOK_EVERY,
    )


@router.delete("/v1/jobs/{job_id}", status_code=204, responses=_ERRORS)
def delete_job(job_id: JobId, caller: Worker, services: ServicesHere) -> None:
    """Cancel a job; one that has ended is deleted, with its result."""
    with services.store.writing() as session:
        job = queue.found(
            session,
            tenant_id=caller.tenant_id,
            job_id=job_id,
            kinds=_seen(caller),
            to_change=True,
        )
        queue.cancel(session, job, by=caller.caller, at=services.clock())


async def _events(
    read: Callable[[], JobOut], last: str | None, ending: anyio.Event
) -> AsyncIterator[ServerSentEvent]:
    """Yield what is new about a job until it ends, is hidden from them, or the server stops."""
    until = time.monotonic() + STREAM_SECONDS
    while time.monotonic() < until and not ending.is_set():
        try:
            job = await run_in_threadpool(read)
        except (AbsentError, UnauthenticatedError):
            return
        if _event_id(job) != last:
            last = _event_id(job)
            yield _event(job)
        if job.state in ENDED:
            return
        with anyio.move_on_after(LOOK_EVERY):
            await ending.wait()


def _event(job: JobOut) -> ServerSentEvent:
    name = job.state if job.state in ENDED else "progress"
    return ServerSentEvent(
        data=job.model_dump_json(), event=name, id=_event_id(job), retry=RETRY_MS
    )


def _event_id(job: JobOut) -> str:
    """Return what tells an event from the one before it: nothing else about a job changes."""
    return f"{job.state}-{job.done}-{job.total}"


def _read(services: Services, caller: Principal, job_id: str) -> JobOut:
    with services.store.reading() as session:
        return _found(session, caller, job_id)


def _looked_at(services: Services, caller: Principal, job_id: str) -> JobOut:
    """Return a job to somebody who was let in a while ago.

    Raises:
        UnauthenticatedError: Their key was revoked since, or has expired.
    """
    with services.store.reading() as session:
        if not still_counts(session, caller, at=services.clock()):
            raise UnauthenticatedError(REFUSED)
        return _found(session, caller, job_id)


def _found(session: Session, caller: Principal, job_id: str) -> JobOut:
    kinds = _seen(caller)
    return _shown(queue.found(session, tenant_id=caller.tenant_id, job_id=job_id, kinds=kinds))


def _seen(caller: Principal) -> frozenset[str]:
    """Return the kinds of jobs that somebody may see."""
    everything = Scope.ADMIN in caller.scopes
    return frozenset(one.name for one in KINDS.values() if everything or caller.scopes & one.scopes)


def _shown(job: Job) -> JobOut:
    return JobOut(
        id=job.id,
        kind=job.kind,
        state=job.state,  # type: ignore[arg-type]  # one of State, as claims writes it
        done=job.done,
        total=job.total,
        created_at=job.created_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        problem=Problem(**job.problem) if job.problem else None,
        result=f"/v1/jobs/{job.id}/result" if job.state == DONE else None,
        events=f"/v1/jobs/{job.id}/events",
    )
