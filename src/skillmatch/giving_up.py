"""Whether anybody still waits for what is being computed.

A thread that computes cannot be stopped from outside. Whoever starts long work may say how to learn
that nobody waits for it any more. The linker asks between two batches, a comparison between two
requirements::

    with until(gone.is_set):
        matcher.gap(posting)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from skillmatch.errors import BusyError

_NOBODY_WAITS: ContextVar[Callable[[], bool] | None] = ContextVar("nobody_waits", default=None)


@contextmanager
def until(nobody_waits: Callable[[], bool]) -> Iterator[None]:
    """Give up whatever is computed in this context once ``nobody_waits`` says so.

    Threads that are started with a copy of the context give up, too.
    """
    before = _NOBODY_WAITS.set(nobody_waits)
    try:
        yield
    finally:
        _NOBODY_WAITS.reset(before)


def go_on() -> None:
    """Return if somebody waits, or nobody said how to learn it.

    Raises:
        BusyError: Nobody waits any more.
    """
    nobody_waits = _NOBODY_WAITS.get()
    if nobody_waits is not None and nobody_waits():
        raise BusyError("given up: nobody waits for it any more")
