"""Progress where nobody has a terminal: in a pipe, in a log, in CI."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator

import pytest

from skillmatch.cli import progress
from skillmatch.cli.progress import AGAIN_S, FIRST_S, PlainLines, shown_progress


def lines_of(stages: Iterator[tuple[float, str, int, int]]) -> list[str]:
    """Return what is printed while these (second, what, done, total) are told, each second."""
    plain, printed, second = PlainLines(0.0), [], 0.0
    for until, what, done, total in stages:
        plain.tell(what, done, total, second)
        while second < until:
            second += 1.0
            if line := plain.due(second):
                printed.append(line)
    return printed


def test_what_is_soon_done_says_nothing() -> None:
    """A script that calls a quick command gets no line that it did not ask for."""
    assert lines_of(iter([(FIRST_S - 1, "index esco", 0, 10)])) == []


def test_each_long_stage_is_named_soon_and_then_a_line_comes_now_and_then() -> None:
    """One sees what takes so long, and a log of an hour stays readable."""
    printed = lines_of(
        iter(
            [
                (4.0, "fetch esco", 0, 80),
                (5.0, "write esco", 0, 1),
                (10.0, "index esco", 5, 100),
                (30.0, "index esco", 40, 100),
            ]
        )
    )

    assert printed == ["fetch esco: 3 s", "index esco: 5 %, 3 s", "index esco: 40 %, 18 s"]


def test_many_short_stages_are_not_silent_together() -> None:
    """A framework of twenty tables takes half a minute, and none of them long."""
    stages = iter([(second + 1.0, f"table {second}", 0, 1) for second in range(20)])

    assert lines_of(stages) == ["table 14: 1 s"]


def test_a_stage_of_unknown_length_tells_its_time_and_a_finished_one_nothing() -> None:
    """No share of nothing, and no line that says 100 % for as long as something else takes."""
    assert lines_of(iter([(FIRST_S, "reading offers", 7, 0)])) == ["reading offers: 3 s"]
    assert lines_of(iter([(3 * AGAIN_S, "reading offers", 7, 7)])) == []


@pytest.mark.parametrize("quiet", [True, False])
def test_a_pipe_is_told_of_a_stage_that_never_reports_again(
    quiet: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pip tells nothing while it fetches, and a reader not while it merges."""
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "FIRST_S", 0.0)
    monkeypatch.setattr(progress, "LOOK_S", 0.001)

    with shown_progress(quiet=quiet) as tell:
        tell("merge esco", 0, 1)
        deadline = time.monotonic() + (0.05 if quiet else 10)
        while not stream.getvalue() and time.monotonic() < deadline:
            time.sleep(0.001)

    assert stream.getvalue() == ("" if quiet else "merge esco: 0 s\n")


class _Gone(io.StringIO):
    """A pipe that nobody reads any more."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()

    def write(self, _: str) -> int:
        self.asked.set()
        raise BrokenPipeError


def test_a_reader_that_went_away_does_not_end_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """``2>&1 | head`` closes the pipe; what is installed meanwhile is installed."""
    stream = _Gone()
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setattr(progress, "FIRST_S", 0.0)
    monkeypatch.setattr(progress, "LOOK_S", 0.001)

    with shown_progress() as tell:
        tell("merge esco", 0, 1)
        tried = stream.asked.wait(10)

    assert tried
