"""JSON in the one form that RFC 8785 (JCS) gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmatch.jsonld.refusal import JsonLdError


def canonical_json(value: object) -> bytes:
    """Return JSON in the one form that RFC 8785 (JCS) gives it.

    Raises:
        JsonLdError: The value is no JSON, or holds a number or text that JSON cannot keep.
    """
    import rfc8785

    try:
        return rfc8785.dumps(_listed(value))
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError) as error:
        raise JsonLdError("the document has no canonical JSON form") from error


def _listed(value: object) -> Any:  # noqa: ANN401 - JSON
    """Turn mappings and tuples into what the library takes."""
    if isinstance(value, Mapping):
        return {key: _listed(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_listed(part) for part in value]
    return value
