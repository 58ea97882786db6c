"""What a document may hold before any JSON-LD processor sees it.

Every bound is far above what real credentials hold (the fullest published example has 14 levels
and 700 values) and far below where expansion takes seconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from skillmatch.jsonld.refusal import JsonLdError

MAX_DEPTH = 40
MAX_VALUES = 10_000
MAX_CONTEXTS = 16
"""In one ``@context``."""
MAX_SCOPES = 400
"""Objects with an ``@context`` of their own."""
_KEYWORDS = frozenset({"@context", "@value", "@language", "@direction", "@type", "@id"})
_MAX_WHOLE = 10**21


def check_bounds(document: object) -> None:
    """Refuse a document that is not plain JSON, or made to cost too much.

    Contexts may only be named, never written into the document, since an inline context could give
    any term another meaning. Keywords that move claims around without changing what is signed
    (``@graph``, ``@reverse``, ``@included``, ``@nest``, ``@set``, ``@list``) are refused as well.

    Raises:
        JsonLdError: With the reason.
    """
    if not isinstance(document, Mapping):
        raise JsonLdError("a JSON-LD document must be an object")
    scopes = 0
    for number, (value, depth) in enumerate(_walk(document)):
        if number >= MAX_VALUES:
            raise JsonLdError(f"the document holds more than {MAX_VALUES:,} values")
        if depth > MAX_DEPTH:
            raise JsonLdError(f"the document is nested more than {MAX_DEPTH} levels deep")
        if isinstance(value, Mapping):
            scopes += "@context" in value
            _check_object(value)
        else:
            _check_scalar(value)
    if scopes > MAX_SCOPES:
        raise JsonLdError(f"more than {MAX_SCOPES} objects have a context of their own")


def context_urls(document: object) -> frozenset[str]:
    """Return every context that a document names, anywhere in it."""
    found: set[str] = set()
    for value, _ in _walk(document):
        if isinstance(value, Mapping) and "@context" in value:
            named = value["@context"]
            listed = named if isinstance(named, list | tuple) else [named]
            found.update(one for one in listed if isinstance(one, str))
    return frozenset(found)


def _walk(document: object) -> Iterator[tuple[object, int]]:
    """Yield every value with its depth, without recursion; contexts are not entered."""
    waiting: list[tuple[object, int]] = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        yield value, depth
        if isinstance(value, Mapping):
            waiting += [(part, depth + 1) for key, part in value.items() if key != "@context"]
        elif isinstance(value, list | tuple):
            waiting += [(part, depth + 1) for part in value]


def _check_object(value: Mapping[Any, object]) -> None:
    for key in value:
        if not isinstance(key, str):
            raise JsonLdError("the document has a key that is no text")
        _check_text(key)
        if key.startswith("@") and key not in _KEYWORDS:
            raise JsonLdError(f"the keyword {key[:40]} does not belong in a credential")
    if "@id" in value or ("@type" in value and "@value" not in value):
        raise JsonLdError("write id and type instead of @id and @type")
    if "@context" in value:
        _check_context(value["@context"])


def _check_context(context: object) -> None:
    listed = context if isinstance(context, list | tuple) else [context]
    if not all(isinstance(one, str) for one in listed):
        raise JsonLdError(
            "the document brings a context of its own, which could give any term another meaning",
            mend="publish the terms as a context with an address",
        )
    if len(listed) > MAX_CONTEXTS:
        raise JsonLdError(f"an object names more than {MAX_CONTEXTS} contexts")


def _check_scalar(value: object) -> None:
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise JsonLdError("the document holds a number that is not finite")
    elif isinstance(value, int) and abs(value) >= _MAX_WHOLE:
        raise JsonLdError("the document holds a whole number of more than 21 digits")
    elif value is not None and not isinstance(value, bool | int | list | tuple):
        raise JsonLdError(f"the document holds a {type(value).__name__}, which is no JSON")


def _check_text(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise JsonLdError("the document holds half a character") from error
