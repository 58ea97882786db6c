"""PDF to text."""

from __future__ import annotations

import io
import logging
import re
import time
import warnings
from collections import Counter
from typing import TYPE_CHECKING

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.document_text import BROKEN_FILE, MAX_CHARS, DocumentText
from skillmatch.readers.documents.line_breaks import join_broken_words
from skillmatch.readers.documents.plain_text import clean_text

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 100
MAX_SECONDS = 20.0
# A page of text has a content stream of some kilobytes; megabytes are drawings and maps.
_MAX_PAGE_BYTES = 4_000_000
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.)?\s*[-–]?\s*\d{1,3}\s*(?:(?:of|von|/)\s*\d{1,3})?\s*[-–]?", re.IGNORECASE
)
# Codes that WinAnsiEncoding leaves free stand for a bullet (ISO 32000-1, annex D.2, note 3).
_GLYPHS = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\x7f\x81\x8d\x8f\x90\x9d", "•")
)
_LONE_BULLET = re.compile("^[ \t]*([•●○◦▪■□‣⁃–])[ \t]*\n+[ \t]*(?=\\S)", re.MULTILINE)


def read_pdf(data: bytes, *, max_seconds: float = MAX_SECONDS) -> DocumentText:
    """Return the text of a PDF, in the order of its content streams.

    Page numbers and lines that head or foot at least three pages are dropped after the first,
    words broken at a line end are joined, ligatures are spelled out.

    Raises:
        UnreadableError: The file is damaged, needs a password or holds only pictures.
    """
    # Without a handler of its own, what pypdf finds odd would be printed between our lines.
    logger = logging.getLogger("pypdf")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    try:
        reader = _open(data)
        pages, notes = _page_texts(reader, time.monotonic() + max_seconds)
    except BROKEN_FILE + _pypdf_errors() as fault:
        raise UnreadableError(
            "this PDF is damaged and cannot be read; open it in a viewer and print it to a new "
            "PDF, or copy its text into a .txt file"
        ) from fault
    if not any(page.strip() for page in pages):
        raise UnreadableError(
            "this PDF holds pictures of text, but no text; run text recognition over it (for "
            "example with OCRmyPDF) or copy its text into a .txt file"
        )
    text, more = _joined(pages)
    return DocumentText(text=text, notes=notes + more)


def _pypdf_errors() -> tuple[type[Exception], ...]:
    from pypdf.errors import PyPdfError

    return (PyPdfError,)


def _open(data: bytes) -> PdfReader:
    from pypdf import PdfReader

    with warnings.catch_warnings():
        # Old ciphers in old files are nothing that the reader of a posting can act on.
        warnings.simplefilter("ignore")
        reader = PdfReader(io.BytesIO(data), strict=False)
        # An empty password opens files that only forbid printing or copying.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(
                "this PDF is protected by a password; save a copy without one (print it to a new "
                "PDF, or run: qpdf --decrypt --password=... IN OUT) and give that"
            )
    return reader


def _page_texts(reader: PdfReader, deadline: float) -> tuple[list[str], tuple[str, ...]]:
    texts: list[str] = []
    notes: list[str] = []
    size = skipped = 0
    total = len(reader.pages)
    for number in range(min(total, MAX_PAGES)):
        if time.monotonic() > deadline or size > MAX_CHARS:
            break
        text = _page_text(reader.pages[number])
        skipped += text is None
        texts.append(text or "")
        size += len(text or "")
    if len(texts) < total:
        notes.append(f"Only the first {len(texts)} of {total} pages were read.")
    if skipped:
        notes.append(f"{skipped} page(s) that are damaged or all drawing were left out.")
    return texts, tuple(notes)


def _page_text(page: PageObject) -> str | None:
    """Return a page's text; ``None`` where it cannot be read, since others may be."""
    try:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > _MAX_PAGE_BYTES:
            return None
        return page.extract_text()
    except BROKEN_FILE + _pypdf_errors():
        return None


def _joined(pages: list[str]) -> tuple[str, tuple[str, ...]]:
    cleaned = [clean_text(page.translate(_GLYPHS))[0].strip("\n") for page in pages]
    kept, dropped = _without_running_lines([page.split("\n") for page in cleaned])
    text = "\n".join("\n".join(lines) for lines in kept if lines)
    # Bullets are often set on their own, a little to the left of what they belong to.
    text, words = join_broken_words(_LONE_BULLET.sub(r"\1 ", text))
    notes: tuple[str, ...] = ()
    if dropped:
        notes += (f"{dropped} page number(s) and repeated header or footer line(s) were left out.",)
    if words:
        notes += (f"{words} word(s) broken at a line end were joined.",)
    return text, notes


def _without_running_lines(pages: list[list[str]]) -> tuple[list[list[str]], int]:
    edges = Counter(line.strip() for page in pages for line in {page[0], page[-1]} if line.strip())
    seen: set[str] = set()
    kept_pages: list[list[str]] = []
    dropped = 0
    for page in pages:
        kept = []
        for place, line in enumerate(page):
            words = line.strip()
            at_edge = place in {0, len(page) - 1}
            running = words in seen or _PAGE_NUMBER.fullmatch(words) is not None
            if at_edge and words and running and len(page) > 1:
                dropped += 1
                continue
            if at_edge and edges[words] >= 3:
                seen.add(words)
            kept.append(line)
        kept_pages.append(kept)
    return kept_pages, dropped
