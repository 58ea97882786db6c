"""What single values of a credential may look like: addresses, dates, types, language strings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`]+")
_STAMP = re.compile(
    r"-?\d{4,}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)"
)
_LOOSE_STAMP = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
_LANGUAGE_KEYS = frozenset({"@value", "@language", "@direction"})


def is_uri(value: object) -> bool:
    """Tell whether a value is an absolute URI: a scheme, then no blank and no bracket."""
    return isinstance(value, str) and _URI.fullmatch(value) is not None


def is_stamp(value: object) -> bool:
    """Tell whether a value is a date-time with seconds and a time zone.

    Source: W3C XML Schema 1.1 Part 2, dateTimeStamp.
    """
    return isinstance(value, str) and _STAMP.fullmatch(value) is not None


def is_loose_stamp(value: object) -> bool:
    """Tell whether a value is an ISO 8601 date or date-time as Open Badges 1 and 2 are written.

    Open Badges 1.0 also took seconds since 1970.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return True
    return isinstance(value, str) and (
        _LOOSE_STAMP.fullmatch(value) is not None or value.isdecimal()
    )


def is_text(value: object) -> bool:
    """Tell whether a value is a string."""
    return isinstance(value, str)


def is_number(value: object) -> bool:
    """Tell whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_flag(value: object) -> bool:
    """Tell whether a value is true or false."""
    return isinstance(value, bool)


def is_language_text(value: object) -> bool:
    """Tell whether a value is a string, a language value object, or a list of those.

    Source: W3C Verifiable Credentials Data Model 2.0, "Language and Base Direction".
    """
    if isinstance(value, list):
        return bool(value) and all(is_language_text(part) for part in value)
    if isinstance(value, Mapping):
        return isinstance(value.get("@value"), str) and set(value) <= _LANGUAGE_KEYS
    return isinstance(value, str)


def anything(value: object) -> bool:
    """Accept whatever is there."""
    return value is not None


KINDS: Mapping[str, tuple[Callable[[object], bool], str]] = {
    "any": (anything, "something other than null"),
    "date": (is_stamp, "a date-time with time zone, as in 2026-01-31T12:00:00Z"),
    "day": (is_loose_stamp, "an ISO 8601 date or date-time"),
    "flag": (is_flag, "true or false"),
    "name": (is_language_text, "a string or a language value object"),
    "number": (is_number, "a number"),
    "text": (is_text, "a string"),
    "uri": (is_uri, "an absolute URI"),
}
"""Kind of value: what accepts it, and how it is named to a person."""


def items(value: object) -> list[Any]:
    """Return a value as a list: JSON-LD writes one value without its brackets."""
    return value if isinstance(value, list) else [value]


def type_names(node: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the strings of a node's ``type`` (or ``@type``), whatever else stands there."""
    return tuple(
        name for name in items(node.get("type", node.get("@type"))) if isinstance(name, str)
    )


def children(value: object, pointer: str) -> Iterator[tuple[Any, str]]:
    """Yield a value, or each of a list's, with its JSON pointer."""
    if isinstance(value, list):
        for position, part in enumerate(value):
            yield part, f"{pointer}/{position}"
    else:
        yield value, pointer
