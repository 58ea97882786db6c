"""Speed and memory of linking, from the file that ``python -m evaluation.bench`` writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

BENCH = "bench.json"
ROWS = (
    ("a sentence alone, p50", "sentence_p50_ms", "ms"),
    ("a sentence alone, p95", "sentence_p95_ms", "ms"),
    ("the encoder alone, p50", "encode_alone_p50_ms", "ms"),
    ("units a second in batches", "batch_units_per_s", ""),
    ("a posting of about 500 words, p50", "posting_p50_ms", "ms"),
    ("a posting of about 500 words, p95", "posting_p95_ms", "ms"),
)
MEMORY = ("peak of the process", "peak_rss_mb", "MiB")


def speed_lines(out: Path) -> Iterator[str]:
    """Yield the tables of speed and memory; nothing where linking was not measured yet."""
    path = out / BENCH
    bench = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    link = bench.get("results", {}).get("link")
    if link is None:
        return
    warm, limits = link["warm"], link["limits"]
    machine = f"{bench['machine']['cpu']}, {bench['machine']['cores']} cores"
    yield from ("", "## Speed", "")
    yield f"Warm, {machine}, commit `{link['commit'][:10]}`: `python -m evaluation.bench`."
    yield from ("", "| what | measured | limit |", "|---|---:|---:|")
    for title, name, unit in ROWS:
        yield _row(title, warm[name], limits.get(name), unit)
    yield from ("", "## Memory", "", "| what | measured | limit |", "|---|---:|---:|")
    yield _row(MEMORY[0], warm[MEMORY[1]], limits.get(MEMORY[1]), MEMORY[2])


def _row(title: str, value: float, limit: float | None, unit: str) -> str:
    shown = "" if limit is None else f"{limit:g} {unit}".strip()
    return f"| {title} | {value:g} {unit}".rstrip() + f" | {shown} |"
