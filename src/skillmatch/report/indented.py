"""JSON with indents for what may be millions of values.

``json.dumps`` makes compact JSON in C and indented JSON in Python, through a chain of generators
as deep as the value; this writes the same characters in a third of that time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring as quoted

_INDENT = "  "


def indented_json(value: object) -> str:
    """Return what ``json.dumps`` returns with two spaces, sorted keys and characters as they are.

    Args:
        value: Objects with text as keys, lists, and scalars, as pydantic dumps them.

    Raises:
        TypeError: It holds something else.
    """
    parts: list[str] = []
    _write(value, "\n", parts.append)
    return "".join(parts)


def _write(value: object, line: str, put: Callable[[str], None]) -> None:
    """Put a value; ``line`` ends a line and indents the next as far as this value is."""
    if isinstance(value, str):
        put(quoted(value))
    elif isinstance(value, dict):
        _write_object(value, line, put)
    elif isinstance(value, list | tuple):
        _write_list(value, line, put)
    else:
        put(json.dumps(value))


def _write_object(value: dict[str, object], line: str, put: Callable[[str], None]) -> None:
    if not value:
        put("{}")
        return
    inner = line + _INDENT
    lead = "{" + inner
    for key in sorted(value):
        one = value[key]
        if isinstance(one, str):
            put(f"{lead}{quoted(key)}: {quoted(one)}")
        else:
            put(f"{lead}{quoted(key)}: ")
            _write(one, inner, put)
        lead = "," + inner
    put(line + "}")


def _write_list(
    value: list[object] | tuple[object, ...], line: str, put: Callable[[str], None]
) -> None:
    if not value:
        put("[]")
        return
    inner = line + _INDENT
    lead = "[" + inner
    for one in value:
        put(lead)
        _write(one, inner, put)
        lead = "," + inner
    put(line + "]")
