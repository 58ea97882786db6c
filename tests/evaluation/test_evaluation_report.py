"""Pages made from results by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.bootstrap import Interval
from evaluation.comparing import VALIDATION_TASKS, difference, measures_of, side_by_side
from evaluation.report import page, shown_difference
from evaluation.result_files import VERSION, read_results, write_result
from evaluation.speed import speed_lines
from skillmatch.errors import NotFoundError, UsageError

MEASURES = ("MRR", "RP@1", "RP@5", "RP@10", "recall@100", "nDCG@100")


def result(
    task: str = "skill-linking-x",
    system: str = "skillmatch",
    values: tuple[float, ...] = (1.0, 0.5),
    digest: str = "d" * 64,
) -> dict[str, Any]:
    """Return a result in which every measure has these values, a query each."""
    mean = sum(values) / len(values)
    return {
        "version": VERSION,
        "task": {
            "name": task,
            "digest": digest,
            "files": {},
            "queries": len(values) + 1,
            "with_gold": len(values),
            "without_gold": 1,
            "gold": 1234,
            "labels": 13891,
            "left_out": {"shifted rows": 2},
        },
        "framework": {"id": "esco-1.1.0", "digest": "f" * 64},
        "system": {"name": system, "fingerprint": "x", "encoder": "small:0123456789abcdef"},
        "about": {"commit": "c" * 40 + "+", "seed": 13},
        "ranking": dict.fromkeys(MEASURES, mean),
        "per_query": {name: list(values) for name in MEASURES},
    }


def with_links(found: dict[str, Any], judged: list[list[int]], silent: list[list[int]]) -> Any:  # noqa: ANN401 - JSON
    """Add accepted links: right, accepted and gold of each query."""
    shares = {"right": 1, "accepted": 2, "gold": 4, "precision": 0.5, "recall": 0.25, "f1": 1 / 3}
    whole = {**shares, "accepted": 5, "precision": 0.2, "f1": 2 / 9}
    counts = {"links": judged, "links without gold": silent}
    return {
        **found,
        "links": {"with gold": shares, "all": whole},
        "per_query": {**found["per_query"], **counts},
    }


def test_a_table_has_a_row_for_every_baseline_and_what_was_run() -> None:
    """In one order, and a floor that nobody measured is named as such."""
    results = [result(), result(system="minilm", values=(0.5, 0.5)), result(system="bm25")]

    lines = list(page(results, Path(), "minilm"))

    start = lines.index("## skill-linking-x")
    end = lines.index("## Where the numbers come from")
    table = [line for line in lines[start:end] if line.startswith("|")][2:]
    names = [line.split("|")[1].strip() for line in table]
    assert names == ["random", "exact-label", "bm25", "char-tfidf", "minilm", "skillmatch"]
    assert table[0].startswith("| random | not run |")
    assert table[4].endswith("| 50.0 |  |  |")
    assert table[5].startswith("| skillmatch | 0.750 | 75.0 | 75.0 | 75.0 | 75.0 | 75.0 | +25.0 [")


def test_what_was_left_out_stands_above_the_table() -> None:
    """A query without gold is left out and counted."""
    text = "\n".join(page([result()], Path(), "minilm"))

    assert "2 queries with gold, 1 without; 1,234 gold labels among 13,891 of esco-1.1.0." in text
    assert "Left out: shifted rows: 2." in text


def test_a_difference_is_in_bold_where_zero_lies_outside() -> None:
    """MRR in its own unit, the others in points."""
    clear = Interval(value=0.05, low=0.01, high=0.09, below=0.01)
    unclear = Interval(value=-0.05, low=-0.11, high=0.01, below=0.96)

    assert shown_difference(clear, "RP@5") == "**+5.0 [+1.0, +9.0]**"
    assert shown_difference(unclear, "MRR") == "-0.050 [-0.110, +0.010]"


def test_results_on_other_data_are_not_set_side_by_side() -> None:
    """A baseline of an older dataset stays in the table, without a difference to it."""
    results = [result(), result(system="minilm", digest="e" * 64)]

    text = "\n".join(page(results, Path(), "minilm"))

    assert "[" not in text.partition("## skill-linking-x")[2].partition("## Where")[0]
    with pytest.raises(UsageError, match="run both again"):
        difference([results[0]], [results[1]], "MRR")


def test_accepted_links_have_an_interval_over_all_queries() -> None:
    """Also those without gold: 1 right of 2 with gold, and 3 wrong elsewhere, of 4 gold."""
    found = with_links(result(), [[1, 2, 4]], [[0, 3, 0]])

    text = "\n".join(page([found], Path(), "minilm"))

    assert "| skillmatch | 2 of 5 | 50.0 | 25.0 | 33.3 | 20.0 | 22.2 [" in text
    assert measures_of(found) == (*MEASURES, "F1")


def test_validation_is_taken_together_only_where_all_of_it_was_run() -> None:
    """A mean over other sets would be another number under the same name."""
    some = [result(task) for task in VALIDATION_TASKS[:2]]
    every = [*some, result(VALIDATION_TASKS[2], values=(0.0,))]

    assert "## Validation together" not in "\n".join(page(some, Path(), "minilm"))
    text = "\n".join(page(every, Path(), "minilm"))
    assert "## Validation together" in text
    assert "| skillmatch | 0.500 |" in text.partition("## Validation together")[2]


def calibrated(task: str, confidences: list[float], right: list[int]) -> dict[str, Any]:
    point = {"threshold": 0.8, "accepted": 1, "precision": None, "recall": 0.0}
    part = {"low": 0.1, "high": 0.9, "count": 2, "confidence": 0.5, "precision": 0.25}
    return result(task) | {
        "calibration": {
            "candidates": len(right),
            "expected_calibration_error": 0.25,
            "at_0.8": point,
            "reliability": [part],
            "coverage": [point],
            "confidences": confidences,
            "right": right,
        }
    }


def test_confidence_is_reported_as_shipped_and_cross_fitted() -> None:
    """Always ten times too sure, in both sets alike: a curve from the other set mends it."""
    said, true = [0.9] * 20 + [0.1] * 20, ([1] + [0] * 9) * 2 + [0] * 20
    both = [calibrated(task, said, true) for task in VALIDATION_TASKS[:2]]

    lines = list(page([*both, calibrated("occupation-skills", said, true)], Path(), "minilm"))

    rows = [line for line in lines if line.startswith("| skill-linking") and "0.250" in line]
    assert len(rows) == 2
    assert all(line.split("|")[4:6] == [" 0.250 ", " 0.000 "] for line in rows)
    assert not any("occupation-skills, skillmatch" in line for line in lines)
    assert "| 50.0 | 25.0 | 2 | 0.100 | 0.900 |" in lines


def test_provenance_closes_the_page() -> None:
    """With the mark of a commit that files differed from."""
    lines = list(page([result()], Path(), "minilm"))

    assert lines[-1] == (
        "| skill-linking-x | `dddddddddddd` | esco-1.1.0 `ffffffffffff` | skillmatch | "
        "small `0123456789ab` | `cccccccccc+` |"
    )


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Laid out for people to read in a difference, and still JSON."""
    found = with_links(result(), [[1, 2, 4]], [])

    path = write_result(tmp_path, found)

    assert read_results(tmp_path) == (found,)
    assert json.loads(path.read_text("utf-8")) == found
    assert '\n  "MRR": [1.0,0.5],\n' in path.read_text("utf-8")


def test_folders_without_a_common_task_are_told(tmp_path: Path) -> None:
    """An empty table would look like no difference."""
    for name in ("a", "b"):
        write_result(tmp_path / name, result(f"skill-linking-{name}"))

    with pytest.raises(NotFoundError, match="no task of skillmatch in common"):
        list(side_by_side(tmp_path / "a", tmp_path / "b", "skillmatch"))


def test_speed_and_memory_have_tables_of_their_own(tmp_path: Path) -> None:
    """From the file of the benches; without one the page says nothing of speed."""
    names = ("sentence_p50_ms", "sentence_p95_ms", "encode_alone_p50_ms", "batch_units_per_s")
    warm = dict.fromkeys((*names, "posting_p50_ms", "posting_p95_ms", "peak_rss_mb"), 5.5)
    link = {"warm": warm, "limits": {"sentence_p50_ms": 8.0, "peak_rss_mb": 700}, "commit": "abc"}
    bench = {"machine": {"cpu": "Some CPU", "cores": 2}, "results": {"link": link}}

    assert list(speed_lines(tmp_path)) == []
    (tmp_path / "bench.json").write_text(json.dumps(bench), encoding="utf-8")
    lines = list(speed_lines(tmp_path))

    assert "| a sentence alone, p50 | 5.5 ms | 8 ms |" in lines
    assert "| units a second in batches | 5.5 |  |" in lines
    assert lines.index("## Speed") < lines.index("## Memory")
    assert lines[-1] == "| peak of the process | 5.5 MiB | 700 MiB |"
