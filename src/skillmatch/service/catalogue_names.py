"""Where imported catalogues lie, and which one a name or a path means.

::

    <data>/catalogues/<name>.json           one imported catalogue
    <data>/catalogues/.proposed/*.jsonl     skills that words of offers name (see proposed_skills)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.settings import Settings

NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class CataloguePlaces:
    """The folder of imported catalogues; it may be missing."""

    folder: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Return the folder that settings name."""
        return cls(settings.data_dir / "catalogues")

    @property
    def proposed(self) -> Path:
        """Folder of what words were found to name."""
        return self.folder / ".proposed"

    def path(self, name: str) -> Path:
        """Return the file of a catalogue, imported or not.

        Raises:
            UsageError: ``name`` is no name, and might leave the data folder.
        """
        if not NAME.fullmatch(name):
            raise UsageError(
                f"{name!r} is no name of a catalogue; names look like city-college-2026: small "
                "letters, digits, dots and hyphens, at most 64 of them"
            )
        return self.folder / f"{name}.json"

    def names(self) -> tuple[str, ...]:
        """Return the names of all imported catalogues, sorted."""
        found = (path.stem for path in self.folder.glob("*.json") if path.is_file())
        return tuple(sorted(name for name in found if NAME.fullmatch(name)))

    def meant(self, named: str | Path) -> Path:
        """Return the file or folder that a name or path means; an imported name comes first.

        Raises:
            NotFoundError: There is neither; the message says which names there are.
        """
        text = str(named)
        if isinstance(named, str) and NAME.fullmatch(text) and self.path(text).is_file():
            return self.path(text)
        path = Path(named)
        if path.exists():
            return path
        known = ", ".join(self.names()) or "none"
        raise NotFoundError(
            f"there is no catalogue {text} (imported: {known}) and no such file or folder; name "
            "a file, a folder or a zip of offers, or run `skillmatch catalogue import`"
        )


def name_for(source: Path) -> str:
    """Return the name that a source is imported under where none is given.

    Raises:
        UsageError: Nothing of its name can be kept.
    """
    stem = source.resolve().name if source.is_dir() else source.resolve().stem
    name = _OTHER.sub("-", stem.lower()).strip("-")[:64].strip("-")
    if not name:
        raise UsageError(f"no name can be made of {source}; give one with --name")
    return name
