"""``--open``: this machine only, everybody at once, and nobody in particular."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch.errors import UsageError
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Consent, Person, Tenant
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised

HERE = "http://127.0.0.1:8080"


@pytest.fixture
def opened(matching: Services) -> Iterator[TestClient]:
    """A client of a service that is open."""
    services = replace(matching, settings=replace(matching.settings, open=True))
    with TestClient(create_app(services), base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "skills.example.org", "::"])  # noqa: S104
def test_a_service_that_others_can_reach_is_never_open(matching: Services, host: str) -> None:
    """Everybody would come in."""
    with pytest.raises(UsageError, match="skillmatch keys create"):
        replace(matching.settings, open=True, host=host)


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:8080"])
def test_this_machine_comes_in_without_a_key(opened: TestClient, host: str) -> None:
    """For trying things out."""
    answer = opened.get("/v1/session", headers={"Host": host})

    assert answer.json()["scopes"] == ["admin", "learner", "provider", "recruiter"]


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8080", "192.0.2.1", "", "["],
)
def test_a_name_of_somebody_else_for_this_machine_does_not_lead_in(
    opened: TestClient, host: str
) -> None:
    """A page elsewhere can point its own name at this machine (DNS rebinding) and then read."""
    answer = opened.get("/v1/session", headers={"Host": host})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9090"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(
    opened: TestClient, headers: dict[str, str], store: Store
) -> None:
    """A browser sends its forms to this machine as to any other."""
    body = {"external_id": "p-1", "myself": False}

    answer = opened.post("/v1/candidates", json=body, headers=headers)

    assert answer.status_code == 403
    with store.reading() as session:
        assert session.scalars(select(Person)).all() == []


def test_the_own_page_may(opened: TestClient) -> None:
    """It says where it is from."""
    headers = {"Origin": HERE, "Sec-Fetch-Site": "same-origin"}

    answer = opened.post("/v1/candidates", json={"myself": False}, headers=headers)

    assert answer.status_code == 201


def test_everybody_at_once_consents_for_nobody(opened: TestClient, store: Store) -> None:
    """Not even for who registers: only their own key does."""
    made = opened.post("/v1/candidates", json={"myself": True}).json()
    path = f"/v1/candidates/{made['id']}/consent"

    by_everybody = opened.put(path, json={"fields": ["name"]})
    withdrawn = opened.delete(path)
    own = {"Authorization": f"Bearer {made['key']}"}
    by_themselves = opened.put(path, json={"fields": ["name"]}, headers=own)

    assert (by_everybody.status_code, withdrawn.status_code) == (403, 403)
    assert by_themselves.status_code == 200
    with store.reading() as session:
        assert len(session.scalars(select(Consent)).all()) == 1


def test_a_key_that_does_not_count_does_not_count_under_open_either(opened: TestClient) -> None:
    """Who sends a key means to be somebody."""
    assert opened.get("/v1/session", headers={"Authorization": "Bearer x"}).status_code == 401


def test_a_key_counts_for_its_own_organisation(opened: TestClient, authorised: Authorised) -> None:
    """Being open opens the organisation ``default`` alone."""
    made = opened.post("/v1/candidates", json={"external_id": "p-1", "myself": False}).json()

    other = authorised(Scope.ADMIN, tenant="Acme")

    assert opened.get(f"/v1/candidates/{made['id']}", headers=other).status_code == 404


def test_the_first_request_makes_the_organisation_once(opened: TestClient, store: Store) -> None:
    """However many come first."""
    opened.get("/v1/session")
    opened.get("/v1/session")

    with store.reading() as session:
        assert [one.name for one in session.scalars(select(Tenant))] == ["default"]
