"""Fuzz every reader: ``python -m tests.fuzz``, or ``make fuzz``; see CONTRIBUTING.md."""

from __future__ import annotations

import argparse
import base64
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from skillmatch.errors import UsageError
from tests.fuzz.campaign import CRASHES, Plan, Result, run
from tests.fuzz.catalogue import find_targets
from tests.fuzz.findings import path_of
from tests.fuzz.target import Target

NO_ATHERIS = (
    "atheris is not installed (pip install '.[fuzz]'; there is no wheel for every system and "
    "Python), so inputs are drawn from seeds and corpus without its guidance, and none are kept"
)

_SHOWN = 2_000
"""Bytes of an input that are printed, for where the files of a run are thrown away."""


def main(arguments: Sequence[str]) -> int:
    """Fuzz, print a line a target and a summary; 1 where anything was found."""
    chosen = _parser().parse_args(arguments)
    try:
        targets = find_targets(chosen.target)
    except UsageError as error:
        print(error, file=sys.stderr)
        return 2
    guided = find_spec("atheris") is not None
    if not guided:
        print(NO_ATHERIS)
    plan = Plan(
        seconds=seconds_of(targets, chosen.minutes, chosen.seconds, chosen.jobs),
        jobs=chosen.jobs,
        seed=chosen.seed,
        keep=chosen.keep == "yes" and guided,
        guided=guided,
    )
    longest = max(len(one.name) for one in targets)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="skillmatch-fuzz-") as folder:
        results = run(
            targets, plan, Path(folder), lambda one: print(_line(one, longest), flush=True)
        )
    return _summary(results, time.monotonic() - begin)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="For all targets together.")
    parser.add_argument(
        "--seconds", type=float, help="For each class of readers instead, split over its targets."
    )
    parser.add_argument("--target", default="", help="One target, or a class of readers.")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="Targets at a time.")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="Of all chance.")
    parser.add_argument("--keep", choices=("yes", "no"), default="yes", help="Add to the corpus.")
    return parser


def seconds_of(
    targets: Sequence[Target], minutes: float, seconds: float | None, jobs: int
) -> dict[str, float]:
    """Return the time of each target: an equal share of all, or of its class of readers."""
    if seconds is None:
        share = minutes * 60 * min(jobs, len(targets)) / len(targets)
        return {one.name: share for one in targets}
    members = Counter(one.group for one in targets)
    return {one.name: seconds / members[one.group] for one in targets}


def _line(result: Result, width: int) -> str:
    speed = result.executions / max(result.seconds, 0.1)
    line = f"{result.target:{width}}  {result.executions:9,} inputs  {speed:7,.0f} a second"
    line += f"  {result.kept:3} kept" if result.kept else ""
    for seen in result.unconfirmed:
        line += f"\n  not seen again when read alone: {seen}"
    for found in result.findings:
        last = found.fault.detail.strip().splitlines()[-1][:300]
        line += f"\n  {found.fault.kind} {found.fault.place}: {last}"
        line += f"\n    its input: {path_of(found, CRASHES)}"
        if len(found.data) <= _SHOWN:
            line += f"\n    in base64: {base64.b64encode(found.data).decode()}"
    return line + (f"\n  did not work: {result.trouble}" if result.trouble else "")


def _summary(results: Sequence[Result], seconds: float) -> int:
    findings = sum(len(one.findings) for one in results)
    troubles = sum(bool(one.trouble) for one in results)
    executions = sum(one.executions for one in results)
    kept = sum(one.kept for one in results)
    print(
        f"\n{executions:,} inputs for {len(results)} targets in {seconds:.0f} s: "
        f"{findings} finding(s), {kept} new input(s) kept"
    )
    if findings:
        print(f"Inputs that were read wrongly lie in {CRASHES}, each with what went wrong.")
    if troubles:
        print(f"{troubles} target(s) did not work at all.")
    return 1 if findings or troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
