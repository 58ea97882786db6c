"""Where a list goes on: the sort key of the last item that was shown, in a form for addresses.

A cursor is no secret and no proof: whoever makes one up only starts elsewhere in what they may
read anyway. It is checked all the same, so that nothing but plain values reaches the database.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from types import UnionType

from skillmatch.errors import UsageError

MAX_LENGTH = 1_000
"""Characters of a cursor."""

_INTEGERS = range(-(2**63), 2**63)
"""What a column of whole numbers holds."""


def encode(values: Sequence[str | int | None]) -> str:
    """Return a cursor that stands for these values."""
    text = json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode("utf-8")).decode("ascii").rstrip("=")


def decode(cursor: str, kinds: tuple[type | UnionType, ...]) -> tuple[str | int | None, ...]:
    """Return the values that a cursor stands for.

    Args:
        cursor: What ``encode`` returned.
        kinds: The type of each value; ``str | None`` where one may be absent.

    Raises:
        UsageError: It was not made by ``encode`` from values of these types.
    """
    values = _read(cursor) if len(cursor) <= MAX_LENGTH else None
    if (
        not isinstance(values, list)
        or len(values) != len(kinds)
        or not all(_is_a(value, kind) for value, kind in zip(values, kinds, strict=True))
        or encode(values) != cursor
    ):
        raise UsageError("cursor is not one of this list; take it from next, or leave it away")
    return tuple(values)


def _read(cursor: str) -> object:
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        return json.loads(base64.b64decode(padded, altchars=b"-_", validate=True).decode("utf-8"))
    except (binascii.Error, ValueError, RecursionError):
        return None


def _is_a(value: object, kind: type | UnionType) -> bool:
    # A bool is an int to Python, and neither database takes a NUL or half a character.
    if isinstance(value, bool) or not isinstance(value, kind):
        return False
    if isinstance(value, int):
        return value in _INTEGERS
    return not isinstance(value, str) or ("\0" not in value and _is_text(value))


def _is_text(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)
