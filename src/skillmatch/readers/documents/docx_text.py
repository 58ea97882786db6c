"""Word documents (.docx) to text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.document_text import BROKEN_FILE, MAX_CHARS, DocumentText
from skillmatch.readers.documents.plain_text import clean_text

_MAX_ENTRIES = 5_000
# Pictures hardly shrink, so an honest document of 20 MB stays below this.
_MAX_UNPACKED = 100_000_000
_MAX_ELEMENTS = 200_000
"""Of all parts; 60 pages of text take a tenth of it."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
_BREAKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_CONTAINERS = frozenset(
    f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "tc")
)
# Old drawings repeat a text box for old programs; moved text stands at its new place too.
_SKIPPED = frozenset({_FALLBACK, f"{_W}moveFrom", f"{_W}del", f"{_W}pPr", f"{_W}rPr"})
_LIST_STYLES = ("list bullet", "list number")
_MAX_STYLE_CHAIN = 10

# python-docx and its XML elements come without types.
Element = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    heading: bool
    listed: bool
    base: str


def read_docx(data: bytes) -> DocumentText:
    """Return the text of a Word document: page header, paragraphs, tables, text boxes.

    Everything comes in document order; list items start with ``- ``, headings stand apart,
    a table row becomes one line with ``|`` between cells. Deleted text of tracked changes is
    left out.

    Raises:
        UnreadableError: The file is damaged, unsafe to unpack, or no Word document.
    """
    _check_zip(data)
    try:
        text, title = _read(data)
    except BROKEN_FILE + _docx_errors() as fault:
        raise UnreadableError(
            "this Word document is damaged and cannot be read; open it in a word processor and "
            "save it again as .docx, or copy its text into a .txt file"
        ) from fault
    cleaned, notes = clean_text(text)
    return DocumentText(text=cleaned, title=title, notes=notes)


def _docx_errors() -> tuple[type[Exception], ...]:
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    return (zipfile.BadZipFile, PackageNotFoundError, LxmlError)


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (*BROKEN_FILE, zipfile.BadZipFile) as fault:
        raise UnreadableError(
            "this Word document is damaged (its zip directory cannot be read); get it again, or "
            "copy its text into a .txt file"
        ) from fault
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise UnreadableError(
            f"this Word document unpacks to more than {_MAX_UNPACKED // 1_000_000} MB or "
            f"{_MAX_ENTRIES} files, so it was not opened; save a copy without its pictures"
        )
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise UnreadableError(
            "this Word document holds a file whose name points outside it, as no word processor "
            "writes; it was not opened"
        )
    if "word/document.xml" not in names:
        raise UnreadableError("this is a zip archive, but no Word document; give a .docx file")
    if _elements(data) > _MAX_ELEMENTS:
        raise UnreadableError(
            f"this Word document holds more than {_MAX_ELEMENTS:,} elements, so it was not opened; "
            "give the part of it that matters"
        )


def _elements(data: bytes) -> int:
    """Return how many elements all XML parts begin; of a damaged part, as far as it goes.

    Parsed, each takes some 200 bytes and 5 µs, however little it holds.
    """
    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith((".xml", ".rels")):
                with suppress(*BROKEN_FILE, zipfile.BadZipFile), archive.open(entry) as part:
                    while chunk := part.read(2**20):
                        count += chunk.count(b"<") - chunk.count(b"</")
    return count


def _read(data: bytes) -> tuple[str, str]:
    import docx

    document = docx.Document(io.BytesIO(data))
    styles = _styles(document.styles.element)
    headers = [
        section.header.part.element
        for section in document.sections
        if not section.header.is_linked_to_previous
    ]
    lines: list[str] = []
    size = 0
    for root in [*headers, document.element.body]:
        for line in _blocks(root, styles):
            if size > MAX_CHARS:
                break
            if line or (lines and lines[-1]):
                lines.append(line)
                size += len(line) + 1
    return "\n".join(lines).strip("\n"), str(document.core_properties.title or "").strip()


def _styles(element: Element) -> dict[str, _Style]:
    """Return what is known of each paragraph style, by its id; what is based on a list is one."""
    found: dict[str, _Style] = {}
    for style in element.iter(f"{_W}style"):
        name = _value(style, "name").lower()
        listed = style.find(f"{_W}pPr/{_W}numPr") is not None or name.startswith(_LIST_STYLES)
        heading = name.startswith(("heading", "title", "subtitle"))
        found[style.get(f"{_W}styleId", "")] = _Style(
            heading=heading, listed=listed and not heading, base=_value(style, "basedOn")
        )
    return found


def _value(element: Element, name: str) -> str:
    child = element.find(f"{_W}{name}")
    return "" if child is None else str(child.get(f"{_W}val", ""))


def _blocks(parent: Element, styles: dict[str, _Style]) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, styles)
        elif child.tag == f"{_W}tbl":
            yield from _table(child, styles)
        elif child.tag in _CONTAINERS:
            yield from _blocks(child, styles)


def _paragraph(paragraph: Element, styles: dict[str, _Style]) -> Iterator[str]:
    text, boxes = _inline(paragraph)
    if not text:
        yield ""
    elif _is_heading(paragraph, styles):
        yield from ("", text, "")
    else:
        yield f"- {text}" if _is_item(paragraph, styles) else text
    for box in boxes:
        yield ""
        yield from _blocks(box, styles)


def _inline(paragraph: Element) -> tuple[str, list[Element]]:
    """Return a paragraph's own text, and the text boxes that are anchored in it."""
    parts: list[str] = []
    boxes: list[Element] = []
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        if element.tag == _TEXT_BOX:
            boxes.append(element)
        elif element.tag == f"{_W}t":
            parts.append(element.text or "")
        elif element.tag in _BREAKS:
            parts.append(_BREAKS[element.tag])
        elif element.tag not in _SKIPPED:
            stack.extend(reversed(element))
    lines = ("".join(parts)).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip(), boxes


def _style_of(paragraph: Element) -> str:
    properties = paragraph.find(f"{_W}pPr")
    return "" if properties is None else _value(properties, "pStyle")


def _is_heading(paragraph: Element, styles: dict[str, _Style]) -> bool:
    style = styles.get(_style_of(paragraph))
    return style is not None and style.heading


def _is_item(paragraph: Element, styles: dict[str, _Style]) -> bool:
    numbering = paragraph.find(f"{_W}pPr/{_W}numPr")
    if numbering is not None:
        # Number 0 takes a paragraph out of the list that its style puts it in.
        return _value(numbering, "numId") != "0"
    style = styles.get(_style_of(paragraph))
    for _ in range(_MAX_STYLE_CHAIN):
        if style is None or style.listed:
            break
        style = styles.get(style.base)
    return style is not None and style.listed


def _table(table: Element, styles: dict[str, _Style]) -> Iterator[str]:
    for row in table.iterchildren(f"{_W}tr"):
        cells = [
            [line for line in _blocks(cell, styles) if line]
            for cell in row.iterchildren(f"{_W}tc", f"{_W}sdt")
        ]
        if all(len(cell) <= 1 for cell in cells):
            yield " | ".join(cell[0] for cell in cells if cell)
        else:
            # Tables that lay out a whole page keep their lines.
            for cell in cells:
                yield from cell
    yield ""
