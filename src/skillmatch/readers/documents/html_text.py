"""HTML to text: blocks become lines, list items become bullets, chrome and scripts go."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from skillmatch.readers.documents.document_text import DocumentText
from skillmatch.readers.documents.html_tags import without_many_attributes
from skillmatch.readers.documents.plain_text import clean_text

if TYPE_CHECKING:
    from lxml.etree import _Element

# A saved page of this size is all script and pictures; its posting stands in the first part.
MAX_HTML_CHARS = 5_000_000
MAX_TAGS = 50_000
"""Each takes some 5 µs, however little it holds; a rich page of 5 MB has half as many."""
_MIN_MAIN_WORDS = 50

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "legend", "summary"})
_PARAGRAPHS = _HEADINGS | frozenset(
    {"article", "blockquote", "body", "figure", "form", "main", "p", "pre", "section", "table"}
)
_LINES = frozenset(
    {
        "address",
        "aside",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "header",
        "hr",
    }
    | {"li", "ol", "tbody", "tfoot", "thead", "tr", "ul"}
)
_DROPPED = frozenset(
    {"audio", "button", "canvas", "dialog", "footer", "head", "iframe", "math", "nav", "noscript"}
    | {"object", "script", "select", "style", "svg", "template", "textarea", "video"}
)
_DROPPED_ROLES = frozenset({"alertdialog", "contentinfo", "dialog", "navigation", "search"})
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|br|ul|ol|li|div|h[1-6]|b|strong|i|em|span|table|a|u)\b[^<>]*>", re.I)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.I
)


def declared_charset(data: bytes) -> str:
    """Return the encoding that a page names in its first 4 KB, ``""`` where it names none."""
    found = _META_CHARSET.search(data[:4096])
    return found[1].decode("ascii") if found else ""


def looks_like_html(text: str) -> bool:
    """Tell whether ``text`` carries mark-up of the kinds that descriptions use."""
    return _TAG.search(text) is not None


def read_html(html: str) -> DocumentText:
    """Return the visible text of a page or a fragment.

    Navigation, footers, dialogs, scripts and hidden elements are left out; where the page has
    one ``<main>`` with text in it, only that is read. Items start with ``- ``, headings and
    paragraphs stand apart by a blank line, table cells by ``|``.

    Returns:
        The text; it is empty where nothing is visible.
    """
    html, notes = _cut(html)
    root = parse_html(html)
    if root is None:
        return DocumentText(text="", notes=notes)
    text = _visible_text(root)
    main = _only_main(root)
    if main is not None:
        inside = _visible_text(main)
        if len(inside.split()) >= _MIN_MAIN_WORDS and len(inside) < len(text):
            text = inside
            notes += ("Text outside the page's main part was left out.",)
    cleaned, more = clean_text(text)
    return DocumentText(
        text=cleaned,
        title=_title(root),
        language=(root.get("lang") or "").strip(),
        notes=notes + more,
    )


def _cut(html: str) -> tuple[str, tuple[str, ...]]:
    """Return as much of a page as is read, with a note on what is not."""
    notes: tuple[str, ...] = ()
    if len(html) > MAX_HTML_CHARS:
        html = html[:MAX_HTML_CHARS]
        notes = (f"Only the first {MAX_HTML_CHARS:,} characters of the HTML were read.",)
    if html.count("<") > MAX_TAGS:
        begins = (found.start() for found in re.finditer("<", html))
        html = html[: next(islice(begins, MAX_TAGS, None))]
        notes += (f"Only the first {MAX_TAGS:,} tags of the HTML were read.",)
    return html, notes


def parse_html(html: str) -> _Element | None:
    """Parse leniently, in linear time; ``None`` where there is no element at all."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    cleaned, _ = clean_text(html)
    try:
        return etree.fromstring(without_many_attributes(cleaned).encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None


def _only_main(root: _Element) -> _Element | None:
    mains = [
        element
        for element in root.iter()
        if element.tag == "main" or element.get("role", "").lower() == "main"
    ]
    return mains[0] if len(mains) == 1 else None


def _title(root: _Element) -> str:
    for tag in ("h1", "title"):
        for element in root.iter(tag):
            words = " ".join("".join(map(str, element.itertext())).split())
            if words:
                return words
    return ""


def _visible_text(root: _Element) -> str:
    page = _Page()
    # An explicit stack, since pages nest deeper than Python may recurse.
    stack: list[tuple[_Element, bool]] = [(root, False)]
    while stack:
        element, is_end = stack.pop()
        if is_end:
            page.close(element.tag)
        elif not _is_dropped(element):
            page.open(element.tag)
            page.write(element.text, keep_lines=element.tag == "pre")
            stack.append((element, True))
            stack.extend((child, False) for child in reversed(element))
            continue
        if element is not root:
            page.write(element.tail)
    return "".join(page.parts)


def _is_dropped(element: _Element) -> bool:
    if element.tag in _DROPPED:
        return True
    if not element.attrib:
        return False
    if element.get("hidden") is not None:
        return True
    if element.get("role", "").lower() in _DROPPED_ROLES or element.get("aria-hidden") == "true":
        return True
    return _INVISIBLE.search(element.get("style", "")) is not None


class _Page:
    """Text as it grows: breaks and bullets wait until words follow them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._newlines = 0
        self._bullet = False
        self._space = False
        self._cell = False

    def open(self, tag: str) -> None:
        self._break(tag)
        if tag == "li":
            self._bullet = True
        elif tag in {"td", "th"}:
            self._cell = bool(self.parts) and self._newlines == 0
        elif tag == "br":
            self._newlines = max(self._newlines, 1)

    def close(self, tag: str) -> None:
        if tag == "li":
            self._bullet = False
        self._break(tag)

    def _break(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            # A paragraph that opens an item stays on the bullet's line.
            self._newlines = max(self._newlines, 1 if self._bullet else 2)
        elif tag in _LINES:
            self._newlines = max(self._newlines, 1)

    def write(self, raw: str | None, *, keep_lines: bool = False) -> None:
        if not raw:
            return
        lines = raw.splitlines() if keep_lines else [raw]
        for number, line in enumerate(lines):
            if number:
                self._newlines = max(self._newlines, 1)
            self._write_line(line)

    def _write_line(self, raw: str) -> None:
        words = raw.split()
        if not words:
            self._space = True
            return
        self.parts += [self._lead(raw), " ".join(words)]
        self._newlines, self._bullet, self._cell = 0, False, False
        self._space = raw[-1].isspace()

    def _lead(self, raw: str) -> str:
        lead = "\n" * self._newlines if self.parts else ""
        if self._bullet:
            return lead + "- "
        if lead or not self.parts:
            return lead
        if self._cell:
            return " | "
        return " " if self._space or raw[0].isspace() else ""
