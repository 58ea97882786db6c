"""What a provider has: a folder of badges, one file, or a sheet; each achievement once."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.model.achievement import Achievement, Alignment, OutcomeStatement, StatementKind
from skillmatch.model.alignment import Badge
from skillmatch.model.credential import Credential
from skillmatch.service.places import Progress, silent
from skillmatch.text.outcomes import outcome_statements

SHEET = "sheet"
MAX_FILES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderBadges:
    """The badges of a file or folder.

    Attributes:
        badges: By file, then pointer; an achievement that several credentials embed is there once.
        notes: What was left out and why, one sentence each.
    """

    badges: tuple[Badge, ...]
    notes: tuple[str, ...] = ()


def read_provider_badges(
    path: Path,
    *,
    relative_to: Path | None = None,
    skip: Collection[Path] = (),
    progress: Progress = silent,
) -> ProviderBadges:
    """Return every achievement in a sheet, a credential file, an archive or a folder of these.

    Args:
        path: What the provider named.
        relative_to: Folder that file names are told from; by default that of ``path``.
        skip: Files in the folder that are the program's own, and no badges.
        progress: Told how many files were read.

    Raises:
        NotFoundError: There is no such file or folder.
        UnreadableError: It holds no badge at all; the message says why.
        DataError: A sheet is at fault.
    """
    from skillmatch.readers.alignments import is_sheet

    root = (relative_to or (path if path.is_dir() else path.parent)).resolve()
    if is_sheet(path):
        return _read_sheet(path, root)
    found: list[Badge] = []
    notes: list[str] = []
    own = {one.resolve() for one in skip}
    files = [one for one in _files(path) if one.resolve() not in own]
    for place, file in enumerate(files):
        progress("reading badges", place, len(files))
        badges, faults = _read_file(file, root, single=not path.is_dir())
        found += badges
        notes += faults
    progress("reading badges", len(files), len(files))
    kept, doubles = _distinct(found)
    notes += doubles
    if not kept:
        reasons = "; ".join(notes[:3])
        raise UnreadableError(
            f"{path} holds no badge to align" + (f": {reasons}" if reasons else "")
        )
    return ProviderBadges(badges=tuple(kept), notes=tuple(notes))


def _files(path: Path) -> Sequence[Path]:
    if not path.exists():
        raise NotFoundError(f"there is no file or folder {path}; check the name and the folder")
    if not path.is_dir():
        return [path]
    files = sorted(
        one
        for one in path.rglob("*")
        if one.is_file() and not any(part.startswith(".") for part in one.relative_to(path).parts)
    )
    if len(files) > MAX_FILES:
        raise UnreadableError(f"holds more than {MAX_FILES} files; give a folder in it", path=path)
    return files


def _read_file(file: Path, root: Path, *, single: bool) -> tuple[list[Badge], list[str]]:
    """Read one file on its own, so that no other file of a large folder uses up its budget."""
    from skillmatch.readers.credentials import read_wallet

    name = _relative(file, root)
    try:
        wallet = read_wallet(file)
    except UnreadableError as fault:
        if single:
            raise
        return [], [f"{name} was left out: {str(fault).removeprefix(f'{file}: ')}"]
    badges: list[Badge] = []
    notes = [f"{_member(name, one.source)} was left out: {one.reason}" for one in wallet.unread]
    for credential in wallet.credentials:
        badges += _badges_of(credential, _member(name, credential.source))
    if wallet.credentials and not badges:
        notes.append(f"{name} was left out: no achievement in it says what it is about")
    return badges, notes


def _relative(file: Path, root: Path) -> str:
    return Path(os.path.relpath(file.resolve(), root)).as_posix()


def _member(name: str, source: str) -> str:
    """Return the name of a file, with the member of an archive that a source names."""
    _, mark, member = source.partition("!")
    return f"{name}{mark}{member}"


def _badges_of(credential: Credential, file: str) -> Iterator[Badge]:
    for achievement in credential.achievements:
        if achievement.name or achievement.description or achievement.criteria:
            yield _badge(achievement, credential, file)
    for part in credential.parts:
        yield from _badges_of(part, file)


def _badge(achievement: Achievement, credential: Credential, file: str) -> Badge:
    base = achievement.pointer
    return Badge(
        id=achievement.id or f"{file}#{credential.pointer}{base}",
        name=achievement.name,
        file=file,
        pointer=base,
        format=credential.format.value,
        statements=tuple(
            replace(one, pointer=one.pointer.removeprefix(base)) for one in _statements(achievement)
        ),
        alignments=tuple(_inside(one, base) for one in achievement.alignments),
        document=credential.document,
    )


def _statements(achievement: Achievement) -> Iterator[OutcomeStatement]:
    """Yield each statement once; the name only where nothing else says what it is about.

    A line that ends with a colon leads to what follows and says nothing itself.
    """
    seen = set()
    statements = outcome_statements(achievement)
    for one in statements:
        key = (one.pointer, " ".join(one.text.split()))
        named = one.kind is StatementKind.NAME and len(statements) > 1
        if key not in seen and not named and not one.text.endswith(":"):
            seen.add(key)
            yield one


def _inside(alignment: Alignment, base: str) -> Alignment:
    return replace(alignment, pointer=alignment.pointer.removeprefix(base))


def _distinct(badges: Sequence[Badge]) -> tuple[list[Badge], list[str]]:
    """Keep each achievement once; of one id with different texts the first, and say so."""
    kept: dict[str, Badge] = {}
    notes = []
    for badge in badges:
        first = kept.setdefault(badge.id, badge)
        if _said(first) != _said(badge):
            notes.append(
                f"{badge.file} was left out: {first.file} has the same badge id ({badge.id}) with "
                "other words; give a new version its own id, or align it on its own"
            )
    return list(kept.values()), notes


def _said(badge: Badge) -> tuple[object, ...]:
    own = tuple(
        (one.target_url, one.target_name)
        for one in badge.alignments
        if not one.pointer.startswith("/credentialSubject/result")
    )
    return tuple(one.text for one in badge.statements), own


def _read_sheet(path: Path, root: Path) -> ProviderBadges:
    from skillmatch.readers.alignments import read_outcome_sheet
    from skillmatch.readers.alignments.course_draft import course_document, course_statements

    sheet = read_outcome_sheet(path)
    file = _relative(path, root)
    badges = tuple(
        Badge(
            id=course.id,
            name=course.name,
            file=file,
            pointer="",
            format=SHEET,
            statements=course_statements(course),
            document=course_document(course),
        )
        for course in sheet.courses
    )
    return ProviderBadges(badges=badges, notes=sheet.notes)
