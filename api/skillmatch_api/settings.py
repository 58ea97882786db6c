"""The one reader of the service's environment; ``docs/settings.md`` names every variable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import urlsplit

from skillmatch.errors import UsageError
from skillmatch.settings import Settings
from skillmatch_api.oidc_settings import THIS_MACHINE, OidcSettings

LOOPBACK = THIS_MACHINE
"""Addresses and names that only this machine itself has."""

DEFAULT_TENANT = "default"
"""Name of the organisation that is meant where none is named."""

MOST_KEY_DAYS = 3650
"""Days that a key may count at most."""


def _limit(variable: str, default: int, *, least: int = 1) -> Any:  # noqa: ANN401 - as field()
    """Return a field of ``Limits`` that an environment variable sets."""
    return field(default=default, metadata={"variable": variable, "least": least})


CONNECTIONS: Final = 30
"""To the database, where no setting says; PostgreSQL has 100 for all processes together."""

MOST_HEAVY: Final = 8
"""Requests that link text, at once, where no setting says: on more cores, start more processes."""

MOST_LIGHT: Final = 16
"""The same of requests that look something up; each of all these may need a thread of the 40 that
there are, and a connection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much is let in.

    Attributes:
        body_mib: Size of a request's body.
        bodies_mib: Size of all bodies together that are held at one time.
        read_seconds: Time for a body to arrive.
        head_seconds: Time for the head of a request to arrive, and of silence on a new connection.
        request_seconds: Time for the answer to begin.
        connections: Open connections.
        requests: How many requests may be without an answer at one time.
        heavy: How many requests that link text are worked on at once; 0 means one a core,
            but no more than ``MOST_HEAVY``.
        queue: How many more of them may wait.
        light: How many requests that look something up are worked on at once; 0 means four a core,
            but no more than ``MOST_LIGHT``.
        light_queue: How many more of them may wait.
        queue_seconds: How long one waits in either queue.
        streams: How many streams of events may be open.
        streams_each: How many of them may be one caller's.
        rate: Requests a minute and caller; 0 means as many as they like.
        shutdown_seconds: Time for running requests to end after the service was told to stop.
    """

    body_mib: int = _limit("SKILLMATCH_BODY_MIB", 8)
    bodies_mib: int = _limit("SKILLMATCH_BODIES_MIB", 256)
    read_seconds: int = _limit("SKILLMATCH_READ_SECONDS", 60)
    head_seconds: int = _limit("SKILLMATCH_HEAD_SECONDS", 10)
    request_seconds: int = _limit("SKILLMATCH_REQUEST_SECONDS", 60)
    connections: int = _limit("SKILLMATCH_CONNECTIONS", 512)
    requests: int = _limit("SKILLMATCH_REQUESTS", 128)
    heavy: int = _limit("SKILLMATCH_HEAVY", 0, least=0)
    queue: int = _limit("SKILLMATCH_QUEUE", 4, least=0)
    light: int = _limit("SKILLMATCH_LIGHT", 0, least=0)
    light_queue: int = _limit("SKILLMATCH_LIGHT_QUEUE", 32, least=0)
    queue_seconds: int = _limit("SKILLMATCH_QUEUE_SECONDS", 2)
    streams: int = _limit("SKILLMATCH_STREAMS", 64)
    streams_each: int = _limit("SKILLMATCH_STREAMS_EACH", 8)
    rate: int = _limit("SKILLMATCH_RATE", 3_600, least=0)
    shutdown_seconds: int = _limit("SKILLMATCH_SHUTDOWN_SECONDS", 30)

    def __post_init__(self) -> None:
        """Count the cores where nothing is said."""
        if not self.heavy:
            object.__setattr__(self, "heavy", min(_cores(), MOST_HEAVY))
        if not self.light:
            # Few threads at once: each of them takes turns with all others.
            object.__setattr__(self, "light", min(4 * _cores(), MOST_LIGHT))

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Self:
        """Read the limits.

        Raises:
            UsageError: One is no whole number, or out of its range.
        """
        given = {
            one.name: whole_number(
                environ,
                one.metadata["variable"],
                default=int(str(one.default)),
                least=one.metadata["least"],
                most=_MOST_OF_A_LIMIT,
            )
            for one in fields(cls)
        }
        return cls(**given)


_MOST_OF_A_LIMIT = 1_000_000


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """How the service runs.

    Attributes:
        library: Where frameworks, indexes and models lie.
        database: SQLAlchemy URL (``SKILLMATCH_DATABASE_URL``); by default a SQLite file
            ``service/skillmatch.sqlite`` in the data folder.
        connections: To the database, at most (``SKILLMATCH_DATABASE_CONNECTIONS``).
        host: Address to listen at (``SKILLMATCH_HOST``).
        port: Port to listen at (``SKILLMATCH_PORT``); 0 takes a free one.
        session_hours: How long a browser stays logged in (``SKILLMATCH_SESSION_HOURS``).
        key_days: How long a key counts where nothing is said (``SKILLMATCH_KEY_DAYS``).
        oidc: The identity provider whose tokens are taken (``oidc_settings``).
        open: Whether requests without a key are let in, which only a loopback address may.
        issuers: File of the issuers that are believed where candidates show badges
            (``SKILLMATCH_ISSUERS``); without one no badge of theirs is verified.
        badge_documents: Map of web addresses to files for the same
            (``SKILLMATCH_BADGE_DOCUMENTS``).
        job_workers: How many jobs this process works on at once (``SKILLMATCH_JOB_WORKERS``, 1
            where nothing is said); 0 leaves them to other processes.
        job_days: How long a job's result is kept after its end (``SKILLMATCH_JOB_DAYS``).
        watch_seconds: How often the data folder is looked at for a new release
            (``SKILLMATCH_WATCH_SECONDS``); 0 never.
        limits: How much is let in.
        origins: Other web origins whose scripts may read answers (``SKILLMATCH_CORS``).
    """

    library: Settings
    database: str
    connections: int = CONNECTIONS
    host: str = "127.0.0.1"
    port: int = 8080
    session_hours: int = 12
    key_days: int = 365
    oidc: OidcSettings | None = None
    open: bool = False
    issuers: Path | None = None
    badge_documents: Path | None = None
    job_workers: int = 0
    job_days: int = 7
    watch_seconds: int = 5
    limits: Limits = field(default_factory=Limits)
    origins: tuple[str, ...] = ()

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
            connections=whole_number(
                environ, "SKILLMATCH_DATABASE_CONNECTIONS", default=CONNECTIONS, least=2, most=1000
            ),
            host=environ.get("SKILLMATCH_HOST") or "127.0.0.1",
            port=whole_number(environ, "SKILLMATCH_PORT", default=8080, most=65_535),
            session_hours=whole_number(
                environ, "SKILLMATCH_SESSION_HOURS", default=12, least=1, most=24 * 90
            ),
            key_days=whole_number(
                environ, "SKILLMATCH_KEY_DAYS", default=365, least=1, most=MOST_KEY_DAYS
            ),
            oidc=OidcSettings.from_environ(environ),
            issuers=_path(environ.get("SKILLMATCH_ISSUERS", "")),
            badge_documents=_path(environ.get("SKILLMATCH_BADGE_DOCUMENTS", "")),
            job_workers=whole_number(environ, "SKILLMATCH_JOB_WORKERS", default=1, most=64),
            job_days=whole_number(environ, "SKILLMATCH_JOB_DAYS", default=7, least=1, most=3650),
            watch_seconds=whole_number(
                environ, "SKILLMATCH_WATCH_SECONDS", default=5, most=24 * 3600
            ),
            limits=Limits.from_environ(environ),
            origins=_origins(environ.get("SKILLMATCH_CORS", "")),
        )


def _path(value: str) -> Path | None:
    return Path(value).expanduser() if value else None


def _origins(value: str) -> tuple[str, ...]:
    """Return web origins that are listed with commas or spaces between them.

    Raises:
        UsageError: One is no origin.
    """
    origins = tuple(value.replace(",", " ").split())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or origin != f"{parts.scheme}://{parts.netloc}":
            raise UsageError(
                f"SKILLMATCH_CORS lists origins such as https://careers.example.org, got {origin!r}"
            )
    return origins


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
