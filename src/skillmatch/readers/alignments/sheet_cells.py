"""Rows of a sheet as texts: CSV, Excel workbooks, and tables in Markdown."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from skillmatch.errors import DataError, NotFoundError

MAX_BYTES = 32 * 2**20
MAX_UNPACKED = 32 * 2**20
MAX_ROWS = 100_000
MAX_BLANK = 1_000_000
"""Rows of a text, blank ones included."""
MAX_COLUMNS = 200
"""Of a workbook."""
MAX_ELEMENTS = 380_000
"""Of all parts of a workbook together, with ``ROW_WORK`` more for each row: 5,000 rows of seventeen
texts that all differ, or some 40,000 of three cells."""
ROW_WORK = 3
"""Elements that take as long to read as a row does beside its cells."""
_LAST_ROW = 2**20  # of any workbook, by its format
_RULE = frozenset("|-: \t")
_PIPE = re.compile(r"(?<!\\)\|")
_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*\*|__)(.+?)\1")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row that is not blank.

    Attributes:
        number: Row of the workbook, or line of the text file, from 1.
        heading: Nearest heading above a table in Markdown; names a course without a column.
        table: Which table of the file it belongs to, from 0.
    """

    number: int
    cells: tuple[str, ...]
    heading: str = ""
    table: int = 0


def read_sheet_rows(path: Path) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet in order, cells stripped.

    Raises:
        NotFoundError: There is no such file.
        DataError: It is damaged, too large, or not what its name says.
    """
    data = _read(path)
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return workbook_rows(data, path)
    if suffix == ".md":
        return _filled(_markdown_rows(_text(data, path)), path)
    return text_rows(_text(data, path), path)


def text_rows(text: str, path: Path) -> tuple[SheetRow, ...]:
    """Return the rows of a text with commas, semicolons or tabs, whichever its first line has most.

    Raises:
        DataError: A quote is never closed, or there are too many rows; ``path`` is only named.
    """
    return _filled(_csv_rows(text, path), path)


def workbook_rows(data: bytes, path: Path) -> tuple[SheetRow, ...]:
    """Return the rows of all sheets of an Excel workbook.

    Raises:
        DataError: It is damaged or too large; ``path`` is only named.
    """
    return _filled(_excel_rows(data, path), path)


def _filled(rows: Iterable[SheetRow], path: Path) -> tuple[SheetRow, ...]:
    kept = []
    for row in rows:
        if any(row.cells):
            kept.append(row)
        if len(kept) > MAX_ROWS:
            raise DataError(f"has more than {MAX_ROWS} rows; split it", path=path)
    return tuple(kept)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"is larger than {MAX_BYTES // 2**20} MB", path=path)
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from error
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", path=path) from error
    return data


def column_name(place: int) -> str:
    """Return the letters of a column as spreadsheets show them: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            "is not UTF-8; save it as 'CSV UTF-8', or give the .xlsx file itself",
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error


def _csv_rows(text: str, path: Path) -> Iterator[SheetRow]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for count, cells in enumerate(reader):
            stripped = tuple(map(str.strip, cells))
            if any(stripped):
                yield SheetRow(number=line, cells=stripped)
            elif count > MAX_BLANK:
                raise DataError(f"has more than {MAX_BLANK} rows, most of them blank", path=path)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(
            f"the row that begins here cannot be read ({error}); is a quote never closed?",
            path=path,
            line=line,
        ) from error


def _markdown_rows(text: str) -> Iterator[SheetRow]:
    heading, table, inside = "", -1, False
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if found := _HEADING.match(stripped):
            heading = _plain(stripped[found.end() :].rstrip("#"))
        if not _PIPE.search(stripped):
            inside = False
            continue
        if not inside:
            inside, table = True, table + 1
        if not _RULE.issuperset(stripped):
            cells = tuple(_plain(cell) for cell in _PIPE.split(stripped.strip("|")))
            yield SheetRow(number=number, cells=cells, heading=heading, table=table)


def _plain(cell: str) -> str:
    text = re.sub(r"<br\s*/?>", "\n", cell).replace("\\|", "|").strip()
    return _EMPHASIS.sub(r"\2", text)


def _excel_rows(data: bytes, path: Path) -> list[SheetRow]:
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _check_sizes(data, path)
        with warnings.catch_warnings():
            # What openpyxl misses in a workbook, mostly styles, is nothing that its author could
            # mend.
            warnings.simplefilter("ignore")
            return list(islice(_workbook_rows(data, path), MAX_ROWS + 1))
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ArithmeticError,
        AttributeError,  # openpyxl, where a part of the workbook lacks what it must have
        LookupError,
        OSError,  # openpyxl, where there is no workbook in it
        RuntimeError,  # zipfile, for passwords and for methods of packing that it does not know
        SyntaxError,  # what the XML parsers raise
        TypeError,
        ValueError,
    ) as error:
        raise DataError(
            "is not a workbook that can be read; open it in a spreadsheet and save it as .xlsx",
            path=path,
        ) from error


def _workbook_rows(data: bytes, path: Path) -> Iterator[SheetRow]:
    from openpyxl import load_workbook

    with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
        for table, sheet in enumerate(book.worksheets):
            # A workbook states how large its sheet is; where it states it wrongly, rows are lost.
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_row=_LAST_ROW, max_col=MAX_COLUMNS + 1, values_only=True)
            blank = None
            for number, row in enumerate(rows, start=1):
                # A million rows that are only skipped come as one and the same tuple.
                if row is blank:
                    continue
                width = _width(row)
                if not width:
                    blank = row
                    continue
                if width > MAX_COLUMNS:
                    raise DataError(f"has more than {MAX_COLUMNS} columns", path=path, line=number)
                cells = tuple(["" if one is None else _cell(one) for one in row[:width]])
                yield SheetRow(number=number, cells=cells, table=table)


def _width(row: tuple[object, ...]) -> int:
    """Return how many cells a row has up to the last that is filled; most rows are padded."""
    low, high = 0, len(row)
    while low < high:
        middle = (low + high) // 2
        if row[middle:].count(None) == len(row) - middle:
            high = middle
        else:
            low = middle + 1
    return low


def _check_sizes(data: bytes, path: Path) -> None:
    """Refuse a workbook, which is a zip, whose parts hold more than an honest one does.

    openpyxl takes some 5 µs for each element, whatever little it holds, and more for a row.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        texts = [one for one in parts.infolist() if not one.filename.startswith("xl/media/")]
        size = sum(part.file_size for part in texts)
        if size > min(MAX_UNPACKED, max(2**24, len(data) * 200)):
            raise DataError(f"unpacks to {size} bytes, so it was not read", path=path)
        elements = sum(map(_work, map(parts.read, texts)))
    if elements > MAX_ELEMENTS:
        raise DataError(
            f"holds {elements} elements, each row counted as {1 + ROW_WORK} (limit: "
            f"{MAX_ELEMENTS}), so it was not read; split it, or "
            "save its sheet as CSV",
            path=path,
        )


def _work(part: bytes) -> int:
    # A prefix stands before the name of an element where a program writes one.
    rows = part.count(b"<row") + part.count(b":row")
    return part.count(b"<") - part.count(b"</") + ROW_WORK * rows


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
