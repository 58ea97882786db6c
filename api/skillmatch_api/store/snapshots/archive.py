"""The file of a snapshot: a zip of JSON Lines, one file a table, and a manifest that counts them.

Each line is the list of a row's values, in the order of the manifest's columns.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from skillmatch.errors import DamagedError, NotFoundError, SkillmatchError, StorageError
from skillmatch_api.store.snapshots.values import Shape, decoders

FORMAT: Literal["skillmatch-store-1"] = "skillmatch-store-1"
MANIFEST = "manifest.json"

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many rows of it are done, and of how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table in the file: how many rows, and the sha256 of its lines."""

    shape: Shape
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a snapshot holds.

    Attributes:
        made_at: Of which moment it tells.
        revision: Of the schema.
        program: Version of skillmatch that wrote it.
        parts: The tables; what a table refers to stands before it.
    """

    format: Literal["skillmatch-store-1"] = FORMAT
    made_at: datetime
    revision: str
    program: str
    parts: tuple[Part, ...]

    def rows(self) -> int:
        """Return how many rows it holds in all."""
        return sum(part.rows for part in self.parts)


def file_of(shape: Shape) -> str:
    """Return the name of a table's lines in the zip."""
    return f"tables/{shape.name}.jsonl"


_MANIFESTS = TypeAdapter(Manifest)


def manifest_text(manifest: Manifest) -> bytes:
    """Return the manifest as it is kept in the file."""
    return _MANIFESTS.dump_json(manifest, indent=2)


@dataclass(frozen=True, slots=True)
class Archive:
    """A snapshot that is open for reading."""

    path: Path
    manifest: Manifest
    zipped: zipfile.ZipFile

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Archive]:
        """Open a snapshot; ``verify`` says whether all of it is there.

        Raises:
            DamagedError: It is none.
            NotFoundError: There is no such file.
            StorageError: It may not be read.
        """
        with ExitStack() as opened:
            with _clear(path):
                zipped = opened.enter_context(zipfile.ZipFile(path))
                manifest = _MANIFESTS.validate_json(zipped.read(MANIFEST))
            yield cls(path, manifest, zipped)

    def verify(self, progress: Progress) -> None:
        """Read all of it and compare it with the manifest.

        Raises:
            DamagedError: Rows are missing, or not those that were written.
        """
        done, total = 0, self.manifest.rows()
        for part in self.manifest.parts:
            digest, rows = hashlib.sha256(), 0
            for line in self._lines(part):
                digest.update(line)
                rows += 1
                if rows % 1000 == 0:
                    progress("checking", done + rows, total)
            if (rows, digest.hexdigest()) != (part.rows, part.sha256):
                raise DamagedError(
                    f"the rows of {part.shape.name} are not those that were written; "
                    "take another backup. Nothing was changed",
                    path=self.path,
                )
            done += rows
            progress("checking", done, total)

    def rows(self, part: Part) -> Iterator[dict[str, Any]]:
        """Yield the rows of a table, by the names of columns.

        Raises:
            DamagedError: A line is no row.
        """
        names = [column.name for column in part.shape.columns]
        readers = decoders(part.shape)
        for number, line in enumerate(self._lines(part), start=1):
            try:
                values = json.loads(line)
                yield {
                    name: None if value is None else read(value)
                    for name, read, value in zip(names, readers, values, strict=True)
                }
            except (ValueError, TypeError) as error:
                raise DamagedError(
                    f"row {number} of {part.shape.name} is none", path=self.path
                ) from error

    def _lines(self, part: Part) -> Iterator[bytes]:
        with _clear(self.path), self.zipped.open(file_of(part.shape)) as lines:
            yield from lines


def is_something_else(path: Path) -> bool:
    """Return whether this is a zip that is whole and no snapshot, such as an export of a person."""
    try:
        with zipfile.ZipFile(path) as zipped:
            return MANIFEST not in zipped.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


@contextmanager
def _clear(path: Path) -> Iterator[None]:
    """Raise what reading a zip raises as errors of ours."""
    try:
        yield
    except SkillmatchError:
        raise
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no backup {path}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValidationError) as error:
        raise DamagedError(
            "this is no backup of skillmatch, or it is damaged; nothing was changed", path=path
        ) from error
    except (NotImplementedError, RuntimeError, OSError) as error:
        raise StorageError(f"the backup {path} cannot be read: {error}") from error
