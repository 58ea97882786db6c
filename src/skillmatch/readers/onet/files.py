"""Finds the tables of an O*NET database: a zip or a folder, of text files or of workbooks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from skillmatch.errors import DataError
from skillmatch.readers.packed_files import find_packed_files

TEXT, EXCEL = ".txt", ".xlsx"
_NOT_WORD = re.compile(r"[\W_]+")


def plain(name: str) -> str:
    """Return a file or column name without case, blanks and marks, so that variants meet.

    ``O*NET-SOC Code``, ``onetsoc_code`` and ``O*NET-SOC CODE*`` all give ``onetsoccode``.
    """
    return _NOT_WORD.sub("", name).casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """One file of the database.

    Attributes:
        path: How messages call it; inside a zip, the zip's path and the member's name.
        read: Returns all its bytes.
    """

    path: Path
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        """Name without suffix, as in ``Task Statements``."""
        return self.path.stem

    @property
    def suffix(self) -> str:
        """``.txt`` or ``.xlsx``, in small letters."""
        return self.path.suffix.lower()


def find_tables(source: Path) -> Mapping[str, TableFile]:
    """Return the files of a database by ``plain`` name.

    A folder or zip may hold them at any depth. Where a table is there as text and as a
    workbook, the text is taken: it says the same and reads six times as fast.

    Raises:
        NotFoundError: There is nothing at ``source``.
        DataError: A zip is damaged or unsafe, or one table is there twice.
    """
    found: dict[tuple[str, str], TableFile] = {}
    for packed in find_packed_files(source, _may_be_table):
        file = TableFile(path=packed.place, read=packed.read)
        key = (plain(file.name), file.suffix)
        if key in found:
            raise DataError(
                f"holds {file.path.name} twice ({found[key].path} and {file.path}); "
                "give the folder or zip of one release",
                path=source,
            )
        found[key] = file
    by_name = {name: file for (name, suffix), file in found.items() if suffix == EXCEL}
    by_name.update({name: file for (name, suffix), file in found.items() if suffix == TEXT})
    return by_name


def _may_be_table(name: str) -> bool:
    # Excel leaves "~$Skills.xlsx" beside a workbook that is open, macOS "._Skills.xlsx".
    return PurePath(name).suffix.lower() in {TEXT, EXCEL} and not name.startswith(("~$", "."))
