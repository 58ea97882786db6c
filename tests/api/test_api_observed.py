"""Names of requests, the log, unexpected errors, the numbers, and headers of every answer."""

from __future__ import annotations

import json
import logging
import sys
import uuid
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Job, Tenant
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.telemetry.json_logs import JsonLines
from tests.api.conftest import NOW, Authorised

WORDS = "Ada Lovelace, ada@example.org"
"""What somebody wrote, and no log, label or message may hold."""


class _Log:
    """What was logged, as the service writes it."""

    def __init__(self) -> None:
        self._stream = StringIO()
        self.handler = logging.StreamHandler(self._stream)
        self.handler.setFormatter(JsonLines())

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def log() -> Iterator[_Log]:
    """All that is logged during a test."""
    kept, root = _Log(), logging.getLogger()
    ours = logging.getLogger("skillmatch_api")
    root.addHandler(kept.handler)
    ours.setLevel(logging.INFO)
    yield kept
    root.removeHandler(kept.handler)
    ours.setLevel(logging.NOTSET)


@pytest.fixture
def failing(matching: Services) -> Iterator[TestClient]:
    """A client of an application with a route that fails in words of the caller's."""
    app = create_app(matching)

    def fail(name: str) -> None:
        try:
            dict[str, str]()[name]
        except KeyError as error:
            raise RuntimeError(f"no {name}") from error

    app.add_api_route("/probe/fail/{name}", fail)
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def test_a_request_is_named_in_answer_problem_and_log(client: TestClient, log: _Log) -> None:
    """Whoever asks about an answer can say which one, and its line is found."""
    named = client.get("/v1/nothing", headers={"X-Request-ID": "job-7.a:b_c"})
    unnamed = client.get("/healthz")

    assert named.headers["X-Request-ID"] == named.json()["instance"] == "job-7.a:b_c"
    assert len(unnamed.headers["X-Request-ID"]) == 36
    names = [line["request_id"] for line in log.lines]
    assert names == ["job-7.a:b_c", unnamed.headers["X-Request-ID"]]


@pytest.mark.parametrize("bad", ["", "a b", "-a", "a" * 129, "a;b", "ada@example.org", '"', "<b>"])
def test_a_name_that_a_log_could_take_for_something_else_is_replaced(
    client: TestClient, bad: str
) -> None:
    """A client must not write lines, tags or people into our logs."""
    given = client.get("/healthz", headers={"X-Request-ID": bad}).headers["X-Request-ID"]

    assert given != bad
    assert len(given) == 36


def test_the_log_tells_the_route_and_nothing_of_what_was_asked(
    client: TestClient, authorised: Authorised, log: _Log
) -> None:
    """Addresses, queries and bodies hold people's words; the template of a route holds none."""
    headers = authorised(Scope.LEARNER) | {"Accept-Encoding": "identity"}
    occupation = client.get(f"/v1/occupations/{WORDS}", params={"q": WORDS}, headers=headers)
    linked = client.post("/v1/link", json={"texts": [WORDS]}, headers=headers)
    client.post("/v1/link", json={"unknown": WORDS}, headers=headers)
    client.get(f"/v1/{WORDS}")

    assert (occupation.status_code, linked.status_code) == (404, 200)
    assert "Lovelace" not in log.text
    assert "ada@" not in log.text
    first, second, third, fourth = log.lines
    assert (first["method"], first["route"], first["status"]) == (
        "GET", "/v1/occupations/{occupation}", 404,
    )  # fmt: skip
    assert first["caller"].startswith("key:")
    assert (second["route"], second["status"]) == ("/v1/link", 200)
    assert second["bytes"] == len(linked.content)
    assert second["ms"] >= 0
    assert third["status"] == 422
    assert (fourth["route"], fourth["status"], fourth["caller"]) == ("(none)", 404, "")


def test_a_write_that_is_answered_again_is_logged_by_its_route(
    client: TestClient, authorised: Authorised, log: _Log
) -> None:
    """Whoever counts what a client repeats looks for the route, not for nowhere."""
    headers = authorised(Scope.LEARNER) | {"Idempotency-Key": "again"}

    answers = [client.post("/v1/candidates", json={}, headers=headers) for _ in range(2)]

    assert answers[0].content == answers[1].content
    found = [(line["route"], line["status"]) for line in log.lines]
    assert found == [("/v1/candidates", 201)] * 2


def test_an_unexpected_error_is_logged_by_type_and_place_alone(
    failing: TestClient, log: _Log
) -> None:
    """Its message quotes the caller, who gets a problem with the name of the request."""
    answer = failing.get(f"/probe/fail/{WORDS}")

    assert answer.status_code == 500
    assert answer.json()["title"] == "Internal Server Error"
    assert "Lovelace" not in answer.text + log.text
    error = next(line for line in log.lines if line["level"] == "error")
    assert error["error"] == ["builtins.RuntimeError", "builtins.KeyError"]
    assert error["request_id"] == answer.json()["instance"]
    assert all(frame.startswith("skillmatch") for frame in error["frames"])
    assert log.lines[-1]["status"] == 500


def test_an_error_that_somebody_logs_with_its_message_loses_it(log: _Log) -> None:
    """Whatever a library logs with ``exc_info`` passes the same formatter."""
    try:
        int(WORDS)
    except ValueError:
        logging.getLogger("some.library").error("failed", exc_info=sys.exc_info())

    assert log.lines[0]["error"] == ["builtins.ValueError"]
    assert "Lovelace" not in log.text


def test_numbers_are_for_admins(client: TestClient, authorised: Authorised) -> None:
    """How much is asked and by which routes is nobody else's business."""
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", headers=authorised(Scope.RECRUITER)).status_code == 403


def test_numbers_count_requests_by_template(failing: TestClient, authorised: Authorised) -> None:
    """Every label is one of a few: no address, no word and no key of anybody."""
    for name in ("a", "b", WORDS):
        failing.get(f"/probe/fail/{name}")
    failing.get("/v1/anything")
    failing.request("BREW", "/healthz")

    text = failing.get("/metrics", headers=authorised(Scope.ADMIN)).text

    assert (
        'skillmatch_requests_total{method="GET",route="/probe/fail/{name}",status="500"} 3.0'
        in text
    )
    assert 'route="(none)",status="404"} 1.0' in text
    assert 'method="other"' in text
    assert 'skillmatch_errors_total{type="RuntimeError"} 3.0' in text
    assert 'skillmatch_request_seconds_count{route="/probe/fail/{name}"} 3.0' in text
    assert "skillmatch_requests_in_flight 1.0" in text
    assert 'skillmatch_shed_total{why="heavy"} 0.0' in text
    assert "Lovelace" not in text


def test_numbers_tell_frameworks_in_use_and_jobs(
    client: TestClient, store: Store, authorised: Authorised
) -> None:
    """Whoever runs the service sees a release taken into use, and work that piles up."""
    admin = authorised(Scope.ADMIN)
    with store.writing() as session:
        tenant_id = session.scalars(select(Tenant.id)).one()
        for state in ("failed", "failed", "done"):
            session.add(_job(tenant_id, state))

    text = client.get("/metrics", headers=admin).text

    assert text.count("\nskillmatch_framework{framework=") == 2
    assert 'skillmatch_jobs{kind="badges.lint",state="failed"} 2.0' in text
    assert 'skillmatch_jobs{kind="badges.lint",state="done"} 1.0' in text


def _job(tenant_id: str, state: str) -> Job:
    return Job(
        tenant_id=tenant_id,
        id=str(uuid.uuid4()),
        kind="badges.lint",
        state=state,
        by="",
        request=b"",
        created_at=NOW,
    )


def test_two_applications_count_for_themselves(services: Services) -> None:
    """Tests, and whoever embeds the application, make several in one process."""
    first, second = create_app(services), create_app(services)

    with TestClient(first) as client:
        client.get("/healthz")

    assert b'route="/healthz"' in first.state.metrics.text()
    assert b'route="/healthz"' not in second.state.metrics.text()


def test_every_answer_keeps_browsers_from_more_than_was_meant(
    client: TestClient, authorised: Authorised
) -> None:
    """Refusals, too: a browser keeps and runs nothing that holds somebody's data."""
    headers = authorised(Scope.LEARNER)
    for path, caching in {
        "/v1/frameworks": "private, no-cache",
        "/v1/session": "no-store",
        "/v1/keys": "no-store",
        "/v1/nothing": "no-store",
        "/healthz": "no-store",
    }.items():
        answer = client.get(path, headers=headers)

        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == caching
    assert client.get("/v1/frameworks").headers["Cache-Control"] == "no-store"


def test_scripts_of_other_sites_read_nothing_unless_listed(
    services: Services, client: TestClient
) -> None:
    """CORS is off; an origin that is listed may read, and still sends a key and no cookie."""
    origin = {"Origin": "https://careers.example.org"}
    wanted = "Authorization, Idempotency-Key, If-Match, Last-Event-ID"
    preflight = {
        **origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": wanted,
    }
    settings = replace(services.settings, origins=("https://careers.example.org",))
    with TestClient(create_app(replace(services, settings=settings))) as sharing:
        allowed = sharing.get("/v1/nothing", headers=origin)
        asked = sharing.options("/v1/gap", headers=preflight)
        other = sharing.get("/v1/nothing", headers={"Origin": "https://evil.example"})

    assert "Access-Control-Allow-Origin" not in client.get("/healthz", headers=origin).headers
    assert client.options("/v1/gap", headers=preflight).status_code == 405
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://careers.example.org"
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    assert "X-Request-ID" in allowed.headers["Access-Control-Expose-Headers"]
    assert (asked.status_code, other.headers.get("Access-Control-Allow-Origin")) == (200, None)
