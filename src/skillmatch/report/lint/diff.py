"""The difference between two versions of a badge as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from skillmatch.quality.changes import Action, Change, Coverage, Difference
from skillmatch.report.plain import BOLD, styled, wrap

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_SIGNS = {Action.ADDED: "+", Action.REMOVED: "-", Action.CHANGED: "~"}
_TOLD = {
    Coverage.COVERED: "Earners of the old version have shown everything that the new one states.",
    Coverage.UNCLEAR: "Whether earners of the old version cover the new one is yours to say:",
    Coverage.NOT_COVERED: "Earners of the old version do not cover the new one:",
}


def diff_text(difference: Difference, *, width: int, colour: bool) -> str:
    """Return what matters, then the rest, then whether the old still covers the new."""
    names = [difference.old_name or "(no name)", difference.new_name or "(no name)"]
    title = names[0] if names[0] == names[1] else " → ".join(names)
    lines = [styled(line, BOLD, colour=colour) for line in wrap(title, width)]
    if not difference.same_id:
        lines += wrap("The ids differ: these may be two badges, not two versions of one.", width)
    if not difference.changes:
        lines.append("Nothing that was compared has changed.")
    for heading, matters in (("What matters", True), ("What does not", False)):
        chosen = [one for one in difference.changes if one.matters is matters]
        if chosen:
            lines += ["", styled(heading, BOLD, colour=colour)]
            lines += [line for one in chosen for line in _change(one, width)]
    lines += ["", *wrap(_TOLD[difference.coverage], width)]
    lines += [line for one in difference.reasons for line in wrap(one, width, first="  · ")]
    return "\n".join(lines) + "\n"


def _change(one: Change, width: int) -> Iterator[str]:
    yield from wrap(f"{one.part}: {one.why}", width, first=f"  {_SIGNS[one.action]} ")
    for sign, words in (("-", one.old), ("+", one.new)):
        if words:
            yield from wrap(words[:400], width, first=f"      {sign} ")


@cache
def _adapter() -> TypeAdapter[Difference]:
    from pydantic import TypeAdapter

    return TypeAdapter(Difference)


def diff_json(difference: Difference) -> str:
    """Return the difference as JSON: keys sorted, two spaces, ending in a newline."""
    value = _adapter().dump_python(difference, mode="json")
    return json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def diff_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``diff_json``."""
    schema = _adapter().json_schema(mode="serialization")
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **schema, "title": "skillmatch badge diff, version diff-1"}
