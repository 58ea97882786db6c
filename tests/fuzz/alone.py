"""Read one input in a process of its own, where nothing else takes time or memory."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from tests.fuzz.judging import Fault

ROOT = Path(__file__).resolve().parents[2]
HANG_SECONDS = 20.0
"""By the clock on the wall; CPU time is judged by the process itself."""


def read_alone(target: str, data: bytes) -> Fault | None:
    """Return what is wrong with how an input is read, None where nothing is."""
    with tempfile.TemporaryDirectory(prefix="skillmatch-fuzz-") as folder:
        path = Path(folder) / "input"
        path.write_bytes(data)
        try:
            done = subprocess.run(
                [sys.executable, "-m", __name__, target, str(path)],
                capture_output=True,
                cwd=ROOT,
                env=environment(Path(folder)),
                timeout=HANG_SECONDS + 20,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Fault(kind="hang", place="", detail=f"did not end within {HANG_SECONDS:.0f} s")
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace")[-3000:]
        return Fault(kind="died", place="", detail=f"ended with {done.returncode}: {last}")
    found = json.loads(done.stdout.splitlines()[-1])
    return Fault(**found) if found else None


def environment(scratch: Path) -> dict[str, str]:
    """Return the environment of a process whose temporary files go with ``scratch``."""
    import os

    return {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}


def main(name: str, path: Path) -> None:
    """Print the fault as JSON, or null."""
    from tests.fuzz.catalogue import find_targets
    from tests.fuzz.child import MAX_ADDRESS, strict_warnings
    from tests.fuzz.judging import judge

    strict_warnings()
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS, MAX_ADDRESS))
    (target,) = (one for one in find_targets(name) if one.name == name)
    # What is imported at the first use counts neither as time nor as memory of the input.
    for seed in target.seeds():
        judge(target.read, seed)
    fault = judge(target.read, path.read_bytes()).fault
    sys.stdout.write("\n" + json.dumps(None if fault is None else asdict(fault)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
