"""The lint as JSON, and the schema of it; one model for both."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.quality.batch import LintResult

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[LintResult]:
    from pydantic import TypeAdapter

    return TypeAdapter(LintResult)


def lint_json(result: LintResult) -> str:
    """Return the whole result: keys sorted, two spaces, ending in a newline."""
    value = _adapter().dump_python(result, mode="json")
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def lint_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``lint_json``."""
    schema = _adapter().json_schema(mode="serialization")
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **schema, "title": "skillmatch badge lint, version lint-1"}
