"""All measurements by one command: what can run does, what cannot is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.bench.__main__ import BENCHES, command, main, table
from tests.readers.onet_samples import layout_30, write_excel

GAP = BENCHES[0]


def test_a_measurement_is_run_and_written_with_what_it_depends_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number without machine, commit and versions cannot be compared with another."""
    (tmp_path / "onet" / "29.3").mkdir(parents=True)
    write_excel(tmp_path / "onet" / "29.3", layout_30())
    output = tmp_path / "results" / "bench.json"

    code = main(["--shared", str(tmp_path), "--only", "onet", "--output", str(output)])

    written = json.loads(output.read_text(encoding="utf-8"))
    assert code == 0
    assert "| import of O*NET 29.3 from Excel, s |" in capsys.readouterr().out
    assert written["results"]["onet"]["limit_wall_s"] == 60
    assert {"cpu", "cores", "python", "versions"} <= written["machine"].keys()
    assert written["commit"]


def test_a_measurement_without_its_files_is_skipped_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing measured must not look like everything passed."""
    output = tmp_path / "bench.json"

    code = main(["--shared", str(tmp_path), "--only", "onet", "--output", str(output)])

    assert code == 1
    assert "skipped onet: no folder" in capsys.readouterr().err
    assert json.loads(output.read_text(encoding="utf-8"))["skipped"] == ["onet"]


def test_a_gap_is_not_measured_before_anything_is_installed(tmp_path: Path) -> None:
    """The reason says what to run; a stack trace of a subprocess would not."""
    reason = command(GAP, tmp_path, tmp_path)

    assert reason == f"no frameworks in {tmp_path}; run `skillmatch setup`"


def test_the_table_marks_a_missed_limit() -> None:
    """A number above its limit must be seen at a glance, and one at the limit is within."""
    names = ("help_cpu_s", "cold_wall_s", "cold_peak_rss_mb", "warm_wall_p50_ms")
    limits = dict.fromkeys(names, 2.5)
    measured = {**limits, "cold_wall_s": 2.6}

    lines = list(table({"gap": {"measured": measured, "limits": limits}}))

    assert lines[3] == "| `skillmatch gap` cold, s | 2.6 | 2.5 | missed |"
    assert sum("missed" in line for line in lines) == 1
