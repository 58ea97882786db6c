"""Time and memory of importing an O*NET release.

``python -m evaluation.bench.onet --from FOLDER`` prints one JSON object. The import runs first,
in a process that has done nothing else, so ``peak_rss_mb`` is its own; then the same workbooks
are passed over by openpyxl alone, which is the floor that ``ratio_to_openpyxl`` compares with.
Both times are CPU seconds, since a machine may be busy with other work; ``wall_s`` is what a
person waits.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook

from skillmatch.readers.onet import read_onet
from skillmatch.readers.onet.files import EXCEL, TableFile, find_tables, plain
from skillmatch.readers.onet.ratings import RATED
from skillmatch.readers.onet.tables import UNRATED

LIMIT_S = 60.0


def files_read(source: Path) -> list[TableFile]:
    """Return the workbooks that the reader takes from ``source``, by name."""
    wanted = {
        plain(name)
        for table in (*UNRATED, *(table for table, _ in RATED))
        for names in table.files
        for name in names
    }
    found = find_tables(source)
    return [found[name] for name in sorted(wanted & found.keys()) if found[name].suffix == EXCEL]


def pass_over(files: Sequence[TableFile]) -> int:
    """Let openpyxl read every row of every workbook, and nothing else; return their number."""
    rows = 0
    for file in files:
        book = load_workbook(io.BytesIO(file.read()), read_only=True, data_only=True)
        rows += sum(1 for _ in book.worksheets[0].iter_rows(values_only=True))
        book.close()
    return rows


def peak_rss_mb() -> float:
    """Return the largest resident set of this process so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def measure(source: Path, release: str) -> dict[str, object]:
    """Import ``source`` once and return what it cost."""
    wall, cpu = time.perf_counter(), time.process_time()
    framework = read_onet(source, framework_id=f"onet-{release}", release=release)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = peak_rss_mb()
    workbooks = files_read(source)
    bare = time.process_time()
    rows = pass_over(workbooks)
    bare = time.process_time() - bare
    return {
        "what": "O*NET import",
        "release": release,
        "wall_s": round(wall, 2),
        "cpu_s": round(cpu, 2),
        "limit_wall_s": LIMIT_S,
        "within_limit": wall <= LIMIT_S,
        "peak_rss_mb": round(peak, 1),
        "openpyxl_cpu_s": round(bare, 2),
        "ratio_to_openpyxl": round(cpu / bare, 2) if workbooks else None,
        "workbooks": len(workbooks),
        "rows": rows,
        "concepts": len(framework.concepts),
        "relations": len(framework.relations),
        "ratings": len(framework.ratings),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the measurement; exit code 1 where the import took longer than its limit."""
    parser = argparse.ArgumentParser(description="Time the import of an O*NET release.")
    parser.add_argument("--from", dest="source", type=Path, required=True, help="folder or zip")
    parser.add_argument("--release", default="29.3", help="release to label the result with")
    chosen = parser.parse_args(arguments)
    result = measure(chosen.source, chosen.release)
    print(json.dumps(result, indent=2))
    return 0 if result["within_limit"] else 1


if __name__ == "__main__":
    sys.exit(main())
