"""The measurement of importing and opening, run on the mini framework."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.bench.frameworks import main, timed

MINI = Path(__file__).resolve().parent.parent / "fixtures" / "mini_esco"


def test_each_step_is_measured_in_a_process_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Opening must not carry the memory of the import, nor count an empty framework."""
    code = main(["--esco", str(MINI)])

    result = json.loads(capsys.readouterr().out)
    steps = result["steps"]
    assert code == (0 if result["within_limits"] else 1)
    assert set(steps) == {"csv_pass", "import", "open", "stream_labels"}
    assert steps["csv_pass"]["rows"] == 169
    # 48 preferred, 73 alternative, 3 hidden labels and 48 descriptions of released concepts.
    assert steps["stream_labels"]["rows"] == 172
    assert steps["import"]["peak_rss_mb"] > 0


def test_a_step_is_run_once_and_timed() -> None:
    """Both clocks are told: the one a person waits by, and the one of the processor."""
    calls: list[int] = []

    facts = timed(lambda: calls.append(1))

    assert calls == [1]
    assert set(facts) == {"wall_s", "cpu_s"}
