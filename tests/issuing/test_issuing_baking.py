"""A picture keeps every byte of its own, and carries one credential."""

from __future__ import annotations

import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError
from skillmatch.issuing.baking import MAX_IMAGE, bake
from tests.issuing.issuing_samples import SVG, png, png_chunk

TOKENS = st.from_regex(r"\A[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]{1,40}\Z")
VALUES = st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text()))


def from_png(image: bytes) -> list[str]:
    """Take out every baked text, by the PNG standard and nothing of this program."""
    found, at = [], 8
    while at < len(image):
        (length,) = struct.unpack_from(">I", image, at)
        kind, body = image[at + 4 : at + 8], image[at + 8 : at + 8 + length]
        (checksum,) = struct.unpack_from(">I", image, at + 8 + length)
        assert checksum == zlib.crc32(kind + body)
        if kind == b"iTXt" and body.startswith(b"openbadgecredential\0"):
            found.append(body.split(b"\0\0\0\0\0", 1)[1].decode())
        at += 12 + length
    return found


def from_svg(image: bytes) -> list[str]:
    """Take out every baked text, by a parser of XML."""
    from defusedxml import ElementTree

    root = ElementTree.fromstring(image)
    found = root.iter("{https://purl.imsglobal.org/ob/v3p0}credential")
    return [one.get("verify") or one.text or "" for one in found]


@given(token=TOKENS, older=TOKENS)
def test_a_png_gives_back_what_was_baked_into_it(token: str, older: str) -> None:
    """And the last one only: two credentials in one picture would leave a choice."""
    other = png_chunk(b"iTXt", b"Comment\0\0\0\0\0openbadgecredential")

    baked = bake(bake(png(other), older), token)

    assert from_png(baked) == [token]
    assert baked == bake(png(other), token)


@given(token=TOKENS)
def test_a_png_without_its_credential_is_the_picture_as_it_was(token: str) -> None:
    """Nobody's drawing is compressed anew, stripped or reordered."""
    plain = png(png_chunk(b"tEXt", b"Author\0Ada"))

    baked = bake(plain, token)

    chunk = baked[33 : 33 + len(baked) - len(plain)]
    assert chunk[4:8] == b"iTXt"
    assert baked[:33] + baked[33 + len(chunk) :] == plain


@given(value=VALUES)
def test_an_svg_gives_back_the_document_that_was_baked_into_it(value: dict[str, object]) -> None:
    """Whatever characters stand in it: those that XML forbids, and the end of CDATA, too."""
    baked = bake(SVG, json.dumps(value, ensure_ascii=False))

    (text,) = from_svg(baked)
    assert json.loads(text) == value


@given(token=TOKENS, value=VALUES)
def test_an_svg_carries_the_last_credential_alone(token: str, value: dict[str, object]) -> None:
    """Baked as a document first, as a token then, or the other way round."""
    document = json.dumps(value)

    assert from_svg(bake(bake(SVG, document), token)) == [token]
    assert bake(bake(SVG, token), document) == bake(SVG, document)


def test_an_svg_keeps_its_text_byte_for_byte() -> None:
    """Quotes, comments, declarations and white space are somebody's work."""
    baked = bake(SVG, "a.b.c")

    start, end = baked.index(b"<openbadges:"), baked.index(b"/>") + 2
    assert baked[:start] + baked[end:] == SVG
    assert baked[:start].endswith(b'data-x="a>b">')


@pytest.mark.parametrize("empty", [b"<svg/>", b"<s:svg xmlns:s='http://www.w3.org/2000/svg' />"])
def test_an_svg_without_content_can_be_baked(empty: bytes) -> None:
    """A root that closes itself has to be opened."""
    assert from_svg(bake(empty, "a.b.c")) == ["a.b.c"]


def test_another_library_finds_what_was_baked() -> None:
    """A badge is handed to programs of others."""
    from openbadgeslib import baking

    in_png = baking.extract_png(bake(png(), "a.b.c"), keyword=baking.ITXT_KEYWORD_OB3)
    in_svg = baking.extract_svg(bake(SVG, "a.b.c"), element=baking.SVG_ELEMENT_OB3)

    assert (in_png, in_svg) == ("a.b.c", "a.b.c")


@pytest.mark.parametrize(
    ("image", "said"),
    [
        (b"GIF89a", "neither a PNG nor an SVG"),
        (png()[:-5], "cut off"),
        (png()[:8] + png()[33:], "header"),
        (png()[:8] + b"\xff\xff\xff\xff" + png()[12:], "cut off"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "document type"),
        (b"<svg><g></svg>", "not well-formed"),
        (b"<html><svg/></html>", "root element"),
        (b'<?xml version="1.0" encoding="iso-8859-1"?><svg/>', "UTF-8"),
        (b"<svg>" + b"<g>" * 600 + b"</g>" * 600 + b"</svg>", "nested deeper"),
        (b"<svg/>" + b" " * MAX_IMAGE, "over 32 MB"),
    ],
)
def test_a_picture_that_cannot_carry_a_badge_is_refused(image: bytes, said: str) -> None:
    """With the reason, before anything is written."""
    with pytest.raises(DataError, match=said):
        bake(image, "a.b.c")


def test_what_is_no_credential_is_not_baked_into_an_svg() -> None:
    """It could be markup."""
    with pytest.raises(DataError, match="neither a compact JWT nor JSON"):
        bake(SVG, "<script/>")


def test_a_credential_without_bounds_is_refused() -> None:
    """Readers refuse such pictures, too."""
    with pytest.raises(DataError, match="over 2 MB"):
        bake(SVG, json.dumps("a" * (2 * 1024 * 1024)))


@given(data=st.binary(max_size=200), at=st.integers(0, 200), start=st.sampled_from([SVG, png()]))
def test_a_damaged_picture_is_baked_or_refused(data: bytes, at: int, start: bytes) -> None:
    """Whatever was done to it, there is no other way to end."""
    damaged = start[:at] + data + start[at:]

    try:
        baked = bake(damaged, "a.b.c")
    except DataError:
        return
    assert len(baked) > len(damaged)
