"""Zip archives as wallets export them: read in memory, bounded, nothing is ever written.

So a member's name, whatever it says, is only a name.
"""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator

from skillmatch.errors import DamagedError, UnreadableError
from skillmatch.readers.credentials.limits import MAX_BYTES, MAX_MEMBERS, MAX_TOTAL_BYTES

_START = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY = b"PK\x01\x02"
# Others reserve as much memory as the file asks for (LZMA) or are never used by wallets.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    UnicodeDecodeError,
    ValueError,
)


class _TooMuchError(UnreadableError):
    """A member was inflated up to the limit."""


def is_archive(data: bytes) -> bool:
    """Tell whether bytes are a zip archive."""
    return data.startswith(_START)


def archive_members(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, content and fault of each file, in the order of the archive.

    A member that cannot be read has a fault and no content; folders are left out.

    Raises:
        UnreadableError: The archive is damaged, or holds too many files or too much.
    """
    # Opening an archive builds an object for each entry, so they are counted before.
    if data.count(_ENTRY) > 4 * MAX_MEMBERS:
        raise UnreadableError(f"the archive holds more than {MAX_MEMBERS} files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from _members(archive)
    except _BROKEN as fault:
        raise DamagedError("the archive is damaged; get it again") from fault


def _members(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes, str]]:
    files = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(files) > MAX_MEMBERS:
        raise UnreadableError(f"the archive holds more than {MAX_MEMBERS} files")
    left = MAX_TOTAL_BYTES
    for info in files:
        name = _shown(info.filename)
        try:
            content = _content(archive, info, min(left, MAX_BYTES))
        except UnreadableError as fault:
            # Inflating what is then refused takes its time, too, and there may be thousands.
            left -= min(left, MAX_BYTES) if isinstance(fault, _TooMuchError) else 0
            yield name, b"", str(fault)
            continue
        left -= len(content)
        yield name, content, ""


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    if info.flag_bits & 0x1:
        raise UnreadableError("it is encrypted; unpack it with its password and give the files")
    if info.compress_type not in _METHODS:
        raise UnreadableError("it is compressed in a way that wallets do not use; unpack it first")
    try:
        with archive.open(info) as file:
            content = file.read(limit + 1)
    except _BROKEN as fault:
        raise DamagedError("it is damaged; get the archive again") from fault
    if len(content) > limit:
        raise _TooMuchError("it holds more than a wallet may once inflated")
    return content


def _shown(name: str) -> str:
    """Return a name that can be printed: characters that steer a terminal become ``?``."""
    return "".join("?" if unicodedata.category(char)[0] == "C" else char for char in name)[:300]
