"""What ``badge align`` found as JSON, and its schema; one model for both."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.model.alignment import AlignmentRun
from skillmatch.report.indented import indented_json
from skillmatch.report.schemas import described

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[AlignmentRun]:
    from pydantic import TypeAdapter

    return TypeAdapter(AlignmentRun)


def alignment_json(run: AlignmentRun) -> str:
    """Return the run as JSON: keys sorted, two spaces, ending in a newline.

    The same run gives the same bytes; ``docs/schema/align-1.json`` describes them.
    """
    value = _adapter().dump_python(run, mode="json")
    return indented_json(value) + "\n"


def alignment_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``alignment_json``."""
    schema = _adapter().json_schema(mode="serialization")
    return described(schema, "skillmatch alignments, version align-1")
