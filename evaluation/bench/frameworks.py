"""Time and memory of importing and opening an ESCO release.

``python -m evaluation.bench.frameworks --esco FOLDER`` prints one JSON object. Each step runs
in a process of its own, so that its peak memory is its own. Times are wall seconds, which is
what a person waits, and CPU seconds, since a machine may be busy with other work. The baseline
is a plain ``csv.reader`` pass over the same bytes in the same run.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from skillmatch.model.concept import ConceptKind, LabelKind
from skillmatch.readers.esco import read_esco_csv
from skillmatch.readers.packed_files import find_packed_files
from skillmatch.store import FrameworkDb, write_framework

IMPORT_LIMIT_S = 30.0
OPEN_LIMIT_S = 0.5
OPEN_LIMIT_MB = 250.0

Facts = dict[str, float | int]


def peak_rss_mb() -> float:
    """Return the largest resident set of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


def timed(step: Callable[[], object]) -> Facts:
    """Run a step once and return its wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    step()
    return {
        "wall_s": round(time.perf_counter() - wall, 4),
        "cpu_s": round(time.process_time() - cpu, 4),
    }


def csv_pass(source: Path, _database: Path) -> Facts:
    """Let csv read every row of every table, and nothing else."""
    csv.field_size_limit(2**27)
    rows = 0

    def step() -> None:
        nonlocal rows
        for file in find_packed_files(source, lambda name: name.endswith(".csv")):
            text = io.StringIO(file.read().decode("utf-8-sig"), newline="")
            rows += sum(1 for _ in csv.reader(text))

    return timed(step) | {"rows": rows, "peak_rss_mb": peak_rss_mb()}


def import_release(source: Path, database: Path) -> Facts:
    """Read the official files and write the installed form."""

    def step() -> None:
        framework = read_esco_csv(source, framework_id="esco-bench", release="bench")
        write_framework(framework, database)

    return timed(step) | {
        "peak_rss_mb": peak_rss_mb(),
        "file_mb": round(database.stat().st_size / 2**20, 1),
    }


def open_release(_source: Path, database: Path) -> Facts:
    """Open the installed form and answer one search, in a process that did nothing else."""
    facts: Facts = {"start_rss_mb": peak_rss_mb()}

    def step() -> None:
        with FrameworkDb.open(database) as db:
            db.search("python", kind=ConceptKind.SKILL)

    return facts | timed(step) | {"peak_rss_mb": peak_rss_mb()}


def stream_labels(_source: Path, database: Path) -> Facts:
    """Pass over all labels, as building an index does."""
    rows = 0

    def step() -> None:
        nonlocal rows
        with FrameworkDb.open(database) as db:
            kinds, labels = tuple(ConceptKind), tuple(LabelKind)
            rows = sum(1 for _ in db.label_rows(kinds=kinds, label_kinds=labels))

    return timed(step) | {"rows": rows, "peak_rss_mb": peak_rss_mb()}


STEPS: dict[str, Callable[[Path, Path], Facts]] = {
    "csv_pass": csv_pass,
    "import": import_release,
    "open": open_release,
    "stream_labels": stream_labels,
}


def run_apart(step: str, source: Path, database: Path) -> Facts:
    """Run one step in a process of its own and return what it measured."""
    command = [sys.executable, "-m", "evaluation.bench.frameworks", "--esco", str(source)]
    done = subprocess.run(
        [*command, "--step", step, "--database", str(database)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    facts: Facts = json.loads(done.stdout)
    return facts


def measure(source: Path) -> dict[str, object]:
    """Run all steps and compare them with the baseline and the limits."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "esco-bench.sqlite"
        facts = {step: run_apart(step, source, database) for step in STEPS}
    imported, opened = facts["import"], facts["open"]
    return {
        "what": "ESCO import and open",
        "steps": facts,
        "import_to_csv_pass_cpu": round(imported["cpu_s"] / facts["csv_pass"]["cpu_s"], 2),
        "limits": {
            "import_wall_s": IMPORT_LIMIT_S,
            "open_wall_s": OPEN_LIMIT_S,
            "open_peak_rss_mb": OPEN_LIMIT_MB,
        },
        "within_limits": imported["wall_s"] <= IMPORT_LIMIT_S
        and opened["wall_s"] <= OPEN_LIMIT_S
        and opened["peak_rss_mb"] <= OPEN_LIMIT_MB,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement; exit code 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description="Time the import and opening of an ESCO release.")
    parser.add_argument("--esco", type=Path, required=True, help="folder of the official zips")
    parser.add_argument("--step", choices=sorted(STEPS), help="run one step in this process")
    parser.add_argument("--database", type=Path, help="installed form, for --step")
    chosen = parser.parse_args(arguments)
    if chosen.step is not None:
        print(json.dumps(STEPS[chosen.step](chosen.esco, chosen.database)))
        return 0
    result = measure(chosen.esco)
    print(json.dumps(result, indent=2))
    return 0 if result["within_limits"] else 1


if __name__ == "__main__":
    sys.exit(main())
