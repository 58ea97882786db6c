"""Bytes to clean text."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.line_breaks import join_broken_words
from skillmatch.readers.documents.plain_text import clean_text, read_plain_text

WORDS = "Köchin gesucht – 3 years’ experience"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    """Windows programs save UTF-16; some leave the byte-order mark out."""
    data = WORDS.encode(encoding)

    assert read_plain_text(data).text == WORDS


def test_windows_text_is_read_with_a_note() -> None:
    """A guess that may be wrong has to be said."""
    document = read_plain_text(WORDS.encode("cp1252"))

    assert document.text == WORDS
    assert any("Windows-1252" in note for note in document.notes)


def test_the_encoding_that_a_page_declares_comes_before_the_guess() -> None:
    """Cyrillic read as Windows-1252 is letters, but no words."""
    document = read_plain_text("Требуется повар".encode("cp1251"), declared="windows-1251")

    assert document.text == "Требуется повар"
    assert document.notes == ()


@pytest.mark.parametrize("declared", ["hex", "rot13", "no-such-thing", "base64", "x" * 300])
def test_a_declared_encoding_that_makes_no_text_is_ignored(declared: str) -> None:
    """Python knows codecs that are no encodings; a page must not choose one of those."""
    assert read_plain_text(WORDS.encode("cp1252"), declared=declared).text == WORDS


def test_binary_bytes_are_refused_whatever_the_name() -> None:
    """An executable called posting.txt would otherwise be linked letter by letter."""
    data = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(150))

    with pytest.raises(UnreadableError, match="binary"):
        read_plain_text(data)


def test_a_stray_nul_does_not_make_a_text_binary() -> None:
    """Text exported from old databases holds single NULs."""
    document = read_plain_text(b"Forklift driver wanted\x00\n" + b"nights and weekends " * 10)

    assert "\x00" not in document.text
    assert document.notes == ("1 control character(s) were removed.",)


def test_spaces_bullets_and_line_ends_take_one_form() -> None:
    """Later stages split on plain spaces and newlines only."""
    text, notes = clean_text("25\u00a0kg\r\n\uf0b7 tidy\rco\u00adoking\u2028end\u200b")

    assert text == "25 kg\n• tidy\ncooking\nend"
    assert notes == ()


@given(text=st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """Offsets refer to the cleaned text, so cleaning it again must not move them."""
    once, _ = clean_text(text)

    assert clean_text(once) == (once, ())


@given(text=st.text())
def test_clean_text_survives_its_own_encoding(text: str) -> None:
    """Whatever was cleaned can be written as UTF-8 and read back."""
    cleaned, _ = clean_text(text + " and some words")

    assert read_plain_text(cleaned.encode("utf-8")).text == cleaned


@pytest.mark.parametrize(
    ("broken", "joined"),
    [
        ("con-\ntainers,keeping", "containers,keeping"),
        ("self-\nmotivated", "self-motivated"),
        ("Baden-\nBaden", "Baden-Baden"),
        ("e-mail and wire-\nless, wire-less", "e-mail and wire-less, wire-less"),
        ("low-\n  voltage work", "low-voltage work"),
        ("list:\n- one\n- two", "list:\n- one\n- two"),
        ("from 2019 -\ntoday", "from 2019 -\ntoday"),
    ],
)
def test_words_broken_at_a_line_end_are_joined(broken: str, joined: str) -> None:
    """A hyphen that only breaks a line goes; one that belongs to the word stays."""
    assert join_broken_words(broken)[0] == joined
