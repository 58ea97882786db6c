"""An example of whatever a JSON Schema describes, for answers that bring none of their own.

It takes what the schema says (an example, a default, the first choice) and fills in the rest by
the name of the field, so that it reads like an answer. The same schema gives the same example.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_DEEPEST = 12
"""Where a schema that holds itself is left off."""

_FORMATS = {
    "date": "2026-11-22",
    "date-time": "2026-11-22T12:00:00Z",
    "uuid": "7f1a4b0e-3c55-4b43-9d5e-2f1f6c1d9a10",
    "uri": "https://example.org/",
    "binary": "",
    "email": "ada@example.org",
}

_WORDS = {
    "uri": "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d",
    "concept": "http://data.europa.eu/esco/skill/ccd0a1d9-afda-43d9-b901-96344886e14d",
    "label": "Python (computer programming)",
    "pref_label": "Python (computer programming)",
    "title": "software developer",
    "text": "write Python programs",
    "name": "careers page",
    "language": "en",
    "framework": "esco",
    "release": "1.1.1",
    "detail": "Say what is wrong, and what to do.",
    "next": "WyIyMDI2LTExLTIyIl0",
}

_NUMBERS = {"total": 1, "start": 0, "end": 6, "status": 200, "revision": 1}


def example_of(schema: Json, schemas: Json) -> Any:  # noqa: ANN401 - any JSON
    """Return an example that follows ``schema``; ``schemas`` are those that it refers to."""
    return _example(schema, schemas, "", 0)


def _example(schema: Json, schemas: Json, name: str, depth: int) -> Any:  # noqa: ANN401
    schema = _resolved(schema, schemas)
    for given in ("example", "const", "default"):
        if given in schema:
            return schema[given]
    for several in ("examples", "enum"):
        if schema.get(several):
            return _whole(schema[several][0], schema, schemas, depth)
    choices = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
    if choices:
        return _example(_chosen(choices, depth), schemas, name, depth)
    return _of_type(schema, schemas, name, depth)


def _whole(given: Any, schema: Json, schemas: Json, depth: int) -> Any:  # noqa: ANN401
    """Add what an answer always has, and an example that serves as a request may leave away."""
    if not isinstance(given, dict) or depth >= _DEEPEST:
        return given
    properties = schema.get("properties", {})
    missing = [name for name in schema.get("required", ()) if name not in given]
    return given | {
        name: None
        if _may_be_nothing(properties[name])
        else _example(properties[name], schemas, name, depth + 1)
        for name in missing
    }


def _may_be_nothing(schema: Json) -> bool:
    return any(one.get("type") == "null" for one in schema.get("anyOf", ()))


def _resolved(schema: Json, schemas: Json) -> Json:
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    return schema


def _chosen(choices: list[Json], depth: int) -> Json:
    """Return the first choice that says something; far down, nothing where that is allowed."""
    nothing = [one for one in choices if one.get("type") == "null"]
    something = [one for one in choices if one.get("type") != "null"]
    return nothing[0] if nothing and depth >= _DEEPEST else (something or choices)[0]


def _of_type(schema: Json, schemas: Json, name: str, depth: int) -> Any:  # noqa: ANN401
    kind = schema.get("type")
    if kind == "object" or "properties" in schema:
        return _object(schema, schemas, depth)
    if kind == "array":
        return _array(schema, schemas, name, depth)
    if kind == "string":
        return _text(schema, name)
    if kind in {"integer", "number"}:
        return _number(schema, name, whole=kind == "integer")
    return {"boolean": True, "null": None}.get(str(kind), {})


def _object(schema: Json, schemas: Json, depth: int) -> Json:
    found = {
        name: _example(one, schemas, name, depth + 1)
        for name, one in schema.get("properties", {}).items()
        if depth < _DEEPEST or name in schema.get("required", ())
    }
    more = schema.get("additionalProperties")
    if isinstance(more, dict) and more and not found and depth < _DEEPEST:
        found["example"] = _example(more, schemas, "example", depth + 1)
    return found


def _array(schema: Json, schemas: Json, name: str, depth: int) -> list[Any]:
    if "prefixItems" in schema:
        return [_example(one, schemas, name, depth + 1) for one in schema["prefixItems"]]
    if depth >= _DEEPEST and not schema.get("minItems"):
        return []
    wanted = max(1, schema.get("minItems", 1))
    one = _example(schema.get("items", {}), schemas, name.rstrip("s"), depth + 1)
    return [one] * wanted


def _text(schema: Json, name: str) -> str:
    if "format" in schema:
        return _FORMATS.get(schema["format"], "")
    if name == "id" or name.endswith("_id"):
        return _FORMATS["uuid"]
    if name == "at" or name.endswith("_at"):
        return _FORMATS["date-time"]
    return _WORDS.get(name, "…")


def _number(schema: Json, name: str, *, whole: bool) -> float:
    least: float = schema.get("minimum", schema.get("exclusiveMinimum", 0)) or 0
    if name in _NUMBERS:
        return max(_NUMBERS[name], least)
    if whole:
        return int(least) if least else 1
    return 0.5 if least < 0.5 else float(least)
