"""Bodies of requests: too large, too slow, packed, or too many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from skillmatch_api.access.principal import Scope as KeyScope
from skillmatch_api.access.sessions import COOKIE
from skillmatch_api.app import create_app
from skillmatch_api.settings import Limits
from skillmatch_api.wire.limits import bodies
from skillmatch_api.wire.limits.bodies import MIB, STRANGERS_BYTES, Bodies
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised

HEADERS = {"Content-Type": "application/octet-stream"}


def measuring(services: Services, limits: Limits) -> FastAPI:
    """Return the application with a route that tells the size of what it got."""
    settings = replace(services.settings, limits=limits, open=True)
    app = create_app(replace(services, settings=settings))

    async def size(request: Request) -> int:
        return len(await request.body())

    app.add_api_route("/probe/size", size, methods=["POST"])
    return app


@pytest.fixture
def narrow(services: Services) -> Iterator[TestClient]:
    """A client of an application that takes bodies of 1 MiB."""
    with TestClient(measuring(services, Limits(body_mib=1)), base_url="http://127.0.0.1") as opened:
        yield opened


def in_chunks(size: int) -> Iterator[bytes]:
    """Return a body whose size no header tells."""
    for start in range(0, size, 64 * 1024):
        yield b"x" * min(64 * 1024, size - start)


@pytest.mark.parametrize("size", [0, 1, MIB])
def test_a_body_within_the_limit_arrives_whole(narrow: TestClient, size: int) -> None:
    """The limit itself is still within it, told beforehand or not."""
    told = narrow.post("/probe/size", content=b"x" * size, headers=HEADERS)
    untold = narrow.post("/probe/size", content=in_chunks(size), headers=HEADERS)

    assert (told.json(), untold.json()) == (size, size)


def test_a_body_over_the_limit_is_refused(
    narrow: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte more is too much, whether a header tells it or counting does."""
    monkeypatch.setattr(bodies, "DRAINED_SECONDS", 0.01)
    for body in (b"x" * (MIB + 1), in_chunks(MIB + 1)):
        answer = narrow.post("/probe/size", content=body, headers=HEADERS)

        assert (answer.status_code, answer.json()["status"]) == (413, 413)
        assert "1 MiB" in answer.json()["detail"]
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Connection"] == "close"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_packed_body_is_not_unpacked(narrow: TestClient) -> None:
    """A few kilobytes of gzip can be gigabytes of JSON."""
    for coding in ("gzip", "deflate", "br", "gzip, identity"):
        answer = narrow.post("/probe/size", content=b"x", headers={"Content-Encoding": coding})
        assert answer.status_code == 415

    plain = narrow.post("/probe/size", content=b"x", headers={"Content-Encoding": "identity"})
    assert plain.json() == 1


class _Client:
    """Sends a request step by step, and keeps what it is answered."""

    def __init__(self, *headers: tuple[bytes, bytes]) -> None:
        self.sent: list[Message] = []
        self.steps: asyncio.Queue[Message] = asyncio.Queue()
        self.read = 0
        self.scope: Scope = {
            "type": "http",
            "method": "POST",
            "path": "/",
            "headers": list(headers),
            "state": {},
        }

    def send_some(self, size: int, *, more: bool) -> None:
        """Send a piece of the body."""
        self.steps.put_nowait({"type": "http.request", "body": b"x" * size, "more_body": more})

    async def receive(self) -> Message:
        message = await self.steps.get()
        self.read += len(message.get("body", b""))
        return message

    async def send(self, message: Message) -> None:
        self.sent.append(message)

    async def ask(self, reader: Bodies) -> None:
        """Have the request answered."""
        await reader(self.scope, self.receive, self.send)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return int(self.sent[0]["status"])


CHUNKED = (b"transfer-encoding", b"chunked")


async def everybody(_request: Request) -> bool:
    """Know whoever asks."""
    return True


async def answering(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answer 200, as an application does."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_a_body_that_says_it_is_too_large_is_refused_before_it_is_read() -> None:
    """Fifty megabytes are not taken in to be thrown away, where the client waits for a go-ahead."""

    async def refuse() -> None:
        reader = Bodies(answering, limits=Limits(), is_known=everybody)
        client = _Client((b"content-length", b"52428800"), (b"expect", b"100-continue"))

        await client.ask(reader)

        assert (client.status, client.read) == (413, 0)

    asyncio.run(refuse())


def test_a_client_that_writes_on_still_sees_why_it_is_refused() -> None:
    """Closing a connection with unread data throws the answer away, so some is dropped first."""

    async def refuse() -> None:
        reader = Bodies(answering, limits=Limits(body_mib=1), is_known=everybody)
        client = _Client((b"content-length", str(3 * MIB).encode()))
        for left in (2, 1, 0):
            client.send_some(MIB, more=left > 0)

        await client.ask(reader)

        assert (client.status, client.read, reader.held) == (413, 3 * MIB, 0)
        kinds = [(one["type"], one.get("more_body")) for one in client.sent]
        assert kinds == [
            ("http.response.start", None),
            ("http.response.body", True),
            ("http.response.body", False),
        ]

    asyncio.run(refuse())


@pytest.mark.parametrize(("pause", "read"), [(0.9, 20), (4, 1)], ids=["slow", "silent"])
def test_a_slow_line_brings_a_refused_body_and_a_silent_one_is_left(
    pause: float, read: int
) -> None:
    """Who still writes when the connection is closed sees no answer, only that it broke."""
    pieces = 0

    async def receive() -> Message:
        nonlocal pieces
        pieces += 1  # and so much time passes
        for _ in range(3):
            await asyncio.sleep(0)
        return {"type": "http.request", "body": b"x" * 1_000, "more_body": pieces < 20}

    async def send(_message: Message) -> None: ...

    async def refuse() -> None:
        loop = asyncio.get_running_loop()
        clock = loop.time
        loop.time = lambda: clock() + pieces * pause  # type: ignore[method-assign]
        reader = Bodies(answering, limits=Limits(body_mib=1), is_known=everybody)
        headers = [(b"content-length", b"%d" % (2 * MIB))]
        scope = {"type": "http", "method": "POST", "path": "/", "headers": headers, "state": {}}
        await reader(scope | {"app": FastAPI()}, receive, send)

    asyncio.run(refuse())

    assert pieces == read


def test_a_body_that_never_ends_is_given_up() -> None:
    """A byte now and then holds a connection, but no thread and not for long."""

    async def wait() -> None:
        reader = Bodies(answering, limits=Limits(), is_known=everybody)
        reader.seconds = 0.01  # type: ignore[assignment]  # the setting has whole seconds
        client = _Client(CHUNKED)
        client.send_some(1, more=True)

        await client.ask(reader)

        assert (client.status, reader.held) == (408, 0)

    asyncio.run(wait())


def test_a_body_with_two_lengths_is_refused() -> None:
    """A proxy that believes the other one would take its end for the next request, or a part."""

    async def refuse() -> None:
        reader = Bodies(answering, limits=Limits(), is_known=everybody)
        client = _Client(CHUNKED, (b"content-length", b"5"))
        client.send_some(0, more=False)

        await client.ask(reader)

        assert client.status == 422
        assert (b"connection", b"close") in client.sent[0]["headers"]

    asyncio.run(refuse())


def test_a_client_that_goes_away_is_not_answered() -> None:
    """There is nobody to be told, and nothing was done."""

    async def leave() -> None:
        reader = Bodies(answering, limits=Limits(), is_known=everybody)
        client = _Client(CHUNKED)
        client.send_some(10, more=True)
        client.steps.put_nowait({"type": "http.disconnect"})

        await client.ask(reader)

        assert (client.sent, reader.held) == ([], 0)

    asyncio.run(leave())


def test_all_bodies_together_have_a_limit() -> None:
    """Many bodies within the limit could still fill the memory; it is free again afterwards."""

    async def crowd() -> None:
        reader = Bodies(answering, limits=Limits(body_mib=1, bodies_mib=3), is_known=everybody)
        clients = [_Client(CHUNKED) for _ in range(4)]
        tasks = [asyncio.ensure_future(one.ask(reader)) for one in clients]
        for client in clients:
            client.send_some(MIB, more=True)
        for _ in range(10):
            await asyncio.sleep(0)

        clients[3].send_some(0, more=False)
        await tasks[3]

        assert clients[3].status == 503
        assert reader.held == 3 * MIB
        for client in clients[:3]:
            client.send_some(0, more=False)
        await asyncio.gather(*tasks)
        assert [one.status for one in clients[:3]] == [200] * 3
        assert reader.held == 0

    asyncio.run(crowd())


def test_of_somebody_unknown_only_a_small_body_is_kept() -> None:
    """Who it is is asked once, and of a large body only; the rest of it is dropped as it comes."""
    asked: list[str] = []
    sizes: list[int] = []

    async def is_known(request: Request) -> bool:
        asked.append(request.headers["name"])
        return request.headers["name"] == "friend"

    async def measured(_scope: Scope, receive: Receive, send: Send) -> None:
        sizes.append(len((await receive())["body"]))
        await answering(_scope, receive, send)

    async def ask(name: bytes, *sizes: int) -> _Client:
        client = _Client(CHUNKED, (b"name", name))
        for place, size in enumerate(sizes, start=1):
            client.send_some(size, more=place < len(sizes))
        await client.ask(reader)
        return client

    reader = Bodies(measured, limits=Limits(), is_known=is_known)
    small = asyncio.run(ask(b"stranger", STRANGERS_BYTES - 1, 1))
    whole = asyncio.run(ask(b"stranger", STRANGERS_BYTES + 1))
    large = asyncio.run(ask(b"stranger", STRANGERS_BYTES, 1, MIB))
    friend = asyncio.run(ask(b"friend", STRANGERS_BYTES, 1, MIB))

    assert sizes == [STRANGERS_BYTES, 0, 0, STRANGERS_BYTES + 1 + MIB]
    assert asked == ["stranger", "stranger", "friend"]
    assert [one.steps.qsize() for one in (small, whole, large, friend)] == [0] * 4
    ends = [(b"connection", b"close") in one.sent[0]["headers"] for one in (small, large, friend)]
    assert (ends, reader.held) == ([False, True, False], 0)


def test_what_a_stranger_sends_is_refused_unread(
    client: TestClient, authorised: Authorised
) -> None:
    """Reading megabytes of JSON or of a form would keep everybody else waiting meanwhile."""
    no_json = b"x" * (STRANGERS_BYTES + 1)
    no_form = b"--X\r\n" + b"x" * STRANGERS_BYTES
    form = {"Content-Type": "multipart/form-data; boundary=X", "Cookie": f"{COOKIE}={'A' * 43}"}
    json = {"Content-Type": "application/json"}
    forged = json | {"Authorization": f"Bearer skm_{'0' * 32}_{'A' * 43}"}

    strangers = [client.post("/v1/gap", content=no_json, headers=one) for one in (json, forged)]
    known = client.post("/v1/gap", content=no_json, headers=json | authorised(KeyScope.LEARNER))
    pages = [client.post("/learn", content=one, headers=form) for one in (no_form, no_form[:99])]

    assert [one.status_code for one in strangers] == [401, 401]
    assert known.status_code == 422
    assert [one.status_code for one in pages] == [401, 401]
    assert all(one.headers["content-type"].startswith("text/html") for one in pages)


def test_where_nobody_can_be_looked_up_a_large_body_is_told_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what was held of it is free again."""
    lane = client.app.state.lanes.lookups  # type: ignore[attr-defined]  # of FastAPI
    monkeypatch.setattr(lane, "running", lane.places)
    monkeypatch.setattr(lane, "queue", 0)
    monkeypatch.setattr(bodies, "SILENT_SECONDS", 0.01)
    headers = {"Authorization": f"Bearer skm_{'0' * 32}_{'A' * 43}"}

    answer = client.post("/v1/gap", content=b"x" * MIB, headers=headers)

    assert (answer.status_code, answer.headers["connection"]) == (503, "close")
    assert int(answer.headers["retry-after"]) >= 1
