"""A real server on a free port: connections that wait, write too slowly, or are too many."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from skillmatch.errors import BusyError, UsageError
from skillmatch.giving_up import go_on
from skillmatch_api.settings import Limits
from skillmatch_api.wire.limits.connections import (
    CHUNK_BYTES,
    FREE_CHUNKS,
    HEAD_BYTES,
    BoundedProtocol,
    bounded,
)
from skillmatch_api.wire.limits.deadlines import Deadlines
from skillmatch_api.wire.process.server import address_of, listen

PATIENCE = 20.0
"""Seconds after which a test gives up waiting for the server."""


async def large(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - it is ASGI
    """Answer more than the buffers of a connection hold."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(64):
        await send({"type": "http.response.body", "body": b"x" * 2**20, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def small(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 - it is ASGI
    """Answer at once."""
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    )
    await send({"type": "http.response.body", "body": b"ok"})


@contextlib.contextmanager
def running(
    app: object, *, head_seconds: float = 60, unread_seconds: float = 60, connections: int = 512
) -> Iterator[tuple[int, uvicorn.Server]]:
    """Yield the port of a server in a thread of this process, and the server."""
    protocol = bounded(Limits(connections=connections))
    limits = Limits(connections=connections)
    object.__setattr__(limits, "head_seconds", head_seconds)  # the setting has whole seconds
    protocol.limits, protocol.unread_seconds = limits, unread_seconds
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]  # any ASGI application
            http=protocol,
            loop="asyncio",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield listening.getsockname()[1], server
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()


def connected(port: int) -> socket.socket:
    """Return a connection to the server."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def rest_of(connection: socket.socket) -> bytes:
    """Return all that comes until the server closes the connection."""
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := connection.recv(2**16):
            received += piece
    return received


def answer_on(connection: socket.socket) -> bytes:
    """Return the answer of ``small``."""
    received = b""
    while not received.endswith(b"ok"):
        received += connection.recv(2**16)
    return received


def test_a_head_that_never_ends_is_given_up() -> None:
    """Slowloris: some bytes now and then must not hold a connection."""
    with running(small, head_seconds=0.05) as (port, _), connected(port) as silent:
        with connected(port) as slow:
            slow.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")

            assert rest_of(slow).startswith(b"HTTP/1.1 408 ")
        assert rest_of(silent) == b""


def test_the_head_of_a_later_request_has_no_more_time() -> None:
    """One whole request does not buy endless patience for the next."""
    with running(small, head_seconds=0.05) as (port, _), connected(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert answer_on(connection).startswith(b"HTTP/1.1 200 ")

        connection.sendall(b"GET / HT")

        assert rest_of(connection).startswith(b"HTTP/1.1 408 ")


def test_requests_that_come_whole_share_a_connection() -> None:
    """The limit ends with the head; what is between two requests is keep-alive's."""
    with running(small) as (port, _), connected(port) as connection:
        for _ in range(3):
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")

            assert answer_on(connection).startswith(b"HTTP/1.1 200 ")


def test_an_answer_that_nobody_reads_is_given_up() -> None:
    """Otherwise it is held in memory for as long as the client likes."""
    with running(large, unread_seconds=0.05) as (port, server), connected(port) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        wait_until(lambda: len(server.server_state.connections) == 1)
        wait_until(lambda: not server.server_state.connections)  # nothing is read meanwhile

        assert len(rest_of(connection)) < 64 * 2**20


def wait_until(reached: Callable[[], bool]) -> None:
    """Wait for the server, which does not wait for the test."""
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_more_connections_than_allowed_are_sent_away() -> None:
    """Whoever opens many leaves room for nobody else, up to the limit and no further."""
    with running(small, connections=2) as (port, _):
        with connected(port) as first, connected(port) as second:
            for one in (first, second):  # both are accepted before the third comes
                one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                assert one.recv(12) == b"HTTP/1.1 200"
            with connected(port) as third:
                sent_away = rest_of(third)
        with connected(port) as later:
            later.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            answer = rest_of(later)

    assert sent_away.startswith(b"HTTP/1.1 503 ")
    assert b"Retry-After: " in sent_away
    assert answer.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 503 "))


def test_a_head_over_the_limit_is_refused() -> None:
    """Thousands of headers are nobody's request."""
    with running(small) as (port, _), connected(port) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 2**20)

        assert not rest_of(connection).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(("size", "status"), [(HEAD_BYTES - 100, b"200"), (HEAD_BYTES, b"400")])
def test_a_head_that_arrives_at_once_is_counted_too(size: int, status: bytes) -> None:
    """One packet of the own network holds more than the limit."""
    head = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: " + b"a" * size + b"\r\n\r\n"

    with running(small) as (port, _), connected(port) as connection:
        connection.sendall(head)

        assert rest_of(connection).startswith(b"HTTP/1.1 " + status)


async def reading(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the whole body, and then answer."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message["more_body"]
    await small(scope, receive, send)


@pytest.mark.parametrize(
    ("size", "status"), [(1, b"400"), (CHUNK_BYTES // 2, b"400"), (CHUNK_BYTES, b"200")]
)
def test_a_body_in_crumbs_is_refused(size: int, status: bytes) -> None:
    """Each chunk takes as long to be read as a kilobyte, and nobody else is answered meanwhile."""
    chunk = b"%x\r\n%s\r\n" % (size, b"x" * size)
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"

    with running(reading) as (port, _), connected(port) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(head + chunk * (2 * FREE_CHUNKS + 2) + b"0\r\n\r\n")
        answer = rest_of(connection)

    # Closed while the rest was on its way, the connection may lose the refusal.
    assert answer[9:12] == status or (status == b"400" and answer == b"")


def test_what_is_no_request_ends_an_answer_that_is_on_its_way(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A second answer cannot be begun; to try it would end in the log, at anybody's wish."""

    async def half(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        await reading(scope, receive, send)

    with running(half) as (port, _), connected(port) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
        received = b""
        while b"half" not in received:
            received += connection.recv(2**16)
        connection.sendall(b"no chunk\r\n")

        assert b"HTTP/1.1 400" not in rest_of(connection)

    assert [one for one in caplog.records if one.levelname == "ERROR"] == []


def test_what_a_client_that_left_asked_for_is_given_up() -> None:
    """A page that is closed, or a script that asks and runs, must not hold a place to the end."""
    begun, ended = threading.Event(), threading.Event()

    def compute() -> None:
        begun.set()
        for _ in range(int(PATIENCE / 0.005)):
            go_on()
            time.sleep(0.005)

    def work() -> None:
        with pytest.raises(BusyError):
            compute()
        ended.set()

    async def computing(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.to_thread(work)
        await small(scope, receive, send)

    with running(Deadlines(computing, seconds=PATIENCE)) as (port, _):
        with connected(port) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert begun.wait(PATIENCE)
            assert not ended.is_set()

        assert ended.wait(PATIENCE)


def test_an_address_that_is_taken_is_named() -> None:
    """The person at the terminal reads a sentence, no log line of a library."""
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]

        with pytest.raises(UsageError, match=f"port {port}.*--port"):
            listen("127.0.0.1", port)

        assert address_of(first) == f"http://127.0.0.1:{port}"


def test_the_default_protocol_has_the_default_limits() -> None:
    """What main builds from settings starts from the same values."""
    assert BoundedProtocol.limits == Limits()
    assert bounded(Limits(connections=7)).limits.connections == 7


@pytest.mark.fuzz  # it is not hostile, but takes a process of its own
def test_a_stopped_service_answers_what_it_began(tmp_path: Path) -> None:
    """SIGTERM lets a running request end, lets nobody new in, and the process ends well."""
    program = """
import sys, threading, time
from dataclasses import replace
from skillmatch_api import main
from skillmatch_api.settings import ServiceSettings
import skillmatch_api.main as main

made = main.create_app
def slow(services):
    app = made(services)
    def wait() -> dict[str, str]:
        print("begun", flush=True)
        time.sleep(0.7)
        return {"done": "yes"}
    app.add_api_route("/probe/slow", wait)
    return app
main.create_app = slow
main.serve(ServiceSettings.from_environ({"SKILLMATCH_DATA": sys.argv[1], "SKILLMATCH_PORT": "0"}))
"""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        port = int(said.split("http://127.0.0.1:")[1].split()[0])
        assert "skillmatch keys create" in process.stdout.readline()
        with connected(port) as connection:
            connection.sendall(b"GET /probe/slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert process.stdout.readline() == "begun\n"

            process.send_signal(signal.SIGTERM)
            answer = rest_of(connection)

        _, logged = process.communicate(timeout=PATIENCE)
    finally:
        process.kill()
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b'{"done":"yes"}')
    assert process.returncode == 0
    assert "Traceback" not in logged
    with pytest.raises(ConnectionRefusedError):
        connected(port)
