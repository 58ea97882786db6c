"""Jobs: how far they are, and their end."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Response

from skillmatch_api.jobs import queue
from skillmatch_api.jobs.claims import ENDED
from skillmatch_api.jobs.kinds import KINDS
from skillmatch_api.jobs.queue import Which
from skillmatch_api.pages.admin.place import (
    ON_A_PAGE,
    Confirmation,
    admin_of,
    ask,
    back,
    part_page,
)
from skillmatch_api.pages.language import Words
from skillmatch_api.pages.routing import page_router
from skillmatch_api.pages.shell import AdminShell
from skillmatch_api.store.tables import Job
from skillmatch_api.wire.answers.listing import cursor_behind, place_in

router = page_router()
STATES = ("waiting", "running", "done", "failed", "cancelled")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job as a line of the list.

    Attributes:
        problem: What went wrong, in the engine's words.
    """

    id: str
    kind: str
    state: str
    ended: bool
    done: int
    total: int
    created: str
    problem: str


@router.get("/admin/jobs")
def listed(shell: AdminShell, state: str = "", cursor: str = "") -> Response:
    """List jobs, the newest first."""
    caller = admin_of(shell)
    wanted = state if state in STATES else None
    with shell.services.store.reading() as session:
        rows = queue.listed(
            session,
            tenant_id=caller.tenant_id,
            which=Which(kinds=frozenset(KINDS), state=wanted),
            limit=ON_A_PAGE + 1,
            after=place_in(cursor or None),
        )
        views = tuple(_view(shell.t, one) for one in rows[:ON_A_PAGE])
    more = len(rows) > ON_A_PAGE
    last = rows[ON_A_PAGE - 1] if more else None
    return part_page(
        shell,
        "jobs",
        jobs=views,
        states=STATES,
        state=wanted or "",
        next=cursor_behind(last.created_at, last.id) if last else None,
        first=not cursor,
    )


@router.get("/admin/jobs/{job_id}/end")
def ask_end(job_id: str, shell: AdminShell) -> Response:
    """Ask before a job is cancelled, or deleted with its result."""
    caller, t = admin_of(shell), shell.t
    with shell.services.store.reading() as session:
        job = queue.found(
            session, tenant_id=caller.tenant_id, job_id=job_id, kinds=frozenset(KINDS)
        )
        view = _view(t, job)
    question = Confirmation(
        key="delete" if view.ended else "cancel",
        part="jobs",
        action=f"/admin/jobs/{view.id}/end",
        about=((t("admin.column_kind"), view.kind), (t("admin.column_id"), view.id)),
    )
    return ask(shell, question)


@router.post("/admin/jobs/{job_id}/end")
def end(job_id: str, shell: AdminShell) -> Response:
    """Cancel a job; one that has ended is deleted."""
    caller, kinds = admin_of(shell), frozenset(KINDS)
    with shell.services.store.writing() as session:
        job = queue.found(
            session, tenant_id=caller.tenant_id, job_id=job_id, kinds=kinds, to_change=True
        )
        ended = job.state in ENDED
        queue.cancel(session, job, by=caller.caller, at=shell.services.clock())
    return back("jobs", "deleted" if ended else "cancelled")


def _view(t: Words, job: Job) -> JobView:
    problem = job.problem or {}
    return JobView(
        id=job.id,
        kind=t("admin.kind_" + job.kind.replace(".", "_")),
        state=job.state,
        ended=job.state in ENDED,
        done=job.done,
        total=job.total,
        created=t.moment(job.created_at),
        problem=str(problem.get("detail") or problem.get("title") or ""),
    )
