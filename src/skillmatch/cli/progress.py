"""Progress on standard error: bars on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

# What takes less needs no line, and a log of half an hour should stay readable.
FIRST_S = 3.0
AGAIN_S = 15.0
LOOK_S = 1.0


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Yield a callback (what, done, total) that tells how far each thing being done is.

    A total of 0 means that it is not known.
    """
    if quiet:
        yield lambda _what, _done, _total: None
        return
    with _bars() if sys.stderr.isatty() else _lines(sys.stderr) as tell:
        yield tell


class PlainLines:
    """Decides when a line is due: for a stage that takes a while, then every quarter of a minute.

    Args:
        now: What the clock says, in seconds.
    """

    def __init__(self, now: float) -> None:
        """Nothing is being done yet."""
        self._stage = ("", 0, 0)
        self._begun = self._told = now
        self._named = ""

    def tell(self, what: str, done: int, total: int, now: float) -> None:
        """Take note of what is being done."""
        if what != self._stage[0]:
            self._begun = now
        self._stage = (what, done, total)

    def due(self, now: float) -> str:
        """Return the line to print, ``""`` while there is none."""
        what, done, total = self._stage
        if not what or done >= total > 0:
            return ""
        is_due = what != self._named and now - self._begun >= FIRST_S
        if not is_due and now - self._told < AGAIN_S:
            return ""
        self._told, self._named = now, what
        share = f"{100 * done // total} %, " if done and total else ""
        return f"{what}: {share}{now - self._begun:.0f} s"


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int], None]]:
    """Draw one bar for each thing that is being done, and take them away at the end."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskID,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total or None)
            bars.update(tasks[what], completed=done, total=total or None)

        yield show


@contextmanager
def _lines(stream: TextIO) -> Iterator[Callable[[str, int, int], None]]:
    """Print what is due from a thread: some stages have nothing to tell while they run."""
    plain, lock, ended = PlainLines(time.monotonic()), threading.Lock(), threading.Event()

    def tell(what: str, done: int, total: int) -> None:
        with lock:
            plain.tell(what, done, total, time.monotonic())

    def watch() -> None:
        while not ended.wait(LOOK_S):
            with lock:
                line = plain.due(time.monotonic())
            if line:
                try:
                    print(line, file=stream, flush=True)
                except (OSError, ValueError):  # nobody reads it any more
                    return

    thread = threading.Thread(target=watch, name="progress", daemon=True)
    thread.start()
    try:
        yield tell
    finally:
        ended.set()
        thread.join()
