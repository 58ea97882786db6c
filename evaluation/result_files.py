"""One result as a file: numbers, and all that they depend on.

::

    <out>/<task>/<system>.json              committed
    <out>/runs/<task>/<system>.jsonl.gz     rankings, not committed: paired comparisons, reading
"""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from skillmatch.atomic import write_bytes, write_text
from skillmatch.errors import DataError

RUNS = "runs"
VERSION = 1
Result = Mapping[str, Any]


def result_path(out: Path, task: str, system: str) -> Path:
    """Return where a result lies."""
    return out / task / f"{system}.json"


def run_path(out: Path, task: str, system: str) -> Path:
    """Return where the rankings behind a result lie."""
    return out / RUNS / task / f"{system}.jsonl.gz"


def find_result(out: Path, task: str, system: str) -> Result | None:
    """Return a result, None where there is none.

    Raises:
        DataError: The file is damaged.
    """
    path = result_path(out, task, system)
    return read_result(path) if path.is_file() else None


def read_result(path: Path) -> Result:
    """Read one result.

    Raises:
        DataError: The file is no result of this version; remove it and run again.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, UnicodeDecodeError) as error:
        raise DataError(f"is no JSON ({error}); remove it and run again", path=path) from error
    if not isinstance(found, dict) or found.get("version") != VERSION:
        raise DataError(
            f"is no result of version {VERSION}; remove it and run again", path=path
        ) from None
    return found


def read_results(out: Path) -> tuple[Result, ...]:
    """Read all results below a folder, by task, then system.

    Raises:
        DataError: One of them is damaged.
    """
    paths = sorted(out.glob("*/*.json"))
    return tuple(read_result(path) for path in paths if path.parent.name != RUNS)


def write_result(out: Path, result: Result) -> Path:
    """Write a result whole or not at all; values of queries stay on one line for each measure."""
    path = result_path(out, result["task"]["name"], result["system"]["name"])
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, "".join(_lines(result)))
    return path


def _lines(result: Result) -> Iterator[str]:
    """Lay out two levels by line, and what lies deeper in one line each."""
    yield "{\n"
    for place, (key, value) in enumerate(result.items()):
        comma = "," if place + 1 < len(result) else ""
        if isinstance(value, Mapping) and value:
            inner = ",\n".join(f"  {json.dumps(k)}: {_compact(v)}" for k, v in value.items())
            yield f" {json.dumps(key)}: {{\n{inner}\n }}{comma}\n"
        else:
            yield f" {json.dumps(key)}: {_compact(value)}{comma}\n"
    yield "}\n"


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def write_run(out: Path, task: str, system: str, rows: Iterable[Mapping[str, object]]) -> Path:
    """Write rankings as gzip JSON lines; the same rankings give the same bytes."""
    path = run_path(out, task, system)
    path.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0, filename="") as file:
        for row in rows:
            file.write((_compact(row) + "\n").encode())
    write_bytes(path, buffer.getvalue())
    return path


def read_run(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rankings of a run, in the order of the queries."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
