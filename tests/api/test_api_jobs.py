"""``/v1/jobs``: asked for, followed, read and cancelled over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.jobs.queue import MAX_WAITING, submit
from skillmatch_api.store import Store
from skillmatch_api.wire.process.working import workers_of
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised, CommandLine

BADGE: Mapping[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://academy.example/badges/stock",
    "name": "Stock",
    "description": "Share documents",
    "criteria": {"narrative": "Earners pick orders"},
}
ALIGN = {"kind": "badges.align", "badges": [{"name": "stock.json", "json": BADGE}]}
LINT = {"kind": "badges.lint", "badges": [{"name": "stock.json", "json": BADGE}]}


@pytest.fixture
def key(authorised: Authorised) -> dict[str, str]:
    """A provider's key."""
    return authorised(Scope.PROVIDER)


@pytest.fixture
def work(matching: Services) -> Callable[[], bool]:
    """Do the next job, in this thread."""
    return workers_of(matching).run_one


@pytest.fixture
def working_client(matching: Services) -> Iterator[TestClient]:
    """A client of an application with a worker of its own."""
    settings = replace(matching.settings, job_workers=1)
    with TestClient(
        create_app(replace(matching, settings=settings)), base_url="http://127.0.0.1"
    ) as opened:
        yield opened


def test_a_batch_is_aligned_to_the_bytes_of_the_command(
    client: TestClient,
    key: dict[str, str],
    work: Callable[[], bool],
    command_line: CommandLine,
    tmp_path: Path,
) -> None:
    """A job is the same work as the command, only later; its address says where to look."""
    (tmp_path / "stock.json").write_text(json.dumps(BADGE))
    expected = command_line("badge", "align", str(tmp_path / "stock.json"), "--json")

    asked = client.post("/v1/jobs", headers=key, json=ALIGN)
    place = asked.headers["location"]
    before = client.get(place, headers=key).json()
    too_early = client.get(f"{place}/result", headers=key)
    work()
    after = client.get(place, headers=key).json()
    result = client.get(after["result"], headers=key)

    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    assert (before["state"], before["result"]) == ("waiting", None)
    assert too_early.status_code == 409
    assert (after["state"], after["done"], after["total"]) == ("done", 1, 1)
    assert result.text == expected


def test_a_batch_is_judged_to_the_bytes_of_the_route(
    client: TestClient, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """One lint, at once or as a job."""
    options = {"profile": "ob2", "off": {"B10": "none"}, "review_by": "2026-11-30"}
    at_once = client.post(
        "/v1/badges/lint", headers=key, json={"badges": LINT["badges"], **options}
    )

    place = client.post("/v1/jobs", headers=key, json={**LINT, **options}).headers["location"]
    work()

    assert client.get(f"{place}/result", headers=key).text == at_once.text


def test_a_catalogue_is_imported_as_the_route_imports_it(
    client: TestClient, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """For catalogues that are too large for a request; what it comes to is the same."""
    offers = [{"name": "offers.csv", "text": "name,skills\nStock,order picking\n"}]
    at_once = client.put("/v1/catalogue/one", headers=key, json={"documents": offers})
    body = {"kind": "catalogue.import", "name": "two", "documents": offers}

    place = client.post("/v1/jobs", headers=key, json=body).headers["location"]
    work()

    result = client.get(f"{place}/result", headers=key)
    kept = [client.get(f"/v1/catalogue/{name}", headers=key).json() for name in ("one", "two")]
    assert result.json() == {**at_once.json(), "name": "two"}
    assert kept[1]["offers"] == kept[0]["offers"]


def test_faults_that_can_be_seen_at_once_are_not_left_to_the_job(
    client: TestClient, key: dict[str, str]
) -> None:
    """Nobody wants to learn of a slip of the pen from a failed job."""
    answer = client.post("/v1/jobs", headers=key, json={**LINT, "off": {"Z9": "no"}})

    assert answer.status_code == 422
    assert "Z9" in answer.json()["detail"]


def test_a_failed_job_says_why(
    client: TestClient, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """The problem is the one that the route would answer with, and names no folder."""
    body = {"kind": "badges.align", "badges": [{"name": "note.json", "json": {"a": 1}}]}

    place = client.post("/v1/jobs", headers=key, json=body).headers["location"]
    work()
    read = client.get(place, headers=key).json()

    assert (read["state"], read["problem"]["status"], read["result"]) == ("failed", 422, None)
    assert read["problem"]["detail"].startswith("note.json")
    assert client.get(f"{place}/result", headers=key).status_code == 409


def test_a_waiting_job_is_cancelled_and_an_ended_one_deleted(
    client: TestClient, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """What was sent is gone at once; the second DELETE takes the job itself away."""
    place = client.post("/v1/jobs", headers=key, json=LINT).headers["location"]

    first = client.delete(place, headers=key)
    cancelled = client.get(place, headers=key).json()["state"]
    second = client.delete(place, headers=key)

    assert (first.status_code, cancelled, second.status_code) == (204, "cancelled", 204)
    assert client.get(place, headers=key).status_code == 404
    assert not work()


def test_jobs_are_listed_page_by_page_newest_first(
    client: TestClient, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """Jobs of one moment keep an order, so that no page repeats or leaves out any."""
    made = [client.post("/v1/jobs", headers=key, json=LINT).json()["id"] for _ in range(5)]
    work()

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = client.get(
            "/v1/jobs", headers=key, params={"limit": 2, **({"cursor": cursor} if cursor else {})}
        ).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
    done = client.get("/v1/jobs", headers=key, params={"state": "done"}).json()["items"]

    assert seen == sorted(made, reverse=True)
    assert len(done) == 1


def events_of(text: str) -> list[dict[str, str]]:
    """Return the events of a stream, comments left out."""
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        lines = [one.partition(": ") for one in block.splitlines() if not one.startswith(":")]
        if lines:
            found.append({name: value for name, _, value in lines})
    return found


def test_a_job_is_followed_to_its_end(working_client: TestClient, key: dict[str, str]) -> None:
    """The server's own worker does it; the stream tells of it and ends with it."""
    asked = working_client.post("/v1/jobs", headers=key, json=ALIGN)

    stream = working_client.get(asked.json()["events"], headers=key)

    found = events_of(stream.text)
    assert stream.headers["content-type"].startswith("text/event-stream")
    assert stream.headers["cache-control"] == "no-store"
    assert found[-1]["event"] == "done"
    assert {one["event"] for one in found[:-1]} <= {"progress"}
    assert json.loads(found[-1]["data"])["result"] == f"{asked.headers['location']}/result"


def test_a_reader_that_was_cut_off_goes_on_where_it_was(
    client: TestClient, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """It gets what is new, and where there is nothing new for ever it is told not to come again."""
    asked = client.post("/v1/jobs", headers=key, json=LINT).json()
    work()

    behind = client.get(asked["events"], headers={**key, "Last-Event-ID": "waiting-0-0"})
    last = events_of(behind.text)[-1]["id"]
    again = client.get(asked["events"], headers={**key, "Last-Event-ID": last})

    assert [one["event"] for one in events_of(behind.text)] == ["done"]
    assert (again.status_code, again.content) == (204, b"")


def test_jobs_belong_to_one_organisation_and_one_kind_of_user(
    client: TestClient, authorised: Authorised, key: dict[str, str], work: Callable[[], bool]
) -> None:
    """Others get the answer that an id nobody has would get; admins see what runs, not results."""
    stranger = authorised(Scope.PROVIDER, tenant="elsewhere")
    recruiter, admin = authorised(Scope.RECRUITER), authorised(Scope.ADMIN)
    place = client.post("/v1/jobs", headers=key, json=LINT).headers["location"]
    work()

    unknown = client.get("/v1/jobs/nobody-has-this", headers=key)
    answers = [
        client.request(method, f"{place}{path}", headers=who)
        for who in (stranger, recruiter)
        for method, path in (("GET", ""), ("GET", "/result"), ("GET", "/events"), ("DELETE", ""))
    ]

    assert {one.status_code for one in answers} == {404}
    assert {one.json()["detail"] for one in (*answers, unknown)} == {"there is no such job"}
    assert client.get("/v1/jobs", headers=stranger).json()["items"] == []
    assert client.get(place, headers=admin).json()["state"] == "done"
    assert client.get(f"{place}/result", headers=admin).status_code == 404
    assert client.post("/v1/jobs", headers=recruiter, json=LINT).status_code == 403
    assert client.get("/v1/jobs", headers=authorised(Scope.LEARNER)).status_code == 403


def test_an_organisation_cannot_fill_the_disk_with_waiting_jobs(
    client: TestClient, key: dict[str, str], authorised: Authorised, store: Store
) -> None:
    """The limit is told with when to come again, and is nobody else's."""
    with store.writing() as session:
        tenant = tenant_named(session, DEFAULT, at=NOW).id
        for _ in range(MAX_WAITING):
            submit(session, tenant_id=tenant, kind="x", request=b"", by="test", at=NOW)

    refused = client.post("/v1/jobs", headers=key, json=LINT)
    other = client.post("/v1/jobs", headers=authorised(Scope.PROVIDER, tenant="b"), json=LINT)

    assert (refused.status_code, other.status_code) == (429, 202)
    assert int(refused.headers["retry-after"]) > 0


def test_a_job_of_an_unknown_kind_is_refused(client: TestClient, key: dict[str, str]) -> None:
    """With the kinds that there are."""
    answer = client.post("/v1/jobs", headers=key, json={"kind": "make.coffee"})

    assert answer.status_code == 422
    assert "badges.align" in answer.text
