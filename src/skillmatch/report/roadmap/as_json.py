"""Where a person stands as JSON, whole, and its JSON Schema; both come from the model."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.model.roadmap_status import RoadmapStatus
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[RoadmapStatus]:
    from pydantic import TypeAdapter

    return TypeAdapter(RoadmapStatus)


def roadmap_json(status: RoadmapStatus) -> str:
    """Return all of it as JSON: keys sorted, two spaces, ending in a newline.

    The same status gives the same bytes; ``docs/schema/roadmap-1.json`` describes them.
    """
    return indented_json(_adapter().dump_python(status, mode="json")) + "\n"


def read_status(text: str) -> RoadmapStatus:
    """Return what ``roadmap_json`` wrote.

    Raises:
        pydantic.ValidationError: The text does not follow the schema.
    """
    return _adapter().validate_json(text)


def roadmap_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``roadmap_json``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch roadmap status, version roadmap-1")
