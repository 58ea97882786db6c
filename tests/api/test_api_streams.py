"""Streams of events are few: each of them costs for as long as somebody reads it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch_api.access.key_life import revoke_key
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.app import create_app
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.settings import Limits
from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.limits.streams import Streams
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised
from tests.api.test_api_admission import httpx_scope
from tests.api.test_api_jobs import LINT


def who(name: str, tenant: str = "a") -> Principal:
    """Return somebody."""
    return Principal(tenant_id=tenant, caller=name, scopes=frozenset())


def test_a_caller_has_a_share_and_all_together_a_limit() -> None:
    """One caller's haste is told to that caller (429), everybody's to everybody (503)."""
    streams = Streams(most=3, most_each=2)

    with streams.opened(who("key:1")), streams.opened(who("key:1")):
        with pytest.raises(BusyServiceError) as mine, streams.opened(who("key:1")):
            pass
        with streams.opened(who("key:1", tenant="b")):
            with pytest.raises(BusyServiceError) as all_of_us, streams.opened(who("key:2")):
                pass
            assert (streams.running, streams.refused) == (3, 2)

    assert (mine.value.yours, all_of_us.value.yours) == (True, False)
    assert mine.value.retry_after >= 1
    assert streams.running == 0


def test_a_stream_that_fails_gives_its_place_back_and_its_caller_is_forgotten() -> None:
    """A place that leaks ends following for good, and a name that leaks takes memory for good."""
    streams = Streams(most=1, most_each=1)

    for number in range(3):
        with pytest.raises(ZeroDivisionError), streams.opened(who(f"key:{number}")):
            raise ZeroDivisionError
        with (
            streams.opened(who("key:1")),
            pytest.raises(BusyServiceError),
            streams.opened(who(f"other:{number}")),
        ):
            pass

    assert (streams.running, len(streams._open)) == (0, 0)


@dataclass
class _Reader:
    """Somebody who reads a stream, and goes away when told to."""

    app: FastAPI
    path: str
    headers: Mapping[str, str]
    status: int = 0
    told: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Read until the end, or until ``gone``."""
        sent = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        scope = httpx_scope(self.path)
        scope["headers"] = [(b"host", b"127.0.0.1"), *sent]
        await self.app(scope, self._receive, self._send)  # type: ignore[arg-type]  # plain ASGI

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.told = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            self.body += message.get("body", b"")
            self.begun.set()


def test_who_finds_no_room_is_told_to_ask_and_a_closed_stream_makes_room(
    matching: Services, authorised: Authorised
) -> None:
    """Those who read are not disturbed; whoever closes the page leaves nothing behind."""
    settings = replace(matching.settings, limits=Limits(streams=2, streams_each=1))
    app = create_app(replace(matching, settings=settings))
    mine, other, third = (authorised(Scope.PROVIDER) for _ in range(3))
    # Not entered: with nobody to do it, the job waits for as long as the test takes.
    path = TestClient(app).post("/v1/jobs", headers=mine, json=LINT).json()["events"]

    async def follow() -> list[_Reader]:
        async def reading(headers: Mapping[str, str]) -> _Reader:
            one = _Reader(app, path, headers)
            tasks.append(asyncio.ensure_future(one.read()))
            await one.begun.wait()
            return one

        tasks: list[asyncio.Task[None]] = []
        first = await reading(mine)
        crowd = [first, await reading(mine), await reading(other), await reading(third)]
        first.gone.set()
        await tasks[0]
        late = await reading(mine)
        for one in (crowd[2], late):
            one.gone.set()
        await asyncio.gather(*tasks)
        return [*crowd, late]

    first, again, others, too_many, late = asyncio.run(follow())

    assert [one.status for one in (first, again, others, too_many, late)] == [
        200,
        429,
        200,
        503,
        200,
    ]
    for refused in (again, too_many):
        assert int(refused.told["retry-after"]) >= 1
        assert "ask for the job itself" in json.loads(refused.body)["detail"]
    assert b"event: progress" in late.body
    assert app.state.streams.running == 0


@pytest.mark.parametrize("end", ["revoked", "expired"])
def test_a_stream_ends_with_the_key_that_opened_it(
    matching: Services, authorised: Authorised, end: str
) -> None:
    """Who revokes a key that leaked means at once, and not once its streams are over."""
    moments = [NOW]
    app = create_app(replace(matching, clock=lambda: moments[-1]))
    key = authorised(Scope.PROVIDER)
    path = TestClient(app).post("/v1/jobs", headers=key, json=LINT).json()["events"]

    async def follow() -> _Reader:
        one = _Reader(app, path, key)
        reading = asyncio.ensure_future(one.read())
        await one.begun.wait()
        with matching.store.writing() as session:
            row = session.scalars(select(ApiKey)).one()
            if end == "revoked":
                revoke_key(session, row, by="operator", at=NOW)
            else:
                row.expires_at = NOW + timedelta(hours=1)
                moments.append(NOW + timedelta(hours=2))
        await reading
        return one

    reader = asyncio.run(follow())

    assert reader.status == 200
    assert reader.body.count(b"event:") == 1
    assert app.state.streams.running == 0


def test_an_end_that_is_told_at_once_takes_no_place_for_long(
    matching: Services, authorised: Authorised
) -> None:
    """Neither 404 nor the short stream of a job that has ended."""
    app = create_app(matching)
    key = authorised(Scope.PROVIDER)
    client = TestClient(app)
    place = client.post("/v1/jobs", headers=key, json=LINT).headers["location"]
    client.delete(place, headers=key)

    codes = [
        client.get(f"/v1/jobs/{name}/events", headers=key).status_code
        for name in (place.rpartition("/")[2], "nobody-has-this") * 10
    ]

    assert set(codes) == {200, 404}
    assert app.state.streams.running == 0
