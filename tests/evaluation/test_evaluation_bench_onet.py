"""The O*NET bench measures what it says it measures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.bench.onet import files_read, main
from tests.readers.onet_samples import layout_30, write_excel


def test_the_bench_prints_one_json_object_about_the_workbooks_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The floor must pass over the same workbooks as the reader, or the ratio means nothing."""
    tables = layout_30()
    source = write_excel(tmp_path, {**tables, "Work Context": [("O*NET-SOC Code",)]})

    code = main(["--from", str(source), "--release", "30.3"])

    result = json.loads(capsys.readouterr().out)
    assert code == 0
    assert result["rows"] == sum(len(rows) for rows in tables.values())
    assert result["workbooks"] == len(files_read(source)) == len(tables)
    assert result["ratio_to_openpyxl"] > 0
