"""A guard against work that would never end, which a busy machine does not set off."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

# Far above what any guarded piece of work takes, far below what it takes without its bounds.
CPU_SECONDS = 20.0
# Compiled code that never comes back to Python can only be ended together with the process.
KILL_SECONDS = 3 * CPU_SECONDS


@contextmanager
def no_hang(cpu_seconds: float = CPU_SECONDS) -> Iterator[None]:
    """Fail when a block keeps the processor busy for longer than any sound code would.

    Only time on the processor counts, so waiting for a busy machine is no failure. The size of the
    input makes the difference: the unbounded code must need minutes for it.
    Compiled code is told of it when it comes back; if it does not, the process is ended, and
    pytest-xdist names the test that it was running.
    """
    fired = False

    def fail(_signal: int, _frame: FrameType | None) -> None:
        nonlocal fired
        fired = True
        pytest.fail(f"still busy after {cpu_seconds:g} seconds of processor time")

    handlers = signal.signal(signal.SIGPROF, fail), signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    # Again each second, since an exception inside a finaliser is swallowed.
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds, 1.0)
    signal.setitimer(signal.ITIMER_VIRTUAL, KILL_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handlers[0])
        signal.signal(signal.SIGVTALRM, handlers[1])
    if fired:
        pytest.fail(f"was busy for more than {cpu_seconds:g} seconds of processor time")
