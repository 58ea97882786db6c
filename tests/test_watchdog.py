"""The guard against work that never ends."""

from __future__ import annotations

import contextlib
import signal
import time

import pytest

from tests.watchdog import no_hang


def work_for_ever() -> None:
    """Keep the processor busy."""
    while True:
        pass


def test_work_without_an_end_is_interrupted() -> None:
    """Else the tests that rely on the guard would pass or hang."""
    with pytest.raises(pytest.fail.Exception, match="still busy after"), no_hang(0.05):
        work_for_ever()


def test_a_guard_that_was_swallowed_is_told_at_the_end() -> None:
    """A reader may suppress whatever comes, as finalisers do."""
    swallowed = contextlib.suppress(BaseException)

    with pytest.raises(pytest.fail.Exception, match="was busy for"), no_hang(0.05), swallowed:
        work_for_ever()


def test_waiting_is_no_work() -> None:
    """A machine that does something else must not fail a test; and no signal comes later."""
    with no_hang(0.4):
        time.sleep(0.5)

    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
