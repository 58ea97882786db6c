"""A folder of backups: their names, how many are kept, and that none keeps erased people."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from skillmatch.errors import DataError, StorageError
from skillmatch_api.store.database import Store
from skillmatch_api.store.erasures import digest_of
from skillmatch_api.store.snapshots.archive import Archive, Progress
from skillmatch_api.store.snapshots.restoring import Obey, restore_snapshot
from skillmatch_api.store.snapshots.since import Since, of_snapshot
from skillmatch_api.store.snapshots.writing import write_snapshot

_PREFIX = "skillmatch-"


def place_in(folder: Path, at: datetime) -> Path:
    """Return a free name for a backup of this moment; names sort by age.

    The folder is made where there is none, readable by its owner only.

    Raises:
        StorageError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise StorageError(f"the folder {folder} cannot be made: {error.strerror}") from error
    return folder / f"{_PREFIX}{at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}.zip"


def backups_in(folder: Path) -> tuple[Path, ...]:
    """Return the backups that ``place_in`` named, oldest first."""
    return tuple(sorted(folder.glob(f"{_PREFIX}*.zip")))


def drop_oldest(folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove all but the newest ``keep`` backups, at least 1, and return what went."""
    gone = backups_in(folder)[:-keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def cleanse(
    folder: Path, newest: Path, *, obey: Obey, progress: Progress
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Write backups anew without people who were erased since.

    Returns:
        What was written anew, and what could not be read and stayed as it is.

    Raises:
        StorageError: The folder cannot be written.
    """
    with Archive.open(newest) as archive:
        since = of_snapshot(archive)
    anew, unread = [], []
    for path in backups_in(folder):
        try:
            if path != newest and _holds_erased(path, since):
                _write_anew(path, obey, progress)
                anew.append(path)
        except DataError:
            unread.append(path)
    return tuple(anew), tuple(unread)


def _holds_erased(path: Path, since: Since) -> bool:
    with Archive.open(path) as archive:
        return any(
            (row["tenant_id"], digest_of(row["tenant_id"], row["id"])) in since.erased
            for part in archive.manifest.parts
            if part.shape.name == "persons"
            for row in archive.rows(part)
        )


def _write_anew(path: Path, obey: Obey, progress: Progress) -> None:
    """Restore a backup beside itself, which obeys the erasures, and back that up in its place."""
    with tempfile.TemporaryDirectory(prefix=".cleansing-", dir=path.parent) as folder:
        store = Store.open(f"sqlite:///{Path(folder) / 'backup.sqlite'}")
        try:
            done = restore_snapshot(store, path, replace=False, obey=obey, progress=progress)
            write_snapshot(store, path, made_at=done.manifest.made_at, progress=progress)
        finally:
            store.close()
