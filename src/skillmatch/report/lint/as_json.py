"""The lint, and the difference between two badges, as JSON; the schemas come from the same model.

The model is imported where it is needed, so that asking for one schema loads no other room.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from skillmatch.quality.batch import LintResult
    from skillmatch.quality.changes import Difference


@cache
def _lint_adapter() -> TypeAdapter[LintResult]:
    from pydantic import TypeAdapter

    from skillmatch.quality.batch import LintResult

    return TypeAdapter(LintResult)


@cache
def _diff_adapter() -> TypeAdapter[Difference]:
    from pydantic import TypeAdapter

    from skillmatch.quality.changes import Difference

    return TypeAdapter(Difference)


def lint_json(result: LintResult) -> str:
    """Return the whole result: keys sorted, two spaces, ending in a newline."""
    return _text(_lint_adapter().dump_python(result, mode="json"))


def diff_json(difference: Difference) -> str:
    """Return the difference: keys sorted, two spaces, ending in a newline."""
    return _text(_diff_adapter().dump_python(difference, mode="json"))


def lint_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``lint_json``."""
    schema = _lint_adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch badge lint, version lint-1")


def diff_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``diff_json``."""
    schema = _diff_adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch badge diff, version diff-1")


def _text(value: object) -> str:
    return indented_json(value) + "\n"
