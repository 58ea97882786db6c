"""The one reader of the service's environment; ``docs/settings.md`` names every variable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from skillmatch.errors import UsageError
from skillmatch.settings import Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is let in; each has a variable ``SKILLMATCH_<NAME>``.

    Attributes:
        body_mib: Size of a request's body.
        bodies_mib: Size of all bodies together that are held at one time.
        read_seconds: Time for a body to arrive.
        head_seconds: Time for the head of a request to arrive, and of silence on a new connection.
        request_seconds: Time for the answer to begin.
        connections: Open connections.
        heavy: How many requests that link text are worked on at once; 0 means one a core.
        queue: How many more of them may wait.
        queue_seconds: How long one waits.
        rate: Requests a minute and caller; 0 means as many as they like.
        shutdown_seconds: Time for running requests to end after the service was told to stop.
    """

    body_mib: int = 8
    bodies_mib: int = 256
    read_seconds: int = 60
    head_seconds: int = 10
    request_seconds: int = 60
    connections: int = 512
    heavy: int = 0
    queue: int = 8
    queue_seconds: int = 10
    rate: int = 3_600
    shutdown_seconds: int = 30

    def __post_init__(self) -> None:
        """Count the cores where nothing is said."""
        if not self.heavy:
            object.__setattr__(self, "heavy", max(1, len(os.sched_getaffinity(0))))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """How the service runs.

    Attributes:
        library: Where frameworks, indexes and models lie.
        database: SQLAlchemy URL (``SKILLMATCH_DATABASE_URL``); by default a SQLite file
            ``service/skillmatch.sqlite`` in the data folder.
        host: Address to listen at (``SKILLMATCH_HOST``).
        port: Port to listen at (``SKILLMATCH_PORT``); 0 takes a free one.
        session_hours: How long a browser stays logged in (``SKILLMATCH_SESSION_HOURS``).
        open: Whether requests without a key are let in, which only a loopback address may.
    """

    library: Settings
    database: str
    host: str = "127.0.0.1"
    port: int = 8080
    session_hours: int = 12
    open: bool = False

    def __post_init__(self) -> None:
        """Refuse what would open the service to everybody.

        Raises:
            UsageError: It is to be open on an address that others can reach.
        """
        if self.open and self.host not in LOOPBACK:
            raise UsageError(
                f"--open lets everybody in, so it binds to this machine only, not to {self.host}; "
                "leave --open away and make a key with: skillmatch keys create --scope admin"
            )

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings.

        Raises:
            UsageError: A value makes no sense.
        """
        library = Settings.from_environ(environ)
        default = library.data_dir / "service" / "skillmatch.sqlite"
        return cls(
            library=library,
            database=environ.get("SKILLMATCH_DATABASE_URL") or f"sqlite:///{default}",
            host=environ.get("SKILLMATCH_HOST") or "127.0.0.1",
            port=whole_number(environ, "SKILLMATCH_PORT", default=8080, most=65_535),
            session_hours=whole_number(
                environ, "SKILLMATCH_SESSION_HOURS", default=12, least=1, most=24 * 90
            ),
        )


def whole_number(
    environ: Mapping[str, str], name: str, *, default: int, most: int, least: int = 0
) -> int:
    """Return a variable's whole number from ``least`` to ``most``.

    Raises:
        UsageError: It is none.
    """
    value = environ.get(name, "")
    if not value:
        return default
    if not value.isascii() or not value.isdecimal() or not least <= int(value) <= most:
        raise UsageError(f"{name} must be a whole number from {least} to {most}, got {value!r}")
    return int(value)
