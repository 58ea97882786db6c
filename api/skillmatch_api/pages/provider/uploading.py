"""Files of badges and outcomes become a job, and a job becomes what a page says of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.jobs import queue
from skillmatch_api.jobs.claims import DONE, ENDED
from skillmatch_api.jobs.placed_files import packed
from skillmatch_api.jobs.queue import Which
from skillmatch_api.reviews import queue as reviews
from skillmatch_api.reviews.storing import OPEN
from skillmatch_api.store.tables import Job
from skillmatch_api.wire.given.documents import DocumentIn

ALIGN = "badges.align"
KINDS = frozenset({ALIGN})
OPTIONS = {"top": 5, "min_confidence": 0.1}
"""How much is proposed; as ``POST /v1/jobs`` where nothing is said."""
MAX_FILES = 2_000
RECENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job as the page shows it.

    Attributes:
        percent: How far it is, 0 as long as nobody knows.
        said: Why it failed, in the engine's language.
        badges: How many badges it has put into the queue; ``left`` still need a decision.
        notes: What was left out and why, in the engine's language.
    """

    id: str
    state: str
    done: int
    total: int
    said: str = ""
    badges: int = 0
    left: int = 0
    notes: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.done // self.total if self.total else 0

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in ENDED


def named_bytes(documents: Sequence[DocumentIn], default: str) -> tuple[NamedBytes, ...]:
    """Return files of a form under the names that they are shown with."""
    return tuple(NamedBytes(name=one.called(default), data=one.data) for one in documents)


def request_of(documents: Sequence[DocumentIn]) -> bytes:
    """Return what a worker reads."""
    return packed(named_bytes(documents, "badge"), OPTIONS)


def job_view(session: Session, *, tenant_id: str, job_id: str) -> JobView:
    """Return a job with what came of it.

    Raises:
        AbsentError: There is none.
    """
    job = queue.found(session, tenant_id=tenant_id, job_id=job_id, kinds=KINDS)
    notes: tuple[str, ...] = ()
    if job.state == DONE:
        notes = tuple(json.loads(queue.result_of(session, job) or "{}").get("notes", ()))
    return _view(session, job, notes)


def recent(session: Session, *, tenant_id: str) -> tuple[JobView, ...]:
    """Return the newest jobs that still run or have come to nothing."""
    jobs = queue.listed(session, tenant_id=tenant_id, which=Which(kinds=KINDS), limit=RECENT)
    return tuple(_view(session, one) for one in jobs if one.state != DONE)


def _view(session: Session, job: Job, notes: tuple[str, ...] = ()) -> JobView:
    def count(state: str | None) -> int:
        which = reviews.Which(job_id=job.id, state=state)
        return reviews.counted(session, tenant_id=job.tenant_id, which=which)

    return JobView(
        id=job.id,
        state=job.state,
        done=job.done,
        total=job.total,
        said=str((job.problem or {}).get("detail", "")),
        badges=count(None),
        left=count(OPEN),
        notes=notes,
    )
