"""A PostgreSQL cluster of the tests' own, in a temporary folder and on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = "postgres"


HASTY = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
"""What makes a server fast that nobody will miss."""


@contextmanager
def cluster(more: str = HASTY) -> Iterator[str]:
    """Yield the URL of a running server without a database name, ending in a slash.

    PostgreSQL refuses to run as root, so root runs it as the user that Debian's package makes;
    anybody else runs it as themselves.

    Args:
        more: Further options of the server.
    """
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="skillmatch-postgres-"))
    data, port = str(folder / "data"), _free_port()
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        _run([programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8"])
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        options += f" {more}"
        start = ["-D", data, "-l", str(folder / "log"), "-o", options, "-w", "start"]
        _run([programs / "pg_ctl", *start])
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


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
