"""A CSV table with named columns, read strictly: every fault names its line."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from skillmatch.errors import DataError, RowError

# ESCO lists thousands of URIs in one cell of conceptSchemes; csv stops at 131,072 characters.
MAX_CELL = 2**27


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Columns that a table must have, and may have.

    Attributes:
        short_rows: Whether rows may leave out empty cells at their end.
    """

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    short_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvTable:
    """Rows in file order, each with the 1-based line it begins on."""

    place: Path
    columns: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]

    def select(self, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield (line, cells of ``columns``); a column that is absent gives empty cells."""
        places = [
            self.columns.index(name) if name in self.columns else len(self.columns)
            for name in columns
        ]
        width = len(self.columns) + 1
        for line, cells in self.rows:
            padded = cells + [""] * (width - len(cells))
            yield line, tuple(padded[place] for place in places)


def read_csv_table(data: bytes, layout: Layout, *, place: Path) -> CsvTable:
    """Read comma-separated UTF-8, with or without a byte-order mark.

    Raises:
        DataError: The file is empty, not UTF-8, or lacks a required column.
        RowError: Rows have too few or too many cells, or a quote is never closed.
    """
    csv.field_size_limit(max(MAX_CELL, csv.field_size_limit()))
    reader = csv.reader(io.StringIO(_decoded(data, place), newline=""), strict=True)
    columns = _header(reader, layout, place)
    rows: list[tuple[int, list[str]]] = []
    faults: list[str] = []
    line = reader.line_num + 1
    try:
        for cells in reader:
            if len(cells) == len(columns) or (layout.short_rows and 0 < len(cells) < len(columns)):
                rows.append((line, cells))
            elif cells:
                faults.append(f"line {line}: {len(cells)} cells where {len(columns)} are expected")
            line = reader.line_num + 1
    except csv.Error as error:
        # After a stray quote nothing tells where the next row begins, so reading ends here.
        faults.append(
            f"line {line}: the row that begins here is cut short or a quote in it is never "
            f"closed ({error}); download the file again"
        )
    if faults:
        raise RowError(tuple(faults), path=place)
    return CsvTable(place=place, columns=columns, rows=tuple(rows))


def _decoded(data: bytes, place: Path) -> str:
    if not data.removeprefix(codecs.BOM_UTF8).strip():
        raise DataError("the file is empty; download it again", path=place)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            f"byte 0x{data[error.start]:02x} at offset {error.start} is not UTF-8; save the file "
            "as UTF-8, or download it again",
            path=place,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error


def _header(reader: Iterator[list[str]], layout: Layout, place: Path) -> tuple[str, ...]:
    try:
        columns = tuple(name.strip() for name in next(reader, ()))
    except csv.Error as error:
        raise DataError(f"the header cannot be read ({error})", path=place, line=1) from error
    lacking = [name for name in layout.required if name not in columns]
    if lacking:
        hint = (
            "; it seems to be separated by semicolons, not commas" if _semicolons(columns) else ""
        )
        raise DataError(
            f"no column {', '.join(lacking)}: the header has {', '.join(columns)}{hint}. "
            "Use the file as the publisher ships it",
            path=place,
            line=1,
        )
    return columns


def _semicolons(columns: tuple[str, ...]) -> bool:
    return len(columns) == 1 and ";" in columns[0]
