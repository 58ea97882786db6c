"""Opening the database, and the two ways to work with it: reading and writing.

with store.writing() as session:
    session.add(Person(...))
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError

BUSY_SECONDS = 15
"""How long a SQLite writer waits for another one."""


@dataclass(frozen=True, slots=True)
class Store:
    """One database; safe to share between threads.

    A transaction that was committed is on disk: a process that dies loses nothing acknowledged.
    """

    engine: Engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a database; ``store.migrating`` makes its tables.

        Args:
            url: ``sqlite:///FILE`` or ``postgresql://USER@HOST/NAME``.

        Raises:
            UsageError: It is neither.
        """
        return cls(_engine(_parsed(url)))

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session that sees one state of the database and changes nothing.

        What was read stays usable after its end.
        """
        with Session(self.engine, expire_on_commit=False) as session:
            session.info["reading"] = True
            session.connection(execution_options=self._one_state())
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Yield a session whose changes become visible together at the end, or not at all."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            if self.is_sqlite:
                session.connection(execution_options={"skillmatch_write": True})
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    def _one_state(self) -> dict[str, Any]:
        return {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise UsageError(
            "SKILLMATCH_DATABASE_URL is no database address; write sqlite:////path/to/file or "
            "postgresql://user@host/name"
        ) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise UsageError(f"no database of the kind {backend!r}; there are sqlite and postgresql")
    return url


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    if url.database and url.database != ":memory:":
        # Readable by its owner only: it holds what people entrusted to the service.
        Path(url.database).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: sqlite3.Connection, _: object) -> None:
    # The driver must not open transactions by itself: _begin says of which kind they are.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once; one that upgrades a read later can only fail.
    writes = connection.get_execution_options().get("skillmatch_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
