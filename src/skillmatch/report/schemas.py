"""What every JSON Schema of this program says beside what pydantic derives from the values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def described(schema: Mapping[str, Any], title: str) -> dict[str, Any]:
    """Return a schema with its dialect and its title, which ends in the version of the form."""
    return {"$schema": _DIALECT, **schema, "title": title}
