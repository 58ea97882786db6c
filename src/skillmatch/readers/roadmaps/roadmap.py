"""The file of a roadmap: read with all its faults named, written whole or not at all."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from skillmatch.atomic import write_text
from skillmatch.errors import BusyError, DataError, NotFoundError, RowError, StorageError
from skillmatch.model.roadmap import Roadmap, RoadmapStep
from skillmatch.readers.roadmaps.cells import Cells
from skillmatch.readers.roadmaps.rows import (
    catalogue_of,
    entry_of,
    evidence_of,
    goal_of,
    request_of,
    step_of,
)
from skillmatch.readers.roadmaps.scan import scan
from skillmatch.readers.roadmaps.writing import FORMAT, OWN_COMMENTS, REMARK, roadmap_text
from skillmatch.text.bounded_toml import parse_toml

WAIT_S = 10.0
"""How long a writer waits for another one, which has the file for milliseconds."""
_KEYS = (
    "format", "title", "begun", "note", "frameworks", "request", "catalogue", "evidence", "step",
    "goal", "history",
)  # fmt: skip


def read_roadmap(path: Path) -> Roadmap:
    """Return the roadmap that a file holds, after whatever a person did to it.

    Raises:
        NotFoundError: There is no such file.
        RowError: Keys are at fault; all are named, with their lines.
        DataError: It is no text, no TOML, or no roadmap.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise NotFoundError(
            f"there is no roadmap {path}; `skillmatch roadmap init` makes one, and --file names "
            "one that lies elsewhere"
        ) from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", path=path) from error
    except UnicodeDecodeError as error:
        raise DataError("is not UTF-8; save it as UTF-8", path=path) from error
    return parse_roadmap(text, path)


def parse_roadmap(text: str, path: Path) -> Roadmap:
    """Return the roadmap of a text; ``path`` is for messages only. Raises as ``read_roadmap``."""
    document = _parse(text, path)
    found = scan(text.replace("\r\n", "\n"))
    faults: list[tuple[int, str]] = []
    cells = Cells(document, (), found, faults)
    cells.only(_KEYS)
    roadmap = Roadmap(
        title=cells.text("title"),
        begun=cells.needed_day("begun"),
        note=cells.text("note"),
        frameworks=cells.texts("frameworks"),
        request=request_of(cells.table("request")),
        catalogues=tuple(map(catalogue_of, cells.tables("catalogue"))),
        evidence=evidence_of(cells.table("evidence")),
        steps=_steps(cells),
        goals=tuple(map(goal_of, cells.tables("goal"))),
        history=tuple(map(entry_of, cells.tables("history"))),
        remarks=tuple(_remarks(found.comments)),
    )
    if faults:
        raise RowError(tuple(said for _, said in sorted(faults)), path=path)
    return roadmap


def write_roadmap(roadmap: Roadmap, path: Path) -> None:
    """Write the file in one step; ``read_roadmap`` gives the same roadmap back.

    Raises:
        StorageError: The file cannot be written; what was there is untouched.
    """
    write_text(path, roadmap_text(roadmap))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a roadmap while it is read, changed and written, so that no change is lost.

    Raises:
        BusyError: Another process holds it, and still does after ``WAIT_S`` seconds.
        StorageError: The folder is not there or cannot be written.
    """
    from filelock import FileLock, Timeout

    if not path.parent.is_dir():
        raise StorageError(f"there is no folder {path.parent} to keep {path.name} in; make it")
    lock = FileLock(path.parent / f".{path.name}.lock")
    try:
        lock.acquire(timeout=WAIT_S)
    except Timeout as error:
        raise BusyError(f"another process is changing {path}; try again when it is done") from error
    except OSError as error:
        raise StorageError(f"cannot write beside {path}: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        document = parse_toml(text)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"is not valid TOML: {error}", path=path) from error
    written = document.get("format")
    if written is None:
        raise DataError(f'is no roadmap: it lacks the line format = "{FORMAT}"', path=path)
    if written != FORMAT:
        said = repr(written)[:60]
        raise DataError(f"has format {said}; this program reads {FORMAT!r}", path=path)
    return document


def _steps(cells: Cells) -> tuple[RoadmapStep, ...]:
    steps = []
    seen: set[str] = set()
    for row in cells.tables("step"):
        step = step_of(row)
        if step.id in seen and step.id:
            row.fault("id", f"{step.id!r} stands in an earlier step already; remove one of them")
        seen.add(step.id)
        steps.append(step)
    return tuple(steps)


def _remarks(comments: list[str]) -> Iterator[str]:
    for comment in comments:
        said = (
            comment.removeprefix(REMARK).strip() if comment.startswith(REMARK) else comment.strip()
        )
        if said and (comment.startswith(REMARK) or said not in OWN_COMMENTS):
            yield said
