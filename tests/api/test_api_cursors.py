"""Cursors of lists."""

from __future__ import annotations

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UsageError
from skillmatch_api.wire.answers import cursors

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30)
INTEGERS = st.integers(-(2**63), 2**63 - 1)


def written(value: object) -> str:
    """Return what a client could make up: base64 of any JSON."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@given(text=TEXTS, number=INTEGERS, nothing=st.none() | TEXTS)
def test_a_cursor_gives_back_what_it_was_made_from(
    text: str, number: int, nothing: str | None
) -> None:
    """The next page begins exactly where this one ended."""
    cursor = cursors.encode([text, number, nothing])

    assert cursors.decode(cursor, (str, int, str | None)) == (text, number, nothing)
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "x",
        "é",
        "%%%%",
        "A" * 2_000,
        written("text"),
        written({"a": 1}),
        written([]),
        written(["a"]),
        written(["a", 1, 2]),
        written([1, 1]),
        written(["a", True]),
        written(["a", 1.0]),
        written(["a", None]),
        written(["a", 2**63]),
        written(["\0", 1]),
        written(["\ud800", 1]),
        written(["a", 1]) + "=",
        base64.urlsafe_b64encode(b'[ "a" , 1 ]').decode(),
        base64.urlsafe_b64encode(b"[" * 700).decode(),
    ],
)
def test_a_made_up_cursor_is_refused(forged: str) -> None:
    """Nothing but plain values of the right kinds may reach a query."""
    with pytest.raises(UsageError, match="take it from next"):
        cursors.decode(forged, (str, int))


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    """Whatever somebody writes into an address is either a cursor or refused."""
    try:
        values = cursors.decode(text, (str, int))
    except UsageError:
        return
    assert cursors.encode(values) == text
