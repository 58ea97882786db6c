"""A read-only connection to one installed framework."""

from __future__ import annotations

import sqlite3
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from skillmatch.errors import DataError, IndexMismatchError, NotFoundError
from skillmatch.store.rows import Row
from skillmatch.store.schema import APPLICATION_ID, SCHEMA_VERSION

HEADER = 100
BLOCK = 2000
# SQLite's extended codes carry the primary one in their low byte.
PRIMARY_CODE = 0xFF
DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR})


class Connection:
    """One SQLite connection that any number of threads may read from.

    Rows are fetched under a lock, in blocks, so that several iterators can be half way at once.

    Raises:
        NotFoundError: There is no file at ``path``.
        DataError: The file is damaged, cut short, or no installed framework.
        IndexMismatchError: Another version of the program wrote it.
    """

    def __init__(self, path: Path) -> None:
        _check_header(path)
        self._path = path
        self._lock = threading.Lock()
        # The file is never changed, only replaced as a whole: SQLite needs no locks on it.
        self._sqlite = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )

    def close(self) -> None:
        """Let go of the file; closing twice does no harm."""
        with self._lock:
            self._sqlite.close()

    def rows(self, sql: str, values: tuple[object, ...] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self._lock, _damage_reported(self._path):
            return self._sqlite.execute(sql, values).fetchall()

    def row(self, sql: str, values: tuple[object, ...] = ()) -> Row | None:
        """Return the first row of a query, or None."""
        with self._lock, _damage_reported(self._path):
            found: Row | None = self._sqlite.execute(sql, values).fetchone()
            return found

    def stream(self, sql: str, values: tuple[object, ...] = ()) -> Iterator[Row]:
        """Yield the rows of a query without holding all of them."""
        with self._lock, _damage_reported(self._path):
            cursor = self._sqlite.execute(sql, values)
        while True:
            with self._lock, _damage_reported(self._path):
                block = cursor.fetchmany(BLOCK)
            if not block:
                return
            yield from block


@contextmanager
def _damage_reported(path: Path) -> Iterator[None]:
    """Turn SQLite's complaints about a file into ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # Anything else is a mistake of the program and no fault of the file.
        if getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE not in DAMAGE:
            raise
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, what: str) -> DataError:
    return DataError(
        f"the installed framework is damaged ({what}); run `{_install(path)}` again",
        path=path,
    )


def _install(path: Path) -> str:
    """Return the command that makes the file.

    Both ``esco-1.1.1/framework.sqlite``, as installed, and ``esco-1.1.1.sqlite`` are
    ``esco@1.1.1``.
    """
    name = path.parent.name if path.stem == "framework" else path.stem
    return f"skillmatch frameworks install {name.replace('-', '@', 1)}"


def _check_header(path: Path) -> None:
    """Compare the file with its own header, which costs one read and no parsing."""
    if not path.is_file():
        raise NotFoundError(
            f"no framework is installed at {path}; `skillmatch frameworks list` shows what is "
            "installed, `skillmatch frameworks install` adds one"
        )
    with path.open("rb") as stream:
        head = stream.read(HEADER)
    if len(head) < HEADER or not head.startswith(b"SQLite format 3\0"):
        raise _damaged(path, "it is no SQLite file")
    # Source: https://www.sqlite.org/fileformat.html#the_database_header
    page_size, pages = struct.unpack_from(">H", head, 16)[0], struct.unpack_from(">I", head, 28)[0]
    version, application = (
        struct.unpack_from(">I", head, 60)[0],
        struct.unpack_from(">I", head, 68)[0],
    )
    if application != APPLICATION_ID:
        raise _damaged(path, "it is another program's SQLite file")
    if version != SCHEMA_VERSION:
        raise IndexMismatchError(
            f"{path} was written by another version of skillmatch (layout {version}, this one "
            f"reads {SCHEMA_VERSION}); run `{_install(path)}` again",
            field="schema",
        )
    if path.stat().st_size != page_size * pages:
        raise _damaged(path, f"it has {path.stat().st_size} bytes of {page_size * pages}")
