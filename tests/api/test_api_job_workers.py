"""Jobs survive their workers: each is done once, whoever dies, stops or races in between."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from skillmatch.errors import DataError
from skillmatch_api.access.principal import Scope
from skillmatch_api.jobs import claims, queue
from skillmatch_api.jobs.claims import MAX_ATTEMPTS, LostClaimError
from skillmatch_api.jobs.context import JobContext, Outcome, nothing_more
from skillmatch_api.jobs.kinds import Kind
from skillmatch_api.jobs.workers import DEAD_AFTER
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Job, JobPart
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW
from tests.api.job_steps import STEPS, Clock, add_job, counting, job_row, workers_for


class KilledError(BaseException):
    """Ends a worker without a word, as a power cut does."""


def never(_step: int, _context: JobContext) -> None:
    """Go on."""


def parts(store: Store) -> int:
    """Return how many parts of jobs are kept."""
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(JobPart)) or 0


def test_a_job_is_done_and_what_was_asked_for_is_forgotten(services: Services) -> None:
    """A request may hold a person's words; with the result they are needed no longer."""
    job_id = add_job(services.store, NOW)

    assert workers_for(services, counting(never), Clock(NOW)).run_one()

    row = job_row(services.store, job_id)
    assert (row.state, row.done, row.total) == ("done", STEPS, STEPS)
    assert row.result == "\n".join(f"x-{step} by attempt 1" for step in range(STEPS))
    assert (row.request, parts(services.store)) == (b"", 0)


def test_a_job_of_a_dead_worker_goes_on_where_it_was(services: Services) -> None:
    """The next worker keeps what was found and finds the rest; until then nobody else takes it."""
    job_id, clock = add_job(services.store, NOW), Clock(NOW)

    def die(step: int, _context: JobContext) -> None:
        if step == 4:
            raise KilledError

    dying = workers_for(services, counting(die), clock)
    with pytest.raises(KilledError):
        dying.run_one()
    living = workers_for(services, counting(never), clock)
    too_early = living.run_one()
    clock.now = NOW + DEAD_AFTER + timedelta(seconds=1)

    assert not too_early
    assert living.run_one()
    assert (job_row(services.store, job_id).result or "").split("\n") == [
        f"x-{step} by attempt {1 if step < 4 else 2}" for step in range(STEPS)
    ]


def test_a_worker_that_was_taken_for_dead_changes_nothing_any_more(services: Services) -> None:
    """It was only slow: what it writes late must not be there beside the other's result."""
    add_job(services.store, NOW)
    slow = claims.claim_next(services.store, at=NOW, dead_before=NOW)
    later = NOW + DEAD_AFTER * 2
    quick = claims.claim_next(services.store, at=later, dead_before=later - DEAD_AFTER)
    assert slow is not None
    assert quick is not None

    with pytest.raises(LostClaimError):
        claims.keep(services.store, slow, "a", "late")
    with pytest.raises(LostClaimError):
        claims.note(services.store, slow, done=99)
    with pytest.raises(LostClaimError):
        claims.release(services.store, slow)
    with pytest.raises(LostClaimError):
        claims.fail(services.store, slow, problem={}, at=later)
    with pytest.raises(LostClaimError):
        claims.finish(services.store, slow, result="late", at=later, write=nothing_more)

    claims.finish(services.store, quick, result="good", at=later, write=nothing_more)
    row = job_row(services.store, quick.job_id)
    assert (row.state, row.result, row.done, row.problem) == ("done", "good", 0, None)


def test_a_job_that_ends_every_worker_is_given_up(services: Services) -> None:
    """One poisonous file must not take the service down for ever."""
    job_id, clock = add_job(services.store, NOW), Clock(NOW)

    def die(_step: int, _context: JobContext) -> None:
        raise KilledError

    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(KilledError):
            workers_for(services, counting(die), clock).run_one()
        clock.now += DEAD_AFTER + timedelta(seconds=1)
    workers_for(services, counting(never), clock).run_one()

    row = job_row(services.store, job_id)
    assert row.state == "failed"
    assert row.problem is not None


def test_a_stopping_process_gives_its_job_back(services: Services) -> None:
    """A deployment is no failure: the job waits, keeps its parts, and no attempt is counted."""
    job_id, clock = add_job(services.store, NOW), Clock(NOW)
    begun, stopped = threading.Event(), threading.Event()

    def hold(step: int, _context: JobContext) -> None:
        if step == 3:
            begun.set()
            assert stopped.wait(20)

    workers = workers_for(services, counting(hold), clock)
    workers.start(1)
    assert begun.wait(20)
    threading.Timer(0.05, stopped.set).start()
    workers.stop()

    row = job_row(services.store, job_id)
    assert (row.state, row.worker, row.attempts) == ("waiting", None, 0)
    assert parts(services.store) == 3
    assert workers_for(services, counting(never), clock).run_one()
    assert job_row(services.store, job_id).state == "done"


def test_a_job_that_does_not_stop_in_time_is_given_back_all_the_same(services: Services) -> None:
    """A long encoding must not hold up the end; whatever its thread writes then is void."""
    job_id = add_job(services.store, NOW)
    begun, released = threading.Event(), threading.Event()
    caught: list[BaseException] = []

    def stubborn(_request: bytes, context: JobContext) -> Outcome:
        begun.set()
        assert released.wait(20)
        try:
            claims.keep(context.store, context.claim, "late", "late")
        except LostClaimError as error:
            caught.append(error)
            raise
        return Outcome(result="late")

    kind = Kind(name="count", scopes=frozenset({Scope.PROVIDER}), run=stubborn)
    workers = workers_for(services, kind, Clock(NOW))
    workers.start(1)
    thread = next(one for one in threading.enumerate() if one.name == "job-worker-0")
    assert begun.wait(20)
    workers.stop(patience=0.05)
    row = job_row(services.store, job_id)
    released.set()
    thread.join(20)

    assert row.state == "waiting"
    assert len(caught) == 1
    assert job_row(services.store, job_id).state == "waiting"


def test_a_cancelled_job_stops_and_leaves_nothing(services: Services) -> None:
    """Whoever cancels has changed their mind about the result, too."""
    job_id = add_job(services.store, NOW)

    def cancel(step: int, context: JobContext) -> None:
        if step != 2:
            return
        with services.store.writing() as session:
            job = queue.found(
                session,
                tenant_id=context.claim.tenant_id,
                job_id=job_id,
                kinds=["count"],
                to_change=True,
            )
            queue.cancel(session, job, by="test", at=NOW)

    assert workers_for(services, counting(cancel), Clock(NOW)).run_one()

    row = job_row(services.store, job_id)
    assert (row.state, row.result, row.request) == ("cancelled", None, b"")
    assert parts(services.store) == 0


def test_a_failure_is_a_problem_and_never_a_message_of_a_stranger(
    services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    """What the library says is for the caller; any other error may quote a person."""
    errors = [DataError("line 3 lacks a name"), ValueError("Ada Lovelace, ada@example.org")]
    jobs = [add_job(services.store, NOW + timedelta(seconds=place)) for place in range(2)]
    left = list(errors)

    def fail(_request: bytes, _context: JobContext) -> Outcome:
        raise left.pop(0)

    kind = Kind(name="count", scopes=frozenset({Scope.PROVIDER}), run=fail)
    workers = workers_for(services, kind, Clock(NOW))
    with caplog.at_level(logging.DEBUG):
        workers.run_one()
        workers.run_one()

    rows = [job_row(services.store, one) for one in jobs]
    assert [row.state for row in rows] == ["failed", "failed"]
    assert [(row.problem or {})["detail"] for row in rows] == ["line 3 lacks a name", ""]
    assert "ValueError" in caplog.text
    assert "Ada" not in caplog.text


def test_rows_of_a_job_are_there_once_and_only_with_its_end(services: Services) -> None:
    """A job whose last transaction fails has written nothing, so that its next run may."""
    job_id = add_job(services.store, NOW)

    def run(_request: bytes, context: JobContext) -> Outcome:
        def write(session: object) -> None:
            del session
            raise DataError(f"attempt {context.claim.attempts}")

        return Outcome(result="r", write=write)

    kind = Kind(name="count", scopes=frozenset({Scope.PROVIDER}), run=run)
    workers_for(services, kind, Clock(NOW)).run_one()

    row = job_row(services.store, job_id)
    assert (row.state, row.result) == ("failed", None)


def test_many_workers_do_each_job_once(services: Services) -> None:
    """Claims race in the database, not in the process, so threads stand for servers here."""
    jobs = [
        add_job(services.store, NOW + timedelta(seconds=place), request=str(place).encode())
        for place in range(12)
    ]
    done: list[bytes] = []

    def run(request: bytes, _context: JobContext) -> Outcome:
        done.append(request)
        return Outcome(result=request.decode())

    kind = Kind(name="count", scopes=frozenset({Scope.PROVIDER}), run=run)
    several = [workers_for(services, kind, Clock(NOW)) for _ in range(4)]

    def work(place: int) -> None:
        while several[place].run_one():
            pass

    threads = [threading.Thread(target=work, args=(place,)) for place in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)

    # A worker that lost a race finds nothing for a moment and leaves; the others do the rest.
    assert sorted(done) == sorted(str(place).encode() for place in range(12))
    rows = [job_row(services.store, one) for one in jobs]
    assert [row.result for row in rows] == [str(place) for place in range(12)]
    assert {row.attempts for row in rows} == {1}


def test_old_results_are_swept_and_nothing_else(services: Services) -> None:
    """A result may hold a person's words; jobs that wait or run are not old, however long."""
    old, young, waiting = (add_job(services.store, NOW) for _ in range(3))
    clock = Clock(NOW)
    workers = workers_for(services, counting(never), clock)
    workers.run_one()
    clock.now = NOW + timedelta(days=services.settings.job_days, seconds=-1)
    workers.run_one()
    clock.now = NOW + timedelta(days=services.settings.job_days, seconds=1)
    first = sorted((old, young, waiting))[0]

    assert workers.sweep() == 1

    with services.store.reading() as session:
        left = {one.id: one.state for one in session.query(Job)}
    assert first not in left
    assert sorted(left.values()) == ["done", "waiting"]


_DOOMED = """
    import sys, time
    from datetime import datetime
    from skillmatch_api.jobs import claims
    from skillmatch_api.store import Store

    store, at = Store.open(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
    claim = claims.claim_next(store, at=at, dead_before=at)
    for step in range(4):
        claims.keep(store, claim, str(step), f"x-{step} by attempt {claim.attempts}")
    print("here", flush=True)
    time.sleep(60)
"""


def test_a_killed_process_loses_nothing_and_doubles_nothing(
    services: Services, database_url: str
) -> None:
    """Kill -9 in the middle of a job: what it kept is on disk, and the next process goes on."""
    job_id = add_job(services.store, NOW)
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_DOOMED), database_url, NOW.isoformat()],
        stdout=subprocess.PIPE,
    ) as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == b"here\n"
        doomed.send_signal(signal.SIGKILL)
        doomed.wait(20)
    in_between = job_row(services.store, job_id)
    clock = Clock(NOW + DEAD_AFTER + timedelta(seconds=1))

    assert (in_between.state, parts(services.store)) == ("running", 4)
    assert workers_for(services, counting(never), clock).run_one()
    assert (job_row(services.store, job_id).result or "").split("\n") == [
        f"x-{step} by attempt {1 if step < 4 else 2}" for step in range(STEPS)
    ]
    assert not workers_for(services, counting(never), clock).run_one()
