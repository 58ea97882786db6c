"""Which new inputs stay in the corpus: the smallest ones that reach lines no other reaches."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import skillmatch
from tests.fuzz.findings import digest
from tests.fuzz.judging import judge
from tests.fuzz.target import Target

CORPUS = Path(__file__).resolve().parent / "corpus"
MAX_FILE = 4096
MAX_TARGET = 24_000
"""Bytes of one target; all of them together stay below a megabyte."""
_SOURCES = str(Path(skillmatch.__file__).parent)
Step = tuple[str, int, int]


def corpus_of(target: str) -> tuple[bytes, ...]:
    """Return the inputs that are kept for a target, in the order of their names."""
    return tuple(path.read_bytes() for path in sorted((CORPUS / target).glob("*.bin")))


def keep_new(target: Target, candidates: Iterable[bytes], seconds: float) -> int:
    """Add to the corpus what reaches something new; return how many files were added.

    Candidates above ``MAX_FILE`` bytes are left out, and those that the seconds do not last for.
    """
    reached: set[Step] = set()
    kept = corpus_of(target.name)
    for data in (*target.seeds(), *kept):
        reached |= steps_of(target.read, data)
    size, added, end = sum(map(len, kept)), 0, time.monotonic() + seconds
    for data in sorted(set(candidates), key=lambda one: (len(one), one)):
        if len(data) > MAX_FILE or size + len(data) > MAX_TARGET or time.monotonic() > end:
            break
        new = steps_of(target.read, data)
        if not new <= reached and judge(target.read, data).fault is None:
            reached |= new
            size, added = size + len(data), added + 1
            _write(CORPUS / target.name, data)
    return added


def _write(folder: Path, data: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{digest(data)}.bin").write_bytes(data)


def steps_of(read: Callable[[bytes], object], data: bytes) -> set[Step]:
    """Return the steps from line to line that reading an input takes inside skillmatch."""
    found: set[Step] = set()
    with _traced(found):
        judge(read, data)
    return found


@contextmanager
def _traced(found: set[Step]) -> Iterator[None]:
    def enter(frame: FrameType, _event: str, _argument: object) -> Any:  # noqa: ANN401 - a trace
        name = frame.f_code.co_filename
        if not name.startswith(_SOURCES):
            return None
        last = 0

        def step(frame: FrameType, event: str, _argument: object) -> Any:  # noqa: ANN401 - a trace
            nonlocal last
            if event == "line":
                found.add((name, last, frame.f_lineno))
                last = frame.f_lineno
            return step

        return step

    before = sys.gettrace()
    sys.settrace(enter)
    try:
        yield
    finally:
        sys.settrace(before)
