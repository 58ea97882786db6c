"""A file, folder or archive becomes a wallet; nothing in it is left out silently."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from skillmatch.errors import UnreadableError
from skillmatch.model.credential import Credential, Unread, Wallet
from skillmatch.readers.credentials.archive import is_archive
from skillmatch.readers.credentials.baked import PNG_START, is_svg
from skillmatch.readers.credentials.content import GZIP_START, read_content
from skillmatch.readers.credentials.jws import is_token
from skillmatch.readers.credentials.limits import Budget
from skillmatch.readers.credentials.members import Member, folder_members, members_of, read_file

_HEAD = 4096
_OFFICE_PARTS = frozenset({"[Content_Types].xml", "content.xml"})


def read_wallet(path: Path) -> Wallet:
    """Read every credential in a file, a folder with its folders, or an archive.

    Args:
        path: JSON, JWT, PNG, SVG, a zip or gzip of these, or a folder.

    Returns:
        Credentials by source, then pointer; files that hold none, each with the reason. A source
        is the file's name; in a folder its path below it; in an archive ``archive!member``.

    Raises:
        NotFoundError: There is no such file or folder.
        UnreadableError: ``path`` is a single file that holds no credential.
        DamagedError: It is a single file whose bytes are broken.
    """
    path = Path(path)
    if path.is_dir():
        return _gather(folder_members(path))
    return wallet_in(read_file(path), path)


def wallet_in(data: bytes, name: str | Path) -> Wallet:
    """Read every credential in bytes at hand, as ``read_wallet`` does in a file of that name.

    Raises:
        UnreadableError: It is no archive and holds no credential.
        DamagedError: Its bytes are broken.
    """
    path = Path(name)
    try:
        if is_archive(data):
            return _gather(members_of(data, path.name))
        content = read_content(data, path.name, Budget())
    except UnreadableError as fault:
        raise type(fault)(str(fault), path=path) from fault
    faults = [Unread(source=path.name, reason=fault) for fault in content.faults]
    return _sorted(content.credentials, faults)


def read_credential_bytes(data: bytes, source: str) -> tuple[Credential, ...]:
    """Read the credentials in the bytes of one file that is no archive, by pointer.

    Of a list, what cannot be read is left out here; ``read_wallet`` names it.

    Raises:
        UnreadableError: It holds none that can be read.
    """
    return _sorted(read_content(data, source, Budget()).credentials, ()).credentials


def looks_like_wallet(path: Path) -> bool:
    """Tell whether a path is for ``read_wallet`` rather than for the reader of documents.

    Folders, archives that are no Word or OpenDocument file, PNG, SVG, tokens, and JSON that is no
    job posting. The content decides, not the name; what cannot be opened is no wallet.
    """
    try:
        if not path.is_file():
            return path.is_dir()
        with path.open("rb") as file:
            return _is_wallet(file, path.suffix)
    except (OSError, ValueError):
        return False


def is_wallet(data: bytes, name: str) -> bool:
    """Tell the same of bytes at hand; of the name only the ending matters."""
    return _is_wallet(io.BytesIO(data), Path(name).suffix)


def _is_wallet(file: BinaryIO, suffix: str) -> bool:
    head = file.read(_HEAD)
    if head.startswith(b"PK"):
        return _is_plain_zip(file, suffix)
    if head.startswith((PNG_START, GZIP_START)) or is_svg(head):
        return True
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return b"JobPosting" not in head
    return is_token(text.decode("ascii", "replace"))


def _is_plain_zip(file: BinaryIO, suffix: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            return _OFFICE_PARTS.isdisjoint(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return suffix.lower() == ".zip"


def _gather(members: Iterator[Member]) -> Wallet:
    budget = Budget()
    found: list[Credential] = []
    unread: list[Unread] = []
    for source, data, fault in members:
        faults = [fault] if fault else []
        try:
            if not fault:
                budget.take_bytes(len(data))
                content = read_content(data, source, budget)
                found.extend(content.credentials)
                faults.extend(content.faults)
        except UnreadableError as error:
            faults.append(str(error))
        unread.extend(Unread(source=source, reason=one) for one in faults)
    return _sorted(found, unread)


def _sorted(
    found: list[Credential] | tuple[Credential, ...], unread: list[Unread] | tuple[Unread, ...]
) -> Wallet:
    return Wallet(
        credentials=tuple(sorted(found, key=lambda one: (one.source, _order(one.pointer)))),
        unread=tuple(sorted(unread, key=lambda one: (one.source, one.reason))),
    )


def _order(pointer: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key of a pointer that puts ``/2`` before ``/10``."""
    return tuple(
        (0, int(part), "") if part.isdigit() and part.isascii() and len(part) < 10 else (1, 0, part)
        for part in pointer.split("/")
    )
