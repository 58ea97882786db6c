"""Indented JSON is what the standard library would write, only sooner."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.report.indented import indented_json

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(value=TREES)
def test_it_is_what_the_standard_library_writes(value: object) -> None:
    """Character by character, so that no report changes."""
    expected = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)

    assert indented_json(value) == expected


def test_what_is_no_json_is_refused() -> None:
    """A set has no order, so its JSON would differ from run to run."""
    with pytest.raises(TypeError):
        indented_json({"a": [{1, 2}]})
