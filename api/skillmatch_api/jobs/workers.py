"""Threads that do jobs, one at a time each; several processes may have some."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from skillmatch.errors import SkillmatchError, StorageError
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.errors import DatabaseBusyError
from skillmatch_api.jobs import claims
from skillmatch_api.jobs.claims import Claim, InterruptedJobError, StoppingError
from skillmatch_api.jobs.context import JobContext
from skillmatch_api.jobs.kinds import KINDS, Kind
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store

POLL = 0.5
"""Seconds between two looks for a job."""
BEAT = 10.0
"""Seconds between two signs of life."""
DEAD_AFTER = timedelta(seconds=60)
"""Without a sign of life a worker is taken for dead; clocks of machines may differ by seconds."""
SWEEP_EVERY = 3600.0
_DATABASE = (SQLAlchemyError, DatabaseBusyError, StorageError)
_log = logging.getLogger(__name__)

Describe = Callable[[SkillmatchError | None], Mapping[str, Any]]
"""Makes an RFC 9457 problem of an error; of None, one that says that something is wrong here."""


@dataclass(slots=True, kw_only=True)
class Workers:
    """The threads of one process.

    Attributes:
        describe: See ``Describe``.
        kinds: What they can do; a job of another kind waits for a process that can.
    """

    store: Store
    matchers: MatcherHolder
    settings: ServiceSettings
    clock: Callable[[], datetime]
    describe: Describe
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _held: dict[str, Claim] = field(default_factory=dict)

    def start(self, count: int) -> None:
        """Begin to work with so many threads."""
        for number in range(count):
            # A daemon: a process whose jobs do not stop in time must end all the same.
            thread = threading.Thread(target=self._work, name=f"job-worker-{number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self, *, patience: float = 10.0) -> None:
        """Let running jobs wait for another worker, and end.

        Args:
            patience: Seconds that running work has to reach a place where it can stop; then its
                job is given back all the same, and the thread's claim on it is void.
        """
        self._stopping.set()
        until = time.monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        for claim in list(self._held.values()):
            self._give_back(claim)
        self._threads.clear()

    def run_one(self) -> bool:
        """Do the next job, in this thread; return whether there was one."""
        now = self.clock()
        claim = claims.claim_next(self.store, at=now, dead_before=now - DEAD_AFTER)
        if claim is None:
            return False
        self._held[claim.worker] = claim
        try:
            self._run(claim)
        except InterruptedJobError:
            pass  # cancelled, or another worker's: there is nothing left to write
        finally:
            self._held.pop(claim.worker, None)
        return True

    def sweep(self) -> int:
        """Delete jobs that ended so long ago that nobody needs their results."""
        before = self.clock() - timedelta(days=self.settings.job_days)
        return claims.sweep(self.store, before=before)

    def _work(self) -> None:
        swept = float("-inf")
        while not self._stopping.is_set():
            try:
                if time.monotonic() - swept > SWEEP_EVERY:
                    self.sweep()
                    swept = time.monotonic()
                busy = self.run_one()
            except Exception as error:  # noqa: BLE001 - the edge of the process
                # Above all the database may be away or busy, and the loop must outlive that.
                _log.warning("looking for jobs failed: %s", type(error).__name__)
                busy = False
            if not busy:
                self._stopping.wait(POLL)

    def _run(self, claim: Claim) -> None:
        context = JobContext(
            claim=claim,
            store=self.store,
            matchers=self.matchers,
            settings=self.settings,
            clock=self.clock,
            stopping=self._stopping,
        )
        if claim.attempts > claims.MAX_ATTEMPTS or claim.kind not in self.kinds:
            self._fail(claim, None)
            return
        ended = threading.Event()
        heart = threading.Thread(target=self._beat, args=(context, ended), daemon=True)
        heart.start()
        try:
            self._do(claim, context)
        finally:
            ended.set()
            heart.join()

    def _do(self, claim: Claim, context: JobContext) -> None:
        """Do the work of a job; whatever comes of it is written down."""
        try:
            outcome = self.kinds[claim.kind].run(claim.request, context)
            context.check()
            claims.finish(
                self.store,
                claim,
                result=outcome.result,
                at=self.clock(),
                write=outcome.write,
            )
        except StoppingError:
            claims.release(self.store, claim)
        except (InterruptedJobError, *_DATABASE):
            raise  # not the job's fault: it stays claimed and is begun again when that runs out
        except SkillmatchError as error:
            self._fail(claim, error)
        except Exception as error:  # noqa: BLE001 - the edge of the process for a job
            # The type and never the message, which may quote a person.
            _log.error("the job %s failed: %s", claim.job_id, type(error).__name__)
            self._fail(claim, None)

    def _fail(self, claim: Claim, error: SkillmatchError | None) -> None:
        claims.fail(self.store, claim, problem=self.describe(error), at=self.clock())

    def _beat(self, context: JobContext, ended: threading.Event) -> None:
        while not ended.wait(BEAT):
            try:
                claims.note(self.store, context.claim, beat_at=self.clock())
            except InterruptedJobError:
                context.lost.set()
                return
            except _DATABASE as error:
                _log.warning("a sign of life was not written: %s", type(error).__name__)

    def _give_back(self, claim: Claim) -> None:
        try:
            claims.release(self.store, claim)
        except InterruptedJobError:
            pass
        except _DATABASE as error:
            _log.warning("a job was not given back: %s", type(error).__name__)
