"""Files of a request on disk, for readers that want a path, in a folder that nobody else sees."""

from __future__ import annotations

import base64
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from skillmatch.errors import DataError, SkillmatchError
from skillmatch_api.engine.named_bytes import NamedBytes

FOLDER = "documents"
"""What several files together are called."""
MAX_NAME_BYTES = 200
"""Of a file's name on disk; file systems take 255."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFiles:
    """Files on disk, in the order that they were sent.

    Attributes:
        folder: That they lie in.
    """

    folder: Path
    paths: tuple[Path, ...]

    @property
    def path(self) -> Path:
        """The only file, or the folder of several."""
        return self.paths[0] if len(self.paths) == 1 else self.folder

    def shown(self, text: str) -> str:
        """Return a text without the folder's name, which tells nobody anything."""
        return text.replace(f"{self.folder}/", "").replace(str(self.folder), FOLDER)


@contextmanager
def placed(files: Sequence[NamedBytes]) -> Iterator[PlacedFiles]:
    """Put files into a folder that is gone afterwards.

    The names are the last parts of those given, each with a number where it would be there twice,
    so that nothing that a client named is ever opened or overwritten.

    Raises:
        DataError: In place of an error of the library that names the folder.
    """
    with tempfile.TemporaryDirectory(prefix="skillmatch-") as root:
        folder = Path(root).resolve() / FOLDER
        folder.mkdir()
        taken: set[str] = set()
        paths = []
        for place, file in enumerate(files):
            path = folder / _free_name(file.name, place, taken)
            path.write_bytes(file.data)
            paths.append(path)
        found = PlacedFiles(folder=folder, paths=tuple(paths))
        try:
            yield found
        except SkillmatchError as error:
            if root not in str(error):
                raise
            raise DataError(found.shown(str(error))) from error


def packed(files: Sequence[NamedBytes], options: Mapping[str, Any]) -> bytes:
    """Return files and options as the request of a job."""
    rows = [
        {"name": one.name, "base64": base64.b64encode(one.data).decode("ascii")} for one in files
    ]
    return json.dumps({"files": rows, "options": dict(options)}, ensure_ascii=False).encode()


def unpacked(request: bytes) -> tuple[tuple[NamedBytes, ...], dict[str, Any]]:
    """Return what ``packed`` was given."""
    value = json.loads(request)
    files = tuple(
        NamedBytes(name=one["name"], data=base64.b64decode(one["base64"])) for one in value["files"]
    )
    return files, value["options"]


def _free_name(name: str, place: int, taken: set[str]) -> str:
    """Return a name that is not taken, keeps its ending, and is hidden from no reader."""
    last = PurePosixPath(name.replace("\\", "/").replace("\0", "?")).name.lstrip(".")
    plain = PurePosixPath(last or f"document-{place + 1}")
    suffix = _cut("".join(plain.suffixes[-1:]), 20)
    stem = _cut(plain.name.removesuffix(suffix), MAX_NAME_BYTES - len(suffix.encode()) - 8)
    free, number = f"{stem}{suffix}", 2
    while free.casefold() in taken:
        free, number = f"{stem}-{number}{suffix}", number + 1
    taken.add(free.casefold())
    return free


def _cut(text: str, size: int) -> str:
    return text.encode("utf-8", "replace")[:size].decode("utf-8", "ignore")
