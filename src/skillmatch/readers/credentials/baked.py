"""Credentials baked into pictures: text chunks of PNG, elements of SVG.

Source: Open Badges 2.0, "Badge Baking"; Open Badges 3.0, "Baked Badge" (iTXt and the SVG element).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from skillmatch.errors import DamagedError, UnreadableError
from skillmatch.readers.credentials.limits import MAX_BYTES, MAX_XML_TAGS, Budget

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

PNG_START = b"\x89PNG\r\n\x1a\n"
KEYWORDS = (b"openbadgecredential", b"openbadges", b"clrcredential")
NAMESPACES = (
    "https://purl.imsglobal.org/ob/v3p0",
    "https://purl.imsglobal.org/clr/v2p0",
    "http://openbadges.org",
)
ELEMENTS = ("credential", "assertion")
# Prologs, comments and document types begin with "<?" or "<!".
_FIRST_TAG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z]\w*)")
_NOTHING = (
    "the picture holds no credential; it may have been edited or converted, which removes it, so "
    "get the original from where the badge was issued"
)
_TEXT_CHUNKS = (b"iTXt", b"tEXt", b"zTXt")


def is_svg(data: bytes) -> bool:
    """Tell whether bytes are an SVG picture by its root, which may follow a prolog."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    found = _FIRST_TAG.search(head)
    return head.startswith(b"<") and found is not None and found[1] == b"svg"


def text_in_png(data: bytes, budget: Budget) -> str:
    """Return what is baked into a PNG.

    Raises:
        UnreadableError: The picture is damaged or holds no credential.
    """
    for kind, body in _chunks(data):
        keyword, zero, rest = body.partition(b"\x00")
        if kind in _TEXT_CHUNKS and zero and keyword.lower() in KEYWORDS:
            return _chunk_text(kind, rest, budget)
    raise UnreadableError(_NOTHING)


def text_in_svg(data: bytes) -> str:
    """Return what is baked into an SVG.

    Raises:
        UnreadableError: It is no XML, names entities, or holds no credential.
    """
    for element in _svg_root(data).iter():
        namespace, _, name = str(element.tag).removeprefix("{").partition("}")
        if namespace in NAMESPACES and name in ELEMENTS:
            text = (element.get("verify") or "").strip() or (element.text or "").strip()
            if text:
                return text
    raise UnreadableError(_NOTHING)


def inflate(data: bytes, budget: Budget, wbits: int = zlib.MAX_WBITS) -> bytes:
    """Return what compressed bytes hold, as far as one file may be large.

    Raises:
        UnreadableError: They are damaged, or hold too much.
    """
    try:
        machine = zlib.decompressobj(wbits)
        found = machine.decompress(data, MAX_BYTES + 1)
    except zlib.error as fault:
        raise DamagedError("its compressed part is damaged") from fault
    # Also what is refused next took its time, and a wallet may hold two thousand such files.
    budget.take_bytes(len(found))
    if len(found) > MAX_BYTES:
        raise UnreadableError(f"it holds more than {MAX_BYTES // 1_000_000} MB once inflated")
    if not machine.eof:
        raise DamagedError("its compressed part breaks off")
    return found


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of each chunk; checksums are left to programs that show pictures."""
    place = len(PNG_START)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 8 + length
        if end > len(data):
            raise DamagedError("the picture breaks off before its end; get the file again")
        yield kind, data[place + 8 : end]
        place = end + 4


def _chunk_text(kind: bytes, rest: bytes, budget: Budget) -> str:
    if kind == b"iTXt":
        if len(rest) < 2:
            raise DamagedError("its text chunk breaks off")
        compressed = rest[0] == 1
        # After the two flags stand a language and a translated keyword, each ended by a zero.
        _, _, text = rest[2:].split(b"\x00", 2) if rest[2:].count(b"\x00") >= 2 else ("", "", b"")
        if compressed:
            text = inflate(text, budget)
    else:
        text = inflate(rest[1:], budget) if kind == b"zTXt" else rest
    try:
        return text.decode("utf-8").strip()
    except UnicodeDecodeError as fault:
        raise DamagedError("the text in the picture is no UTF-8") from fault


def _svg_root(data: bytes) -> Element:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if data.count(b"<") > MAX_XML_TAGS or data.count(b"=") > 2 * MAX_XML_TAGS:
        raise UnreadableError("it has more elements than any badge picture")
    try:
        # Real badges have a document type declaration, which itself does no harm.
        root: Element = fromstring(data, forbid_dtd=False)
    except ParseError as fault:
        raise DamagedError(f"it is no XML: {fault}") from fault
    except (DefusedXmlException, ValueError, LookupError) as fault:
        raise UnreadableError(
            "its XML declares entities or an unknown encoding, which no badge needs"
        ) from fault
    return root
