"""What is wrong with a request, place by place, in words for whoever sent it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, Field

_PLAINLY = {
    "missing": "this is needed and not there",
    "extra_forbidden": "there is no field of this name here",
    "timezone_aware": "name the time with its zone, such as 2027-05-22T00:00:00Z",
    "model_attributes_type": "an object {…} is expected here",
    "model_type": "an object {…} is expected here",
    "dict_type": "an object {…} is expected here",
    "string_type": "a text in quotes is expected here",
    "list_type": "a list […] is expected here",
    "tuple_type": "a list […] is expected here",
    "date_from_datetime_parsing": "a date is expected here, such as 2027-05-22",
    "date_parsing": "a date is expected here, such as 2027-05-22",
    "date_type": "a date is expected here, such as 2027-05-22",
}
"""What pydantic says in the words of its own classes, by the type of its error."""

_NO_OBJECT = (
    "the body is to be a JSON object {…}, sent with the header Content-Type: application/json"
)


class Fault(BaseModel):
    """One thing that is wrong with a request."""

    pointer: str = Field(description="JSON Pointer into the body, or the name of a parameter.")
    detail: str


def fault_of(error: Mapping[str, Any]) -> Fault:
    """Return what one error of pydantic, as ``errors()`` lists it, is to a client.

    What was sent is not repeated: it may be somebody's text.
    """
    kind, place = error["type"], tuple(error["loc"])
    if kind == "json_invalid":
        return Fault(pointer="", detail=_no_json(error, place))
    if place == ("body",) and kind in ("model_attributes_type", "model_type", "missing"):
        return Fault(pointer="", detail=_NO_OBJECT)
    detail = _PLAINLY.get(kind) or str(error["msg"]).removeprefix("Value error, ")
    return Fault(pointer=_pointer(*place), detail=detail)


def _no_json(error: Mapping[str, Any], place: tuple[str | int, ...]) -> str:
    reason = str(error.get("ctx", {}).get("error", "")).lower()
    return f"the body is no JSON, from character {place[-1]} on: {reason}".removesuffix(": ")


def _pointer(where: str, *steps: str | int) -> str:
    """Return a JSON Pointer into the body, or the name of a parameter."""
    if where != "body":
        return "/".join(map(str, steps))
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
