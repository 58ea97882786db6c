"""A database that is away: told, without telling where it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.errors import DatabaseBusyError
from skillmatch_api.store.database import Store
from tests.api.conftest import Authorised

PLACE = "postgresql://skills@db.internal:5432/skillmatch"


@contextmanager
def away(_: Store) -> Iterator[Never]:
    """Fail as a session does that finds no server."""
    raise DatabaseBusyError(f"no connection to the database {PLACE}")
    yield


def test_readiness_says_that_the_database_is_away_and_not_where_it_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anybody may ask for readiness; where the database lies is the operator's business."""
    monkeypatch.setattr(Store, "reading", away)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_a_client_is_not_told_where_the_database_is(
    client: TestClient,
    authorised: Authorised,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Host, port and user help an attacker and no client; the operator finds them in the log."""
    headers = authorised("admin")
    monkeypatch.setattr(Store, "reading", away)

    answer = client.get("/v1/keys", headers=headers)

    assert answer.status_code == 503
    assert "db.internal" not in answer.text
    assert answer.headers["Retry-After"]
    assert PLACE in caplog.text
