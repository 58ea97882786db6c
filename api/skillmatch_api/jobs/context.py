"""What a job's work may use: the service below it, progress, and parts that outlive a worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from skillmatch.model.alignment import BadgeAlignment
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.jobs import claims
from skillmatch_api.jobs.claims import Claim, LostClaimError, StoppingError
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store

if TYPE_CHECKING:
    from pydantic import TypeAdapter

TOLD_EVERY = 0.5
"""Seconds between two notes of progress; each is a write."""


def nothing_more(session: Session) -> None:
    """Write nothing beside the result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a job came to.

    Attributes:
        result: JSON.
        write: Rows to make in the transaction that ends the job: all or none, and once.
    """

    result: str
    write: Callable[[Session], None] = nothing_more


@dataclass(slots=True, kw_only=True)
class JobContext:
    """One run of a job.

    Attributes:
        stopping: Set where the process ends.
        lost: Set where the claim was found to be lost.
    """

    claim: Claim
    store: Store
    matchers: MatcherHolder
    settings: ServiceSettings
    clock: Callable[[], datetime]
    stopping: threading.Event = field(default_factory=threading.Event)
    lost: threading.Event = field(default_factory=threading.Event)
    _told_at: float = 0.0

    def progress(self, done: int, total: int) -> None:
        """Say how far the work is; to be called often, since this is where a job can be stopped.

        Raises:
            InterruptedJobError: Stop here; what was kept is there for the next worker.
        """
        self.check()
        now = time.monotonic()
        if done < total and now - self._told_at < TOLD_EVERY:
            return
        self._told_at = now
        claims.note(self.store, self.claim, done=done, total=total, beat_at=self.clock())

    def steps(self, what: str, done: int, total: int) -> None:
        """Say the same in the form that the library's use cases call."""
        del what
        self.progress(done, total)

    def check(self) -> None:
        """Go on unless the process ends or the job is no longer this worker's.

        Raises:
            InterruptedJobError: It is so.
        """
        if self.stopping.is_set():
            raise StoppingError
        if self.lost.is_set():
            raise LostClaimError


@cache
def _adapter() -> TypeAdapter[BadgeAlignment]:
    from pydantic import TypeAdapter

    return TypeAdapter(BadgeAlignment)


@dataclass(frozen=True, slots=True)
class PartsJournal:
    """A ``skillmatch.service.aligning.Journal`` in the database: a part of the job for a badge."""

    context: JobContext

    def get(self, key: str) -> BadgeAlignment | None:
        """Return what an earlier worker of the job found under a key, or None."""
        body = claims.part(self.context.store, self.context.claim, key)
        return None if body is None else _adapter().validate_json(body)

    def add(self, key: str, found: BadgeAlignment) -> None:
        """Keep what was found.

        Raises:
            InterruptedJobError: The job is no longer this worker's.
        """
        body = _adapter().dump_json(found).decode("utf-8")
        claims.keep(self.context.store, self.context.claim, key, body)
