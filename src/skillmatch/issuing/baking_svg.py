"""An SVG with a credential in it, edited as text so that the drawing keeps every byte."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from skillmatch.errors import DataError

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_SVG = "http://www.w3.org/2000/svg"
_MAX_DEPTH = 500
# What XML 1.0 cannot hold, and what would end a CDATA section; JSON can escape each.
_UNFIT = re.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\U00010000-\\U0010FFFF]|(?<=]])>")
_JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)


@dataclass(slots=True)
class _Places:
    """Where things stand in the bytes.

    Attributes:
        root: Of the root element's ``<``, None before it was seen.
        baked: Start and end of each credential that is in there already.
    """

    root: int | None = None
    open: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    baked: list[tuple[int, int]] = field(default_factory=list)


def bake_svg(image: bytes, credential: str) -> bytes:
    """Return an SVG with the credential as its root's first element.

    Raises:
        DataError: The bytes are no well-formed SVG in UTF-8, or declare a document type.
    """
    places = _places(image)
    if places.root is None:
        raise DataError("the SVG has no root element")
    cleaned = image
    for start, end in reversed(places.baked):
        cleaned = cleaned[:start] + cleaned[end:]
    end = _tag_end(cleaned, places.root)
    element = _element(credential).encode("utf-8")
    if cleaned[end - 2 : end] != b"/>":
        return cleaned[:end] + element + cleaned[end:]
    match = re.match(rb"<([^\s/>]+)", cleaned[places.root :])
    name = match[1] if match else b"svg"
    return cleaned[: end - 2] + b">" + element + b"</" + name + b">" + cleaned[end:]


def _element(credential: str) -> str:
    opening = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"'
    if _JWT.fullmatch(credential):
        return f"{opening} verify={quoteattr(credential)}/>"
    try:
        json.loads(credential)
    except (ValueError, RecursionError) as error:
        raise DataError("the credential is neither a compact JWT nor JSON") from error
    text = _UNFIT.sub(_escaped, credential)
    return f"{opening}><![CDATA[{text}]]></openbadges:credential>"


def _escaped(match: re.Match[str]) -> str:
    """Return a character as JSON escapes it, which means the same inside a string."""
    return f"\\u{ord(match[0]):04x}"


def _places(image: bytes) -> _Places:
    # What defusedxml adds to this parser is refusing document types; that is done below, where
    # the byte offsets that defusedxml hides are at hand.
    from xml.parsers import expat

    places = _Places()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.XmlDeclHandler = _check_encoding
    parser.StartElementHandler = lambda name, _: _enter(places, parser, name)
    parser.EndElementHandler = lambda _: _leave(places, parser, image)
    try:
        parser.Parse(image, True)
    except expat.ExpatError as error:
        raise DataError(f"the SVG is not well-formed: {error}") from error
    return places


def _enter(places: _Places, parser: XMLParserType, name: str) -> None:
    if places.root is None:
        if name not in {f"{_SVG} svg", "svg"}:
            raise DataError("the picture's root element is not <svg>")
        places.root = parser.CurrentByteIndex
    if len(places.open) >= _MAX_DEPTH:
        raise DataError(f"the SVG is nested deeper than {_MAX_DEPTH} elements")
    places.open.append(name)
    places.starts.append(parser.CurrentByteIndex)


def _leave(places: _Places, parser: XMLParserType, image: bytes) -> None:
    name, start = places.open.pop(), places.starts.pop()
    baked = f"{NAMESPACE} credential"
    if name != baked or baked in places.open:
        return
    end = _tag_end(image, start)
    if image[end - 2 : end] != b"/>":
        end = image.index(b">", parser.CurrentByteIndex) + 1
    places.baked.append((start, end))


def _tag_end(image: bytes, start: int) -> int:
    """Return the offset after the ``>`` of a start tag; one inside quotes does not end it."""
    match = re.compile(rb"<(?:[^>\"']|\"[^\"]*\"|'[^']*')*>").match(image, start)
    if match is None:
        raise DataError("the SVG is not well-formed: a tag does not end")
    return match.end()


def _refuse_doctype(*_: object) -> None:
    raise DataError(
        "the SVG declares a document type (<!DOCTYPE …>), which can hide entities; remove that "
        "line, no drawing needs it"
    )


def _check_encoding(version: str, encoding: str | None, standalone: int) -> None:  # noqa: ARG001 - expat's signature
    if (encoding or "utf-8").lower() not in {"utf-8", "utf8", "us-ascii"}:
        raise DataError(f"the SVG is encoded as {encoding}; save it as UTF-8")
