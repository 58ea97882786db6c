"""Postings by the hundred: files, folders of them, and lines of JSON, each counted once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from skillmatch.errors import DataError, NotFoundError, SkillmatchError, UnreadableError
from skillmatch.model.demand import UnreadPosting
from skillmatch.model.posting import Posting
from skillmatch.model.requirement import Checklist
from skillmatch.text.normal import normal_form

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".json", ".jsonld"})
"""Files of a folder that are taken for postings; others are left alone and counted."""
LINES = frozenset({".jsonl", ".ndjson"})
MAX_POSTINGS = 100_000

Progress: TypeAlias = Callable[[int, int], None]
Read: TypeAlias = Callable[[Posting], Checklist]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyPostings:
    """What many postings ask for.

    Attributes:
        checklists: Of the postings that ask for something, in the order of the sources.
        unread: Those that are not counted, and why, in the same order.
        notes: One sentence on whatever was left out on purpose.
    """

    checklists: tuple[Checklist, ...] = ()
    unread: tuple[UnreadPosting, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A posting that is yet to be read: a file, or a line of one."""

    name: str
    path: Path
    line: str = ""


def read_many(sources: Sequence[Path], read: Read, *, progress: Progress) -> ManyPostings:
    """Read every posting of ``sources`` and what it asks for.

    A posting that cannot be read, or asks for nothing, is left out with the reason; of two with the
    same words the first one counts.

    Args:
        sources: Files, folders (searched to the bottom), and ``.jsonl`` files of
            ``{"id": …, "text": …}``.
        read: Reads what one posting asks for.
        progress: Told how many postings are done, of how many.

    Raises:
        NotFoundError: A source does not exist, or holds nothing that could be a posting.
        DataError: There are more than ``MAX_POSTINGS``.
    """
    places, passed = _places(sources)
    checklists: list[Checklist] = []
    unread: list[UnreadPosting] = []
    seen: set[str] = set()
    twice = 0
    for done, place in enumerate(places, 1):
        try:
            posting = _posting(place)
            digest = hashlib.sha256(normal_form(posting.text).encode()).hexdigest()
            if digest in seen:
                twice += 1
            else:
                seen.add(digest)
                checklists.append(_checklist(read(posting), place))
        except SkillmatchError as error:
            unread.append(UnreadPosting(source=place.name, reason=str(error)))
        progress(done, len(places))
    return ManyPostings(
        checklists=tuple(checklists), unread=tuple(unread), notes=_notes(twice, passed)
    )


def _places(sources: Sequence[Path]) -> tuple[list[_Place], int]:
    """Return every posting to read, and how many files of folders are none."""
    places: list[_Place] = []
    passed = 0
    for source in sources:
        if not source.exists():
            raise NotFoundError(f"there is no file or folder {source}; check the name")
        found, none = _of_folder(source) if source.is_dir() else (_of_file(source, str(source)), 0)
        if not found:
            kinds = ", ".join(sorted(SUFFIXES | LINES))
            raise NotFoundError(f"{source} holds no posting; expected files of the kinds {kinds}")
        places.extend(found)
        passed += none
    if len(places) > MAX_POSTINGS:
        raise DataError(f"{len(places):,} postings are more than {MAX_POSTINGS:,}; give fewer")
    return places, passed


def _of_folder(folder: Path) -> tuple[list[_Place], int]:
    files = sorted(one for one in folder.rglob("*") if one.is_file() and not _hidden(one))
    known = [one for one in files if one.suffix.lower() in SUFFIXES | LINES]
    found = [place for one in known for place in _of_file(one, one.relative_to(folder).as_posix())]
    return found, len(files) - len(known)


def _of_file(path: Path, name: str) -> list[_Place]:
    if path.suffix.lower() not in LINES:
        return [_Place(name=name, path=path)]
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape") as lines:
            return [
                _Place(name=f"{name}, line {number}", path=path, line=line)
                for number, line in enumerate(lines, 1)
                if line.strip()
            ]
    except OSError as error:
        raise UnreadableError(f"it cannot be opened: {error.strerror}", path=path) from error


def _hidden(path: Path) -> bool:
    return path.name.startswith(".")


def _posting(place: _Place) -> Posting:
    from skillmatch.readers.documents import read_posting, read_text

    if not place.line:
        return read_posting(place.path)
    return read_text(_text_of(place.line), source=place.name)


def _text_of(line: str) -> str:
    wanted = 'expected one line of JSON: {"id": …, "text": "the whole posting"}'
    try:
        line.encode("utf-8")
        row = json.loads(line)
    except UnicodeEncodeError as error:
        raise DataError(f"the line is not UTF-8; {wanted}") from error
    except (ValueError, RecursionError) as error:
        raise DataError(f"the line is no JSON; {wanted}") from error
    text = row.get("text") if isinstance(row, dict) else None
    if not isinstance(text, str):
        raise DataError(f'there is no "text"; {wanted}')
    return text


def _checklist(checklist: Checklist, place: _Place) -> Checklist:
    if not checklist.requirements:
        raise DataError(
            f"nothing readable found: {checklist.units} pieces of text were looked at, and none "
            "asks for a known skill"
        )
    return replace(checklist, source=place.name)


def _notes(twice: int, passed: int) -> tuple[str, ...]:
    notes = []
    if twice:
        what = "1 posting has" if twice == 1 else f"{twice} postings have"
        notes.append(f"{what} the same words as one before and are counted once")
    if passed:
        what = "1 file is" if passed == 1 else f"{passed} files are"
        notes.append(f"{what} of no kind that postings come in and were passed over")
    return tuple(notes)
