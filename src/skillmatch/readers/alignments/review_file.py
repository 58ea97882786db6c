"""Review files by their name: ``.csv`` is a table, everything else YAML."""

from __future__ import annotations

from pathlib import Path

from skillmatch.atomic import write_text
from skillmatch.errors import DataError, UsageError
from skillmatch.model.alignment import Review
from skillmatch.readers.alignments.review_csv import csv_text, read_review_csv
from skillmatch.readers.alignments.review_yaml import read_review_yaml
from skillmatch.readers.alignments.yaml_text import Rendered, yaml_text

MAX_BYTES = 256 * 2**20
_YAML = frozenset({".yaml", ".yml"})


def read_review(path: Path) -> Review:
    """Return what a review file holds, after whatever a person did to it.

    Raises:
        RowError: Entries are at fault; all of them are named with their line.
        DataError: The file is missing, cannot be decoded, or is no review file.
    """
    _check_name(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"is larger than {MAX_BYTES // 2**20} MB; split it", path=path)
        data = path.read_bytes()
    except OSError as error:
        raise DataError(f"cannot be read: {error.strerror}", path=path) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            "is not UTF-8; save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    if _is_csv(path):
        return read_review_csv(text, path)
    return read_review_yaml(text.replace("\r\n", "\n"), path)


def write_review(review: Review, path: Path, rendered: Rendered | None = None) -> None:
    """Write a review whole or not at all; ``read_review`` gives it back.

    ``rendered`` as in ``yaml_text``.

    Raises:
        UsageError: The name ends in neither ``.yaml``, ``.yml`` nor ``.csv``.
        StorageError: The file cannot be written; what was there is untouched.
    """
    _check_name(path)
    # Without the mark, spreadsheets take UTF-8 for the code page of the machine.
    csv = _is_csv(path)
    write_text(path, "\ufeff" + csv_text(review) if csv else yaml_text(review, rendered))


def _is_csv(path: Path) -> bool:
    return path.suffix.lower() == ".csv"


def _check_name(path: Path) -> None:
    if not _is_csv(path) and path.suffix.lower() not in _YAML:
        raise UsageError(f"a review file ends in .yaml, .yml or .csv, not {path.name!r}")
