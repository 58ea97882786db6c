"""A list of skills that a person says they have: one a line, or a CSV table."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from skillmatch.errors import RowError, UnreadableError
from skillmatch.readers.documents.plain_text import read_plain_text
from skillmatch.readers.documents.posting import read_bytes
from skillmatch.text.durations import typed_years

MAX_SKILLS_BYTES = 2_000_000
MAX_LINES = 20_000
"""More than a framework has skills; each takes some microseconds, however short."""
_MAX_DETAILS = 100
_MAX_NAME = 200
_MAX_YEARS = 70
_NAME_COLUMNS = (
    *("uri", "concepturi", "skill", "name", "label", "title", "preferredlabel"),
    *("fähigkeit", "kompetenz", "bezeichnung"),
)
_LEVEL_COLUMNS = ("level", "proficiency", "niveau", "kenntnisstand")
_YEARS_COLUMNS = ("years", "yearsofexperience", "experience", "jahre", "berufserfahrung")


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillLine:
    """One skill as a person wrote it.

    Attributes:
        text: Name or URI.
        level: The person's own word for how well, ``""`` where none.
        years: How long, where stated.
        line: 1-based line in the file; 0 where it came from elsewhere.
    """

    text: str
    level: str = ""
    years: float | None = None
    line: int = 0


def read_skills(
    source: Path | Literal["-"], *, stdin: BinaryIO | None = None
) -> tuple[SkillLine, ...]:
    """Read a list of skills, in file order, without exact repeats.

    A line is ``name``, then optionally ``; level`` and ``; years`` in either order; a number
    means years ("2", "2 years", "18 months", "mind. 5 Jahre"). Lines that start with ``#`` and
    empty lines are skipped. A name that ends with ``.csv`` or ``.tsv`` means a table: with a
    header it needs a column ``skill`` (or name, label, uri) and may have ``level`` and
    ``years``, or the same in German (Fähigkeit, Niveau, Jahre); without one, the first three
    columns are skill, level and years.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It holds no skill, or is not text.
        RowError: One or more lines are wrong; all are reported.
    """
    path = None if source == "-" else Path(source)
    name = Path("standard input") if path is None else path
    try:
        data = read_bytes(source, stdin=stdin, max_bytes=MAX_SKILLS_BYTES)
        text = read_plain_text(data).text
    except UnreadableError as fault:
        raise UnreadableError(str(fault), path=name) from fault
    if text.count("\n") > MAX_LINES:
        raise UnreadableError(
            f"it has more than {MAX_LINES:,} lines; list only the skills that this person has",
            path=name,
        )
    table = name.suffix.lower() in {".csv", ".tsv"}
    rows = _table_rows(text, name) if table else _line_rows(text)
    faults: list[str] = []
    found: dict[tuple[str, str, float | None], SkillLine] = {}
    for number, words, details in rows:
        try:
            skill = _skill(words, details, number)
        except ValueError as fault:
            faults.append(f"line {number}: {fault}")
        else:
            found.setdefault((skill.text, skill.level, skill.years), skill)
    if faults:
        raise RowError(tuple(faults), path=name)
    if not found:
        raise UnreadableError("it holds no skill; write one a line", path=name)
    return tuple(found.values())


def parse_skill(text: str) -> SkillLine:
    """Read one skill as on the command line: ``name``, ``name; level`` or ``name; years``.

    Raises:
        ValueError: It has no name, too long a name, or an impossible number of years.
    """
    words, *details = text.split(";")
    return _skill(words, details, 0)


Row = tuple[int, str, list[str]]


def _line_rows(text: str) -> list[Row]:
    rows = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            words, *details = line.split(";")
            rows.append((number, re.sub(r"^\s*[-*•–▪]\s+", "", words), details))
    return rows


def _table_rows(text: str, path: Path) -> list[Row]:
    first = text.lstrip("\n").split("\n", 1)[0]
    delimiter = max("\t;,", key=first.count) if any(mark in first for mark in "\t;,") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as fault:
        raise RowError((f"line {reader.line_num}: {fault}",), path=path) from fault
    rows = [row for row in rows if any(row[1]) and not row[1][0].startswith("#")]
    if not rows:
        return []
    header = [re.sub(r"[\s_-]", "", cell.lower()) for cell in rows[0][1]]
    columns = [_column(header, names) for names in (_NAME_COLUMNS, _LEVEL_COLUMNS, _YEARS_COLUMNS)]
    if columns[0] is None:
        if columns[1] is not None or columns[2] is not None:
            missing = "the header has no column called skill (or name, label, uri)"
            raise RowError((f"line {rows[0][0]}: {missing}",), path=path)
        columns = [0, 1, 2]
    else:
        rows = rows[1:]
    return [
        (number, _cell(row, columns[0]), [_cell(row, column) for column in columns[1:]])
        for number, row in rows
    ]


def _column(header: list[str], names: tuple[str, ...]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _cell(row: list[str], column: int | None) -> str:
    return row[column] if column is not None and column < len(row) else ""


def _skill(words: str, details: list[str], line: int) -> SkillLine:
    name = " ".join(words.split())
    if not name:
        raise ValueError("no skill is named")
    if len(name) > _MAX_NAME:
        raise ValueError(
            f"a skill has at most {_MAX_NAME} characters; running text belongs to --evidence"
        )
    if len(details) > _MAX_DETAILS:
        raise ValueError("more than a level and years are given; write: name ; level ; years")
    level = ""
    years: float | None = None
    for detail in filter(None, (" ".join(part.split()) for part in details)):
        duration = typed_years(detail)
        if duration is not None:
            years = _possible(duration)
        elif level:
            raise ValueError("more than one level is given; write: name ; level ; years")
        else:
            level = detail
    return SkillLine(text=name, level=level, years=years, line=line)


def _possible(years: float) -> float:
    if not 0 <= years <= _MAX_YEARS:
        raise ValueError(f"years must be between 0 and {_MAX_YEARS}")
    return years
