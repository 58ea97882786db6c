"""The layout that ``yaml_text`` writes, read line by line: ten times as fast as any YAML.

Whoever only decided has changed words within that layout. Anything else is left to the YAML
reader, which knows what is wrong with it and where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from skillmatch.model.alignment import Review
from skillmatch.readers.alignments.review_rows import (
    BADGE_FIELDS,
    ENTRY_FIELDS,
    STATEMENT_FIELDS,
    ReviewRows,
)
from skillmatch.readers.alignments.yaml_text import FORMAT, HEADER, scalar

_LINE = re.compile(r"( *)(- )?([a-z_]+):(?: (.*))?")
_LEVELS = {
    0: (BADGE_FIELDS, "statements"),
    2: (STATEMENT_FIELDS, "concepts"),
    4: (ENTRY_FIELDS, ""),
}
_FRAMEWORK = re.compile(r"\[((?:[\w.-]+(?:, )?)*)\]")


class _NotOurs(Exception):  # noqa: N818 - no error: the other reader takes over
    """The text has another layout."""


def read_quickly(text: str) -> Review | None:
    """Return the review, or None where the text is not exactly in our layout or is at fault."""
    if not text.startswith(HEADER):
        return None
    lines = text.split("\n")
    begin = HEADER.count("\n")
    rows = ReviewRows()
    try:
        frameworks, encoder = _head(lines[begin : begin + 4])
        _take(rows, _parts(lines, begin + 4))
    except (_NotOurs, ValueError):
        return None
    return None if rows.faults else rows.review(frameworks, encoder)


def _head(lines: list[str]) -> tuple[tuple[str, ...], str]:
    if len(lines) < 4 or lines[0] != f"format: {FORMAT}" or lines[3] != "badges:":
        raise _NotOurs
    named = _FRAMEWORK.fullmatch(lines[1].removeprefix("frameworks: "))
    if named is None or not lines[2].startswith("encoder: "):
        raise _NotOurs
    frameworks = tuple(one for one in named[1].split(", ") if one)
    return frameworks, _value(lines[2].removeprefix("encoder: "))


def _parts(lines: list[str], begin: int) -> Iterator[tuple[int, dict[str, str], int]]:
    """Yield level, fields and line of each badge, statement and entry."""
    level, fields, line = -1, dict[str, str](), 0
    for number in range(begin, len(lines)):
        found = _LINE.fullmatch(lines[number])
        if found is None:
            if number == len(lines) - 1 and not lines[number]:
                break
            raise _NotOurs
        indent, dash, key, value = found.groups()
        if dash:
            if line:
                yield level, fields, line
            level, fields, line = len(indent), {}, number + 1
        elif len(indent) != level + 2:
            raise _NotOurs
        _keep(fields, level, key, value)
    if line:
        yield level, fields, line


def _keep(fields: dict[str, str], level: int, key: str, value: str | None) -> None:
    known, below = _LEVELS.get(level, ((), ""))
    if key in fields or (key not in known and key != below) or below in fields:
        raise _NotOurs
    if key == below:
        if value not in {None, "[]"}:
            raise _NotOurs
        fields[key] = value or ""
    elif value is None:
        raise _NotOurs
    else:
        fields[key] = _value(value)


def _take(rows: ReviewRows, parts: Iterator[tuple[int, dict[str, str], int]]) -> None:
    badge, key, holder = "", ("", "", ""), {-2: ""}
    for level, fields, line in parts:
        # A part stands under one that announced it; `[]` announces none.
        if holder.get(level - 2) != "":
            raise _NotOurs
        below = _LEVELS[level][1]
        holder = {at: told for at, told in holder.items() if at < level}
        holder[level] = fields.pop(below, "none") if below else "none"
        if level == 0:
            badge = rows.badge(fields, line)
        elif level == 2:
            key = rows.statement(badge, fields, line)
        else:
            rows.entry(key, fields, line)


def _value(written: str) -> str:
    """Return the text of a scalar that is written just as ``scalar`` writes it."""
    text = json.loads(written) if written.startswith('"') else written
    if not isinstance(text, str) or scalar(text) != written:
        raise _NotOurs
    return text
