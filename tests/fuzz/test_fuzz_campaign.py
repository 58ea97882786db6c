"""A run starts a process a target, watches it, and confirms what it found."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.__main__ import main, seconds_of
from tests.fuzz.alone import ROOT, read_alone
from tests.fuzz.campaign import Plan, run, watch
from tests.fuzz.catalogue import TARGETS, find_targets
from tests.fuzz.findings import Finding, read_findings, write_finding
from tests.fuzz.judging import Fault
from tests.fuzz.keeping import steps_of
from tests.fuzz.recorder import Recorder


def test_a_recorder_is_seen_by_another_process_and_goes_on_after_it(tmp_path: Path) -> None:
    """What a process read when it died is the finding."""
    recorder = Recorder(tmp_path / "recorder")
    program = (
        "import os, sys; from pathlib import Path; from tests.fuzz.recorder import Recorder\n"
        "one = Recorder(Path(sys.argv[1])); one.begin(b'a'); one.end(); one.begin(b'bad')\n"
        "os._exit(9)"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "recorder")]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)

    left = recorder.look()
    recorder.take_over()

    assert (left.data, left.executions, left.since > 0) == (b"bad", 2, True)
    assert (recorder.look().executions, recorder.look().since) == (2, 0.0)


@pytest.mark.parametrize(
    ("program", "kind"),
    [("import time; time.sleep(60)", "hang"), ("import os; os.abort()", "died"), ("", None)],
)
def test_a_process_that_hangs_or_dies_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, kind: str | None
) -> None:
    """And one that hangs is ended."""
    monkeypatch.setattr("tests.fuzz.campaign.HANG_SECONDS", 0.3)
    recorder = Recorder(tmp_path / "recorder")
    recorder.begin(b"x")
    command = ["bash", "-c", f"ulimit -c 0; exec {sys.executable} -c '{program}'"]
    process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
    if kind is None:
        recorder.end()

    fault = watch(process, recorder)

    assert (fault.kind if fault else None) == kind
    assert process.poll() is not None


def test_findings_are_written_with_what_went_wrong(tmp_path: Path) -> None:
    """A person reads the one and runs the other."""
    finding = Finding(target="lint", fault=Fault(kind="crash", place="a:b", detail="c"), data=b"x")

    path = write_finding(finding, tmp_path)

    assert list(read_findings(tmp_path)) == [finding]
    assert path.read_bytes() == b"x"


def test_new_lines_are_what_counts_as_new() -> None:
    """The corpus keeps what reaches further, not what is only different."""
    (target,) = find_targets("lint-rules")
    good = target.seeds()[0]
    # The first reading also fills caches, which takes steps of its own.
    steps_of(target.read, good)

    assert steps_of(target.read, good) == steps_of(target.read, good)
    assert steps_of(target.read, b"[off") - steps_of(target.read, good)


def test_time_is_shared_among_targets_or_classes() -> None:
    """Minutes are those of the clock on the wall, seconds those of a class of readers."""
    by_minutes = seconds_of(TARGETS, 10, None, 2)
    by_seconds = seconds_of(TARGETS, 10, 20.0, 2)

    assert sum(by_minutes.values()) == pytest.approx(10 * 60 * 2)
    for group in {one.group for one in TARGETS}:
        members = [by_seconds[one.name] for one in TARGETS if one.group == group]
        assert sum(members) == pytest.approx(20)


def test_an_unknown_target_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the names that there are."""
    assert main(["--target", "nothing"]) == 2
    assert "there are badges," in capsys.readouterr().err


@pytest.mark.fuzz
@pytest.mark.parametrize("guided", [False, True])
def test_a_short_run_reads_and_finds_nothing(tmp_path: Path, guided: bool) -> None:
    """With and without atheris."""
    if guided:
        pytest.importorskip("atheris")
    targets = find_targets("lint-rules")
    plan = Plan(seconds={"lint-rules": 3.0}, jobs=1, seed=1, keep=False, guided=guided)
    told: list[str] = []
    begun = time.monotonic()

    (result,) = run(targets, plan, tmp_path, lambda one: told.append(one.target))

    assert (result.findings, result.trouble, told) == ((), "", ["lint-rules"])
    assert result.executions > 50
    assert time.monotonic() - begun < 120


@pytest.mark.fuzz
def test_an_input_is_read_alone() -> None:
    """Where nothing else takes time or memory."""
    assert read_alone("lint-rules", b"[off]\n") is None
