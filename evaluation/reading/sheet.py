"""The sheet of judgements: one row for each link, and one for each skill that was not found.

Columns are ``posting``, ``line``, ``words``, ``label``, ``verdict`` and ``note``, separated by
tabs. A judgement is about a concept on a line of a posting, so it outlives a link that rests on
other words of the line. Rows about real postings hold no words of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluation.reading.texts import is_real
from skillmatch.errors import DataError, NotFoundError, RowError

SHEET = Path(__file__).resolve().parent / "sheet.tsv"
COLUMNS = ("posting", "line", "words", "label", "verdict", "note")
Key = tuple[str, int, str]


class Verdict(StrEnum):
    """What a fair reader thinks of a link."""

    RIGHT = "right"
    ACCEPTABLE = "acceptable"
    WRONG = "wrong"
    LAUGHABLE = "laughable"
    MISSING = "missing"


GOOD = frozenset({Verdict.RIGHT, Verdict.ACCEPTABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """One row.

    Attributes:
        words: What the link rests on; ``""`` for a real posting.
        label: Of the concept; for a missing one, the concept that a reader would name.
    """

    posting: str
    line: int
    words: str
    label: str
    verdict: Verdict
    note: str = ""

    @property
    def key(self) -> Key:
        """What a judgement is about."""
        return key_of(self.posting, self.line, self.label)


def key_of(posting: str, line: int, label: str) -> Key:
    """Return what a judgement is about; the items of an "or" list may come in any order."""
    return posting, line, " or ".join(sorted(label.split(" or ")))


def read_sheet(path: Path = SHEET) -> tuple[Judgement, ...]:
    """Read the sheet, in file order.

    Raises:
        NotFoundError: There is no such file.
        DataError: Its first line does not name the columns.
        RowError: Rows are faulty; all faults are named.
    """
    if not path.is_file():
        raise NotFoundError(f"there is no sheet {path}")
    head, *lines = path.read_text(encoding="utf-8").splitlines() or [""]
    if tuple(head.split("\t")) != COLUMNS:
        raise DataError(f"must begin with the columns {' '.join(COLUMNS)}", path=path, line=1)
    rows: dict[Key, Judgement] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 2):
        fields = line.split("\t")
        found = [f"line {number}: {fault}" for fault in _faults(fields)]
        faults.extend(found)
        if found:
            continue
        row = _judgement(fields)
        if rows.setdefault(row.key, row) is not row:
            faults.append(f"line {number}: judges {row.label!r} there a second time")
    if faults:
        raise RowError(tuple(faults), path=path)
    return tuple(rows.values())


def _faults(fields: Sequence[str]) -> Iterator[str]:
    if len(fields) != len(COLUMNS):
        yield f"has {len(fields)} fields, expected {len(COLUMNS)}"
        return
    posting, line, words, label, verdict, _ = fields
    if not line.isdecimal() or int(line) < 1:
        yield f"line must be a number from 1, got {line!r}"
    if verdict not in set(Verdict):
        yield f"verdict must be one of {', '.join(Verdict)}, got {verdict!r}"
    if not posting or not label:
        yield "needs a posting and a label"
    if is_real(posting) and words:
        yield "holds words of a real posting; leave them out"


def _judgement(fields: Sequence[str]) -> Judgement:
    posting, line, words, label, verdict, note = fields
    return Judgement(
        posting=posting,
        line=int(line),
        words=words,
        label=label,
        verdict=Verdict(verdict),
        note=note,
    )
