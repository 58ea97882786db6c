"""What a process is reading right now, where another process can see it when the first is gone."""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass
from pathlib import Path

MAX_INPUT = 2**20
"""Bytes of an input that are kept; longer ones are not made."""
_HEAD = struct.Struct("<dQQQ")
_SIZE = _HEAD.size + MAX_INPUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a recorder shows.

    Attributes:
        since: Moment of ``time.monotonic`` at which the input at hand was begun; 0 between inputs.
        executions: Inputs that were begun.
        findings: Inputs that were read wrongly.
    """

    since: float
    executions: int
    findings: int
    data: bytes


class Recorder:
    """A file that two processes map: one writes what it reads, the other looks."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(b"\0" * _SIZE)
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _SIZE)
        self.take_over()

    def take_over(self) -> None:
        """Go on from what another process wrote, and say that nothing is being read."""
        _, self._executions, self._findings, _ = _HEAD.unpack_from(self._map)
        self._write(0.0, 0)

    def begin(self, data: bytes) -> None:
        """Say that an input is about to be read."""
        self._executions += 1
        self._map[_HEAD.size : _HEAD.size + len(data)] = data
        self._write(time.monotonic(), len(data))

    def end(self, *, found: bool = False) -> None:
        """Say that it was read, whatever came of it."""
        self._findings += found
        self._write(0.0, 0)

    def look(self) -> Reading:
        """Return what was written last."""
        since, executions, findings, length = _HEAD.unpack_from(self._map)
        data = bytes(self._map[_HEAD.size : _HEAD.size + length])
        return Reading(since=since, executions=executions, findings=findings, data=data)

    def _write(self, since: float, length: int) -> None:
        _HEAD.pack_into(self._map, 0, since, self._executions, self._findings, length)
