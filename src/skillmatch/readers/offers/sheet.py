"""Offers in a sheet, one a row: CSV and Excel, columns found by their names.

``docs/catalogue.md`` describes the columns. An empty cell says nothing. Columns with other names
are reported and not read; every fault of a file is reported with its row and column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillmatch.errors import DataError, RowError, UnreadableError
from skillmatch.model.offer import Money, Offer
from skillmatch.readers.alignments.sheet_cells import (
    SheetRow,
    column_name,
    text_rows,
    workbook_rows,
)
from skillmatch.readers.credentials.limits import Budget, check_size
from skillmatch.readers.documents.plain_text import read_plain_text
from skillmatch.readers.offers.found import Found
from skillmatch.readers.offers.limits import ADVICE, MAX_COLUMNS, SHEET, check_count
from skillmatch.readers.offers.sheet_columns import PLAIN, column_of, read_cell, weigh

SUFFIXES = frozenset({".csv", ".tsv", ".xlsx"})
EXCEL = ".xlsx"
HEADER_WITHIN = 10
"""Rows of a table that may stand above its header: a title, a date, an author."""
_SIGNALS = ("completion_rate", "project", "mentor", "reviews", "accreditation")
_APART = frozenset({"id", "cost", "currency", *_SIGNALS})


def read_sheet(data: bytes, source: str, budget: Budget) -> Found:
    """Return the offers of a CSV file or workbook, by row.

    Raises:
        UnreadableError: No table has a column ``name``, or none has a row below its header.
        RowError: Rows are at fault; all are named with row and column.
        DataError: The file is damaged, too large, or a quote in it is never closed.
    """
    path = Path(source)
    check_size(len(data), limits=SHEET)
    rows, notes = _rows(data, path)
    check_count(len(rows) - HEADER_WITHIN)
    if widest := next((row for row in rows if len(row.cells) > MAX_COLUMNS), None):
        raise DataError(f"has more than {MAX_COLUMNS} columns", path=path, line=widest.number)
    gathered = _Gathered(source=source, notes=notes, budget=budget)
    tables: dict[int, list[SheetRow]] = {}
    for row in rows:
        tables.setdefault(row.table, []).append(row)
    headers = [gathered.read_table(table) for table in tables.values()]
    if not any(headers):
        raise UnreadableError(
            "no row within the first ten names a column 'name' beside one that only offers have, "
            "such as kind, provider, skills, cost or hours; the manual lists the columns",
            path=path,
        )
    if gathered.faults:
        raise RowError(tuple(gathered.faults), path=path)
    if not gathered.offers:
        raise UnreadableError("holds a header, but no offer below it", path=path)
    return Found(
        format=path.suffix[1:].upper(),
        offers=tuple(gathered.offers),
        notes=tuple(dict.fromkeys(gathered.notes)),
    )


def _rows(data: bytes, path: Path) -> tuple[Sequence[SheetRow], list[str]]:
    if path.suffix.lower() == EXCEL:
        return workbook_rows(data, path), []
    decoded = read_plain_text(data)
    return text_rows(decoded.text, path), [f"{path}: {note}" for note in decoded.notes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """Where each column stands.

    Attributes:
        width: Cells that the header has.
    """

    columns: dict[str, int]
    width: int

    def place(self, row: int, column: str) -> str:
        """Return the place of a cell, for people."""
        if column not in self.columns:
            return f"row {row} ({column})"
        return f"row {row}, column {column_name(self.columns[column])} ({column})"


@dataclass(slots=True)
class _Gathered:
    """Offers, and what is wrong.

    Attributes:
        rows: Row in which each id stands.
    """

    source: str
    notes: list[str]
    budget: Budget
    offers: list[Offer] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    def read_table(self, rows: Sequence[SheetRow]) -> bool:
        """Read a table; tell whether it has a header."""
        for place, row in enumerate(rows[:HEADER_WITHIN]):
            named = [column_of(cell) for cell in row.cells]
            if "name" in named and not PLAIN.issuperset(filter(None, named)):
                header = self._header(row, named)
                for one in rows[place + 1 :]:
                    self._read_row(one, header)
                return True
        return False

    def _header(self, row: SheetRow, named: Sequence[str]) -> _Header:
        columns: dict[str, int] = {}
        for place, (cell, name) in enumerate(zip(row.cells, named, strict=True)):
            where = f"column {column_name(place)} ({cell[:60]})"
            if name in columns:
                self.faults.append(f"row {row.number}, {where}: the column stands there twice")
            elif name:
                columns[name] = place
            elif cell:
                self.notes.append(f"{self.source}: {where} was not read: no column has that name")
        return _Header(columns=columns, width=len(row.cells))

    def _read_row(self, row: SheetRow, header: _Header) -> None:
        before = len(self.faults)
        said: dict[str, Any] = {}
        self._spend(row, header)
        for name, place in header.columns.items():
            cell = row.cells[place] if place < len(row.cells) else ""
            if not cell:
                continue
            try:
                said[name] = read_cell(name, cell, f"{column_name(place)}{row.number}")
            except (ValueError, DataError) as fault:
                self.faults.append(f"{header.place(row.number, name)}: {fault}")
                said[name] = None
        if any(row.cells[header.width :]):
            self.faults.append(
                f"row {row.number}: has more cells than the header; put quotes around cells "
                "that hold the separator"
            )
        self._judge(row, header, said)
        if len(self.faults) == before:
            self.offers.append(_offer(row, self.source, said))

    def _spend(self, row: SheetRow, header: _Header) -> None:
        cost = len(row.cells) + sum(
            weigh(name, row.cells[place])
            for name, place in header.columns.items()
            if place < len(row.cells)
        )
        if cost > self.budget.nodes_left:
            raise UnreadableError(f"its cells list too many things to be read at once; {ADVICE}")
        self.budget.take_nodes(cost)

    def _judge(self, row: SheetRow, header: _Header, said: dict[str, Any]) -> None:
        """Look at what columns say together."""
        if "name" not in said:
            self.faults.append(f"{header.place(row.number, 'name')}: is empty; name the offer")
        if "cost" in said and "currency" not in said:
            self.faults.append(
                f"{header.place(row.number, 'currency')}: is empty beside a price; write EUR, USD …"
            )
        first, last = said.get("available_from"), said.get("available_until")
        if first and last and first > last:
            self.faults.append(
                f"{header.place(row.number, 'available_until')}: is {last}, before the offer "
                f"becomes available on {first}"
            )
        if identifier := said.get("id"):
            other = self.rows.setdefault(identifier, row.number)
            if other != row.number:
                self.faults.append(
                    f"{header.place(row.number, 'id')}: is {identifier!r}, as in row {other}"
                )


def _offer(row: SheetRow, source: str, said: dict[str, Any]) -> Offer:
    signals = tuple(found for name in _SIGNALS if (found := said.get(name)) is not None)
    cost = said.get("cost")
    place = f"{row.number}" if row.table == 0 else f"{row.table + 1}.{row.number}"
    return Offer(
        id=said.get("id") or f"{source}#{place}",
        cost=None if cost is None else Money(amount=cost, currency=said["currency"]),
        signals=signals,
        source=source,
        pointer=f"row {row.number}",
        **{name: value for name, value in said.items() if name not in _APART},
    )
