"""TOML from anywhere is read as the standard library reads it, or refused soon and in one way."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.text import bounded_toml
from skillmatch.text.bounded_toml import MAX_PARTS, parse_toml
from tests.watchdog import no_hang

VALUES = st.recursive(
    st.text(max_size=80) | st.integers(-(2**63), 2**63 - 1) | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(table=st.dictionaries(st.text(max_size=8), VALUES, max_size=4))
def test_what_is_within_bounds_is_read_as_ever(table: dict[str, Any]) -> None:
    """The bounds must not touch what people and programs write."""
    assert parse_toml(tomli_w.dumps(table)) == table


@pytest.mark.parametrize("text", ["a = " + "x.y " * 99, "[a.b]\nc.d = 1.5", "v = '1.2.3.4.5'"])
def test_dots_elsewhere_are_no_parts_of_a_key(text: str) -> None:
    """Versions, sentences and numbers have dots."""
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            parse_toml(text)
    else:
        assert parse_toml(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n" + "a." * 200_000 + "a = 1", f"more than {MAX_PARTS} parts.*line 2"),
        ("[" + "'a' . " * 100_000 + "a]", "parts"),
        ("b = {" + '"a".' * 100_000 + "a = 1}", "parts"),
        ("a = " + "[" * 50_000, "too deep"),
        ("a = " + "{a = " * 50_000, "too deep"),
        ("a = " + "9" * 5_000, "digits"),
        ("a = 2025-02-30", "date"),
        ("a" * 400_000, "after a key"),
        ('"' * 400_001, "."),
        ("a " * 200_000, "."),
        ("x", "."),
    ],
)
def test_what_would_keep_the_parser_busy_or_break_it_is_refused_soon(text: str, said: str) -> None:
    """Each of these took minutes or ended with another error."""
    with no_hang(), pytest.raises(tomllib.TOMLDecodeError, match=said):
        parse_toml(text)


def test_a_file_larger_than_any_of_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before it is parsed."""
    monkeypatch.setattr(bounded_toml, "MAX_CHARS", 10)

    with pytest.raises(tomllib.TOMLDecodeError, match="more than 10 characters"):
        parse_toml("a = 'eleven'")
