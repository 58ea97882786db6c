"""Rows of one O*NET table, from tab-delimited text or from a workbook, as strings."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing

from skillmatch.errors import DataError
from skillmatch.readers.onet.files import EXCEL, TableFile
from skillmatch.readers.packed_files import MAX_MEMBER_BYTES, MAX_RATIO, SMALL_BYTES

Cells = tuple[str, ...]

# How the text files and database dumps write an empty cell.
_EMPTY = frozenset({"", "n/a", "null"})


def iter_rows(file: TableFile) -> Iterator[tuple[int, Cells]]:
    """Yield 1-based line and cells of each row that is not blank, the header first.

    Cells are stripped; an empty one, ``n/a`` and ``NULL`` are ``""``. Whole numbers of a
    workbook carry no decimal point.

    Raises:
        DataError: The file is damaged, or is not what its suffix says.
    """
    rows = _excel_rows(file) if file.suffix == EXCEL else _text_rows(file)
    for line, cells in rows:
        if any(cells):
            yield line, cells


def _text_rows(file: TableFile) -> Iterator[tuple[int, Cells]]:
    # O*NET never quotes a field: quotation marks in a task statement are part of it, which is
    # why this is a split and not the csv module.
    line = 0
    try:
        with io.TextIOWrapper(io.BytesIO(file.read()), encoding="utf-8-sig") as text:
            for line, row in enumerate(text, start=1):
                if "\0" in row:
                    raise DataError("is not text but binary data", path=file.path, line=line)
                yield line, tuple(_text_cell(cell) for cell in row.rstrip("\n").split("\t"))
    except UnicodeDecodeError as error:
        raise DataError(
            f"is not UTF-8 text near line {line + 1}; take the file from the O*NET zip unchanged",
            path=file.path,
        ) from error


def _text_cell(cell: str) -> str:
    cell = cell.strip()
    return "" if cell.lower() in _EMPTY else cell


def _excel_rows(file: TableFile) -> Iterator[tuple[int, Cells]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    data = file.read()
    try:
        _check_sizes(data, file)
        with closing(load_workbook(io.BytesIO(data), read_only=True, data_only=True)) as book:
            sheet = book.worksheets[0]
            # A workbook states how large its sheet is; where it states it wrongly, rows are lost.
            sheet.reset_dimensions()
            for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield line, tuple(_excel_cell(value) for value in row)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        IndexError,
        KeyError,
        SyntaxError,  # what the XML parsers raise
        ValueError,
    ) as error:
        raise DataError(
            "is not a workbook that can be read; take the file from the O*NET zip unchanged",
            path=file.path,
        ) from error


def _check_sizes(data: bytes, file: TableFile) -> None:
    """Refuse a workbook, which is a zip, whose parts unpack to more than a table can hold.

    The stated sizes can be trusted for this: unpacking stops at them.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        size = sum(part.file_size for part in parts.infolist())
    if size > min(MAX_MEMBER_BYTES, max(SMALL_BYTES, len(data) * MAX_RATIO)):
        raise DataError(
            f"unpacks to {size} bytes, which no workbook of O*NET does; it was not read",
            path=file.path,
        )


def _excel_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _text_cell(value if isinstance(value, str) else str(value))
