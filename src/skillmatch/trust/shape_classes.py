"""Classes with required and typed fields, and the walk that finds what a document lacks of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from skillmatch.trust.shape_values import KINDS, children, type_names

MAX_DEPTH = 24
"""Objects within objects; no real credential comes near it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """What an object of one class must and may hold.

    Attributes:
        required: Names of fields; ``a|b`` for one of the two.
        fields: Name of a field and what may stand in it: kinds of ``shape_values.KINDS`` and class
            names, with ``|`` between them. Other fields are nobody's business here.
        types: Names of which ``type`` must hold one; none where the class needs no type.
    """

    required: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()


Classes = Mapping[str, Class]


def class_faults(
    node: object, name: str, classes: Classes, pointer: str, depth: int = 0
) -> Iterator[str]:
    """Yield one sentence for each fault of an object and the objects in it, in document order."""
    if not isinstance(node, Mapping):
        yield f"{pointer or '/'} should be an object ({name})"
        return
    if depth > MAX_DEPTH:
        yield f"{pointer} is nested too deeply"
        return
    one = classes[name]
    yield from _missing_faults(node, one.required, pointer)
    if one.types and node.get("type", node.get("@type")) is not None:
        yield from _type_faults(node, one.types, pointer)
    for key, allowed in one.fields.items():
        if key in node:
            for value, place in children(node[key], f"{pointer}/{key}"):
                yield from _value_faults(value, allowed, classes, place, depth)


def _missing_faults(
    node: Mapping[str, Any], required: tuple[str, ...], pointer: str
) -> Iterator[str]:
    for needed in required:
        if all(node.get(option) in (None, "", [], {}) for option in needed.split("|")):
            yield f"{pointer}/{needed.replace('|', ' or ')} is missing"


def _type_faults(node: Mapping[str, Any], types: tuple[str, ...], pointer: str) -> Iterator[str]:
    if not set(types) & set(type_names(node)):
        found = ", ".join(type_names(node)) or "nothing readable"
        yield f"{pointer}/type should include {' or '.join(types)}, not {found}"


def _value_faults(
    value: object, allowed: str, classes: Classes, pointer: str, depth: int
) -> Iterator[str]:
    options = allowed.split("|")
    named = [option for option in options if option in classes]
    if named and isinstance(value, Mapping):
        yield from class_faults(value, named[0], classes, pointer, depth + 1)
        return
    kinds = [KINDS[option] for option in options if option in KINDS]
    if not any(accepts(value) for accepts, _ in kinds):
        words = [said for _, said in kinds] + [f"an object ({name})" for name in named]
        yield f"{pointer} should be {' or '.join(words)}"
