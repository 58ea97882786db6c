"""The Python client against the application, against a server that fails, and over a real line."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi.testclient import TestClient

from skillmatch.errors import UsageError
from skillmatch.report.json_report import json_report, read_gap
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.client import Client, Patience, ProblemError, UnreachableError, document
from skillmatch_api.client.told_person import OwnRecord, Registered
from skillmatch_api.client.told_work import JobOut
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised
from tests.docs.doc_pages import ROOT, blocks, page

POSTING = "Requirements:\n- Python 3\n- Must have order picking\n"
DAY = date(2026, 3, 1)
BADGE = ROOT / "examples" / "badges" / "provider" / "warehouse-operations.json"

Opened = Callable[..., Client]


@pytest.fixture
def opened(client: TestClient, authorised: Authorised) -> Iterator[Opened]:
    """Open a client with a new key of some scopes, whose requests the application answers."""
    made: list[Client] = []

    def carried(request: httpx.Request) -> httpx.Response:
        answer = client.request(
            request.method,
            str(request.url),
            content=request.read(),
            headers=dict(request.headers),
        )
        headers = [(k, v) for k, v in answer.headers.items() if k != "content-encoding"]
        return httpx.Response(answer.status_code, content=answer.content, headers=headers)

    def opening(*scopes: Scope, key: str = "") -> Client:
        words = key or authorised(*scopes)["Authorization"].partition(" ")[2]
        one = Client("http://127.0.0.1", words, transport=httpx.MockTransport(carried))
        made.append(one)
        return one

    yield opening
    for one in made:
        one.close()


def test_a_gap_is_the_value_that_the_program_prints(opened: Opened, client: TestClient) -> None:
    """Whoever has a ``GapResult`` can do with it what the library can."""
    service = opened(Scope.LEARNER)
    asked: Any = {"posting": POSTING, "have": ["Python; 2 years"], "at": DAY.isoformat()}
    headers = {"Authorization": f"Bearer {service.exchange.key}"}
    printed = client.post("/v1/gap", headers=headers, json=asked).text

    result = service.gap(posting=POSTING, have=["Python; 2 years"], at=DAY)

    assert result == read_gap(printed)
    assert json_report(result) == printed


def test_a_checklist_can_be_edited_and_sent_back(opened: Opened) -> None:
    """The reader of a posting may have misread it."""
    service = opened(Scope.LEARNER)
    asked = service.requirements(posting=POSTING)

    first, *_ = asked.requirements
    result = service.gap(requirements=replace(asked, requirements=(first,)), at=DAY)

    assert [one.requirement.uri for one in result.gaps] == [first.uri]


def test_what_is_kept_can_be_listed_read_and_forgotten(opened: Opened) -> None:
    """Every page of a list, whatever its length."""
    service = opened(Scope.LEARNER)
    kept = [service.postings.keep(posting=POSTING, title=f"number {n}").id for n in range(3)]

    pages = service.postings.page(limit=2)
    second = service.postings.page(limit=2, cursor=pages.next)
    for one in kept:
        service.postings.delete(one)

    assert {one.id for one in (*pages.items, *second.items)} == set(kept)
    assert list(service.postings.each()) == []


def test_a_plan_that_is_kept_comes_with_its_id(opened: Opened) -> None:
    """Without it nobody finds it again."""
    service = opened(Scope.LEARNER, Scope.PROVIDER)
    service.catalogue.put("courses", [document(ROOT / "examples/catalogue/software-developer.csv")])

    made, plan = service.plans.keep(goals=[{"posting": POSTING}], at=DAY)

    assert service.plans.get(made) == plan
    assert [one.id for one in service.plans.each()] == [made]


def test_a_person_registers_consents_is_found_and_withdraws(opened: Opened) -> None:
    """The whole way, with the keys that it takes."""
    ada = opened(Scope.LEARNER).candidates.register(name="Ada Example", contact="ada@example.org")
    assert isinstance(ada, Registered)
    own, recruiter = opened(key=ada.key or ""), opened(Scope.RECRUITER)
    own.evidence.add(ada.id, have=["Python"])
    own.candidates.consent(ada.id, fields=["name", "evidence"])

    found = [one.name for one in recruiter.candidates.each_found(skills=[{"text": "Python"}])]
    looked = [one.action for one in own.candidates.views(ada.id)]
    own.candidates.withdraw(ada.id)
    left = list(recruiter.candidates.each_found(skills=[{"text": "Python"}]))

    assert (found, looked, left) == (["Ada Example"], ["candidate.search"], [])
    mine = own.candidates.get(ada.id)
    assert isinstance(mine, OwnRecord)
    with pytest.raises(ProblemError, match="changed since you read it") as refused:
        own.candidates.change(ada.id, revision=mine.revision + 1, place="Graz")
    assert refused.value.status == 412


def test_a_problem_tells_every_fault(opened: Opened) -> None:
    """Whoever mends one after the other asks five times."""
    service = opened(Scope.LEARNER)
    wrong: Any = {"at": "yesterday", "posting": POSTING, "hvae": []}

    with pytest.raises(ProblemError) as refused:
        service.gap(**wrong)

    assert refused.value.status == 422
    assert {one.pointer for one in refused.value.faults} == {"/at", "/hvae"}
    assert "/hvae" in str(refused.value)
    assert refused.value.request_id


def test_a_key_that_does_not_count_is_refused_once(opened: Opened) -> None:
    """Asking again would only look like guessing."""
    with pytest.raises(ProblemError) as refused:
        opened(key="sm_no_such_key").search("python")

    assert refused.value.status == 401


class Failing(httpx.MockTransport):
    """Answers one after the other what it is given, and remembers requests and waits."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked: list[httpx.Request] = []
        self.waited: list[float] = []
        super().__init__(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self) -> Client:
        """Return a client that waits without waiting."""
        patience = Patience(sleep=self.waited.append, chance=lambda: 0.0)
        return Client("http://service.example", "secret", patience=patience, transport=self)


def busy(after: str = "") -> httpx.Response:
    """Return the answer of a service that has too much to do."""
    return httpx.Response(503, json={}, headers={"Retry-After": after} if after else {})


def test_a_busy_service_is_asked_again_when_it_says_so() -> None:
    """Sooner would make it busier."""
    limited = httpx.Response(429, json={}, headers={"Retry-After": "7"})
    failing = Failing(limited, busy(), httpx.Response(200, json={"status": "ok"}))

    assert failing.client().health().status == "ok"

    assert failing.waited == [7.0, 0.5]


def test_a_write_is_repeated_with_the_key_it_had() -> None:
    """The service then does it once, whether or not the first answer was lost."""
    failing = Failing(httpx.ReadError("cut off"), busy("1"), httpx.Response(204))

    failing.client().keys.revoke("k")

    keys = {one.headers["Idempotency-Key"] for one in failing.asked}
    assert (len(failing.asked), len(keys)) == (3, 1)


def test_patience_ends() -> None:
    """A program must not hang on a service that stays away, nor wait for an hour."""
    away = Failing(*[httpx.ConnectError("refused")] * 4)
    for_long = Failing(busy("3600"))

    with pytest.raises(UnreachableError, match=r"GET http://service.example/healthz: refused"):
        away.client().health()
    with pytest.raises(ProblemError, match="503"):
        for_long.client().health()

    assert (len(away.waited), for_long.waited) == (3, [])


def test_no_message_holds_the_key_or_what_was_asked() -> None:
    """They end in logs."""
    away = Failing(*[httpx.ConnectError("refused")] * 4)
    service = away.client()

    with pytest.raises(UnreachableError) as failed:
        service.search("a private word")

    assert "private" not in str(failed.value)
    assert "secret" not in f"{failed.value}{service.exchange!r}"


def test_what_is_no_answer_of_the_service_is_said_to_be_none() -> None:
    """A proxy that answers instead of it speaks HTML."""
    failing = Failing(httpx.Response(502, text="<html>"), httpx.Response(200, text="<html>"))
    service = failing.client()

    with pytest.raises(ProblemError, match="between it and you"):
        service.health()
    with pytest.raises(Exception, match="does not understand"):
        service.health()


def test_an_address_without_a_scheme_is_refused() -> None:
    """The message tells what is missing, before anything is sent."""
    with pytest.raises(UsageError, match="https://"):
        Client("skills.example")


def test_ids_stay_ids() -> None:
    """A slash in one must not lead to another route."""
    failing = Failing(httpx.Response(204))

    failing.client().keys.revoke("../../v1/jobs?x=1#y")

    assert failing.asked[0].url.raw_path == b"/v1/keys/..%2F..%2Fv1%2Fjobs%3Fx%3D1%23y"


def event(job: dict[str, Any], number: int) -> str:
    """Return one event of a job."""
    return f"id: {number}\nevent: progress\ndata: {json.dumps({**job, 'done': number})}\n\n"


JOB: dict[str, Any] = {
    "id": "j", "kind": "badges.lint", "state": "running", "done": 0, "total": 3,
    "created_at": "2026-01-01T00:00:00Z", "started_at": None, "ended_at": None,
    "problem": None, "result": None, "events": "/v1/jobs/j/events",
}  # fmt: skip


def test_events_go_on_where_the_line_broke() -> None:
    """No event is lost, none is told twice, and the end is the end."""
    stream = {"Content-Type": "text/event-stream"}
    last = event({**JOB, "state": "done"}, 3)
    failing = Failing(
        httpx.Response(200, text=event(JOB, 1) + event(JOB, 2), headers=stream),
        httpx.Response(200, json={**JOB, "done": 2}),
        httpx.ReadError("cut off"),
        httpx.Response(200, text=last, headers=stream),
    )

    told = list(failing.client().jobs.events("j"))

    assert [one.done for one in told] == [1, 2, 3]
    assert failing.asked[-1].headers["Last-Event-ID"] == "2"


def test_a_job_that_cannot_be_followed_is_asked_for() -> None:
    """A service with too many readers of events still tells how far a job is."""
    full = httpx.Response(429, json={}, headers={"Retry-After": "10"})
    failing = Failing(
        full,
        httpx.Response(200, json={**JOB, "done": 1}),
        full,
        httpx.Response(200, json={**JOB, "done": 1}),
        busy("10"),
        httpx.Response(200, json={**JOB, "state": "done", "done": 3}),
    )

    told = list(failing.client().jobs.events("j"))

    assert [(one.state, one.done) for one in told] == [("running", 1), ("done", 3)]
    assert [one.url.path for one in failing.asked] == ["/v1/jobs/j/events", "/v1/jobs/j"] * 3
    assert failing.waited == [2.0, 2.0]


def test_a_job_that_is_not_there_is_not_asked_for_again() -> None:
    """Only what may change is asked for twice."""
    failing = Failing(httpx.Response(404, json={"detail": "there is no such job"}))

    with pytest.raises(ProblemError, match="no such job"):
        list(failing.client().jobs.events("j"))

    assert len(failing.asked) == 1


@pytest.fixture
def address(matching: Services) -> Iterator[str]:
    """Address of a server with a worker."""
    settings = replace(matching.settings, job_workers=1)
    app = create_app(replace(matching, settings=settings))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


def test_badges_are_aligned_reviewed_and_written_over_a_real_line(
    address: str, authorised: Authorised
) -> None:
    """The provider's job, followed by events and by asking."""
    _, _, key = authorised(Scope.PROVIDER)["Authorization"].partition(" ")
    seen: list[JobOut] = []

    with Client(address, key) as service:
        job = service.jobs.align(badges=[document(BADGE)])
        told = list(service.jobs.events(job.id))
        ended = service.jobs.wait(job.id, seen=seen.append, every_s=0.01)
        run = service.jobs.aligned(job.id)
        [waiting] = service.alignments.each(job=job.id)
        one = service.alignments.get(waiting.id)
        [*places] = [entry for entry in one.review.statements if entry.entries]
        decided = service.alignments.decide(
            one.id,
            [{"at": it.at, "digest": it.digest, "decision": "accept"} for it in places],
            reviewer="Ada",
            revision=one.revision,
        )
        written = service.alignments.badge(one.id, written_as="ob3")

    assert told[-1].state == ended.state == seen[-1].state == "done"
    assert len(run.badges) == 1
    assert decided.state == "reviewed"
    assert written["type"]


def test_the_example_of_the_page_runs(
    address: str,
    authorised: Authorised,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It is the first thing that somebody copies, and ends as the page says."""
    monkeypatch.chdir(ROOT)
    headers = authorised(Scope.LEARNER, Scope.PROVIDER)
    monkeypatch.setenv("KEY", headers["Authorization"].removeprefix("Bearer "))
    [example] = blocks(page("service-client.md"), "python")
    [ending] = blocks(page("service-client.md"), "text")

    program = example.replace("http://127.0.0.1:8080", address)
    exec(compile(program, "docs/service-client.md", "exec"), {})  # noqa: S102 - our own

    printed = capsys.readouterr().out
    assert "missing Microsoft Excel" in printed
    assert printed.endswith(f"1 of 1\n{ending}")


def test_the_client_names_the_extra_that_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program alone does not bring httpx, and its name tells nobody what to install."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.delitem(sys.modules, "skillmatch_api.client.client")

    with pytest.raises(ModuleNotFoundError, match=r"pip install 'skillmatch\[client\]'"):
        importlib.import_module("skillmatch_api.client.client")


def test_the_client_brings_nothing_of_the_service() -> None:
    """Whoever asks a service needs neither its database nor its models."""
    program = (
        "import sys, skillmatch_api.client; print(sorted({one.partition('.')[0] for one in "
        "sys.modules} & {'fastapi', 'sqlalchemy', 'faiss', 'numpy', 'onnxruntime', 'lxml'}), "
        "sorted(one for one in sys.modules if one.startswith('skillmatch_api.') and "
        "not one.startswith('skillmatch_api.client')))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert ended.stdout.strip() == "[] []"
