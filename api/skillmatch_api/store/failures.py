"""What drivers raise, as errors that say what happened and what to do.

Messages of a server may quote values of rows, so of those only what concerns the connection is
shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from skillmatch.errors import SkillmatchError, StorageError, UsageError
from skillmatch_api.errors import DatabaseBusyError, DatabaseDamagedError
from skillmatch_api.store.address import shown

AWAY_SECONDS = 5
"""After which a database that cannot be reached may be tried again."""

_BUSY = "the database is busy with other writes; try again"
_UNKEEPABLE = "a text or number cannot be kept: no text may hold the character U+0000"
_DAMAGED = (
    "is no database, or damaged: stop the service, move the file aside with its -wal and -shm, and "
    "restore a backup in its place (skillmatch store restore)"
)

_SQLITE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SQLITE_STORAGE = {
    sqlite3.SQLITE_FULL: "no space is left for the database",
    sqlite3.SQLITE_READONLY: "the database cannot be written",
    sqlite3.SQLITE_PERM: "the database may not be opened",
    sqlite3.SQLITE_CANTOPEN: "the database cannot be opened; its folder must be there and writable",
    sqlite3.SQLITE_IOERR: "the disk of the database fails",
}
# Classes and codes of PostgreSQL's SQLSTATE. Source: its manual, appendix A.
_AGAIN = frozenset({"40001", "40P01"})
_LOCKED = frozenset({"55P03", "55006"})
_AWAY = ("08", "28", "3D", "57P", "53300")
_STORAGE = {
    "53100": "no space is left for the database",
    "25006": "the database cannot be written: its server is read-only",
    "42501": "the user of the database may not do this; it must own the database",
}


# Who sets the service up meets these. A server may say them in a language of its own.
_TO_MAKE = {
    'database "': "make it with: createdb --owner USER --encoding UTF8 --template template0 NAME",
    'role "': "make it with: createuser --pwprompt NAME",
}


def is_passing(error: StatementError) -> bool:
    """Return whether the same transaction, tried at once again, may succeed."""
    return getattr(error.orig, "sqlstate", None) in _AGAIN


@contextmanager
def clear_failures(url: URL) -> Iterator[None]:
    """Raise what a database at ``url`` raises as an error of ours, where there is one.

    Violated constraints and mistakes of the program stay what they are.

    Raises:
        DatabaseBusyError: It is away or busy; trying again may help.
        StorageError: It cannot be written, or is damaged.
        UsageError: A value cannot be kept.
    """
    try:
        yield
    except StatementError as error:
        clear = _clear(error, url)
        if clear is None:
            raise
        raise clear from error
    except PoolTimeoutError as error:
        raise DatabaseBusyError("all connections to the database are in use") from error


def _clear(error: StatementError, url: URL) -> SkillmatchError | None:
    cause = error.orig
    if isinstance(cause, SkillmatchError):
        return cause
    if isinstance(cause, UnicodeEncodeError):
        return UsageError("a text cannot be kept: it holds half a character (a lone surrogate)")
    if isinstance(cause, sqlite3.Error):
        return _of_sqlite(cause, shown(url))
    return _of_postgresql(error, url) if isinstance(error, DBAPIError) else None


def _of_sqlite(cause: sqlite3.Error, place: str) -> SkillmatchError | None:
    # The lowest byte is the class of the error, the others tell more of it.
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _SQLITE_BUSY:
        return DatabaseBusyError(_BUSY)
    if code in _SQLITE_DAMAGED:
        return DatabaseDamagedError(f"{place} {_DAMAGED}")
    if code in _SQLITE_STORAGE:
        return StorageError(f"{_SQLITE_STORAGE[code]}: {place}")
    return None


def _of_postgresql(error: DBAPIError, url: URL) -> SkillmatchError | None:
    code = getattr(error.orig, "sqlstate", None)
    if code is None:
        lost = error.connection_invalidated or type(error).__name__ == "OperationalError"
        return _away(error, url) if lost else None
    if code.startswith(_AWAY):
        return _away(error, url)
    if code in _AGAIN or code in _LOCKED:
        return DatabaseBusyError(_BUSY)
    if code.startswith("22"):
        return UsageError(_UNKEEPABLE)
    return StorageError(f"{_STORAGE[code]}: {shown(url)}") if code in _STORAGE else None


def _away(error: DBAPIError, url: URL) -> DatabaseBusyError:
    lines = [line.strip().rstrip("?") for line in str(error.orig).splitlines()]
    why = "; ".join(filter(None, lines)) or "it does not answer"
    if url.password:
        why = why.replace(str(url.password), "***")
    hints = (how for what, how in _TO_MAKE.items() if what in why and "does not exist" in why)
    return DatabaseBusyError(
        f"no connection to the database {shown(url)}: {why}; "
        f"{next(hints, 'see SKILLMATCH_DATABASE_URL')}",
        retry_after=AWAY_SECONDS,
    )
