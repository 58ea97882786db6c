"""TOML that somebody else may have written: read within bounds, refused in one way.

The parser of the standard library takes minutes for one key of many parts, gives up in the middle
of deep brackets, and meets a very long number with an error of its own.
"""

from __future__ import annotations

import re
import tomllib
from typing import Any

MAX_CHARS = 5_000_000
MAX_PARTS = 64
"""Of one dotted key."""
# Begins only where a key could begin and never gives back what it took, so it stays linear.
_PART = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
_LONG_KEY = re.compile(rf"(?<![\w.-])(?:{_PART}\.[ \t]*+){{{MAX_PARTS}}}")


def parse_toml(text: str) -> dict[str, Any]:
    """Return the table that a TOML text stands for.

    Raises:
        tomllib.TOMLDecodeError: It is no TOML, or out of bounds.
    """
    if len(text) > MAX_CHARS:
        raise tomllib.TOMLDecodeError(f"it has more than {MAX_CHARS:,} characters")
    if found := _LONG_KEY.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise tomllib.TOMLDecodeError(f"a key of more than {MAX_PARTS} parts (at line {line})")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError as error:
        raise tomllib.TOMLDecodeError("its brackets lie too deep inside each other") from error
    except ValueError as error:
        # A date or a number that has the form of one and cannot be.
        raise tomllib.TOMLDecodeError(str(error).partition(";")[0]) from error
