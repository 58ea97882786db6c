"""Threads share the arenas of the C library; measured in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from skillmatch_api.wire.process.arenas import share_arenas

# Every thread holds a block while all others ask for one, so that none can do with another's.
_COUNT = """
import os, sys, threading
from skillmatch_api.wire.process.arenas import share_arenas

done = share_arenas({"MALLOC_ARENA_MAX": sys.argv[1]})
together = threading.Barrier(12)

def work():
    together.wait()
    kept = [bytearray(5_000) for _ in range(200)]
    together.wait()

threads = [threading.Thread(target=work) for _ in range(12)]
for one in threads:
    one.start()
for one in threads:
    one.join()
if not done and not sys.argv[1]:
    print("none")
else:
    import ctypes
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    stream = ctypes.c_void_p(libc.fopen(b"/dev/stdout", b"w"))
    libc.malloc_info(0, stream)
    libc.fclose(stream)
"""


def arenas(said: str) -> int | None:
    """Return how many arenas a process has; None where its C library has none."""
    environ = {"MALLOC_ARENA_TEST": "8", "PATH": ""}
    command = [sys.executable, "-c", _COUNT, said]
    found = subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout
    return None if found.strip() == "none" else found.count("<heap nr=")


def test_many_threads_share_a_few_arenas() -> None:
    """Otherwise each keeps what a text once needed, whichever thread links the next."""
    found = arenas("")
    if found is None:
        pytest.skip("the C library of this system has no arenas")

    assert found <= 2 < (arenas("9") or 0)


def test_what_the_operator_says_of_arenas_holds() -> None:
    """The variable is the C library's own."""
    assert share_arenas({"MALLOC_ARENA_MAX": "9"}) is False
