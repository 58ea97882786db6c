"""One process that reads one file after another with one target, until its time is up."""

from __future__ import annotations

import importlib
import os
import pkgutil
import random
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.recorder import MAX_INPUT, Recorder

if TYPE_CHECKING:
    from tests.fuzz.target import Target

ROOMS = ("atomic", "issuing", "jsonld", "model", "quality", "readers", "report", "text", "trust")
MAX_ADDRESS = 4 * 2**30
"""Bytes that a process may map; a reader that wants more gets a MemoryError, not the machine."""
MAX_FINDINGS = 25
"""Of one process; more say nothing new."""
SUSPICIOUS_GROWTH = 150 * 2**20
"""Bytes; the peak is that of a whole process, so suspects are read again alone."""
_STRUCTURED = 0.6
MAX_LENGTH = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a child is told.

    Attributes:
        folder: Of this target in this run: ``recorder``, ``findings/``, ``new/``, ``begin/``.
        seed: Of everything that is drawn by chance.
    """

    target: str
    folder: Path
    seconds: float
    seed: int
    guided: bool


def prepare(*, guided: bool) -> None:
    """Set limits and import everything that reads, with atheris where it guides."""
    _limit()
    with _instrumented(guided=guided):
        for room in ROOMS:
            _import_room(f"skillmatch.{room}")
        importlib.import_module("tests.fuzz.catalogue")


def work(task: Task) -> None:
    """Read until the time is up; with atheris this does not return, but ends the process."""
    from tests.fuzz.catalogue import find_targets

    (target,) = (one for one in find_targets(task.target) if one.name == task.target)
    inputs = sorted(path.read_bytes() for path in (task.folder / "begin").iterdir())
    read = _reader(target, task, random.Random(task.seed))
    if task.guided:
        _guided(target, task, read)
    else:
        _unguided(target, task, read, inputs)


def strict_warnings() -> None:
    """Let a warning that a person would see between our lines end a reading."""
    warnings.simplefilter("error")
    for kind in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", kind)


def _limit() -> None:
    strict_warnings()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESS, MAX_ADDRESS))


@contextmanager
def _instrumented(*, guided: bool) -> Iterator[None]:
    """Have what is imported inside tell atheris which of its branches were taken."""
    if not guided:
        yield
        return
    import atheris

    with atheris.instrument_imports(include=["skillmatch"], enable_loader_override=False):
        yield


def _import_room(name: str) -> None:
    """Import a room with all it holds, so that imports inside functions find it instrumented."""
    room = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(room, "__path__", ()), name + "."):
        importlib.import_module(module.name)


def _reader(target: Target, task: Task, chance: random.Random) -> Callable[[bytes], None]:
    """Return what reads one input and writes down what is wrong."""
    from tests.fuzz.findings import Finding, write_finding
    from tests.fuzz.judging import Fault, judge

    recorder, seen = Recorder(task.folder / "recorder"), set[tuple[str, str]]()

    def read(data: bytes) -> None:
        recorder.begin(data)
        verdict = judge(target.read, data)
        fault = verdict.fault
        if fault is None and verdict.growth > SUSPICIOUS_GROWTH:
            grown = f"took {verdict.growth / 2**20:.0f} MB"
            fault = Fault(kind="memory", place="", detail=grown)
        recorder.end(found=fault is not None)
        if fault is None or (fault.kind, fault.place) in seen or len(seen) >= MAX_FINDINGS:
            return
        if fault.place or chance.random() < 0.3:
            seen.add((fault.kind, fault.place))
        write_finding(Finding(target=target.name, fault=fault, data=data), task.folder / "findings")

    return read


def _guided(target: Target, task: Task, read: Callable[[bytes], None]) -> None:
    import atheris

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if chance.random() < _STRUCTURED:
            return target.mutate(bytes(data), chance)[:max_size]
        return bytes(atheris.Mutate(data, max_size))

    options = [
        f"-max_total_time={max(1, round(task.seconds))}",
        f"-seed={task.seed}",
        f"-max_len={MAX_LENGTH}",
        # Otherwise what it was reading when it died would lie wherever the run was started.
        f"-artifact_prefix={task.folder / 'scratch'}/",
        # The process that started this one looks after time and memory.
        *("-timeout=0", "-rss_limit_mb=0", "-malloc_limit_mb=0", "-len_control=0"),
        *("-use_value_profile=0", "-print_final_stats=0", "-verbosity=0"),
    ]
    folders = [str(task.folder / name) for name in ("new", "begin")]
    atheris.Setup([sys.argv[0], *options, *folders], read, custom_mutator=mutate)
    atheris.Fuzz()


def _unguided(
    target: Target, task: Task, read: Callable[[bytes], None], inputs: list[bytes]
) -> None:
    chance, end = random.Random(task.seed), time.monotonic() + task.seconds
    for data in inputs:
        read(data)
    while time.monotonic() < end:
        data = chance.choice(inputs)
        for _ in range(chance.choice((1, 1, 2, 5))):
            data = target.mutate(data, chance)
        read(data[:MAX_INPUT])


def main(arguments: list[str]) -> None:
    """Read as told by ``TARGET FOLDER SECONDS SEED guided|unguided``, prepared; then end."""
    target, folder, seconds, seed, engine = arguments
    work(
        Task(
            target=target,
            folder=Path(folder),
            seconds=float(seconds),
            seed=int(seed),
            guided=engine == "guided",
        )
    )
    sys.stdout.flush()
    os._exit(0)
