"""The provider's page: badges in, the queue, and everything that can be taken home."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Query, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import AbsentError, UnauthenticatedError
from skillmatch_api.jobs import queue as jobs
from skillmatch_api.pages.forms import Fault, SentForm, documents_of
from skillmatch_api.pages.provider import demand_page, downloads, review_page
from skillmatch_api.pages.provider.desk import desk
from skillmatch_api.pages.provider.uploading import (
    ALIGN,
    KINDS,
    MAX_FILES,
    job_view,
    request_of,
)
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import ProviderShell, Shell
from skillmatch_api.reviews import queue
from skillmatch_api.reviews.queue import Which
from skillmatch_api.reviews.storing import OPEN, REVIEWED
from skillmatch_api.wire.limits.admission import heavy, light

router = page_router()

JobId = Annotated[str, Path(max_length=36)]
AlignmentId = Annotated[str, Path(max_length=36)]
OfJob = Annotated[str, Query(max_length=36)]
State = Annotated[str, Query(max_length=20)]
Cursor = Annotated[str, Query(max_length=500)]


def caller_of(shell: Shell) -> Principal:
    """Return who looks."""
    if shell.caller is None:
        raise UnauthenticatedError("log in first")
    return shell.caller


@router.get("/provide", dependencies=[Depends(light)])
def start(
    shell: ProviderShell, job: OfJob = "", state: State = "", cursor: Cursor = ""
) -> Response:
    """Show the queue, and ask for badges."""
    return desk(shell, caller_of(shell), which=_which(job, state), cursor=cursor)


@router.post("/provide", dependencies=[Depends(light)])
def upload(shell: ProviderShell, form: SentForm) -> Response:
    """Take badges in and go where their progress is shown."""
    documents = documents_of(form, "badges")
    if not 0 < len(documents) <= MAX_FILES:
        key = "provider.fault_many" if documents else "provider.fault_no_files"
        return desk(
            shell, caller_of(shell), faults=(Fault(field="badges", key=key, said=str(MAX_FILES)),)
        )
    caller = caller_of(shell)
    with shell.services.store.writing() as session:
        job = jobs.submit(
            session,
            tenant_id=caller.tenant_id,
            kind=ALIGN,
            request=request_of(documents),
            by=caller.caller,
            at=shell.services.clock(),
        )
        place = f"/provide/jobs/{job.id}"
    return RedirectResponse(place, status_code=303)


@router.get("/provide/jobs/{job_id}", dependencies=[Depends(light)])
def progress(job_id: JobId, shell: ProviderShell) -> Response:
    """Show how far a job is, and lead to the review once it is done."""
    with shell.services.store.reading() as session:
        job = job_view(session, tenant_id=caller_of(shell).tenant_id, job_id=job_id)
        first = _first(session, caller_of(shell).tenant_id, job_id)
    return shell.page("provider/job.html.j2", job=job, first=first)


@router.post("/provide/jobs/{job_id}", dependencies=[Depends(light)])
def cancel(job_id: JobId, shell: ProviderShell) -> Response:
    """Cancel a job; one that has ended is taken off the list."""
    caller = caller_of(shell)
    with shell.services.store.writing() as session:
        job = jobs.found(
            session, tenant_id=caller.tenant_id, job_id=job_id, kinds=KINDS, to_change=True
        )
        jobs.cancel(session, job, by=caller.caller, at=shell.services.clock())
    return RedirectResponse("/provide", status_code=303)


@router.get("/provide/badges/{alignment_id}", dependencies=[Depends(light)])
def review(alignment_id: AlignmentId, shell: ProviderShell) -> Response:
    """Show a badge with what was proposed for it."""
    return review_page.shown(shell, caller_of(shell), alignment_id)


@router.post("/provide/badges/{alignment_id}", dependencies=[Depends(light)])
def decide(alignment_id: AlignmentId, shell: ProviderShell, form: SentForm) -> Response:
    """Decide on proposals, and show the badge as it is then."""
    return review_page.decided(shell, caller_of(shell), alignment_id, form)


@router.post("/provide/badges/{alignment_id}/remove", dependencies=[Depends(light)])
def remove(alignment_id: AlignmentId, shell: ProviderShell) -> Response:
    """Take a badge out of the queue, with all that was decided on it."""
    caller = caller_of(shell)
    with shell.services.store.writing() as session:
        row = queue.found(
            session, tenant_id=caller.tenant_id, alignment_id=alignment_id, to_change=True
        )
        queue.delete(session, row, by=caller.caller, at=shell.services.clock())
    return RedirectResponse("/provide", status_code=303)


@router.get("/provide/badges/{alignment_id}/files/{name}", dependencies=[Depends(light)])
def one_file(alignment_id: AlignmentId, name: str, shell: ProviderShell) -> Response:
    """Return one badge as a file; where there is nothing to write, say why."""
    with shell.services.store.reading() as session:
        row = queue.found(session, tenant_id=caller_of(shell).tenant_id, alignment_id=alignment_id)
        taken = downloads.taken(session, [row])
    made = downloads.badge_file(name, taken, shell.services)
    return made or review_page.shown(
        shell, caller_of(shell), alignment_id, fault=Fault(field="take", key="provider.nothing")
    )


@router.get("/provide/files/{name}", dependencies=[Depends(light)])
def all_files(name: str, shell: ProviderShell, job: OfJob = "", state: State = "") -> Response:
    """Return badges of the queue as one file; where there is nothing to write, say why."""
    which = _which(job, state)
    with shell.services.store.reading() as session:
        taken = downloads.all_taken(session, tenant_id=caller_of(shell).tenant_id, which=which)
    made = downloads.queue_file(name, taken, shell.services)
    faults = (Fault(field="take", key="provider.nothing"),)
    return made or desk(shell, caller_of(shell), which=which, faults=faults, status=409)


@router.get("/provide/demand", dependencies=[Depends(light)])
def ask_demand(shell: ProviderShell) -> Response:
    """Ask for postings and for what is on offer."""
    return demand_page.asked(shell, caller_of(shell))


@router.post("/provide/demand", dependencies=[Depends(heavy)])
def demand(shell: ProviderShell, form: SentForm) -> Response:
    """Show what postings ask for beside what is on offer."""
    return demand_page.answered(shell, caller_of(shell), form)


def _which(job: str, state: str) -> Which:
    if state not in {"", OPEN, REVIEWED}:
        raise AbsentError("badges are open or reviewed")
    return Which(state=state or None, job_id=job or None)


def _first(session: Session, tenant_id: str, job_id: str) -> str:
    """Return the id of the first badge of a job that needs a decision, else of its first one."""
    for state in (OPEN, None):
        which = Which(state=state, job_id=job_id)
        for row in queue.listed(session, tenant_id=tenant_id, which=which, limit=1):
            return row.id
    return ""
