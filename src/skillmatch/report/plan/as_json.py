"""The plan as JSON, whole, and the JSON Schema of it; both come from the model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.model.plan import Plan
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[Plan]:
    from pydantic import TypeAdapter

    return TypeAdapter(Plan)


def plan_json(plan: Plan) -> str:
    """Return the whole plan as JSON: keys sorted, two spaces, ending in a newline.

    The same plan gives the same bytes; ``docs/schema/plan-1.json`` describes them.
    """
    return indented_json(_adapter().dump_python(plan, mode="json")) + "\n"


def read_plan(text: str) -> Plan:
    """Return the plan that ``plan_json`` wrote.

    Raises:
        pydantic.ValidationError: The text does not follow the schema.
    """
    return _adapter().validate_json(text)


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``plan_json``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch plan, version plan-1")
