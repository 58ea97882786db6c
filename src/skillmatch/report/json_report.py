"""The gap as JSON, and the JSON Schemas of what the program prints; one model for both.

Pydantic derives both from the dataclasses, so that schema and output cannot drift apart.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.model.gap import GapResult
from skillmatch.report.alignment_json import alignment_schema
from skillmatch.report.catalogue.as_json import catalogue_schema, check_schema
from skillmatch.report.demand.as_json import demand_schema
from skillmatch.report.indented import indented_json
from skillmatch.report.link_lines import FailedLine, LinkLine
from skillmatch.report.lint.as_json import diff_schema, lint_schema
from skillmatch.report.plan.as_json import plan_schema
from skillmatch.report.portfolio_json import profile_schema
from skillmatch.report.roadmap.as_json import roadmap_schema
from skillmatch.report.schemas import described
from skillmatch.report.verification import verification_schema
from skillmatch.report.wallet import wallet_schema

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _gap_adapter() -> TypeAdapter[GapResult]:
    from pydantic import TypeAdapter

    return TypeAdapter(GapResult)


def json_report(result: GapResult) -> str:
    """Return the whole result as JSON: keys sorted, two spaces, ending in a newline.

    The same result gives the same bytes; ``docs/schema/gap-1.json`` describes them.
    """
    value = _gap_adapter().dump_python(result, mode="json")
    return indented_json(value) + "\n"


def read_gap(text: str) -> GapResult:
    """Return the result that ``json_report`` wrote.

    Raises:
        pydantic.ValidationError: The text does not follow the schema.
    """
    return _gap_adapter().validate_json(text)


def gap_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``json_report``."""
    schema = _gap_adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch gap, version gap-1")


def link_schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of ``skillmatch link`` over JSON Lines."""
    from pydantic import TypeAdapter

    adapter: TypeAdapter[LinkLine | FailedLine] = TypeAdapter(LinkLine | FailedLine)
    schema = adapter.json_schema(mode="serialization")
    return described(schema, "skillmatch link line, version link-1")


SCHEMAS = {
    "align-1.json": alignment_schema,
    "catalogue-1.json": catalogue_schema,
    "catalogue-check-1.json": check_schema,
    "demand-1.json": demand_schema,
    "diff-1.json": diff_schema,
    "gap-1.json": gap_schema,
    "link-1.json": link_schema,
    "lint-1.json": lint_schema,
    "plan-1.json": plan_schema,
    "profile-1.json": profile_schema,
    "roadmap-1.json": roadmap_schema,
    "verification-1.json": verification_schema,
    "wallet-1.json": wallet_schema,
}
"""File name under ``docs/schema`` and what makes it; ``python -m evaluation.schemas`` writes."""


def schema_text(name: str) -> str:
    """Return the bytes of one schema file as text."""
    return indented_json(SCHEMAS[name]()) + "\n"
