"""A database that is away, full or damaged: told, without telling where it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Never

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.errors import DatabaseBusyError, DatabaseDamagedError
from skillmatch_api.store.database import Store
from tests.api.conftest import Authorised

PLACE = "postgresql://skills@db.internal:5432/skillmatch"


FILE = "/srv/secret/skillmatch.sqlite"


@contextmanager
def damaged(_: Store) -> Iterator[Never]:
    """Fail as a session does whose file cannot be read."""
    raise DatabaseDamagedError(f"{FILE} is no database, or damaged")
    yield


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


def test_neither_programs_nor_people_are_told_which_file_is_damaged(
    client: TestClient,
    authorised: Authorised,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Paths of the machine are for the log, whoever asks."""
    headers = authorised("admin")
    monkeypatch.setattr(Store, "reading", damaged)

    answer = client.get("/v1/keys", headers=headers)
    page = client.get("/admin/keys", headers={**headers, "Accept": "text/html"})

    assert (answer.status_code, page.status_code) == (507, 507)
    for one in (answer, page):
        assert FILE not in one.text
        assert "in its log" in one.text
    assert caplog.text.count(FILE) == 2
