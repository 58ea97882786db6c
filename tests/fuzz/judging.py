"""What a reader may do with a file: return a value, or refuse it with one clear message, soon."""

from __future__ import annotations

import logging
import re
import resource
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import skillmatch
from skillmatch.errors import SkillmatchError

MAX_SECONDS = 2.0
"""Of CPU time of the reading thread; the clock on the wall would blame a busy machine."""
MAX_GROWTH = 500 * 2**20
"""Of a process's memory at its peak, while it reads one file, in bytes."""
MAX_MESSAGE = 4_100
"""Characters; a message that holds a screen of the file is not clear."""
_SOURCES = Path(skillmatch.__file__).parent
# The peak that getrusage tells is that of the parent, too (a quirk of Linux), and cannot be reset.
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_PEAK = re.compile(rb"VmHWM:\s*(\d+) kB")
# The unit of ru_maxrss differs by system (getrusage(2)).
_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What a reader did wrong.

    Attributes:
        kind: ``crash``, ``message``, ``network``, ``noise`` (a library printed a warning),
            ``slow``, ``memory``, and as seen from outside ``died`` or ``hang``.
        place: Where in skillmatch it was noticed; two faults of one kind at one place are one.
        detail: For a person.
    """

    kind: str
    place: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How one file was read.

    Attributes:
        refused: Whether the reader said no, with a message.
        growth: By how much memory the process grew at its peak, in bytes.
    """

    refused: bool
    seconds: float
    growth: int
    fault: Fault | None


def peak_memory() -> int:
    """Return this process's memory at its peak, in bytes, since ``forget_peak`` where it works."""
    try:
        found = _PEAK.search(_STATUS.read_bytes())
    except OSError:
        found = None
    if found is not None:
        return int(found[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT


def forget_peak() -> None:
    """Let the peak begin anew at what is used now; on other systems than Linux it stays."""
    with suppress(OSError):
        _CLEAR.write_bytes(b"5")


def judge(read: Callable[[bytes], object], data: bytes) -> Verdict:
    """Read a file and say whether that was right; nothing but Ctrl-C is raised."""
    forget_peak()
    before, start = peak_memory(), time.thread_time()
    fault, refused = _outcome(read, data)
    seconds, growth = time.thread_time() - start, peak_memory() - before
    if fault is None and seconds > MAX_SECONDS:
        fault = Fault(kind="slow", place="", detail=f"took {seconds:.1f} s of CPU time")
    if fault is None and growth > MAX_GROWTH:
        fault = Fault(kind="memory", place="", detail=f"took {growth / 2**20:.0f} MB")
    return Verdict(refused=refused, seconds=seconds, growth=growth, fault=fault)


class _ReachedOutError(BaseException):
    """Somebody wants to be called; no reader catches this."""


@contextmanager
def _offline() -> Iterator[None]:
    """Let nothing look up a host or connect to one."""

    def refuse(*arguments: object, **_options: object) -> None:
        raise _ReachedOutError(f"wanted to reach {arguments[-2:]}")

    look_up = socket.getaddrinfo
    socket.getaddrinfo = refuse  # type: ignore[assignment]  # put back below
    socket.socket.connect = refuse  # type: ignore[method-assign]  # inherited, so it is deleted below
    try:
        yield
    finally:
        socket.getaddrinfo = look_up
        with suppress(AttributeError):
            del socket.socket.connect


class _Heard(logging.Handler):
    """Takes what would be printed because nobody else takes it."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.first = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the first message."""
        self.first = self.first or f"{record.name}: {record.getMessage()}"


def _outcome(read: Callable[[bytes], object], data: bytes) -> tuple[Fault | None, bool]:
    heard, last = _Heard(), logging.lastResort
    logging.lastResort = heard
    try:
        fault, refused = _read(read, data)
    finally:
        logging.lastResort = last
    if fault is None and heard.first:
        name, _, said = heard.first.partition(": ")
        fault = Fault(kind="noise", place=name, detail=said[:500])
    return fault, refused


def _read(read: Callable[[bytes], object], data: bytes) -> tuple[Fault | None, bool]:
    try:
        with _offline():
            read(data)
    except SkillmatchError as error:
        return _message_fault(error), True
    except _ReachedOutError as error:
        return Fault(kind="network", place=_place(error), detail=str(error)), False
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 - whatever else comes is what is looked for
        return _crash(error), False
    return None, False


def _message_fault(error: SkillmatchError) -> Fault | None:
    message = str(error)
    wrong = ""
    if not message.strip():
        wrong = "the message is empty"
    elif len(message) > MAX_MESSAGE:
        wrong = f"the message has {len(message)} characters: {message[:200]}"
    elif bad := [one for one in message if not one.isprintable() and one not in "\n\t\xa0"]:
        wrong = f"the message holds {bad[0]!r}, which a terminal may obey: {message[:500]!r}"
    return Fault(kind="message", place=_place(error), detail=wrong) if wrong else None


def _crash(error: BaseException) -> Fault:
    lines = traceback.format_exception(error, limit=-8)
    kind = type(error).__name__
    return Fault(kind="crash", place=f"{kind} in {_place(error)}", detail="".join(lines)[-6000:])


def _place(error: BaseException) -> str:
    """Return the innermost function of skillmatch that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_SOURCES)]
    if not ours:
        return frames[-1].name if frames else ""
    return f"{Path(ours[-1].filename).relative_to(_SOURCES).as_posix()}:{ours[-1].name}"
