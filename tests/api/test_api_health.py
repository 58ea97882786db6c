"""Health, and what a caller without a key meets."""

from __future__ import annotations

from fastapi.testclient import TestClient

from skillmatch_api.app import create_app
from skillmatch_api.wire.services import Services


def test_health_is_open_to_everybody(client: TestClient) -> None:
    """A watcher of processes has no key."""
    assert client.get("/healthz").json() == {"status": "ok"}


def test_the_service_is_ready_when_database_and_matcher_are(client: TestClient) -> None:
    """Before that, nothing should be sent to it."""
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": True, "matcher": True})


def test_without_a_matcher_the_service_is_not_ready(services: Services) -> None:
    """The process answers meanwhile, and says what is missing."""
    with TestClient(create_app(services)) as client:
        answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (503, {"database": True, "matcher": False})
