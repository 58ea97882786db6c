"""The guide to the JSON result names what the schema holds."""

from __future__ import annotations

import json

import pytest

from tests.docs.doc_pages import DOCS, blocks, first_code, page, rows

SCHEMA = json.loads((DOCS / "schema" / "gap-1.json").read_text(encoding="utf-8"))


def keys() -> set[str]:
    """Return the keys that the guide explains."""
    return {word for row in rows(page("json.md")) for word in first_code(row[0])}


@pytest.mark.parametrize(
    "properties",
    [SCHEMA["properties"], SCHEMA["$defs"]["Gap"]["properties"]],
    ids=["result", "gap"],
)
def test_every_key_is_explained(properties: dict[str, object]) -> None:
    """A key without a meaning will be given one by whoever reads it."""
    assert set(properties) - keys() - {"factors"} == set()
    assert "`factors`" in page("json.md")


def test_the_example_of_a_link_line_follows_the_schema() -> None:
    """People copy examples."""
    import jsonschema

    schema = json.loads((DOCS / "schema" / "link-1.json").read_text(encoding="utf-8"))

    _, answer = blocks(page("json.md"), "json")

    jsonschema.validate(json.loads(answer), schema)
