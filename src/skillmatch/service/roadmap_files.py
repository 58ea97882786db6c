"""The file of a roadmap: begun once, changed under a lock; light, since most changes are small.

from pathlib import Path
from skillmatch.service.roadmap_files import change
from skillmatch.pathway.roadmap.changes import start_step
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.model.roadmap import Roadmap
from skillmatch.readers.roadmaps import locked, read_roadmap, write_roadmap


def create(path: Path, make: Callable[[], Roadmap]) -> Roadmap:
    """Write a new roadmap; one that is there is never written over.

    Raises:
        UsageError: There is one already.
        BusyError, StorageError: The file cannot be written.
    """
    refuse_existing(path)
    made = make()
    with locked(path):
        refuse_existing(path)
        write_roadmap(made, path)
    return made


def refuse_existing(path: Path) -> None:
    """Refuse to begin where there is something already, or no folder.

    Raises:
        UsageError: The path exists.
        NotFoundError: The folder does not.
    """
    if not path.parent.is_dir():
        raise NotFoundError(f"there is no folder {path.parent} to keep {path.name} in; make it")
    if path.exists():
        raise UsageError(
            f"{path} is there already and is kept; change it with `skillmatch roadmap replan`, or "
            "begin another one with --file"
        )


def change(path: Path, action: Callable[[Roadmap], Roadmap]) -> tuple[Roadmap, Roadmap]:
    """Change a roadmap in its file; nothing is written where the action raises.

    Returns:
        The roadmap before and after.

    Raises:
        BusyError: Another process holds the file.
    """
    # Without a file there is nothing to lock, and reading says so better.
    with locked(path) if path.is_file() else nullcontext():
        before = read_roadmap(path)
        after = action(before)
        if after != before:
            write_roadmap(after, path)
    return before, after


def relative(path: Path, folder: Path) -> str:
    """Return a path as it is written into a roadmap that lies in ``folder``."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()
