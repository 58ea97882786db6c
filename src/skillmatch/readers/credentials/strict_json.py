"""JSON as credentials need it: bounded, without the liberties that parsers take.

A key that occurs twice is read differently by different parsers, so that what was signed and what
is shown could be two things; ``NaN`` is no JSON at all. Both are refused.
"""

from __future__ import annotations

import json
import math
import re
from itertools import accumulate
from typing import Any, NoReturn

from skillmatch.errors import DamagedError, UnreadableError
from skillmatch.readers.credentials.limits import (
    CREDENTIAL,
    MAX_DEPTH,
    Budget,
    FileLimits,
    check_size,
)

# Strings are taken out as a whole, unfinished ones too, so that the scan stays linear.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


def parse_json(
    data: bytes | str, budget: Budget | None = None, limits: FileLimits = CREDENTIAL
) -> Any:  # noqa: ANN401 - any JSON
    """Return the value that a JSON text stands for.

    Args:
        data: UTF-8, with or without a byte order mark.
        budget: What all documents of one reading share.
        limits: What one document may hold.

    Raises:
        UnreadableError: It is not JSON, too large or too deep, holds a key twice, a number that is
            none, or half a character.
    """
    check_size(len(data), limits=limits)
    text = _decoded(data)
    nodes = _count_nodes(text, limits)
    if budget is not None:
        budget.take_nodes(nodes)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_distinct,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_whole,
        )
    except json.JSONDecodeError as fault:
        raise DamagedError(
            f"it is no JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}"
        ) from fault
    _check_characters(text)
    return value


def _decoded(data: bytes | str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise DamagedError(f"it is no UTF-8: byte {fault.start} fits no character") from fault


def _count_nodes(text: str, limits: FileLimits) -> int:
    marks = _STRING.sub("", text)
    nodes = sum(map(marks.count, "[{,:"))
    if nodes > limits.nodes:
        raise UnreadableError(f"it holds more than {limits.nodes:,} values; {limits.advice}")
    depths = accumulate(map(_STEP.__getitem__, _BRACKET.findall(marks)))
    if max(depths, default=0) > MAX_DEPTH:
        raise UnreadableError(f"its parts lie more than {MAX_DEPTH} deep inside each other")
    return nodes


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # set.add returns None, which is false
        raise DamagedError(
            f"the key {twice[:60]!r} stands twice in one object, so it is open which one counts"
        )
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise DamagedError(f"{name} is no JSON number")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise UnreadableError(f"the number {digits[:20]} is too large")
    return value


def _whole(digits: str) -> int:
    # A whole number of any length is JSON, but no credential needs one that floats cannot hold.
    if len(digits) > 308:
        raise UnreadableError(f"the number {digits[:20]}… is too large")
    return int(digits)


def _check_characters(text: str) -> None:
    r"""Refuse an escape such as ``\ud800`` alone: no text that could be printed or signed."""
    if "\\u" not in text and "\\U" not in text:
        return
    halves = re.sub(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}", "", text)
    # An escaped backslash before a "u" starts no escape.
    halves = halves.replace("\\\\", "")
    if found := re.search(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}", halves):
        raise DamagedError(f"{found[0]} is half a character")
