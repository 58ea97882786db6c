"""The administrator's pages without a browser: keys, erasure, jobs, the log, and who may come."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.jobs import queue
from skillmatch_api.store.tables import Person
from skillmatch_api.wire.services import Services
from tests.api.ranking_people import add_person, shown
from tests.pages.browsing import NOW, found, parsed
from tests.pages.conftest import Keys

Send = Callable[..., Response]
PARTS = ("keys", "people", "frameworks", "jobs", "audit")


@pytest.fixture
def send(client: TestClient, key: Keys) -> Send:
    """Send a form as an administrator who is logged in."""
    client.post("/login", data={"key": key(Scope.ADMIN)})
    token = found(parsed(client.get("/admin/keys").text), "//input[@name='csrf_token']/@value")[0]

    def sent(path: str, **fields: str | list[str]) -> Response:
        return client.post(path, data={**fields, "csrf_token": token}, follow_redirects=False)

    return sent


def fresh_key(answer: Response) -> str:
    """Return the key that a page shows."""
    return str(parsed(answer.text).get_element_by_id("fresh-key").get("value"))


def id_of(key: str) -> str:
    """Return the id that stands in a key."""
    return str(UUID(key.split("_")[1]))


def test_a_key_is_shown_once_works_and_works_no_more_when_revoked(
    send: Send, client: TestClient
) -> None:
    """A key that could be read again, or that outlived its end, would be no key."""
    made = send("/admin/keys", name="careers <b>page</b>", scope=["recruiter"], days="30")
    key = fresh_key(made)
    key_id = id_of(key)
    bearer = {"Authorization": f"Bearer {key}"}
    before = client.get("/v1/frameworks", headers=bearer).status_code

    asked = client.get(f"/admin/keys/{key_id}/revoke")
    gone = send(f"/admin/keys/{key_id}/revoke")

    assert made.headers["cache-control"] == "no-store"
    assert "careers <b>" not in made.text
    assert key not in client.get("/admin/keys").text
    assert before == 200
    assert asked.status_code == 200
    assert gone.headers["location"] == "/admin/keys?done=revoked"
    assert client.get("/v1/frameworks", headers=bearer).status_code == 401


def test_a_key_is_replaced_and_the_old_one_counts_on(send: Send, client: TestClient) -> None:
    """Whoever exchanges a key in a program needs both for a while."""
    made = send("/admin/keys", scope=["learner"])
    old = fresh_key(made)

    wrong = send(f"/admin/keys/{id_of(old)}/rotate", grace="soon")
    new = fresh_key(send(f"/admin/keys/{id_of(old)}/rotate", grace="24"))

    assert wrong.status_code == 422
    assert new != old
    for key in (old, new):
        headers = {"Authorization": f"Bearer {key}"}
        assert client.get("/v1/frameworks", headers=headers).status_code == 200


def test_what_is_wrong_with_a_wish_stands_at_its_field(send: Send) -> None:
    """All at once, with what was typed still there."""
    answer = send("/admin/keys", name="site", days="0")
    page = parsed(answer.text)

    assert answer.status_code == 422
    assert page.get_element_by_id("scope-learner-fault-1") is not None
    assert page.get_element_by_id("days-fault-1") is not None
    assert page.get_element_by_id("name").get("value") == "site"


def test_a_person_is_erased_only_where_it_is_really_meant(
    send: Send, client: TestClient, services: Services
) -> None:
    """It cannot be undone, so a slip of the finger must not be enough."""
    with services.store.writing() as session:
        uri = "http://example.org/esco/skill/python"
        person = add_person(session, [shown(uri)], name="Erase Me", contact="me@example.org")
        identity, tenant = person.id, person.tenant_id
    listed = client.get("/admin/people")

    unticked = send(f"/admin/people/{identity}/erase")
    with services.store.reading() as session:
        still_there = session.get(Person, (tenant, identity)) is not None
    erased = send(f"/admin/people/{identity}/erase", sure="1")

    assert identity in listed.text
    assert "Erase Me" not in listed.text
    assert (unticked.status_code, still_there) == (422, True)
    assert erased.headers["location"] == "/admin/people?done=erased"
    with services.store.reading() as session:
        assert session.get(Person, (tenant, identity)) is None


def test_a_job_is_cancelled_and_then_deleted(
    send: Send, client: TestClient, services: Services
) -> None:
    """Work that was asked for by mistake should cost nothing."""
    with services.store.writing() as session:
        tenant = tenant_named(session, DEFAULT, at=NOW)
        job = queue.submit(
            session, tenant_id=tenant.id, kind="badges.lint", request=b"{}", by="t", at=NOW
        )
        job.state, job.worker, job.beat_at = "running", "elsewhere", NOW
        job.total, job.done = 40, 12
        path = f"/admin/jobs/{job.id}/end"
    listed = client.get("/admin/jobs?state=running").text

    first, second = send(path), send(path)

    assert "12 of 40" in listed
    assert first.headers["location"] == "/admin/jobs?done=cancelled"
    assert second.headers["location"] == "/admin/jobs?done=deleted"
    assert send(path).status_code == 404


def test_the_log_is_sifted_and_says_what_it_does_not_understand(
    send: Send, client: TestClient
) -> None:
    """Whoever looks for one thing among thousands must not read an error as none."""
    send("/admin/keys", scope=["learner"], name="for the log")

    keys = parsed(client.get("/admin/audit?action=key.").text)
    none = client.get("/admin/audit?action=key.&since=2027-01-01")
    wrong = client.get("/admin/audit?action=KEY!&since=soon")

    assert {one.partition(".")[0] for one in found(keys, "//td[1]/code")} == {"key"}
    assert found(parsed(none.text), "//tbody/tr") == []
    assert wrong.status_code == 422
    assert parsed(wrong.text).get_element_by_id("since").get("aria-invalid") == "true"


@pytest.mark.usefixtures("send")
def test_frameworks_tell_licence_and_digest(client: TestClient) -> None:
    """Their licences ask to be told, and a digest says which data answers."""
    page = parsed(client.get("/admin/frameworks").text)
    known = client.get("/v1/frameworks").json()["items"]

    assert found(page, "//li[contains(@class, 'card')]//dd/code") == [
        one["digest"] for one in known
    ]
    text = found(page, "//main")[0]
    assert all(one["licence"] in text and one["id"] in text for one in known)
    assert len(known) >= 1
    assert "in use" in text


def test_only_administrators_come_here(client: TestClient, key: Keys) -> None:
    """No other scope makes keys or erases people."""
    client.post("/login", data={"key": key(Scope.LEARNER, Scope.PROVIDER, Scope.RECRUITER)})

    assert {client.get(f"/admin/{part}").status_code for part in PARTS} == {403}


def test_a_form_without_its_token_changes_nothing(client: TestClient, key: Keys) -> None:
    """Another site could send it from the administrator's browser."""
    client.post("/login", data={"key": key(Scope.ADMIN)})

    for path in ("/admin/keys", "/admin/frameworks/reload", "/admin/people/x/erase"):
        assert client.post(path, data={"scope": "admin", "sure": "1"}).status_code == 403


def test_a_service_that_is_open_to_all_makes_no_keys(everybody: TestClient) -> None:
    """A key would outlast the opening."""
    assert everybody.get("/admin/keys").status_code == 200
    assert everybody.post("/admin/keys", data={"scope": "admin"}).status_code == 403


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.usefixtures("send")
def test_every_part_speaks_german(client: TestClient, part: str) -> None:
    """Every text of a page must be there in each language, those of a state, too."""
    answer = client.get(f"/admin/{part}?lang=de")

    assert answer.status_code == 200
    assert parsed(answer.text).get("lang") == "de"
