"""Addresses of databases: what people write, and what may be shown of it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from skillmatch.errors import UsageError

_FILE = "sqlite:///"
_EXPECTED = "write sqlite:////path/to/file or postgresql://user@host/name"


def read_address(text: str) -> URL:
    """Return the address of a database.

    Whatever follows ``sqlite:///`` is a path as it stands: relative to where the program runs, with
    a leading ``~`` for the home folder, and free to hold ``?``, ``%`` or spaces.

    Raises:
        UsageError: It is none of SQLite or PostgreSQL, or names no file. The message never holds
            the address, which may carry a password.
    """
    kind = text.partition(":")[0].partition("+")[0]
    if kind == "sqlite":
        return _file_address(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise UsageError(f"SKILLMATCH_DATABASE_URL is no database address; {_EXPECTED}") from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise UsageError(
            f"no database of the kind {kind!r}; there are sqlite and postgresql: {_EXPECTED}"
        )
    if not url.database:
        raise UsageError(f"the address of the database names no database; {_EXPECTED}")
    return url.set(drivername="postgresql+psycopg")


def _file_address(text: str) -> URL:
    path = text.removeprefix(_FILE)
    if path == text or path in {"", ":memory:"}:
        raise UsageError(f"the address of the database names no file; {_EXPECTED}")
    try:
        full = Path(path).expanduser().absolute()
    except RuntimeError as error:
        raise UsageError(f"there is no such home folder: {path}") from error
    if full.is_dir():
        raise UsageError(f"{full} is a folder; name the file in it that holds the database")
    return URL.create("sqlite", database=str(full))


def shown(url: URL) -> str:
    """Return an address without a password, to be shown in messages."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    port = "" if url.port is None else f":{url.port}"
    user = "" if url.username is None else f"{url.username}@"
    return f"postgresql://{user}{url.host or ''}{port}/{url.database}"
