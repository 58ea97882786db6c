"""The one reader of the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import NotFoundError, UsageError

PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    """Return a folder of files that ship with the program, from the wheel or the checkout."""
    for folder in (PACKAGE / "_bundled" / name, PACKAGE.parent.parent / name):
        if folder.is_dir():
            return folder
    raise NotFoundError(f"the folder {name}/ is missing from this installation; install it again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things lie and what is allowed.

    Attributes:
        data_dir: Installed frameworks, indexes, models and caches (``SKILLMATCH_DATA``).
        manifests: Folder of framework manifests.
        recipes: Folder of index recipes.
        allow_network: Whether publishers' URLs may be fetched (``SKILLMATCH_ONLINE=1``). The
            package index is asked only by ``setup`` and ``frameworks install``.
        threads: Threads for encoding and search (``SKILLMATCH_THREADS``); 0 means all cores.
    """

    data_dir: Path
    manifests: Path
    recipes: Path
    allow_network: bool = False
    threads: int = 0

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read settings; see ``docs/settings.md`` for each variable.

        Raises:
            UsageError: A value makes no sense.
        """
        return cls(
            data_dir=_data_dir(environ),
            manifests=_bundled("frameworks"),
            recipes=_bundled("indexes"),
            allow_network=environ.get("SKILLMATCH_ONLINE", "") == "1",
            threads=_threads(environ.get("SKILLMATCH_THREADS", "")),
        )


def _threads(value: str) -> int:
    if value and not value.isdecimal():
        raise UsageError(f"SKILLMATCH_THREADS must be a whole number from 0, got {value!r}")
    return int(value or 0)


def _data_dir(environ: Mapping[str, str]) -> Path:
    if chosen := environ.get("SKILLMATCH_DATA"):
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("skillmatch", appauthor=False)
