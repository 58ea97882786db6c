"""Demand as JSON, and the schema of that."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.model.demand import Demand
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[Demand]:
    from pydantic import TypeAdapter

    return TypeAdapter(Demand)


def json_demand(demand: Demand) -> str:
    """Return all of it as JSON: keys sorted, two spaces, ending in a newline.

    The same demand gives the same bytes; ``docs/schema/demand-1.json`` describes them.
    """
    return indented_json(_adapter().dump_python(demand, mode="json")) + "\n"


def demand_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``json_demand``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch demand, version demand-1")
