"""What is wrong with a request, place by place, in words for whoever sent it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def faults_of(errors: Sequence[Mapping[str, Any]], body: object) -> list[Fault]:
    """Return what is wrong with a request whose body was ``body``, as far as JSON goes.

    A list whose items are at fault is not told to be too short as well, which pydantic does.
    """
    deep = {tuple(one["loc"])[:-1] for one in errors}
    deep |= {place[:end] for place in deep for end in range(len(place))}
    found = [one for one in errors if one["type"] != "too_short" or tuple(one["loc"]) not in deep]
    return [fault_of(one, body) for one in found]


def fault_of(error: Mapping[str, Any], body: object = None) -> Fault:
    """Return what one error of pydantic, as ``errors()`` lists it, is to a client of ``body``.

    What was sent is not repeated: it may be somebody's text.
    """
    kind, place = error["type"], tuple(error["loc"])
    if kind == "json_invalid":
        return Fault(pointer="", detail=_no_json(error, place))
    if place == ("body",) and kind in ("model_attributes_type", "model_type", "missing"):
        return Fault(pointer="", detail=_NO_OBJECT)
    detail = _PLAINLY.get(kind) or _of_choice(error) or _words(error)
    if place[:1] == ("body",):
        steps = _in_body(place[1:], body, lacking=kind == "missing")
        return Fault(pointer=_pointer(steps), detail=detail)
    return Fault(pointer="/".join(map(str, place[1:])), detail=detail)


def _of_choice(error: Mapping[str, Any]) -> str:
    """Return what a field has to say that decides what the others are; empty for other errors."""
    given = error.get("ctx", {})
    if error["type"] == "union_tag_not_found":
        return f"{given['discriminator']} is needed here"
    if error["type"] == "union_tag_invalid":
        return f"{given['discriminator']} is one of {given['expected_tags']}"
    return ""


def _words(error: Mapping[str, Any]) -> str:
    return str(error["msg"]).removeprefix("Value error, ")


def _no_json(error: Mapping[str, Any], place: tuple[str | int, ...]) -> str:
    reason = str(error.get("ctx", {}).get("error", "")).lower()
    return f"the body is no JSON, from character {place[-1]} on: {reason}".removesuffix(": ")


def _in_body(steps: Sequence[str | int], body: object, *, lacking: bool) -> Iterator[str | int]:
    """Yield the steps that lead through a body, without those that only name a choice.

    Where a field may be one thing or another, pydantic puts the name of its own class or tag
    between the steps. ``lacking`` says that the last step is what is not there.
    """
    for number, step in enumerate(steps, start=1):
        inside = _inside(body, step)
        if inside or (lacking and number == len(steps)):
            yield step
        body = inside[0] if inside else body


def _inside(body: object, step: str | int) -> tuple[object, ...]:
    """Return what lies at a step, as the only one; nothing where there is no such step."""
    if isinstance(body, dict) and step in body:
        return (body[step],)
    if isinstance(body, list) and isinstance(step, int) and 0 <= step < len(body):
        return (body[step],)
    return ()


def _pointer(steps: Iterable[str | int]) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)
