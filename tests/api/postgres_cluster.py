"""A PostgreSQL cluster of the tests' own, in a temporary folder and on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

USER = "postgres"

HASTY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""What makes a server fast that nobody will miss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A server of our own.

    PostgreSQL refuses to run as root, so root runs it as the user that Debian's package makes;
    anybody else runs it as themselves.

    Attributes:
        programs: Folder of ``initdb`` and ``pg_ctl``.
        folder: Of its data, socket and log.
        options: Of the server.
    """

    programs: Path
    folder: Path
    port: int
    options: str

    @property
    def url(self) -> str:
        """Return its address without the name of a database, ending in a slash."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/"

    def make(self) -> None:
        """Make an empty cluster."""
        where: list[str | Path] = ["-D", self.folder / "data", "-U", USER]
        _run([self.programs / "initdb", *where, "-A", "trust", "-E", "UTF8"])

    def start(self) -> None:
        """Start it, and wait until it lets clients in."""
        options = f"-p {self.port} -c listen_addresses=127.0.0.1"
        options += f" -c unix_socket_directories={self.folder} {self.options}"
        self._control("-l", self.folder / "log", "-o", options, "-w", "start")

    def crash(self) -> None:
        """Stop it at once, without writing anything more."""
        self._control("-m", "immediate", "stop")

    def wait(self) -> None:
        """Wait until it lets clients in again, after one of its processes was killed."""
        ready: list[str | Path] = [
            self.programs / "pg_isready",
            "-q",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        for _ in range(600):
            if subprocess.run(ready, check=False).returncode == 0:
                return
            time.sleep(0.1)
        pytest.fail("the server did not come back")

    def _control(self, *arguments: str | Path) -> None:
        _run([self.programs / "pg_ctl", "-D", self.folder / "data", *arguments])


@contextmanager
def running(more: str = HASTY) -> Iterator[Cluster]:
    """Yield a running server, with further options; it is gone afterwards."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="skillmatch-postgres-"))
    server = Cluster(programs=programs, folder=folder, port=_free_port(), options=more)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.crash()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Yield the URL of a running server without a database name, ending in a slash."""
    with running() as server:
        yield server.url


def _programs() -> Path:
    """Return the folder of the newest server on this machine; its programs are on no path."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        if os.environ.get("SKILLMATCH_REQUIRE_POSTGRES") == "1":
            pytest.fail("SKILLMATCH_REQUIRE_POSTGRES=1, but there is no PostgreSQL server")
        pytest.skip("no PostgreSQL server on this machine; install the package postgresql")
    return Path(on_path).resolve().parent


def _run(command: list[str | Path]) -> None:
    other = {"user": USER, "group": pwd.getpwnam(USER).pw_gid} if os.geteuid() == 0 else {}
    done = subprocess.run(
        command,
        check=False,
        cwd="/",
        stdout=subprocess.DEVNULL,  # the server inherits it and would hold a pipe open
        stderr=subprocess.DEVNULL,
        **other,  # type: ignore[call-overload]  # user and group, or nothing
    )
    if done.returncode:
        pytest.fail(f"{command} ended with {done.returncode}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
