"""Writing a snapshot: one state of the database, row by row, into a file that appears whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import text

from skillmatch.atomic import replacing
from skillmatch.errors import StorageError
from skillmatch_api.store.database import Store
from skillmatch_api.store.snapshots.archive import (
    MANIFEST,
    Archive,
    Manifest,
    Part,
    Progress,
    file_of,
    manifest_text,
)
from skillmatch_api.store.snapshots.live import AT_ONCE, Live
from skillmatch_api.store.snapshots.values import Shape, encoders

LEFT_OUT = frozenset({"browser_sessions", "replays"})
"""What lives for hours only, and would let somebody in again who has logged out."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The moment of every file in the zip: the same rows make the same bytes."""


def write_snapshot(store: Store, path: Path, *, made_at: datetime, progress: Progress) -> Manifest:
    """Write all rows to ``path``, readable by its owner only, and read it back.

    Others may write meanwhile: it holds the state of its beginning.

    Raises:
        DatabaseBusyError: The database is away or busy.
        StorageError: The database is empty, or the file cannot be written.
    """
    with replacing(path, private=True) as part:
        with store.reading() as session:
            # The first statement fixes the state that a transaction sees.
            session.execute(text("SELECT 1"))
            manifest = _write(Live(session.connection()), part, made_at, progress)
        with Archive.open(part) as written:
            written.verify(progress)
    return manifest


def _write(live: Live, path: Path, made_at: datetime, progress: Progress) -> Manifest:
    revision = live.revision()
    if revision is None:
        raise StorageError("the database is empty; there is nothing to back up")
    shapes = [shape for shape in live.shapes() if shape.name not in LEFT_OUT]
    total = sum(live.count(shape) for shape in shapes)
    parts: list[Part] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for shape in shapes:
            done = sum(part.rows for part in parts)
            parts.append(_write_table(live, shape, zipped, _counting(progress, done, total)))
        manifest = Manifest(
            made_at=made_at,
            revision=revision,
            program=version("skillmatch"),
            parts=tuple(parts),
        )
        zipped.writestr(_entry(MANIFEST), manifest_text(manifest))
    return manifest


def _write_table(
    live: Live, shape: Shape, zipped: zipfile.ZipFile, tell: Callable[[int], None]
) -> Part:
    writers = encoders(shape)
    digest, rows = hashlib.sha256(), 0
    with zipped.open(_entry(file_of(shape)), "w", force_zip64=True) as lines:
        for row in live.rows(shape):
            values = [
                None if value is None else write(value)
                for write, value in zip(writers, row, strict=True)
            ]
            line = json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n"
            digest.update(line)
            lines.write(line)
            rows += 1
            if rows % AT_ONCE == 0:
                tell(rows)
    tell(rows)
    return Part(shape=shape, rows=rows, sha256=digest.hexdigest())


def _counting(progress: Progress, before: int, total: int) -> Callable[[int], None]:
    return lambda rows: progress("writing", before + rows, total)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
