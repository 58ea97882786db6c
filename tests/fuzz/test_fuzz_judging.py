"""The judge sees every way in which a reader could go wrong, and lets the right ways pass."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable
from typing import NoReturn

import pytest

from skillmatch.errors import SkillmatchError, UnreadableError
from skillmatch.readers.csv_table import read_csv_table
from tests.fuzz import judging
from tests.fuzz.judging import judge


def refuse(message: str) -> Callable[[bytes], NoReturn]:
    """Return a reader that refuses everything."""

    def read(_: bytes) -> NoReturn:
        raise UnreadableError(message)

    return read


class RawError(SkillmatchError):
    """An error whose text is not made fit for printing."""

    def __str__(self) -> str:
        return str(self.args[0])


def raw(message: str) -> Callable[[bytes], NoReturn]:
    """Return a reader whose message is taken as it is."""

    def read(_: bytes) -> NoReturn:
        raise RawError(message)

    return read


def test_a_value_and_a_clear_message_are_right() -> None:
    """Both are answers."""
    assert (judge(len, b"x").fault, judge(len, b"x").refused) == (None, False)
    assert (judge(refuse("it is empty"), b"").fault, judge(refuse("no"), b"").refused) == (
        None,
        True,
    )


@pytest.mark.parametrize(
    "message", ["", " \n", "\x1b[2J", "half \ud800", "\u202eback", "x" * 9_000]
)
def test_a_message_that_nobody_can_read_is_a_fault(message: str) -> None:
    """A terminal obeys what a file put into it."""
    fault = judge(raw(message), b"").fault

    assert fault is not None
    assert fault.kind == "message"


def test_any_other_exception_is_a_crash_at_its_place_in_skillmatch() -> None:
    """The place tells two faults apart, wherever inside a library they came up."""

    def read(data: bytes) -> object:
        return read_csv_table(data, None, place=None)  # type: ignore[arg-type]  # on purpose

    fault = judge(read, b"a,b\n").fault

    assert fault is not None
    assert (fault.kind, fault.place) == ("crash", "AttributeError in readers/csv_table.py:_header")
    assert "Traceback" in fault.detail


@pytest.mark.parametrize("leave", [RecursionError, MemoryError, SystemExit, GeneratorExit])
def test_what_ends_a_program_is_a_crash_too(leave: type[BaseException]) -> None:
    """Some libraries raise what ``except Exception`` does not see."""

    def read(_: bytes) -> NoReturn:
        raise leave

    fault = judge(read, b"").fault

    assert fault is not None
    assert fault.kind == "crash"


def test_ctrl_c_is_for_the_person_at_the_keyboard() -> None:
    """It ends the fuzzer."""

    def read(_: bytes) -> NoReturn:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        judge(read, b"")


def test_time_is_that_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a busy machine is no fault."""
    monkeypatch.setattr(judging, "MAX_SECONDS", 0.05)

    def work(_: bytes) -> None:
        end = time.thread_time() + 0.1
        while time.thread_time() < end:
            pass

    slow = judge(work, b"").fault

    assert slow is not None
    assert slow.kind == "slow"
    assert judge(lambda _: time.sleep(0.1), b"").fault is None


def test_memory_is_that_at_the_peak(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was freed again had to be there."""
    monkeypatch.setattr(judging, "MAX_GROWTH", 2**20)
    # A busy machine may take seconds to hand out so many pages.
    monkeypatch.setattr(judging, "MAX_SECONDS", 1e9)
    beyond = judging.peak_memory() + 50 * 2**20

    fault = judge(lambda _: len(b"x" * beyond), b"").fault

    assert fault is not None
    assert fault.kind == "memory"


def _connect() -> None:
    with socket.socket() as made:
        made.connect(("192.0.2.1", 1))


@pytest.mark.parametrize("reach", [lambda: socket.getaddrinfo("a.example", 443), _connect])
def test_whatever_would_be_fetched_is_a_fault(reach: Callable[[], object]) -> None:
    """Also where the reader takes the failure for an absent file and goes on."""
    before = socket.getaddrinfo

    def read(_: bytes) -> None:
        reach()

    fault = judge(read, b"").fault

    assert fault is not None
    assert fault.kind == "network"
    assert socket.getaddrinfo is before
    assert "connect" not in vars(socket.socket)


def test_a_library_that_prints_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its lines would stand between ours, with words of the file in them."""
    logger = logging.getLogger("skillmatch.tests.somebody")
    monkeypatch.setattr(logger, "propagate", False)

    fault = judge(lambda _: logger.warning("odd: %s", "x"), b"").fault

    assert fault is not None
    assert (fault.kind, fault.place, fault.detail) == ("noise", logger.name, "odd: x")
