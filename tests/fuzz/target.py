"""What is fuzzed: a reader of untrusted bytes, files to begin with, and how to bend one."""

from __future__ import annotations

import atexit
import random
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol


class Mutation(Protocol):
    """Changes a file a little, mostly so that it still passes for one of its format."""

    def __call__(self, data: bytes, chance: random.Random) -> bytes:
        """Return the changed file; the same chance gives the same change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader.

    Attributes:
        name: Of its folder in the corpus, too.
        group: The class of readers that it shares time with in a short run.
        read: Takes a whole file; what it returns is of no interest.
        seeds: Files that it reads, or nearly.
        mutate: Bends a file without leaving its format at once.
    """

    name: str
    group: str
    read: Callable[[bytes], object]
    seeds: Callable[[], tuple[bytes, ...]]
    mutate: Mutation


def from_file(read: Callable[[Path], object], name: str) -> Callable[[bytes], object]:
    """Return a reader of bytes from a reader of a file with this name."""

    def read_bytes(data: bytes) -> object:
        path = _folder() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return read(path)

    return read_bytes


@cache
def _folder() -> Path:
    """Make a folder for this process; who starts one that may be killed clears ``TMPDIR``."""
    folder = tempfile.mkdtemp(prefix="skillmatch-fuzz-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)
