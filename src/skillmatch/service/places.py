"""Where things lie in the data folder, and who may change them.

::

    <data>/frameworks/<id>/framework.sqlite     one installed release
    <data>/frameworks/.install.lock             held while frameworks are installed or removed
    <data>/downloads/<sha256>/<name>            verified files, kept so that nothing comes twice
    <data>/downloads/<name>.part                begun downloads, resumed next time
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from skillmatch.errors import BusyError, NotFoundError, StorageError, UsageError
from skillmatch.readers.manifest import ID
from skillmatch.settings import Settings

DATABASE = "framework.sqlite"
LOCK = ".install.lock"

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and how far it goes (0: not known)."""


def silent(what: str, done: int, total: int) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The folders that installing knows.

    Attributes:
        data_dir: Everything that is installed, fetched or built.
        manifests: Manifests that ship with the program.
    """

    data_dir: Path
    manifests: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the folders that settings name."""
        return cls(data_dir=settings.data_dir, manifests=settings.manifests)

    @property
    def frameworks(self) -> Path:
        """Folder with one folder per installed release."""
        return self.data_dir / "frameworks"

    @property
    def downloads(self) -> Path:
        """Folder of fetched files."""
        return self.data_dir / "downloads"

    def folder(self, framework_id: str) -> Path:
        """Return the folder of a release, installed or not.

        Raises:
            UsageError: ``framework_id`` is no id, and might leave the data folder.
        """
        if not ID.fullmatch(framework_id):
            raise UsageError(
                f"{framework_id!r} is no framework id; ids look like esco-1.1.1: a name and a "
                "release in lower case, joined by a hyphen"
            )
        return self.frameworks / framework_id

    def database(self, framework_id: str) -> Path:
        """Return the file of a release, installed or not."""
        return self.folder(framework_id) / DATABASE

    def installed(self) -> tuple[str, ...]:
        """Return the ids of all installed releases, sorted."""
        found = self.frameworks.glob(f"*/{DATABASE}")
        return tuple(sorted(path.parent.name for path in found if ID.fullmatch(path.parent.name)))

    def get_database(self, framework_id: str) -> Path:
        """Return the file of an installed release.

        Raises:
            NotFoundError: It is not installed; the message says how to get it.
        """
        path = self.database(framework_id)
        if not path.is_file():
            known = ", ".join(self.installed()) or "none"
            raise NotFoundError(
                f"{framework_id} is not installed (installed: {known}); run "
                f"`skillmatch frameworks install {framework_id.replace('-', '@', 1)}`"
            )
        return path


@contextmanager
def changing(places: Places, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the data folder's lock while frameworks change, and tidy what a killed run left.

    Raises:
        BusyError: Another process holds the lock, and still does after ``wait_s`` seconds.
        StorageError: The data folder cannot be written.
    """
    from filelock import FileLock, Timeout

    path = places.frameworks / LOCK
    with writes_reported(places.data_dir):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        try:
            lock.acquire(timeout=max(wait_s, 0.0))
        except Timeout as error:
            raise BusyError(
                f"another process is installing or removing frameworks (it holds {path}); wait "
                "for it to end, or let this one wait with --wait SECONDS"
            ) from error
    try:
        with writes_reported(places.data_dir):
            tidy(places)
        yield
    finally:
        lock.release()


def tidy(places: Places) -> None:
    """Remove what only a killed run can have left; call it only under the lock.

    Begun downloads stay, since they are resumed.
    """
    for path in places.frameworks.glob(f"*/.{DATABASE}.*"):
        path.unlink(missing_ok=True)
    for folder in places.frameworks.glob("*/"):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    for folder in places.downloads.glob(".work-*"):
        shutil.rmtree(folder)


@contextmanager
def writes_reported(folder: Path) -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written into one clear message.

    Raises:
        StorageError: For every ``OSError`` inside.
    """
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"cannot write below {folder}: {error.strerror or error}. Make room, or set "
            "SKILLMATCH_DATA to a folder that can be written; what was installed is untouched"
        ) from error
