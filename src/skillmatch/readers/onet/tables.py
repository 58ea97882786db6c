"""The tables of the O*NET database in the layout of 29 and in that of 30.3 and later.

Release 30.3 split and renamed files and columns; each table lists both names. Columns are
found by name, whatever their order, case and marks.

Source: the data dictionaries, https://www.onetcenter.org/dictionary/29.3/text/ and
https://www.onetcenter.org/dictionary/30.3/text/ ("File Structure Changes" of each page).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skillmatch.errors import RowError
from skillmatch.readers.onet.files import EXCEL, TableFile, plain
from skillmatch.readers.onet.rows import Cells, iter_rows

Row = tuple[int, dict[str, str]]

CODE = ("O*NET-SOC Code",)
MAX_FAULTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: which files may hold it and which columns are read.

    Attributes:
        files: Sets of file names; the first set with any file present is the layout in use.
        columns: Field name to the names its column goes by, preferred first.
        optional: Fields whose column, or whose cell, may be absent.
        brings: What a framework lacks without the table; ``""`` where it is required.
    """

    files: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[str, ...]]
    optional: frozenset[str] = frozenset()
    brings: str = ""


OCCUPATIONS = Table(
    files=(("Occupation Data",),),
    columns={"code": CODE, "title": ("Title",), "description": ("Description",)},
    optional=frozenset({"description"}),
)
ALTERNATE_TITLES = Table(
    files=(("Alternate Titles",), ("Job Titles",)),
    columns={"code": CODE, "title": ("Alternate Title", "Job Title"), "short": ("Short Title",)},
    optional=frozenset({"short"}),
    brings="alternative titles of occupations",
)
REPORTED_TITLES = Table(
    files=(("Sample of Reported Titles",),),
    columns={"code": CODE, "title": ("Reported Job Title",)},
    brings="job titles that workers reported",
)
JOB_ZONES = Table(
    files=(("Job Zones",),),
    columns={"code": CODE, "zone": ("Job Zone",)},
    brings="job zones of occupations",
)
RELATED = Table(
    files=(("Related Occupations",),),
    columns={"code": CODE, "related": ("Related O*NET-SOC Code",)},
    brings="related occupations",
)
CONTENT_MODEL = Table(
    files=(("Content Model Reference",),),
    columns={"id": ("Element ID",), "name": ("Element Name",), "description": ("Description",)},
    optional=frozenset({"description"}),
    brings="descriptions and hierarchy of skills, knowledge, abilities and activities",
)
TASKS = Table(
    files=(("Task Statements",),),
    columns={"code": CODE, "task": ("Task ID",), "text": ("Task",)},
    brings="tasks of occupations",
)
INTERMEDIATE = Table(
    files=(("IWA Reference",), ("GWAs to IWAs",)),
    columns={
        "element": ("GWA Element ID", "Element ID"),
        "id": ("IWA Element ID", "IWA ID"),
        "title": ("IWA Element Name", "IWA Title"),
    },
    brings="titles of intermediate work activities",
)
DETAILED = Table(
    files=(("DWA Reference",), ("GWAs to IWAs to DWAs",)),
    columns={
        "element": ("GWA Element ID", "Element ID"),
        "parent": ("IWA Element ID", "IWA ID"),
        "id": ("DWA Element ID", "DWA ID"),
        "title": ("DWA Element Name", "DWA Title"),
    },
    brings="titles and hierarchy of detailed work activities",
)
TASKS_TO_ACTIVITIES = Table(
    files=(("Tasks to DWAs",),),
    columns={"code": CODE, "task": ("Task ID",), "activity": ("DWA Element ID", "DWA ID")},
    brings="which detailed work activity a task belongs to",
)
TECHNOLOGIES = Table(
    files=(("Technology Skills",), ("Software Skills",)),
    columns={
        "code": CODE,
        "name": ("Workplace Example", "Example"),
        "group": ("Commodity Code", "Element ID"),
        "group_name": ("Commodity Title", "Element Name"),
        "hot": ("Hot Technology",),
        "in_demand": ("In Demand",),
    },
    # "In Demand" came with 27.1; an older release knows hot technologies only.
    optional=frozenset({"hot", "in_demand"}),
    brings="software and other technology, hot and in demand",
)

UNRATED: tuple[Table, ...] = (
    OCCUPATIONS,
    ALTERNATE_TITLES,
    REPORTED_TITLES,
    JOB_ZONES,
    RELATED,
    CONTENT_MODEL,
    TASKS,
    INTERMEDIATE,
    DETAILED,
    TASKS_TO_ACTIVITIES,
    TECHNOLOGIES,
)


def rating_table(files: tuple[tuple[str, ...], ...], brings: str) -> Table:
    """Return a table of ratings: one row for each occupation, element and scale."""
    return Table(
        files=files,
        columns={
            "code": CODE,
            "element": ("Element ID",),
            "name": ("Element Name",),
            "scale": ("Scale ID",),
            "value": ("Data Value",),
            "suppress": ("Recommend Suppress",),
            "not_relevant": ("Not Relevant",),
        },
        optional=frozenset({"name", "value", "suppress", "not_relevant"}),
        brings=brings,
    )


@dataclass(slots=True)
class Faults:
    """Collects what is wrong in all tables, so that one message can tell everything."""

    found: list[tuple[Path, str]] = field(default_factory=list)
    total: int = 0

    def add(self, path: Path, line: int, text: str) -> None:
        """Note one fault; the text of those beyond ``MAX_FAULTS`` is only counted."""
        self.total += 1
        if len(self.found) < MAX_FAULTS:
            self.found.append((path, f"line {line}: {text}"))

    def raise_any(self, source: Path) -> None:
        """Raise ``RowError`` with everything found, or return where there is nothing."""
        if not self.found:
            return
        paths = {path for path, _ in self.found}
        if len(paths) == 1:
            raise RowError(
                tuple(text for _, text in self.found), path=paths.pop(), total=self.total
            )
        told = tuple(f"{path.name}, {text}" for path, text in self.found)
        raise RowError(told, path=source, total=self.total)


def read_rows(file: TableFile, table: Table, faults: Faults) -> Iterator[Row]:
    """Yield line number and fields of each good row; tell ``faults`` of the others.

    A required field is never ``""``. A missing column is one fault of the header, and no row
    follows.
    """
    rows = iter_rows(file)
    line, header = next(rows, (1, ()))
    places = _find_columns(file, table, (line, header), faults)
    if places is None:
        return
    for line, found in rows:
        # A workbook leaves out the empty cells at the end of a row.
        padding = len(header) - len(found) if file.suffix == EXCEL else 0
        cells = found + ("",) * padding
        if len(cells) != len(header):
            faults.add(file.path, line, f"{len(cells)} columns, expected {len(header)}")
            continue
        row = {name: cells[place] for name, place in places.items()}
        empty = [name for name in places if not row[name] and name not in table.optional]
        if empty:
            named = ", ".join(repr(header[places[name]]) for name in empty)
            faults.add(file.path, line, f"{named} is empty")
            continue
        yield line, {name: row.get(name, "") for name in table.columns}


def _find_columns(
    file: TableFile, table: Table, head: tuple[int, Cells], faults: Faults
) -> dict[str, int] | None:
    line, header = head
    by_name = {plain(cell): place for place, cell in reversed(list(enumerate(header))) if cell}
    places: dict[str, int] = {}
    missing = False
    for name, spellings in table.columns.items():
        place = next((by_name[plain(each)] for each in spellings if plain(each) in by_name), None)
        if place is not None:
            places[name] = place
        elif name not in table.optional:
            missing = True
            wanted = " or ".join(repr(each) for each in spellings)
            there = ", ".join(cell for cell in header if cell) or "nothing"
            faults.add(file.path, line, f"no column {wanted}; the header has {there}")
    return None if missing else places
