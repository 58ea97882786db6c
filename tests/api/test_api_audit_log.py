"""The audit log over HTTP: what was done, in pages, for the admins of the organisation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.store import Store, audit
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised


@pytest.fixture
def client(services: Services, store: Store) -> Iterator[TestClient]:
    """A client of a service whose log has an entry for each of nine hours, two at a time."""
    with store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=NOW).id
        for hours in range(9):
            audit.record(
                session,
                tenant_id=tenant_id,
                by="operator",
                action="key.create" if hours % 3 else "store.backup",
                at=NOW - timedelta(hours=hours // 2),
                details={"hours": hours},
            )
    with TestClient(create_app(services)) as opened:
        yield opened


def _read(client: TestClient, headers: dict[str, str], **params: str) -> dict[str, Any]:
    answer = client.get("/v1/audit", params=params, headers=headers)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("limit", ["1", "2", "4", "9", "200"])
def test_pages_hold_every_entry_once_the_newest_first(
    client: TestClient, authorised: Authorised, limit: str
) -> None:
    """Also where two were written at the same moment."""
    admin = authorised(Scope.ADMIN)
    whole = _read(client, admin)["items"]
    seen: list[dict[str, Any]] = []
    page = _read(client, admin, limit=limit)
    while True:
        seen += page["items"]
        if page["next"] is None:
            break
        page = _read(client, admin, limit=limit, cursor=page["next"])

    assert seen == whole
    assert len({one["id"] for one in seen}) == 9
    assert [one["at"] for one in seen] == sorted((one["at"] for one in seen), reverse=True)


@pytest.mark.parametrize(
    ("params", "hours"),
    [
        ({"action": "store.backup"}, {0, 3, 6}),
        ({"action": "key."}, {1, 2, 4, 5, 7, 8}),
        ({"action": "key"}, set()),
        ({"from": "2026-11-22T11:00:00Z"}, {0, 1, 2, 3}),
        ({"until": "2026-11-22T11:00:00+01:00"}, {6, 7, 8}),
        ({"from": "2026-11-22T10:00:00Z", "until": "2026-11-22T11:00:00Z"}, {4, 5}),
        ({"from": "2026-11-22T10:00:00Z", "action": "store.backup"}, {0, 3}),
    ],
)
def test_the_log_is_read_by_action_and_time(
    client: TestClient, authorised: Authorised, params: dict[str, str], hours: set[int]
) -> None:
    """From the first moment on, up to but not with the last."""
    found = _read(client, authorised(Scope.ADMIN), **params)

    assert {one["details"]["hours"] for one in found["items"]} == hours


@pytest.mark.parametrize(
    "params",
    [
        {"from": "2026-11-22T11:00:00"},
        {"until": "yesterday"},
        {"action": "a b"},
        {"action": "%"},
        {"limit": "0"},
        {"limit": "201"},
    ],
)
def test_what_makes_no_sense_is_said(
    client: TestClient, authorised: Authorised, params: dict[str, str]
) -> None:
    """A moment without a zone means another one on each machine."""
    answer = client.get("/v1/audit", params=params, headers=authorised(Scope.ADMIN))

    assert answer.status_code == 422
    assert answer.json()["faults"]
