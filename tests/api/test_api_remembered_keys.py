"""Keys are looked up once a second at most, and what happens to them counts all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event

from skillmatch_api.access.keys import KnownKey
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.remembered import FOR, MOST, RememberedKeys
from skillmatch_api.app import create_app
from skillmatch_api.store import Store
from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised


class _Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> _Clock:
    """A clock that the test moves."""
    return _Clock()


@pytest.fixture
def client(matching: Services, clock: _Clock) -> TestClient:
    """A client of an application that tells the time by ``clock``."""
    return TestClient(create_app(replace(matching, clock=clock)), base_url="http://127.0.0.1")


def status(client: TestClient, key: dict[str, str]) -> int:
    """Return what a request with this key is answered."""
    return client.get("/v1/search", params={"query": "sql"}, headers=key).status_code


def test_many_requests_in_a_second_ask_the_database_once(
    client: TestClient, clock: _Clock, store: Store, authorised: Authorised
) -> None:
    """Autocomplete asks at every letter."""
    key = authorised(Scope.LEARNER)
    status(client, key)  # also writes the use down, which lets go of what is remembered
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))

    codes = [status(client, key) for _ in range(5)]
    once = sum("api_key" in one for one in asked)
    clock.now += FOR
    codes.append(status(client, key))

    assert set(codes) == {200}
    assert once == 1
    assert sum("api_key" in one for one in asked) == 2


def test_a_key_that_is_revoked_here_counts_no_longer_at_once(
    client: TestClient, store: Store, authorised: Authorised
) -> None:
    """Whoever revokes a key that was stolen does not wait, not even a second."""
    key = authorised(Scope.LEARNER)
    assert [status(client, key) for _ in range(2)] == [200, 200]

    with store.writing() as session:
        session.query(ApiKey).update({ApiKey.revoked_at: NOW})

    assert status(client, key) == 401


def test_a_key_that_is_revoked_elsewhere_counts_a_second_at_most(
    client: TestClient, clock: _Clock, database_url: str, authorised: Authorised
) -> None:
    """The command line is another process."""
    key = authorised(Scope.LEARNER)
    assert [status(client, key) for _ in range(2)] == [200, 200]

    other = Store.open(database_url)
    with other.writing() as session:
        session.query(ApiKey).update({ApiKey.revoked_at: NOW})
    other.close()
    clock.now += FOR

    assert status(client, key) == 401


def test_a_key_expires_on_time_though_it_is_remembered() -> None:
    """An end that was promised is kept to the moment."""
    keys = RememberedKeys()
    end = NOW + FOR / 2
    keys.keep("skm_a", known(end), at=NOW, state=1)

    assert keys.find("skm_a", at=end - timedelta(microseconds=1), state=1) is not None
    assert keys.find("skm_a", at=end, state=1) is None


def test_only_the_very_key_is_found_and_only_in_the_state_it_was_seen_in() -> None:
    """A clock that is set back does not prolong it either."""
    keys = RememberedKeys()
    keys.keep("skm_a", known(None), at=NOW, state=1)

    assert keys.find("skm_a", at=NOW, state=1) == known(None).principal
    assert keys.find("skm_b", at=NOW, state=1) is None
    assert keys.find("skm_a", at=NOW, state=2) is None
    assert keys.find("skm_a", at=NOW - timedelta(seconds=1), state=1) is None


def test_many_keys_take_bounded_memory() -> None:
    """The one that was looked up first is forgotten."""
    keys = RememberedKeys()
    for number in range(MOST + 1):
        keys.keep(str(number), known(None), at=NOW, state=1)

    assert keys.find("0", at=NOW, state=1) is None
    assert keys.find("1", at=NOW, state=1) is not None


def known(expires_at: datetime | None) -> KnownKey:
    """Return a key of somebody's."""
    principal = Principal(tenant_id="t", caller="key:k", scopes=frozenset({Scope.LEARNER}))
    return KnownKey(principal=principal, expires_at=expires_at)
