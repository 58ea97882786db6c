"""A provider's sheet of courses and learning outcomes, and the Open Badges draft of each course.

Columns are found by their names, whatever their order and case; ``docs/badges-align.md`` lists the
names. A course is named once and its outcomes follow in the rows below, as people write it.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from skillmatch.errors import RowError, UnreadableError
from skillmatch.readers.alignments.sheet_cells import SheetRow, column_name, read_sheet_rows

SUFFIXES = frozenset({".csv", ".tsv", ".xlsx", ".md"})
COLUMN_NAMES = {
    "course": (
        "course", "course name", "course title", "module", "module title", "unit", "unit title",
        "badge", "badge name", "programme", "program", "title", "name", "qualification",
    ),
    "outcome": (
        "outcome", "outcomes", "learning outcome", "learning outcomes", "learning objective",
        "learning objectives", "objective", "objectives", "competence", "competency", "skill",
        "skills", "statement", "the learner can", "the learner will be able to",
    ),
    "assessment": (
        "assessment", "assessments", "assessment method", "assessment methods", "assessed by",
        "how assessed", "evidence", "assessment criteria",
    ),
    "id": ("id", "uri", "url", "course id", "badge id", "course url"),
    "code": ("code", "course code", "module code", "unit code", "human code", "reference"),
    "description": ("description", "course description", "summary", "about"),
    "language": ("language", "lang", "in language"),
}  # fmt: skip
HEADER_WITHIN = 10
"""Rows of a table that may stand above its header: a title, a date, an author."""
_BULLET = re.compile(r"^\s*(?:[-*•‣▪–]|\d{1,2}[.)]|[a-z][.)])\s+")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:skillmatch:course")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One learning outcome and how it is assessed; ``row`` as in ``SheetRow.number``."""

    text: str
    assessment: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One course of a sheet.

    Attributes:
        id: As the sheet says, else a URN made from the name, the same at every reading.
        invented_id: Whether the id is such a URN.
    """

    name: str
    id: str
    invented_id: bool
    outcomes: tuple[Outcome, ...]
    code: str = ""
    description: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSheet:
    """All courses of a sheet, in order, and what was not read."""

    courses: tuple[Course, ...]
    notes: tuple[str, ...] = ()


def is_sheet(path: Path) -> bool:
    """Tell by its name whether a file is a sheet."""
    return path.suffix.lower() in SUFFIXES


def read_outcome_sheet(path: Path) -> OutcomeSheet:
    """Return the courses of a sheet with their outcomes.

    A cell with several lines or bullets holds several outcomes. An empty course cell repeats the
    one above; a Markdown table without a course column takes the heading above it.

    Raises:
        NotFoundError: There is no such file.
        RowError: Rows are at fault; all are named with row and column.
        DataError: No table has a column of outcomes, or the file is damaged.
    """
    gathered = _Gathered()
    tables: dict[int, list[SheetRow]] = {}
    for row in read_sheet_rows(path):
        tables.setdefault(row.table, []).append(row)
    for rows in tables.values():
        found = _header(rows)
        if found is not None:
            place, columns = found
            gathered.notes += _unread(rows[place], columns)
            _read_rows(rows[place + 1 :], columns, gathered)
    if not gathered.headers_found(tables):
        raise UnreadableError(
            "no row within the first ten names a column of outcomes. Name one column 'outcome' "
            "and one 'course' (and, if you like, 'assessment')",
            path=path,
        )
    if gathered.faults:
        raise RowError(tuple(gathered.faults), path=path)
    if not gathered.outcomes:
        raise UnreadableError("holds a header, but no outcome below it", path=path)
    return OutcomeSheet(courses=gathered.courses(), notes=tuple(dict.fromkeys(gathered.notes)))


@dataclass(slots=True)
class _Gathered:
    """Outcomes by course, and what is wrong."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)
    said: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def headers_found(self, tables: dict[int, list[SheetRow]]) -> bool:
        return any(_header(rows) is not None for rows in tables.values())

    def courses(self) -> tuple[Course, ...]:
        return tuple(
            Course(
                name=name,
                id=self.said[name].get("id") or _urn(name),
                invented_id=not self.said[name].get("id"),
                outcomes=tuple(outcomes),
                code=self.said[name].get("code", ""),
                description=self.said[name].get("description", ""),
                language=self.said[name].get("language", ""),
            )
            for name, outcomes in self.outcomes.items()
        )


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}"


def _header(rows: Sequence[SheetRow]) -> tuple[int, dict[str, int]] | None:
    """Return the place of the header and the place of each column that was recognised."""
    for place, row in enumerate(rows[:HEADER_WITHIN]):
        columns: dict[str, int] = {}
        cells = [_name(cell) for cell in row.cells]
        for key, names in COLUMN_NAMES.items():
            for name in names:
                found = [at for at, cell in enumerate(cells) if cell == name]
                if found and found[0] not in columns.values():
                    columns[key] = found[0]
                    break
        if "outcome" in columns and ("course" in columns or row.heading):
            return place, columns
    return None


def _name(cell: str) -> str:
    return " ".join(re.sub(r"[_\-:…]+", " ", cell).split()).casefold()


def _unread(header: SheetRow, columns: dict[str, int]) -> list[str]:
    known = set(columns.values())
    return [
        f"column {column_name(place)} ({cell}) was not read"
        for place, cell in enumerate(header.cells)
        if cell and place not in known
    ]


def _read_rows(rows: Sequence[SheetRow], columns: dict[str, int], gathered: _Gathered) -> None:
    course = ""
    for row in rows:
        cells = {
            key: row.cells[place] if place < len(row.cells) else ""
            for key, place in columns.items()
        }
        course = " ".join(cells.get("course", "").split()) or course or row.heading
        _read_row(row, cells, columns, course, gathered)


def _read_row(
    row: SheetRow,
    cells: dict[str, str],
    columns: dict[str, int],
    course: str,
    gathered: _Gathered,
) -> None:
    outcomes = _outcomes(cells["outcome"])
    if not course and outcomes:
        where = column_name(columns["course"]) if "course" in columns else "A"
        gathered.faults.append(f"row {row.number}, column {where} (course): is empty")
        return
    if not outcomes and cells.get("assessment"):
        gathered.faults.append(
            f"row {row.number}, column {column_name(columns['outcome'])} (outcome): is empty, "
            "but the row says how it is assessed"
        )
    identifier = cells.get("id", "")
    if identifier and (":" not in identifier or identifier.split() != [identifier]):
        gathered.faults.append(
            f"row {row.number}, column {column_name(columns['id'])} (id): is {identifier!r}; it "
            "must be a URL or another URI"
        )
    if not course:
        return
    _say(row, cells, columns, course, gathered)
    found = gathered.outcomes.setdefault(course, [])
    assessment = " ".join(cells.get("assessment", "").split())
    known = {one.text for one in found}
    found += [
        Outcome(text=text, assessment=assessment, row=row.number)
        for text in outcomes
        if text not in known
    ]
    if not found:
        del gathered.outcomes[course]


def _say(
    row: SheetRow,
    cells: dict[str, str],
    columns: dict[str, int],
    course: str,
    gathered: _Gathered,
) -> None:
    """Keep what a row says of its course; two rows may not say different things."""
    said = gathered.said.setdefault(course, {})
    for key in ("id", "code", "description", "language"):
        value = cells.get(key, "")
        if value and said.setdefault(key, value) != value:
            gathered.faults.append(
                f"row {row.number}, column {column_name(columns[key])} ({key}): is {value!r}, but "
                f"a row above says {said[key]!r} for the course {course!r}"
            )


def _outcomes(cell: str) -> list[str]:
    lines = (_BULLET.sub("", line) for line in cell.splitlines())
    return [text for line in lines if (text := " ".join(line.split()))]
