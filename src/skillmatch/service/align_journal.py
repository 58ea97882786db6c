"""What an interrupted run of ``badge align`` had found, so that the next run goes on from there.

One line of JSON a badge, appended and flushed as it is found: ``{"key": …, "found": …}``. The key
is a digest of everything that the finding depends on, so a line can be old but never wrong. A line
that was cut off by the interruption is passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from skillmatch.errors import StorageError
from skillmatch.model.alignment import BadgeAlignment

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SUFFIX = ".journal"


@cache
def _adapter() -> TypeAdapter[BadgeAlignment]:
    from pydantic import TypeAdapter

    return TypeAdapter(BadgeAlignment)


def journal_path(review: Path) -> Path:
    """Return where the journal of a review file lies: beside it."""
    return review.with_name(review.name + SUFFIX)


@dataclass(slots=True)
class AlignJournal:
    """Findings by key, and the open file that new ones are appended to."""

    path: Path
    file: IO[bytes]
    _lines: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    @contextmanager
    def open(cls, path: Path) -> Iterator[Self]:
        """Open a journal; it stays where the block ends by an error and goes where it ends well.

        Raises:
            StorageError: The folder cannot be written.
        """
        lines = dict(_read_lines(path))
        try:
            with path.open("ab") as file:
                if file.tell() and not _ends_a_line(path):
                    file.write(b"\n")
                yield cls(path, file, lines)
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(
                f"cannot write {path}: {error.strerror or error}; what was found so far is kept"
            ) from error

    def get(self, key: str) -> BadgeAlignment | None:
        """Return what was found under a key, or None."""
        line = self._lines.get(key)
        return None if line is None else _adapter().validate_json(line)

    def add(self, key: str, found: BadgeAlignment) -> None:
        """Append what was found, so that it outlives this process."""
        body = _adapter().dump_json(found)
        self.file.write(b'{"key":"%s","found":%s}\n' % (key.encode("ascii"), body))
        self.file.flush()

    def __len__(self) -> int:
        return len(self._lines)


def _read_lines(path: Path) -> Iterator[tuple[str, bytes]]:
    from pydantic import ValidationError

    if not path.is_file():
        return
    for line in path.read_bytes().splitlines():
        try:
            row = json.loads(line)
            found = json.dumps(row["found"]).encode("utf-8")
            _adapter().validate_json(found)
            yield str(row["key"]), found
        except (ValueError, KeyError, TypeError, RecursionError, ValidationError):
            continue


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"
