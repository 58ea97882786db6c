"""Label spaces: an installed framework as it is, or one that was changed for a task.

A changed framework is written once below ``<data>/evaluation/<digest>/``, a data folder of its
own in which the program installs, indexes and links as it always does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from evaluation.tasks.task import Entry, LabelSpace
from skillmatch.errors import NotFoundError
from skillmatch.model.concept import ConceptKind, LabelKind
from skillmatch.model.framework import Framework
from skillmatch.service.choice import choose_frameworks
from skillmatch.service.places import Places, writes_reported
from skillmatch.settings import Settings
from skillmatch.store import FrameworkDb, content_digest, write_framework

SHARED = ("models", "vectors")
"""Parts of the data folder that depend on no framework."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A framework that the user installed."""

    settings: Settings
    framework: str
    digest: str

    def open(self) -> Settings:
        """Return the user's own settings."""
        return self.settings


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Derived:
    """A framework made for a task; written when it is first opened.

    Attributes:
        digest: Of ``content``, which is what ``of`` computes.
    """

    settings: Settings
    content: Framework
    digest: str

    @classmethod
    def of(cls, settings: Settings, content: Framework) -> Self:
        """Return the place of a changed framework."""
        return cls(settings=settings, content=content, digest=content_digest(content))

    @property
    def framework(self) -> str:
        """Id of the framework that it was made from."""
        return self.content.id

    def open(self) -> Settings:
        """Write the framework unless it is there, and return settings that find it.

        Raises:
            StorageError: The data folder cannot be written.
        """
        folder = self.settings.data_dir / "evaluation" / self.digest[:16]
        settings = replace(self.settings, data_dir=folder)
        path = Places.of(settings).database(self.framework)
        with writes_reported(self.settings.data_dir):
            path.parent.mkdir(parents=True, exist_ok=True)
            for name in SHARED:
                _share(self.settings.data_dir / name, folder / name)
            if not path.is_file():
                write_framework(self.content, path)
        return settings


def _share(theirs: Path, ours: Path) -> None:
    theirs.mkdir(exist_ok=True)
    if not ours.is_symlink():
        ours.symlink_to(theirs.resolve(), target_is_directory=True)


def find_framework(settings: Settings, name: str) -> tuple[str, Path]:
    """Return id and file of an installed framework, as in ``esco@1.1.0``.

    Raises:
        NotFoundError: It is not installed; the message says what to run.
    """
    places = Places.of(settings)
    (framework_id,) = choose_frameworks(places, [name])
    return framework_id, places.get_database(framework_id)


def space_of(db: FrameworkDb, kind: ConceptKind, settings: Settings) -> LabelSpace:
    """Return the released concepts of a kind with their English labels.

    Raises:
        NotFoundError: The framework has none.
    """
    place = Installed(settings=settings, framework=db.info.id, digest=db.info.digest)
    return LabelSpace(kind=kind, entries=_entries(db, kind), place=place)


def _entries(db: FrameworkDb, kind: ConceptKind) -> tuple[Entry, ...]:
    labels: dict[str, list[str]] = {}
    pref: dict[str, str] = {}
    chosen = (LabelKind.PREF, LabelKind.ALT)
    for row in db.label_rows(kinds=(kind,), label_kinds=chosen, language="en"):
        if row.kind is LabelKind.PREF:
            pref[row.uri] = row.text
        else:
            labels.setdefault(row.uri, []).append(row.text)
    if not pref:
        raise NotFoundError(f"{db.info.id} has no {kind.value} with an English label")
    return tuple(
        Entry(uri=uri, pref=text, alts=tuple(labels.get(uri, ())))
        for uri, text in sorted(pref.items())
    )
