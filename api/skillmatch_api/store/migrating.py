"""Bringing a database to the newest schema, or back to an older one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from skillmatch.errors import StorageError, UsageError
from skillmatch_api.store.database import WRITES, Store
from skillmatch_api.store.failures import clear_failures

MIGRATIONS = Path(__file__).resolve().parent / "migrations"

OLDEST_POSTGRESQL = 15

_LOCK = 7_545_523_611
"""Number of the PostgreSQL lock that only who migrates holds; any number nobody else uses."""


def upgrade(store: Store, revision: str = "head", *, scripts: Path = MIGRATIONS) -> None:
    """Bring the database to ``revision``, in one transaction: wholly or not at all.

    Of several processes that do it at once, one does and the others wait for it.

    Args:
        store: Any database, also an empty one.
        revision: ``head`` is the newest.
        scripts: Folder of the migrations.

    Raises:
        DatabaseBusyError: The database is away or busy.
        StorageError: It cannot be written, or belongs to a newer program.
        UsageError: The server is too old, or keeps text in something else than UTF-8.
    """
    _run(store, scripts, lambda config: command.upgrade(config, revision))


def downgrade(store: Store, revision: str, *, scripts: Path = MIGRATIONS) -> None:
    """Bring the database back to an older ``revision``; ``base`` is one without tables.

    Raises:
        DatabaseBusyError: The database is away or busy.
        StorageError: It cannot be written, or belongs to a newer program.
    """
    _run(store, scripts, lambda config: command.downgrade(config, revision))


def current(store: Store) -> str | None:
    """Return the revision that the database is at, None for an empty one.

    Raises:
        DatabaseBusyError: The database is away or busy.
    """
    with clear_failures(store.engine.url), store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the revision that this program works with."""
    head = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    if head is None:
        raise RuntimeError("no migration is installed; install skillmatch again")
    return head


def _run(store: Store, scripts: Path, step: Callable[[Config], None]) -> None:
    with alone(store) as connection:
        config = config_of(connection, scripts)
        check_known(connection, scripts)
        step(config)


def config_of(connection: Connection, scripts: Path = MIGRATIONS) -> Config:
    """Return what Alembic's commands work with, in the transaction of ``connection``."""
    config = Config()
    # Alembic reads % as the beginning of a variable.
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def alone(store: Store) -> Iterator[Connection]:
    """Yield a connection in a transaction that no other migration runs beside.

    Foreign keys are checked at its end.

    Raises:
        DatabaseBusyError: The database is away or busy.
        StorageError: It cannot be written, or rows refer to rows that are not there.
        UsageError: The server is too old, or keeps text in something else than UTF-8.
    """
    with clear_failures(store.engine.url), store.engine.connect() as connection:
        if store.is_sqlite:
            # A table is changed by making it anew and dropping the old one, which would take
            # along every row that refers to it. It cannot be switched off in a transaction.
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.execution_options(**{WRITES: True}).begin():
                    yield connection
                    check_references(connection)
            finally:
                raw.execute("PRAGMA foreign_keys=ON")
            return
        with connection.begin():
            _check_server(connection)
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            yield connection


def _check_server(connection: Connection) -> None:
    version = int(connection.scalar(text("SHOW server_version_num")) or 0)
    if version < OLDEST_POSTGRESQL * 10_000:
        raise UsageError(
            f"the database server is PostgreSQL {version // 10_000}; "
            f"{OLDEST_POSTGRESQL} or newer is needed"
        )
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise UsageError(
            f"the database keeps text as {encoding}, which has no room for most names; "
            "make one with: createdb --encoding UTF8 --template template0 NAME"
        )


def revisions(scripts: Path = MIGRATIONS) -> frozenset[str]:
    """Return all revisions that this program knows."""
    return frozenset(one.revision for one in ScriptDirectory(str(scripts)).walk_revisions())


def check_known(connection: Connection, scripts: Path = MIGRATIONS) -> None:
    """Refuse a database of a newer program.

    Raises:
        StorageError: It is one.
    """
    known = revisions(scripts)
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in known:
        raise StorageError(
            f"the database is at revision {found}, and this program knows them up to "
            f"{max(known, default='none')}: install a newer skillmatch. Nothing was changed"
        )


def check_references(connection: Connection) -> None:
    """Refuse rows of SQLite that refer to rows that are not there.

    Raises:
        StorageError: There are such rows.
    """
    lost = lost_rows(connection)
    if lost:
        tables = ", ".join(sorted({table for table, _ in lost}))
        raise StorageError(
            f"rows of {tables} refer to rows that are not there; nothing was changed. "
            "See skillmatch store check"
        )


def lost_rows(connection: Connection) -> list[tuple[str, int]]:
    """Return table and number of each row of SQLite that refers to one that is not there.

    PostgreSQL never holds such rows.
    """
    if connection.dialect.name != "sqlite":
        return []
    found = connection.execute(text("PRAGMA foreign_key_check"))
    return [(str(row[0]), int(row[1])) for row in found]
