"""What a command costs from the outside: a process of its own, measured by the system."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One run of a process.

    Attributes:
        wall_s: What a person waits.
        cpu_s: User and system time, threads and children that it waited for included.
        peak_rss_mb: Largest resident set, in MiB; never less than that of the process that
            started it, since the system counts from before the command took its place.
    """

    wall_s: float
    cpu_s: float
    peak_rss_mb: float


def run_once(command: Sequence[str]) -> Cost:
    """Run a command to its end, with its output thrown away.

    Raises:
        subprocess.CalledProcessError: It left with another code than 0.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux counts in KiB, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(wall_s=wall, cpu_s=used.ru_utime + used.ru_stime, peak_rss_mb=used.ru_maxrss / unit)


def run_often(command: Sequence[str], runs: int) -> dict[str, float]:
    """Run a command several times, after one run that warms the system's file cache."""
    run_once(command)
    costs = [run_once(command) for _ in range(runs)]
    return {
        "wall_p50_s": round(statistics.median(cost.wall_s for cost in costs), 3),
        "wall_max_s": round(max(cost.wall_s for cost in costs), 3),
        "cpu_p50_s": round(statistics.median(cost.cpu_s for cost in costs), 3),
        "peak_rss_mb": round(max(cost.peak_rss_mb for cost in costs), 1),
    }
