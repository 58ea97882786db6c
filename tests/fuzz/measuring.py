"""Read hostile files in processes that measure themselves: time of each, memory of all."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from tests.fuzz.alone import ROOT, environment
from tests.fuzz.family import HostileFile

MAX_MINUTES = 10
GIVE_UP_SECONDS = 8.0
_PROCESSES = min(4, os.cpu_count() or 1)
_WORTH_A_PROCESS = 200
"""Files; to start one takes some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What came of reading.

    Attributes:
        refused: Readings that ended with a message; the others returned a value.
        slowest: Seconds of CPU time, with file and reader, of the ten slowest.
        growth: Bytes of memory that one file took at most, with its name.
        faults: One line each.
    """

    files: int
    readings: int
    refused: int
    slowest: tuple[tuple[float, str], ...]
    growth: tuple[int, str]
    faults: tuple[str, ...]


def measure(files: Iterable[HostileFile]) -> Measured:
    """Read files in other processes, a few where there are enough, and return what they measured.

    Raises:
        AssertionError: A process died or took minutes; with what it said last.
    """
    chosen = list(files)
    count = min(_PROCESSES, 1 + len(chosen) // _WORTH_A_PROCESS)
    with ThreadPoolExecutor(count) as pool:
        parts = list(pool.map(_measure_part, (chosen[place::count] for place in range(count))))
    slowest = sorted((one for part in parts for one in part.slowest), reverse=True)[:10]
    return Measured(
        files=sum(part.files for part in parts),
        readings=sum(part.readings for part in parts),
        refused=sum(part.refused for part in parts),
        slowest=tuple(slowest),
        growth=max(part.growth for part in parts),
        faults=tuple(fault for part in parts for fault in part.faults),
    )


def _measure_part(files: Sequence[HostileFile]) -> Measured:
    """Write files into a folder, and read each in another process."""
    with tempfile.TemporaryDirectory(prefix="skillmatch-fuzz-") as name:
        folder = Path(name)
        (folder / "scratch").mkdir()
        for number, one in enumerate(files):
            (folder / str(number)).write_bytes(one.make())
        (folder / "plan").write_text(json.dumps([(one.name, one.targets) for one in files]))
        done = subprocess.run(
            [sys.executable, "-m", __name__, name],
            capture_output=True,
            cwd=ROOT,
            env=environment(folder / "scratch"),
            timeout=60 * MAX_MINUTES,
            check=False,
        )
    said = done.stderr.decode(errors="replace")[-3000:]
    assert done.returncode == 0, f"the process ended with {done.returncode}: {said}"
    found = json.loads(done.stdout.splitlines()[-1])
    slowest = tuple((seconds, what) for seconds, what in found.pop("slowest"))
    found |= {"growth": tuple(found["growth"]), "faults": tuple(found["faults"])}
    return Measured(**found, slowest=slowest)


class _TooLongError(BaseException):
    """One reading takes far too long."""


def _give_up(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _TooLongError


def main(folder: Path) -> None:
    """Read what ``measure`` wrote and print what was measured as JSON."""
    from tests.fuzz.catalogue import TARGETS, find_targets
    from tests.fuzz.child import MAX_ADDRESS, strict_warnings
    from tests.fuzz.judging import judge

    strict_warnings()
    signal.signal(signal.SIGVTALRM, _give_up)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS, MAX_ADDRESS))
    # What is imported at the first use counts neither as time nor as memory of a file.
    for target in TARGETS:
        for seed in target.seeds():
            judge(target.read, seed)
    readings = []
    plan: list[tuple[str, list[str]]] = json.loads((folder / "plan").read_text())
    for number, (name, wanted) in enumerate(plan):
        data = (folder / str(number)).read_bytes()
        for target in (one for beginning in wanted for one in find_targets(beginning)):
            sys.stderr.write(f"{name} for {target.name}\n")
            sys.stderr.flush()
            # What takes this long has failed; how much longer it would take is of no interest.
            signal.setitimer(signal.ITIMER_VIRTUAL, GIVE_UP_SECONDS)
            verdict = judge(target.read, data)
            if verdict.fault is not None and verdict.fault.kind == "slow":
                # A neighbour can slow down a core for a moment; what is slow is so again.
                verdict = judge(target.read, data)
            readings.append((f"{name} for {target.name}", verdict))
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    slowest = sorted(((one.seconds, name) for name, one in readings), reverse=True)[:10]
    found = {
        "files": len(plan),
        "readings": len(readings),
        "refused": sum(one.refused for _, one in readings),
        "slowest": [(round(seconds, 2), name) for seconds, name in slowest],
        "growth": max((one.growth, name) for name, one in readings),
        "faults": [
            f"{name}: {one.fault.kind} {one.fault.place}: {one.fault.detail[-500:]}"
            for name, one in readings
            if one.fault is not None
        ],
    }
    sys.stdout.write("\n" + json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
