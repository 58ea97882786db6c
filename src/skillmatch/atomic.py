"""Write a file whole or not at all: beside its place first, then into it in one step."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skillmatch.errors import StorageError


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[Path]:
    """Yield a temporary path beside ``path`` that takes its place when the block ends well.

    On any error, Ctrl-C included, ``path`` keeps what it held and the temporary file goes.

    Args:
        path: What to write.
        private: Whether only its owner may read it.

    Raises:
        StorageError: The folder cannot be written, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise _unwritable(path, error) from error
    aside = Path(name)
    try:
        yield aside
        _sync(aside)
        # mkstemp makes files private; a report or a framework may be shared by all users.
        if not private:
            aside.chmod(0o666 & ~_umask())
        aside.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        aside.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` whole or not at all.

    Raises:
        StorageError: The folder cannot be written, or the disk is full.
    """
    with replacing(path) as aside:
        aside.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    r"""Put ``text`` at ``path`` as UTF-8 with ``\n`` line ends, whole or not at all.

    Raises:
        StorageError: The folder cannot be written, or the disk is full.
    """
    write_bytes(path, text.encode("utf-8"))


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the rename itself survive a power cut; Windows neither needs nor allows it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _unwritable(path: Path, error: OSError) -> StorageError:
    return StorageError(
        f"cannot write {path}: {error.strerror or error}. Make room, or choose another place "
        "(SKILLMATCH_DATA names the data folder); what was there is untouched"
    )
