"""Fetched files, kept under their sha256; nothing is used before it has been summed."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skillmatch.errors import ChecksumError
from skillmatch.readers.manifest import SourceFile
from skillmatch.service.places import writes_reported

CHUNK = 2**20


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Downloads:
    """The folder of fetched files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, file: SourceFile) -> Path | None:
        """Return the fetched file if it is there and unharmed, else None."""
        for path in sorted(self.folder.glob(f"{file.sha256 or '*'}/{file.name}")):
            if sha256_of(path) == path.parent.name:
                return path
        return None

    def part(self, file: SourceFile) -> Path:
        """Return the place of a begun download; files of one name but other sums stay apart."""
        return self.folder / f"{file.sha256[:16]}{file.name}.part"

    def adopt(self, path: Path, file: SourceFile) -> Path:
        """Move a complete download to its place and return it; a wrong one is removed.

        Raises:
            ChecksumError: It is not the file that the manifest promises.
            StorageError: It cannot be moved.
        """
        with writes_reported(self.folder):
            actual = sha256_of(path)
            if file.sha256 and actual != file.sha256:
                path.unlink()
                raise ChecksumError(path=path, expected=file.sha256, actual=actual)
            place = self.folder / actual / file.name
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
        return place

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """Yield an empty folder that is gone afterwards."""
        with writes_reported(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            holder = tempfile.TemporaryDirectory(prefix=".work-", dir=self.folder)
        with holder as name:
            yield Path(name)
