"""A whole server under attack on its own sockets: bodies without end, lies, and crowds.

Everything goes to a free port of this machine, few times and for seconds.
"""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE = 20.0
MIB = 2**20

pytestmark = pytest.mark.fuzz


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server with narrow limits, in a process of its own that logs all it can."""
    data = tmp_path_factory.mktemp("attacked")
    program = (
        "import logging, sys\n"
        "from skillmatch_api import main\n"
        "from skillmatch_api.settings import ServiceSettings\n"
        "from skillmatch_api.wire.telemetry import json_logs\n"
        "configure = json_logs.configure\n"
        "json_logs.configure = lambda: (configure(logging.DEBUG),"
        " logging.getLogger().setLevel(logging.DEBUG))\n"
        "main.serve(ServiceSettings.from_environ({'SKILLMATCH_DATA': sys.argv[1],"
        " 'SKILLMATCH_PORT': '0', 'SKILLMATCH_HEAD_SECONDS': '2', 'SKILLMATCH_READ_SECONDS': '2',"
        " 'SKILLMATCH_CONNECTIONS': '40'}))\n"
    )
    with (data / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(data)], stdout=subprocess.PIPE, stderr=log
        )
        try:
            assert process.stdout is not None
            said = process.stdout.readline().decode()
            yield int(said.split("http://127.0.0.1:")[1].split()[0])
        finally:
            process.terminate()
            process.wait(PATIENCE)
            process.stdout.close()  # type: ignore[union-attr]  # it is a pipe
    logged = (data / "log").read_text()
    assert "Traceback" not in logged
    assert MARK not in logged


MARK = "Zzmarkerzz"
"""Stands in all that is sent, and nowhere in the log."""


def said_to(port: int, *parts: bytes, read: bool = True) -> bytes:
    """Send bytes and return all that comes until the server closes the connection."""
    received = b""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection,
        contextlib.suppress(ConnectionError),
    ):
        for part in parts:
            connection.sendall(part)
        while read and (piece := connection.recv(2**16)):
            received += piece
    return received


def healthy(port: int) -> bool:
    """Whether the server answers as if nothing had been."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE) as answer:
        return bool(answer.status == 200)


def head(*lines: str, path: str = "/v1/gap") -> bytes:
    """Return the head of a POST."""
    first = (f"POST {path} HTTP/1.1", "Host: 127.0.0.1", f"X-Mark: {MARK}", *lines)
    return "\r\n".join((*first, "", "")).encode()


def test_fifty_megabytes_are_refused_told_or_not(port: int) -> None:
    """Limits hold by header and by count, and the answer arrives all the same."""
    mebibyte = b"x" * MIB
    told = said_to(port, head(f"Content-Length: {50 * MIB}"), *[mebibyte] * 50)
    chunk = b"%x\r\n" % MIB + mebibyte + b"\r\n"
    untold = said_to(port, head("Transfer-Encoding: chunked"), *[chunk] * 50, b"0\r\n\r\n")

    assert told.startswith(b"HTTP/1.1 413 ")
    # Of strangers no more than some kilobytes are kept, before they are asked for a key.
    assert untold.startswith(b"HTTP/1.1 401 ") or not untold  # closed while it was written
    assert healthy(port)


@pytest.mark.parametrize(
    "lines",
    [
        ("Content-Length: 5", "Transfer-Encoding: chunked"),
        ("Content-Length: 5", "Content-Length: 6"),
        ("Content-Length: -5",),
        ("Content-Length: " + "9" * 6_000,),
        ("Content-Length: 5, 6",),
        ("Transfer-Encoding: gzip, chunked",),
        ("Transfer-Encoding : chunked",),
        ("X-Bad: a\0b",),
    ],
    ids=repr,
)
def test_a_head_that_two_readers_read_differently_ends_the_connection(
    port: int, lines: tuple[str, ...]
) -> None:
    """Nothing behind it is taken for a request: there is one answer, a refusal, and the end."""
    answer = said_to(port, head(*lines) + b"0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")

    assert answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 422 "))
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nX-Slow: ", head("Content-Length: 9") + b"{"])
def test_what_never_ends_is_answered_408(port: int, sent: bytes) -> None:
    """Slowloris by head and by body."""
    assert said_to(port, sent).startswith(b"HTTP/1.1 408 ")


def test_a_crowd_of_silent_connections_keeps_nobody_out_for_long(port: int) -> None:
    """Over the limit they are sent away at once, and the silent ones soon."""
    with contextlib.ExitStack() as crowd:
        silent = [
            crowd.enter_context(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            for _ in range(60)
        ]
        for one in silent:
            with contextlib.suppress(ConnectionError):
                while one.recv(2**16):
                    pass  # every one of them ends, by itself

    assert healthy(port)


def test_words_of_strangers_are_in_no_log(port: int) -> None:
    """Method, path, query, headers and body; the log is looked at when the server has ended."""
    close = "Connection: close"
    for line in (f"{MARK} /v1/gap", f"GET /v1/{MARK}", f"GET /v1/search?query={MARK}"):
        request = f"{line} HTTP/1.1\r\nHost: {MARK}\r\nCookie: a={MARK}\r\n{close}\r\n\r\n"
        assert b" 500 " not in said_to(port, request.encode())
    body = f'{{"posting": "{MARK}'.encode()
    key = f"Authorization: Bearer {MARK}.{MARK}.{MARK}"
    assert b" 401 " in said_to(port, head(key, close, f"Content-Length: {len(body)}") + body)


@pytest.mark.parametrize("kind", ["skillmatch.sqlite", "skillmatch.sqlite-wal"])
def test_what_is_written_is_for_its_owner_alone(port: int, tmp_path: Path, kind: str) -> None:
    """People's data lies in files that no other user of the machine can read."""
    assert healthy(port)
    folder = next(one for one in tmp_path.parent.glob("attacked*/service"))
    found = folder / kind

    assert not found.exists() or found.stat().st_mode & 0o077 == 0
    assert (folder / "skillmatch.sqlite").exists()
