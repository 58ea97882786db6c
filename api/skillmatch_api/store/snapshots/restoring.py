"""Putting a snapshot into a database, wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from skillmatch.errors import DataError, StorageError, UsageError
from skillmatch_api.store.database import BUSY_SECONDS, Store
from skillmatch_api.store.migrating import (
    alone,
    check_known,
    check_references,
    config_of,
    lost_rows,
    newest,
    revisions,
)
from skillmatch_api.store.snapshots.archive import Archive, Manifest, Progress
from skillmatch_api.store.snapshots.live import AT_ONCE, Live
from skillmatch_api.store.snapshots.since import Since, of_database, of_snapshots
from skillmatch_api.store.snapshots.values import Kind, Shape

Obey = Callable[[Session, Since], int]
"""Removes in a transaction what must not come back, and returns how many people that were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore.

    Attributes:
        manifest: Of the snapshot.
        erased: How many people in it had been erased since, and did not come back.
        unread: Backups beside it that could not be asked for later erasures.
    """

    manifest: Manifest
    erased: int
    unread: tuple[Path, ...]


def restore_snapshot(
    store: Store, path: Path, *, replace: bool, obey: Obey, progress: Progress
) -> Restored:
    """Put the rows of a snapshot into a database, which is then at the newest revision.

    All of the file is read before anything is touched. What the database and the other backups in
    the folder know of later erasures, withdrawals and revocations holds on.

    Args:
        store: An empty database, or one to be replaced. Nobody may serve from it meanwhile.
        path: The snapshot.
        replace: Whether rows that are there may go.
        obey: What removes what must not come back.
        progress: Told how far it is.

    Raises:
        DamagedError: The file is damaged, or no snapshot.
        DatabaseBusyError: The database is away or busy.
        NotFoundError: There is no such file.
        StorageError: The snapshot or the database is of a newer program, or cannot be used.
        UsageError: The database holds rows, and ``replace`` is False.
    """
    with Archive.open(path) as archive:
        _check_revision(archive)
        archive.verify(progress)
        later, unread = of_snapshots(_beside(path))
        with alone(store) as connection:
            later |= _cleared(connection, store, replace=replace)
            _fill(connection, archive, progress)
            check_references(connection)
            with Session(connection) as session:
                erased = obey(session, later)
                session.commit()  # Ends the session; the connection's transaction goes on.
            _take_along(connection)
    store.scrub()
    return Restored(manifest=archive.manifest, erased=erased, unread=unread)


def _beside(path: Path) -> list[Path]:
    return [one for one in path.parent.glob("*.zip") if not one.samefile(path)]


def _check_revision(archive: Archive) -> None:
    revision = archive.manifest.revision
    if revision not in revisions():
        raise StorageError(
            f"the backup is of revision {revision}, and this program knows them up to {newest()}: "
            "install a newer skillmatch. Nothing was changed"
        )


def _cleared(connection: Connection, store: Store, *, replace: bool) -> Since:
    """Drop all tables, and return what they knew of what must not come back."""
    check_known(connection)
    live = Live(connection)
    shapes = live.shapes()
    rows = {shape.name: count for shape in shapes if (count := live.count(shape))}
    if rows and not replace:
        held = ", ".join(f"{count:,} {name}" for name, count in rows.items())
        raise UsageError(
            f"the database is not empty ({held}); --replace removes all that is in it first"
        )
    known = of_database(live, shapes)
    if not store.is_sqlite:
        # Whoever reads or writes in it would make this wait for ever.
        connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'"))
    command.downgrade(config_of(connection), "base")
    return known


def _fill(connection: Connection, archive: Archive, progress: Progress) -> None:
    config, live = config_of(connection), Live(connection)
    command.upgrade(config, archive.manifest.revision)
    there = {shape.name: shape for shape in live.shapes()}
    done, total = 0, archive.manifest.rows()
    for part in archive.manifest.parts:
        shape = there.get(part.shape.name)
        if shape is None or set(shape.columns) != set(part.shape.columns):
            raise DataError(
                f"its table {part.shape.name} is not that of revision "
                f"{archive.manifest.revision}; nothing was changed",
                path=archive.path,
            )
        rows = archive.rows(part)
        while some := list(islice(rows, AT_ONCE)):
            live.insert(part.shape, some)
            done += len(some)
            progress("restoring", done, total)
    _go_on_counting(connection, there.values())
    command.upgrade(config, "head")


def _take_along(connection: Connection) -> None:
    """Remove what referred to removed rows; SQLite does not while foreign keys are off."""
    while lost := lost_rows(connection):
        for table, row in lost:
            connection.execute(text(f'DELETE FROM "{table}" WHERE rowid = :row'), {"row": row})


def _go_on_counting(connection: Connection, shapes: Iterable[Shape]) -> None:
    """Let PostgreSQL give out numbers behind those that are taken."""
    if connection.dialect.name != "postgresql":
        return
    for shape in shapes:
        whole = [one.name for one in shape.columns if one.kind is Kind.WHOLE]
        if len(shape.key) == 1 and shape.key[0] in whole:
            connection.execute(
                text(
                    "SELECT setval(pg_get_serial_sequence(:table, :column), "
                    f'(SELECT max("{shape.key[0]}") FROM "{shape.name}")) '
                    "WHERE pg_get_serial_sequence(:table, :column) IS NOT NULL "
                ),
                {"table": shape.name, "column": shape.key[0]},
            )
