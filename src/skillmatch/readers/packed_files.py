"""Find the files of a download: in a folder, in folders below it, and inside zips.

Zips are read in memory and never unpacked to the disk; sizes are capped while streaming,
since the sizes that a zip states about itself can be wrong on purpose.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from skillmatch.errors import DataError, NotFoundError, UnreadableError

# The largest table of ESCO has 21 MB and is packed 7 to 1.
MAX_MEMBER_BYTES = 512 * 2**20
MAX_RATIO = 200
SMALL_BYTES = 2**20
CHUNK = 2**20
# ValueError: a name that is no UTF-8 although its flag says so. NotImplementedError: a method of
# packing or a version of the format that the standard library does not know.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file that can be read, wherever it lies.

    Attributes:
        name: Last part of the path.
        place: Path for messages; of a member, the zip's path and the member's name.
        read: Returns all bytes; raises ``DataError`` for damaged or oversized members.
    """

    name: str
    place: Path
    read: Callable[[], bytes]


def find_packed_files(source: Path, wanted: Callable[[str], bool]) -> tuple[PackedFile, ...]:
    """Return the files whose name is ``wanted``, sorted by place.

    Args:
        source: A folder (searched with all folders below it and the zips in them), one zip,
            or one file.
        wanted: Tells by a file's name whether it is of interest.

    Raises:
        NotFoundError: ``source`` does not exist.
        DataError: A zip is damaged or names a file outside itself.
        UnreadableError: A zip is encrypted.
    """
    if not source.exists():
        raise NotFoundError(f"there is no file or folder {source}")
    paths = sorted(source.rglob("*")) if source.is_dir() else [source]
    found = [file for path in paths if path.is_file() for file in _files_of(path, wanted)]
    return tuple(sorted(found, key=lambda file: str(file.place)))


def _files_of(path: Path, wanted: Callable[[str], bool]) -> Iterator[PackedFile]:
    if wanted(path.name):
        yield PackedFile(name=path.name, place=path, read=path.read_bytes)
    elif path.suffix.lower() == ".zip" or (not path.suffix and zipfile.is_zipfile(path)):
        yield from _members(path, wanted)


def _members(path: Path, wanted: Callable[[str], bool]) -> Iterator[PackedFile]:
    try:
        # Kept open for its members, since reading the directory of a zip takes as long as it is;
        # it is closed together with the last of them.
        archive = zipfile.ZipFile(path)
    except _DAMAGED as error:
        message = f"this is no zip, or a damaged one ({error}); download it again"
        raise DataError(message, path=path) from error
    for entry in archive.infolist():
        _check_name(path, entry.filename)
        name = PurePosixPath(entry.filename).name
        if not entry.filename.endswith("/") and wanted(name):
            yield PackedFile(
                name=name,
                place=path / entry.filename,
                read=partial(_read_member, path, archive, entry),
            )


def _check_name(path: Path, name: str) -> None:
    parts = re.split(r"[/\\]", name)
    if ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:", name):
        raise DataError(
            f"the member {name!r} points outside the zip; official downloads never do, so "
            "nothing was read from it",
            path=path,
        )


def _read_member(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    place = path / entry.filename
    if entry.flag_bits & 0x1:
        raise UnreadableError(
            "the file is encrypted; unpack it and give the folder instead", path=place
        )
    if entry.file_size > MAX_MEMBER_BYTES:
        raise _too_large(place, entry.file_size)
    try:
        with archive.open(entry) as stream:
            return _read_capped(stream.read, place, entry.compress_size)
    except _DAMAGED as error:
        raise DataError(f"the file is damaged ({error}); download it again", path=place) from error


def _read_capped(read: Callable[[int], bytes], place: Path, packed: int) -> bytes:
    """Read until the end, or until there is more than a table can hold."""
    limit = min(MAX_MEMBER_BYTES, max(SMALL_BYTES, packed * MAX_RATIO))
    data = bytearray()
    while chunk := read(CHUNK):
        data += chunk
        if len(data) > limit:
            raise _too_large(place, len(data))
    return bytes(data)


def _too_large(place: Path, size: int) -> DataError:
    return DataError(
        f"the file unpacks to {size} bytes or more, which no official table does (limits: "
        f"{MAX_MEMBER_BYTES} bytes, {MAX_RATIO} times its packed size); it was not read",
        path=place,
    )
