"""Many processes, one a target at a time: started, watched, ended, and what they found gathered."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue

from tests.fuzz.alone import HANG_SECONDS, read_alone
from tests.fuzz.findings import Finding, digest, read_findings, shortest, write_finding
from tests.fuzz.judging import Fault
from tests.fuzz.keeping import corpus_of, keep_new
from tests.fuzz.nursery import Nursery, Running
from tests.fuzz.recorder import Recorder
from tests.fuzz.target import Target

CRASHES = Path(__file__).resolve().parent / "crashes"
START_SECONDS = 60.0
"""That a process may take to import everything, on a busy machine."""
_LOOK_EVERY = 0.25
_MAX_SUSPECTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run is done.

    Attributes:
        seconds: Of each target, by its name.
        jobs: Targets at a time.
        keep: Whether the corpus takes what is new.
        guided: Whether atheris is there.
    """

    seconds: dict[str, float]
    jobs: int
    seed: int
    keep: bool
    guided: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of one target.

    Attributes:
        unconfirmed: Faults that were seen and not seen again when read alone, a line each.
        trouble: Why its process could not work at all; empty for nearly all.
    """

    target: str
    executions: int
    seconds: float
    kept: int
    findings: tuple[Finding, ...]
    unconfirmed: tuple[str, ...] = ()
    trouble: str = ""


def run(
    targets: Sequence[Target], plan: Plan, folder: Path, tell: Callable[[Result], None]
) -> tuple[Result, ...]:
    """Fuzz targets, in an empty folder; results in their order, told one by one as well."""

    def one(target: Target) -> Result:
        nursery = free.get()
        try:
            result = _run_target(target, plan, folder / target.name, nursery)
        finally:
            free.put(nursery)
        tell(result)
        return result

    with _nurseries(plan, folder) as free, ThreadPoolExecutor(plan.jobs) as pool:
        return tuple(pool.map(one, targets))


@contextmanager
def _nurseries(plan: Plan, folder: Path) -> Iterator[SimpleQueue[Nursery]]:
    """Have as many as run at a time, with all their imports under way."""
    free: SimpleQueue[Nursery] = SimpleQueue()
    with ExitStack() as ends:
        for number in range(plan.jobs):
            place = folder / f"nursery-{number}"
            place.mkdir(parents=True)
            nursery = Nursery(place, guided=plan.guided)
            ends.callback(nursery.close)
            free.put(nursery)
        yield free


def _run_target(target: Target, plan: Plan, folder: Path, nursery: Nursery) -> Result:
    for name in ("begin", "new", "findings", "scratch"):
        (folder / name).mkdir(parents=True)
    for data in (*target.seeds(), *corpus_of(target.name)):
        (folder / "begin" / digest(data)).write_bytes(data)
    start = time.monotonic()
    trouble = _work(target, plan, folder, nursery)
    seconds = time.monotonic() - start
    suspects = list(read_findings(folder / "findings"))[:_MAX_SUSPECTS]
    findings = tuple(_confirmed(suspects))
    seen = {one.fault.kind for one in findings}
    lines = {
        f"{one.fault.kind} {one.fault.place}: {' '.join(one.fault.detail.split())[-300:]}"
        for one in suspects
        if one.fault.kind not in seen
    }
    kept = _keep(target, folder) if plan.keep else 0
    return Result(
        target=target.name,
        executions=Recorder(folder / "recorder").look().executions,
        seconds=seconds,
        kept=kept,
        findings=findings,
        unconfirmed=tuple(sorted(lines)),
        trouble=trouble,
    )


def _work(target: Target, plan: Plan, folder: Path, nursery: Nursery) -> str:
    """Start processes until the time is up: one that hangs or dies is followed by another."""
    recorder = Recorder(folder / "recorder")
    left, seed = plan.seconds[target.name], plan.seed
    while left > 0.5:
        before = recorder.look().executions
        told = [target.name, str(folder), str(left), str(seed)]
        try:
            process = nursery.start(told, folder / "scratch", folder / "log")
            start = time.monotonic()
            fault = watch(process, recorder)
        except ChildProcessError as error:
            return str(error)
        left -= time.monotonic() - start
        reading = recorder.look()
        if reading.executions == before:
            how = "ended" if fault is None else fault.detail
            return f"its process {how} before it read anything: {_last_lines(folder / 'log')}"
        if fault is None:
            return ""
        if fault.kind == "died":
            fault = replace(fault, detail=f"{fault.detail}: {_last_lines(folder / 'log')}")
        found = Finding(target=target.name, fault=fault, data=reading.data)
        write_finding(found, folder / "findings")
        recorder.take_over()
        seed += 1
    return ""


def _last_lines(log: Path) -> str:
    text = log.read_text(errors="replace")
    # libFuzzer says at length what it read, below what Python says went wrong.
    said, _, _ = text[max(0, text.rfind("Traceback")) :].partition("libFuzzer:")
    return said[-3000:]


def watch(process: Running, recorder: Recorder) -> Fault | None:
    """Wait for a process; end it when one input takes it too long."""
    begun = time.monotonic()
    try:
        while process.poll() is None:
            time.sleep(_LOOK_EVERY)
            since = recorder.look().since
            waited = time.monotonic() - max(since, begun) if since else 0.0
            if waited > HANG_SECONDS:
                return Fault(kind="hang", place="", detail=f"read one input for {waited:.0f} s")
    finally:
        if process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    if process.returncode != 0:
        return Fault(kind="died", place="", detail=f"ended with {process.returncode}")
    return None


def _confirmed(suspects: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the suspects that show the same kind of fault when read alone, made shorter.

    What only a long-lived, instrumented process does wrong is no fault of a reader.
    """
    seen: set[tuple[str, str]] = set()
    for suspect in suspects:
        fault = read_alone(suspect.target, suspect.data)
        if fault is None or (fault.kind, fault.place) in seen:
            continue
        seen.add((fault.kind, fault.place))
        found = replace(suspect, fault=fault, data=_shorter(suspect, fault))
        write_finding(found, CRASHES)
        yield found


def _shorter(suspect: Finding, fault: Fault) -> bytes:
    """Return a shorter input for what can be tried fast and without harm."""
    if fault.kind not in {"crash", "message", "network"}:
        return suspect.data
    from tests.fuzz.catalogue import find_targets
    from tests.fuzz.judging import judge

    (target,) = (one for one in find_targets(suspect.target) if one.name == suspect.target)

    def is_same(data: bytes) -> bool:
        found = judge(target.read, data).fault
        return found is not None and (found.kind, found.place) == (fault.kind, fault.place)

    return shortest(suspect.data, is_same)


def _keep(target: Target, folder: Path) -> int:
    paths = sorted((folder / "new").iterdir())
    added = keep_new(target, (path.read_bytes() for path in paths), 15.0)
    shutil.rmtree(folder / "new")
    return added
