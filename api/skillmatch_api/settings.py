"""The one reader of the service's environment; ``docs/settings.md`` names every variable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from skillmatch.errors import UsageError
from skillmatch.settings import Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSettings:
    """How the service runs.

    Attributes:
        library: Where frameworks, indexes and models lie.
        database: SQLAlchemy URL (``SKILLMATCH_DATABASE_URL``); by default a SQLite file
            ``service/skillmatch.sqlite`` in the data folder.
        host: Address to listen at (``SKILLMATCH_HOST``).
        port: Port to listen at (``SKILLMATCH_PORT``); 0 takes a free one.
        open: Whether requests without a key are let in, which only a loopback address may.
    """

    library: Settings
    database: str
    host: str = "127.0.0.1"
    port: int = 8080
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
        )


def whole_number(environ: Mapping[str, str], name: str, *, default: int, most: int) -> int:
    """Return a variable's whole number from 0 to ``most``.

    Raises:
        UsageError: It is none.
    """
    value = environ.get(name, "")
    if not value:
        return default
    if not value.isascii() or not value.isdecimal() or int(value) > most:
        raise UsageError(f"{name} must be a whole number from 0 to {most}, got {value!r}")
    return int(value)
