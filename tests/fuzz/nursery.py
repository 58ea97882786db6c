"""A process that imports every reader once, and then forks a child for each target.

To have the branches of all readers counted takes some seconds, which forty children would each
spend anew.
"""

from __future__ import annotations

import gc
import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tests.fuzz.alone import ROOT, environment


class Running(Protocol):
    """What is watched of a process: as ``subprocess.Popen`` has it."""

    @property
    def pid(self) -> int:
        """Its number, and that of its process group."""

    @property
    def returncode(self) -> int | None:
        """How it ended; negative for the number of a signal, None as long as it runs."""

    def poll(self) -> int | None:
        """Return how it ended, at once."""

    def wait(self) -> int:
        """Return how it ended, when it has."""


class Nursery:
    """Starts children, one at a time."""

    def __init__(self, folder: Path, *, guided: bool) -> None:
        self._log = folder / "log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", __name__, "guided" if guided else "unguided"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                env=environment(folder),
                start_new_session=True,
                bufsize=0,
            )

    def start(self, told: Sequence[str], scratch: Path, log: Path) -> Running:
        """Start a child, once the one before has ended.

        Raises:
            ChildProcessError: The nursery has died itself; with what it said last.
        """
        order = json.dumps({"told": list(told), "scratch": str(scratch), "log": str(log)})
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(order.encode() + b"\n")
        except BrokenPipeError:
            self._process.wait()
        return _Child(self)

    def number(self) -> int:
        """Return the next number that the nursery says."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            said = self._log.read_text(errors="replace")[-1500:]
            raise ChildProcessError(f"the process that starts readers has ended: {said}")
        return int(line)

    def is_ready(self) -> bool:
        """Tell whether a number can be read without waiting."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


class _Child:
    """A child of the nursery."""

    def __init__(self, nursery: Nursery) -> None:
        self._nursery = nursery
        self.pid = nursery.number()
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and self._nursery.is_ready():
            self.wait()
        return self.returncode

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = self._nursery.number()
        return self.returncode


def main(engine: str) -> None:
    """Import everything, then follow the orders from standard input."""
    from tests.fuzz.child import prepare

    prepare(guided=engine == "guided")
    gc.collect()
    # What is there already is never looked at again, so the children share its memory.
    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _be_child(engine, **order)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()
        _, status = os.waitpid(pid, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _be_child(engine: str, told: Sequence[str], scratch: str, log: str) -> None:
    """Read until the time is up; a child ends here, with its own files and process group."""
    from tests.fuzz.child import main as read

    try:
        os.setsid()
        out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number, place in enumerate((os.open(os.devnull, os.O_RDONLY), out, out)):
            os.dup2(place, number)
        os.environ["TMPDIR"] = tempfile.tempdir = scratch
        read([*told, engine])
    except BaseException:  # noqa: BLE001 - the parent would go on as a second nursery
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
