"""The columns of a catalogue's sheet, and how the text of each cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from skillmatch.model.offer import Signal, SignalKind
from skillmatch.readers.offers import cell_values as cells
from skillmatch.readers.offers.condition_text import parse_condition
from skillmatch.readers.offers.skill_text import read_skills

MAX_TEXT = 20_000
"""Characters of one cell."""


def _text(cell: str) -> str:
    return " ".join(cell.split())


def _signal(kind: SignalKind) -> Callable[[str], Signal | None]:
    def read(cell: str) -> Signal | None:
        text = _text(cell)
        return None if text.casefold() in {"no", "false"} else Signal(kind=kind, value=text)

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "id": cells.identifier,
    "name": _text,
    "kind": cells.kind,
    "provider": _text,
    "provider_id": cells.identifier,
    "description": str.strip,
    "url": cells.web_address,
    "outcomes": cells.outcomes,
    "requires": parse_condition,
    "parts": parse_condition,
    "counts_towards": cells.items,
    "same_as": cells.items,
    "cost": cells.amount,
    "currency": cells.currency,
    "cost_note": _text,
    "hours": lambda cell: cells.number(cell, cells.MAX_HOURS),
    "weeks": lambda cell: cells.number(cell, cells.MAX_WEEKS),
    "starts": cells.days,
    "self_paced": cells.yes_or_no,
    "delivery": cells.delivery,
    "languages": cells.languages,
    "place": _text,
    "eqf": cells.eqf,
    "level": _text,
    "assessment": _text,
    "valid_months": lambda cell: cells.whole(cell, 1, cells.MAX_MONTHS),
    "available_from": cells.day,
    "available_until": cells.day,
    "accessibility": cells.lower_items,
    "devices": cells.lower_items,
    "completion_rate": cells.completion_rate,
    "project": _signal(SignalKind.HANDS_ON_PROJECT),
    "mentor": _signal(SignalKind.MENTOR_SUPPORT),
    "reviews": cells.reviews,
    "accreditation": _signal(SignalKind.ACCREDITATION),
    "credits": lambda cell: cells.number(cell, 1_000),
    "as_of": cells.day,
}
"""Reader of each column but ``skills``, which needs its place; most are fields of ``Offer``."""
SIGNALS = ("completion_rate", "project", "mentor", "reviews", "accreditation")
COLUMNS = (*list(READERS)[:8], "skills", *list(READERS)[8:])
"""In the order of the manual."""
PLAIN = frozenset(
    {"id", "name", "description", "url", "place", "level", "languages", "currency", "as_of"}
)
"""Columns that a list of people or addresses may have, too; alone they make no catalogue."""
_WEIGHTS = {
    "skills": (";\n", 4),
    "outcomes": ("|\n", 1),
    **dict.fromkeys(("requires", "parts"), (' (),"<', 5)),
    **dict.fromkeys(("starts", "languages", "delivery", "same_as", "counts_towards"), (";,\n", 2)),
}
"""Marks that separate the values of a column, and what reading one costs beside a plain cell."""
_OTHER_NAMES = {"language": "languages", "title": "name"}


def column_of(header: str) -> str:
    """Return the column that a header names, whatever its case and blanks; empty for none."""
    name = re.sub(r"[\s_-]+", "_", header.strip()).casefold()
    name = _OTHER_NAMES.get(name, name)
    return name if name in COLUMNS else ""


def weigh(column: str, cell: str) -> int:
    """Return how many values a cell costs beside itself, as far as its separators tell."""
    marks, each = _WEIGHTS.get(column, ("", 0))
    return each * sum(map(cell.count, marks))


def read_cell(column: str, cell: str, pointer: str) -> Any:  # noqa: ANN401 - as the column is
    """Return the value of a cell that is not empty.

    Raises:
        ValueError: The cell does not hold what the column is for.
        DataError: It holds a condition that cannot be read.
    """
    if len(cell) > MAX_TEXT:
        raise ValueError(f"holds {len(cell)} characters, more than {MAX_TEXT}")
    if column == "skills":
        return read_skills(cell, pointer)
    return READERS[column](cell)
