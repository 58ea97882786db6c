"""Run every measurement that can run here, and write down what came out.

``python -m evaluation.bench [--shared FOLDER] [--only NAME]… [--output FILE]`` prints a Markdown
table and writes ``evaluation/results/bench.json``: the whole results, machine, commit and versions.
What is missing for a measurement is said in one line, and the others go on. Some take minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.provenance import ROOT, commit_id, machine
from skillmatch.atomic import write_text
from skillmatch.settings import Settings

OUTPUT = ROOT / "evaluation" / "results" / "bench.json"
PACKAGES = ("faiss-cpu", "lxml", "numpy", "onnxruntime", "openpyxl", "rdflib", "tokenizers")
ESCO, ONET = Path("esco/1.1.1"), Path("onet/29.3")
MEASURED_AND_MISSED = 1
"""Exit code of a measurement that missed a limit; its numbers are as good as any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One measurement and what it needs.

    Attributes:
        name: Module under ``evaluation.bench``.
        option: Option that takes the folder, ``""`` for none.
        folder: Official files, under the folder of reference data.
        installed: Parts of the data folder that must be there, from ``skillmatch setup``.
        shown: For each line of the table what it says, the place of the number and its limit.
    """

    name: str
    option: str = ""
    folder: Path | None = None
    installed: tuple[str, ...] = ()
    shown: tuple[tuple[str, str, str], ...]


BENCHES = (
    Bench(
        name="gap",
        installed=("frameworks", "indexes"),
        shown=(
            ("`skillmatch --help`, CPU s", "measured.help_cpu_s", "limits.help_cpu_s"),
            ("`skillmatch gap` cold, s", "measured.cold_wall_s", "limits.cold_wall_s"),
            (
                "`skillmatch gap` cold, peak MiB",
                "measured.cold_peak_rss_mb",
                "limits.cold_peak_rss_mb",
            ),
            ("gap warm, p50 ms", "measured.warm_wall_p50_ms", "limits.warm_wall_p50_ms"),
        ),
    ),
    Bench(
        name="link",
        installed=("frameworks", "indexes"),
        shown=(
            ("a sentence alone, p50 ms", "measured.sentence_p50_ms", "limits.sentence_p50_ms"),
            ("a unit in a batch, ms", "measured.batch_ms_per_unit", "limits.batch_ms_per_unit"),
            ("a posting of 500 words, p50 ms", "measured.posting_p50_ms", "limits.posting_p50_ms"),
            ("linking, process peak, MiB", "measured.peak_rss_mb", "limits.peak_rss_mb"),
        ),
    ),
    Bench(
        name="frameworks",
        option="--esco",
        folder=ESCO,
        shown=(
            ("import of ESCO 1.1.1, s", "steps.import.wall_s", "limits.import_wall_s"),
            ("opening it, s", "steps.open.wall_s", "limits.open_wall_s"),
            ("opening it, peak MiB", "steps.open.peak_rss_mb", "limits.open_peak_rss_mb"),
        ),
    ),
    Bench(
        name="onet",
        option="--from",
        folder=ONET,
        shown=(("import of O*NET 29.3 from Excel, s", "wall_s", "limit_wall_s"),),
    ),
    Bench(
        name="index",
        option="--esco",
        folder=ESCO,
        shown=tuple(
            (title, f"steps.{step}.wall_s", f"limits_wall_s.{step}")
            for title, step in (
                ("index of skills from nothing, s", "default_from_nothing"),
                ("the same when cached, s", "default_cached"),
                ("with descriptions and occupations, s", "full_from_nothing"),
            )
        ),
    ),
    Bench(name="rdf", option="--from", folder=ESCO, shown=()),
    Bench(
        name="credentials",
        shown=(
            ("a credential, mean ms", "measured.credential_mean_ms", "limits.credential_mean_ms"),
            (
                "a credential, p95 CPU ms",
                "measured.credential_p95_cpu_ms",
                "limits.credential_p95_cpu_ms",
            ),
        ),
    ),
    Bench(
        name="plan",
        shown=(
            (
                "plan from 500 offers, a year, p95 CPU s",
                "measured.year.cpu_p95_s",
                "limits.cpu_p95_s",
            ),
            (
                "plan from 500 offers, a full half year, p95 CPU s",
                "measured.half year.cpu_p95_s",
                "limits.cpu_p95_s",
            ),
            ("plan from 5,000 offers, CPU s", "measured.large.cpu_p95_s", "limits.large_cpu_s"),
        ),
    ),
)


def command(bench: Bench, shared: Path, data: Path) -> list[str] | str:
    """Return the command of a measurement, or the reason why it cannot run."""
    parts = [sys.executable, "-m", f"evaluation.bench.{bench.name}"]
    for name in bench.installed:
        if not any(path.is_dir() for path in (data / name).glob("[!.]*")):
            return f"no {name} in {data}; run `skillmatch setup`"
    if bench.folder is None:
        return parts
    if not (shared / bench.folder).is_dir():
        return f"no folder {shared / bench.folder}; name its parent with --shared"
    return [*parts, bench.option, str(shared / bench.folder)]


def run(parts: Sequence[str]) -> dict[str, Any]:
    """Run a measurement in a process of its own and return what it printed.

    Raises:
        subprocess.CalledProcessError: It measured nothing.
    """
    done = subprocess.run(parts, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode not in {0, MEASURED_AND_MISSED} or not done.stdout.strip():
        raise subprocess.CalledProcessError(done.returncode, parts)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def table(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Yield the lines of a Markdown table, one for each number that has a limit."""
    yield "| what | measured | limit | |"
    yield "|---|---:|---:|---|"
    for bench in BENCHES:
        for title, place, limit in bench.shown if bench.name in results else ():
            measured, most = (_at(results[bench.name], path) for path in (place, limit))
            yield f"| {title} | {measured:g} | {most:g} | {'' if measured <= most else 'missed'} |"


def _at(result: Mapping[str, Any], path: str) -> float:
    value: Any = result
    for key in path.split("."):
        value = value[key]
    return float(value)


def _shared() -> Path:
    return Path(os.environ.get("SKILLMATCH_TEST_DATA", ROOT.parent / "shared" / "data"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, print and write; exit code 1 where a limit was missed or nothing could be measured."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=_shared(), help="folder of official files")
    parser.add_argument("--only", action="append", choices=[bench.name for bench in BENCHES])
    parser.add_argument("--output", type=Path, default=OUTPUT)
    chosen = parser.parse_args(arguments)
    data = Settings.from_environ(os.environ).data_dir
    results: dict[str, dict[str, Any]] = {}
    skipped: dict[str, str] = {}
    for bench in BENCHES:
        if chosen.only and bench.name not in chosen.only:
            continue
        parts = command(bench, chosen.shared.resolve(), data)
        if isinstance(parts, str):
            skipped[bench.name] = parts
            print(f"skipped {bench.name}: {parts}", file=sys.stderr)
        else:
            results[bench.name] = run(parts)
    lines = list(table(results))
    print("\n".join(lines))
    _write(chosen.output, results, sorted(skipped))
    return 0 if results and not any("| missed |" in line for line in lines) else 1


def _write(output: Path, results: Mapping[str, Mapping[str, Any]], skipped: list[str]) -> None:
    """Write everything whole or not at all; reasons hold paths, so only names are kept."""
    kept = {
        "commit": commit_id(),
        "machine": machine(PACKAGES),
        "skipped": skipped,
        "results": results,
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    write_text(output, json.dumps(kept, indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main())
