"""Long work: asking for it, following it, and what it came to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Literal, TypedDict, Unpack

import httpx

from skillmatch.model.alignment import AlignmentRun
from skillmatch.model.catalogue import ImportReport
from skillmatch.quality.batch import LintResult
from skillmatch_api.client.asked import DocumentIn
from skillmatch_api.client.asked_work import (
    AlignIn,
    AlignJobIn,
    CatalogueJobIn,
    LintIn,
    LintJobIn,
    RecheckJobIn,
)
from skillmatch_api.client.exchange import path_of
from skillmatch_api.client.failures import ProblemError, UnreachableError
from skillmatch_api.client.family import Family
from skillmatch_api.client.patience import AGAIN
from skillmatch_api.client.reader import Reader, each
from skillmatch_api.client.told_work import JobList, JobOut

State = Literal["waiting", "running", "done", "failed", "cancelled"]

ENDED = frozenset({"done", "failed", "cancelled"})


class SkippedPerson(TypedDict):
    """Somebody whose badges were not checked again, and why."""

    person: str
    reason: str


class Rechecked(TypedDict):
    """What checking stored badges again came to, in pieces of evidence.

    Attributes:
        began_at: A moment in ISO format.
        people: Whose badges were checked.
        changed: For which the state of the proof, or its reason, is another one now.
    """

    began_at: str
    people: int
    pieces: int
    changed: int
    no_longer_proven: int
    newly_proven: int
    skipped: list[SkippedPerson]


ASK_AGAIN_S = 2.0
"""How often a job is asked for that cannot be followed."""

_JOB = Reader[JobOut](JobOut)
_LIST = Reader[JobList](JobList)
_ALIGNED = Reader[AlignmentRun](AlignmentRun)
_LINTED = Reader[LintResult](LintResult)
_IMPORTED = Reader[ImportReport](ImportReport)
_RECHECKED = Reader[Rechecked](Rechecked)


def _nothing(_: JobOut) -> None:
    """Show nobody how far a job is."""


class Jobs(Family):
    """Work that takes longer than a request may."""

    __slots__ = ()

    def submit(self, asked: AlignJobIn | LintJobIn | CatalogueJobIn | RecheckJobIn) -> JobOut:
        """Ask for work and return at once."""
        return _JOB(self.exchange.post("/v1/jobs", asked))

    def align(self, **asked: Unpack[AlignIn]) -> JobOut:
        """Ask for proposals for many badges; they wait in the queue of reviews afterwards."""
        return self.submit({**asked, "kind": "badges.align"})

    def lint(self, **asked: Unpack[LintIn]) -> JobOut:
        """Ask what is wrong with many badges."""
        return self.submit({**asked, "kind": "badges.lint"})

    def import_catalogue(self, name: str, documents: Sequence[DocumentIn]) -> JobOut:
        """Ask for a catalogue to be read and kept under a name."""
        return self.submit({"kind": "catalogue.import", "name": name, "documents": documents})

    def recheck(self, *, person: str = "", stale_days: int = 0, online: bool = False) -> JobOut:
        """Ask for the badges that people left there to be checked again.

        Args:
            person: Id of one person; everybody without it.
            stale_days: Only people with a badge that was not checked for so many days.
            online: Whether to fetch what badges need, where the service may.
        """
        return self.submit(
            {
                "kind": "evidence.recheck",
                "person": person,
                "stale_days": stale_days,
                "online": online,
            }
        )

    def page(
        self, *, state: State | None = None, limit: int | None = None, cursor: str | None = None
    ) -> JobList:
        """Return a page of jobs, the newest first."""
        query = {"state": state, "limit": limit, "cursor": cursor}
        return _LIST(self.exchange.get("/v1/jobs", query))

    def each(self, *, state: State | None = None) -> Iterator[JobOut]:
        """Yield all of them."""
        return each(lambda cursor: self.page(state=state, cursor=cursor))

    def get(self, job_id: str) -> JobOut:
        """Return how far a job is."""
        return _JOB(self.exchange.get(path_of("/v1/jobs/{}", job_id)))

    def delete(self, job_id: str) -> None:
        """Cancel a job; one that has ended is deleted."""
        self.exchange.write("DELETE", path_of("/v1/jobs/{}", job_id))

    def wait(
        self,
        job_id: str,
        *,
        seen: Callable[[JobOut], None] = _nothing,
        every_s: float = 1.0,
        limit_s: float | None = None,
    ) -> JobOut:
        """Return a job when it has ended; whether it is done or failed is in its ``state``.

        Args:
            job_id: Of a job.
            seen: Called with the job each time it was asked for.
            every_s: How often that is.
            limit_s: After this time the job is returned as it is; None means to wait for ever.
        """
        until = None if limit_s is None else time.monotonic() + limit_s
        while True:
            job = self.get(job_id)
            seen(job)
            late = until is not None and time.monotonic() + every_s > until
            if job.state in ENDED or late:
                return job
            self.exchange.patience.sleep(every_s)

    def events(self, job_id: str) -> Iterator[JobOut]:
        """Yield a job whenever it got further, and at its end, as the service tells it.

        Where the line breaks, the events go on from the last one that came. Where the service has
        no room for another reader, it is asked for the job instead.

        Raises:
            UnreachableError: The line broke as often in a row as patience has attempts.
        """
        shown = None
        for job in self._followed(job_id):
            if job != shown:
                yield job
            if job.state in ENDED:
                return
            shown = job

    def aligned(self, job_id: str) -> AlignmentRun:
        """Return what a job of ``align`` came to."""
        return _ALIGNED(self._result(job_id))

    def linted(self, job_id: str) -> LintResult:
        """Return what a job of ``lint`` came to."""
        return _LINTED(self._result(job_id))

    def imported(self, job_id: str) -> ImportReport:
        """Return what a job of ``import_catalogue`` came to."""
        return _IMPORTED(self._result(job_id))

    def rechecked(self, job_id: str) -> Rechecked:
        """Return what a job of ``recheck`` came to."""
        return _RECHECKED(self._result(job_id))

    def _result(self, job_id: str) -> httpx.Response:
        return self.exchange.get(path_of("/v1/jobs/{}/result", job_id))

    def _followed(self, job_id: str) -> Iterator[JobOut]:
        """Yield a job without end, as events tell it or as it is when asked for."""
        last, failures = "", 0
        while True:
            try:
                for told, job in self._stream(job_id, last):
                    last, failures = told, 0
                    yield job
            except httpx.TransportError as error:
                failures += 1
                wait_s = self.exchange.patience.wait_s(failures - 1, None)
                if wait_s is None:
                    raise UnreachableError(f"the events of a job broke off: {error}") from error
                self.exchange.patience.sleep(wait_s)
            except ProblemError as problem:
                if problem.status not in AGAIN:
                    raise
                yield self.get(job_id)
                self.exchange.patience.sleep(ASK_AGAIN_S)
            else:
                yield self.get(job_id)

    def _stream(self, job_id: str, last: str) -> Iterator[tuple[str, JobOut]]:
        """Yield the id of each event with its job."""
        from httpx_sse import EventSource

        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": last} if last else {})}
        path = path_of("/v1/jobs/{}/events", job_id)
        request = self.exchange.request("GET", path, headers=headers)
        with self.exchange.stream(request) as response:
            if response.status_code == 204:
                return
            for event in EventSource(response).iter_sse():
                if event.data:
                    yield event.id, _JOB.of_json(event.data)
