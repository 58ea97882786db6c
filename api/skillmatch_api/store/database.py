"""Opening the database, and the ways to work with it: reading and writing.

with store.writing() as session:
    session.add(Person(...))
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self, TypeVar

from psycopg import Connection as PostgresConnection
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from skillmatch.errors import NotFoundError, StorageError
from skillmatch_api.settings import CONNECTIONS
from skillmatch_api.store.address import read_address
from skillmatch_api.store.columns import json_text
from skillmatch_api.store.failures import clear_failures, is_passing

BUSY_SECONDS = 15
"""How long a writer waits for another one."""

CONNECT_SECONDS = 10
"""How long a server may take to let one in."""

ATTEMPTS = 5
"""How often a transaction is tried that others stood in the way of."""

WRITES = "skillmatch_write"
"""Execution option of a SQLite connection that writes."""

_READS = "skillmatch_read"
T = TypeVar("T")


@dataclass(slots=True)
class _Written:
    """Counts writing transactions.

    Where two threads count at once, one may be lost: it is enough that the number becomes another.
    """

    times: int = 0


@dataclass(frozen=True, slots=True)
class Store:
    """One database; safe to share between threads.

    A transaction that was committed is on disk: a process that dies loses nothing acknowledged.
    """

    engine: Engine
    _written: _Written = field(default_factory=_Written, compare=False)

    @classmethod
    def open(cls, url: str, *, connections: int = CONNECTIONS, must_exist: bool = False) -> Self:
        """Name a database; ``store.migrating`` makes its tables.

        A file and its folder are made where there are none; a server is asked when it is needed.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.
            connections: How many are open at most.
            must_exist: Whether a file that is not there is refused instead of made.

        Raises:
            NotFoundError: There is no such file, and ``must_exist``.
            UsageError: It is neither.
            StorageError: The file cannot be made.
        """
        address = read_address(url)
        if address.get_backend_name() == "sqlite":
            _make_file(Path(str(address.database)), must_exist=must_exist)
        return cls(_engine(address, connections))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @property
    def state(self) -> int:
        """A number that changes whenever this process has changed the database."""
        return self._written.times

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database and cannot change it.

        What was read stays usable after its end.

        Raises:
            DatabaseBusyError: The database is away or busy.
            StorageError: It is damaged.
        """
        with clear_failures(self.engine.url), self._session() as session:
            session.connection(execution_options=self._one_state())
            yield session
            # After a rollback the driver would let the server forget its plans.
            session.commit()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes become visible together at the end, or not at all.

        SQLite lets one writer in at a time. PostgreSQL lets all in, so a row that is read in order
        to be changed is locked by reading it: ``session.get(Person, key, with_for_update=True)``.

        Raises:
            DatabaseBusyError: The database is away or busy.
            StorageError: It cannot be written.
            UsageError: A value cannot be kept.
        """
        with clear_failures(self.engine.url), self._writing() as session:
            yield session

    def write(self, work: Callable[[Session], T]) -> T:
        """Do ``work`` in one writing transaction, again where others stand in its way.

        Only for work that changes nothing outside the session.

        Raises:
            DatabaseBusyError: The database is away, or others stood in its way every time.
            StorageError: It cannot be written.
            UsageError: A value cannot be kept.
        """
        with clear_failures(self.engine.url):
            for _ in range(ATTEMPTS - 1):
                try:
                    return self._do(work)
                except StatementError as error:
                    if not is_passing(error):
                        raise
            return self._do(work)

    def scrub(self) -> None:
        """Leave no trace of deleted rows in SQLite's write-ahead log; to follow an erasure.

        Readers that still see the state before keep it until they end; the next call, or the next
        start, takes it then. PostgreSQL cleans up by itself.
        """
        if self.is_sqlite:
            with clear_failures(self.engine.url), self.engine.connect() as connection:
                raw: Any = connection.connection.driver_connection
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _do(self, work: Callable[[Session], T]) -> T:
        with self._writing() as session:
            return work(session)

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        try:
            with self._session() as session, session.begin():
                if self.is_sqlite:
                    session.connection(execution_options={WRITES: True})
                yield session
        finally:
            # After the commit: whoever looks in between still sees the state before.
            self._written.times += 1

    def _session(self) -> Session:
        return Session(self.engine, expire_on_commit=False)

    def _one_state(self) -> dict[str, Any]:
        if self.is_sqlite:
            return {_READS: True}
        return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _engine(url: URL, connections: int) -> Engine:
    # Values are of people: they belong into no message.
    shared: dict[str, Any] = {
        "pool_size": connections,
        "max_overflow": 0,
        "pool_timeout": BUSY_SECONDS,
        "hide_parameters": True,
        "json_serializer": json_text,
    }
    if url.get_backend_name() != "sqlite":
        options = {"connect_timeout": CONNECT_SECONDS, "application_name": "skillmatch"}
        wanted = {name: value for name, value in options.items() if name not in url.query}
        engine = create_engine(url, pool_pre_ping=True, connect_args=wanted, **shared)
        event.listen(engine, "connect", _set_up_postgresql)
        return engine
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, **shared)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _make_file(path: Path, *, must_exist: bool) -> None:
    if must_exist and not path.exists():
        raise NotFoundError(
            f"there is no database {path}; SKILLMATCH_DATABASE_URL says where it lies, and "
            "skillmatch store migrate makes one"
        )
    # Readable by its owner only: it holds what people entrusted to the service. The files that
    # SQLite puts beside it take over its mode.
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StorageError(
            f"the database {path} cannot be made: {error.strerror}; "
            "SKILLMATCH_DATABASE_URL or SKILLMATCH_DATA says where it lies"
        ) from error


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    # The driver must not open transactions by itself: _begin says of which kind they are.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _set_up_postgresql(connection: PostgresConnection, _: object) -> None:
    connection.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once; one that upgrades a read later can only fail.
    options = connection.get_execution_options()
    connection.exec_driver_sql(f"PRAGMA query_only = {int(options.get(_READS, False))}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(WRITES, False) else "BEGIN")
