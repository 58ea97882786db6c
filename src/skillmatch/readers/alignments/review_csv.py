"""A review file in CSV, for those who review in a spreadsheet: one row a concept."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from skillmatch.errors import DataError, RowError, UnreadableError
from skillmatch.model.alignment import Review
from skillmatch.readers.alignments.review_rows import (
    BADGE_FIELDS,
    ENTRY_FIELDS,
    STATEMENT_FIELDS,
    ReviewRows,
    flat_rows,
)

# What a reviewer reads and fills in stands first; what only the program needs, last.
COLUMNS = (
    "name", "kind", "text", "decision", "concept", "confidence", "words", "how", "comment",
    "edited", "edited_concept", "reviewer", "date", "standing", "earlier", "uri", "framework",
    "code", "type", "badge", "file", "pointer", "at", "digest",
)  # fmt: skip
_NEEDED = ("badge", "at", "text", "decision", "uri")
# Spreadsheets take a cell that begins so for a formula; a leading quote keeps it a text.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def csv_text(review: Review) -> str:
    """Return the review as comma-separated rows with a header."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for row in flat_rows(review):
        writer.writerow({key: _guarded(value) for key, value in row.items()})
    return out.getvalue()


def read_review_csv(text: str, path: Path) -> Review:
    """Return the review that a CSV text holds; commas, semicolons or tabs between cells.

    Raises:
        RowError: Rows are at fault; all of them are named with their line.
        DataError: It is no review file, or a quote is never closed.
    """
    rows = ReviewRows()
    columns: tuple[str, ...] = ()
    for line, cells in _records(text, path):
        if not columns:
            columns = _header(cells, path)
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            rows.fault(line, "the row", f"has {len(cells)} cells, the header {len(columns)}")
        values = {key: _bare(cell) for key, cell in zip(columns, cells, strict=False)}
        key = rows.statement(rows.badge(values, line), values, line)
        if values.get("uri") or any(values.get(name) for name in ("decision", "comment", "edited")):
            rows.entry(key, values, line)
    if not columns:
        raise UnreadableError("is empty; remove it, or give another name", path=path)
    if rows.faults:
        raise RowError(tuple(rows.faults), path=path)
    return rows.review()


def _records(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"the row that begins here cannot be read ({error}); is a quote never closed?",
            path=path,
            line=line,
        ) from error


def _header(cells: list[str], path: Path) -> tuple[str, ...]:
    columns = tuple(cell.strip().lower() for cell in cells)
    known = {*BADGE_FIELDS, *STATEMENT_FIELDS, *ENTRY_FIELDS}
    strange = [name for name in columns if name and name not in known]
    lacking = [name for name in _NEEDED if name not in columns]
    twice = sorted(name for name, times in Counter(columns).items() if times > 1)
    faults = [f"column {name!r} is unknown; write notes into 'comment'" for name in strange]
    faults += [f"column {name!r} is missing" for name in lacking]
    faults += [f"column {name!r} stands twice" for name in twice]
    if faults:
        raise DataError("; ".join(faults) + ". The file was left as it is", path=path, line=1)
    return columns


def _guarded(value: str) -> str:
    return f"'{value}" if _FORMULA.match(value) else value


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
