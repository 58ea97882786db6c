"""The files of a folder or an archive, one by one and within bounds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.readers.credentials.archive import archive_members, is_archive
from skillmatch.readers.credentials.limits import (
    CREDENTIAL,
    MAX_MEMBERS,
    FileLimits,
    check_size,
)


class Member(NamedTuple):
    """A file: its content, or why there is none."""

    source: str
    data: bytes = b""
    fault: str = ""


def folder_members(
    folder: Path,
    *,
    whole: Collection[str] = (),
    limits: FileLimits = CREDENTIAL,
    skip: Callable[[str], bool] = lambda _source: False,
) -> Iterator[Member]:
    """Yield the files below a folder by path, and in place of an archive what it holds.

    Args:
        folder: Where to look.
        whole: Endings of archives that are files of their own, such as ``.xlsx``.
        limits: What one file may hold.
        skip: Whether a file, by its path below the folder, is neither opened nor counted.
    """
    found = sorted(path for path in folder.rglob("*") if not path.is_dir())
    paths = [path for path in found if not skip(path.relative_to(folder).as_posix())]
    for path in paths[:MAX_MEMBERS]:
        source = path.relative_to(folder).as_posix()
        try:
            data = read_file(path, limits=limits)
        except (UnreadableError, NotFoundError) as fault:
            yield Member(source, fault=str(fault).removeprefix(f"{path}: "))
            continue
        if is_archive(data) and path.suffix.lower() not in whole:
            yield from _archive_members(data, source)
        else:
            yield Member(source, data)
    if len(paths) > MAX_MEMBERS:
        yield Member(
            paths[MAX_MEMBERS].relative_to(folder).as_posix(),
            fault=f"this file and {len(paths) - MAX_MEMBERS - 1} after it were not looked at: at "
            f"most {MAX_MEMBERS} are read at once",
        )


def members_of(data: bytes, source: str) -> Iterator[Member]:
    """Yield the files in an archive as ``archive!member``, in its order.

    Raises:
        UnreadableError: The archive is damaged, or holds too many files.
    """
    for name, content, fault in archive_members(data):
        yield Member(f"{source}!{name}", content, fault)


def _archive_members(data: bytes, source: str) -> Iterator[Member]:
    try:
        yield from members_of(data, source)
    except UnreadableError as fault:
        yield Member(source, fault=str(fault))


def read_file(path: Path, *, limits: FileLimits = CREDENTIAL) -> bytes:
    """Return the content of a file.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It is no regular file, too large, or cannot be opened.
    """
    if not path.exists():
        raise NotFoundError(f"there is no file {path}; check the name and the folder")
    if not path.is_file():
        raise UnreadableError("it is no regular file", path=path)
    try:
        with path.open("rb") as file:
            data = file.read(limits.bytes + 1)
    except OSError as fault:
        raise UnreadableError(f"it cannot be opened: {fault.strerror}", path=path) from fault
    try:
        check_size(len(data), limits=limits)
    except UnreadableError as fault:
        raise UnreadableError(str(fault), path=path) from fault
    return data
