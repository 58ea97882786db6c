"""On which line of a JSON text a pointer's value begins, for editors and code scanners."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

# A string is passed over as a whole, so that brackets inside it do not count.
_MARK = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{},:]|[^\s\[\]{},:"]++', re.DOTALL)


def lines_of(text: str, pointers: Iterable[str]) -> Mapping[str, int]:
    """Return the 1-based line of each pointer that the text has.

    What a finding misses has no place of its own; its line is that of the nearest part that is
    there. The text must be JSON; of anything else the result may be any lines, but never an error.
    """
    wanted = {pointer: _parents(pointer) for pointer in pointers}
    known = {part for parts in wanted.values() for part in parts}
    starts = _starts(text, known)
    found: dict[str, int] = {}
    for pointer, parts in wanted.items():
        start = next((starts[part] for part in parts if part in starts), None)
        if start is not None:
            found[pointer] = text.count("\n", 0, start) + 1
    return found


def _parents(pointer: str) -> tuple[str, ...]:
    """Return a pointer and those above it, the longest first."""
    parts = pointer.split("/")
    return tuple("/".join(parts[:count]) for count in range(len(parts), 0, -1))


def _starts(text: str, wanted: set[str]) -> dict[str, int]:
    """Return the offset at which each wanted pointer's value begins."""
    found: dict[str, int] = {}
    # For each open object or array its pointer, and the next index or the key that was read.
    above: list[tuple[str, int | None]] = []
    pointer, index, key = "", None, ""
    expects_key = False
    for mark in _MARK.finditer(text):
        sign = mark[0]
        if sign == ",":
            index = None if index is None else index + 1
        elif sign in "]}" and above:
            pointer, index = above.pop()
        elif expects_key and sign[0] == '"':
            key = _key(sign)
        elif sign not in ":]}":
            here = f"{pointer}/{key if index is None else index}" if above else ""
            if here in wanted:
                found.setdefault(here, mark.start())
            if sign in "[{":
                above.append((pointer, index))
                pointer, index = here, 0 if sign == "[" else None
        expects_key = sign == "{" or (sign == "," and index is None)
    return found


def _key(quoted: str) -> str:
    try:
        name = str(json.loads(quoted))
    except ValueError:
        name = quoted
    return name.replace("~", "~0").replace("/", "~1")
