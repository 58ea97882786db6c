"""Plain lines for terminals: control characters removed, wrapped with a hanging indent."""

from __future__ import annotations

import textwrap
import unicodedata

from skillmatch.model.gap import GapState

_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RESET = "\x1b[0m"
BOLD = "\x1b[1m"
DIM = "\x1b[2m"
STATE_COLOURS = {
    GapState.PROVEN: "\x1b[32m",
    GapState.CLAIMED: "\x1b[36m",
    GapState.BELOW_LEVEL: "\x1b[33m",
    GapState.RELATED: "\x1b[33m",
    GapState.NOT_ACCEPTED: "\x1b[35m",
    GapState.MISSING: "\x1b[31m",
}


def clean(text: str) -> str:
    """Return ``text`` on one line, without characters that steer a terminal or a reading order.

    A posting may hold escape sequences; printed as they are, they could recolour or rewrite
    the screen.
    """
    # Nothing that is printable steers anything, so most texts need no look at each character.
    if not text.isprintable():
        text = "".join(
            " " if unicodedata.category(char) in {"Cc", "Zl", "Zp"} else char
            for char in text
            if char not in _BIDI
        )
    return " ".join(text.split())


def plural(count: int, noun: str) -> str:
    """Return "1 badge", "2 badges"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def visible(text: str) -> str:
    """Return ``text`` with its lines and tabs, without control and reading-order characters."""
    return "".join(
        char
        for char in text
        if char in "\n\t"
        or (char not in _BIDI and unicodedata.category(char) not in {"Cc", "Zl", "Zp"})
    )


def wrap(text: str, width: int, *, first: str = "", rest: str | None = None) -> list[str]:
    """Return cleaned lines of at most ``width`` characters; words longer than that are broken.

    Args:
        text: What is to be said.
        width: Of a line, indents included.
        first: Indent of the first line, which may hold a bullet or a number.
        rest: Indent of the others; blank and as wide as ``first`` by default.
    """
    hanging = " " * len(first) if rest is None else rest
    lines = textwrap.wrap(
        clean(text),
        width,
        initial_indent=first,
        subsequent_indent=hanging,
        break_on_hyphens=False,
    )
    return lines or [first.rstrip()]


def styled(line: str, style: str, *, colour: bool) -> str:
    """Return ``line`` in an ANSI style, or as it is where colour is off."""
    return f"{style}{line}{_RESET}" if colour and line else line
