"""Where tables, keys and comments stand in a TOML text; the standard parser keeps none of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Place = tuple[str | int, ...]
"""A table or a key: ``("step", 2)``, ``("step", 2, "log", 0, "hours")``, ``("request", "by")``."""

# Strings first, so that neither a # nor a bracket inside one is taken for more than it is.
_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_ARRAY = re.compile(r"\s*\[\[\s*([\w.-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


@dataclass(slots=True)
class Scan:
    """What stands where.

    Attributes:
        lines: 1-based line of each table and key.
        comments: Without their ``#``, in text order.
    """

    lines: dict[Place, int] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of a place, or of the nearest thing around it; 0 where none is known."""
        while place:
            if place in self.lines:
                return self.lines[place]
            place = place[:-1]
        return 0


def scan(text: str) -> Scan:
    """Scan a text that is known to be valid TOML."""
    found = Scan()

    def blank(token: re.Match[str]) -> str:
        said = token.group()
        if said.startswith("#"):
            found.comments.append(said[1:])
            return ""
        return '"' + "\n" * said.count("\n") + '"'

    bare = _TOKEN.sub(blank, text)
    counts: dict[Place, int] = {}
    here: Place = ()
    for number, line in enumerate(bare.split("\n"), 1):
        if match := _ARRAY.match(line):
            here = _entered(match[1].split("."), counts)
            found.lines[here] = number
        elif match := _TABLE.match(line):
            here = _inside(match[1].split("."), counts)
            found.lines[here] = number
        elif match := _KEY.match(line):
            found.lines.setdefault((*here, match[1]), number)
    return found


def _entered(names: list[str], counts: dict[Place, int]) -> Place:
    """Return the place of the next table of an array, counted within its parent."""
    array = (*_inside(names[:-1], counts), names[-1])
    counts[array] = counts.get(array, 0) + 1
    return (*array, counts[array] - 1)


def _inside(names: list[str], counts: dict[Place, int]) -> Place:
    """Return the place that dotted names lead to, by the last table of each array on the way."""
    place: Place = ()
    for name in names:
        place = (*place, name)
        if place in counts:
            place = (*place, counts[place] - 1)
    return place
