"""The portfolio as JSON; ``docs/schema/profile-1.json`` describes it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.issuing.portfolio import Portfolio
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[Portfolio]:
    from pydantic import TypeAdapter

    return TypeAdapter(Portfolio)


def portfolio_json(portfolio: Portfolio) -> str:
    """Return the portfolio as JSON: keys sorted, two spaces, ending in a newline."""
    value = _adapter().dump_python(portfolio, mode="json")
    return indented_json(value) + "\n"


def profile_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``portfolio_json``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch profile, version profile-1")
