"""What kind of document some bytes are: their content decides, then the name of the file."""

from __future__ import annotations

import io
import zipfile
from enum import StrEnum

from skillmatch.errors import UnreadableError


class DocumentKind(StrEnum):
    """The formats that can be read, by media type."""

    PLAIN = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    JSON_LD = "application/ld+json"


FORMATS = "text, Markdown, HTML, PDF, Word (.docx) or JobPosting JSON-LD"
_BY_SUFFIX = {
    ".md": DocumentKind.MARKDOWN,
    ".markdown": DocumentKind.MARKDOWN,
    ".htm": DocumentKind.HTML,
    ".html": DocumentKind.HTML,
    ".xhtml": DocumentKind.HTML,
    ".json": DocumentKind.JSON_LD,
    ".jsonld": DocumentKind.JSON_LD,
}
# First bytes of files that hold no text for us, and what to do about each.
_FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word file (.doc) or one with a password; save it as .docx without a password",
    ),
    (b"{\\rtf", "a rich text file (.rtf); save it as .docx or .txt"),
    (b"\x89PNG", "a picture; run text recognition over it and give the text"),
    (b"\xff\xd8\xff", "a picture; run text recognition over it and give the text"),
    (b"GIF8", "a picture; run text recognition over it and give the text"),
    (b"II*\x00", "a picture; run text recognition over it and give the text"),
    (b"MM\x00*", "a picture; run text recognition over it and give the text"),
    (b"\x1f\x8b", "a compressed file; unpack it and give the file inside"),
    (b"7z\xbc\xaf", "a compressed file; unpack it and give the file inside"),
    (b"Rar!", "a compressed file; unpack it and give the file inside"),
    (b"BZh", "a compressed file; unpack it and give the file inside"),
    (b"\xfd7zXZ", "a compressed file; unpack it and give the file inside"),
)
_HTML_STARTS = (b"<!doctype html", b"<html")


def kind_of(data: bytes, suffix: str) -> DocumentKind:
    """Return the kind of a document.

    Args:
        data: The whole file, not empty.
        suffix: Ending of its name with the dot, in any case; ``""`` for standard input.

    Raises:
        UnreadableError: It is of a known kind that cannot be read, or its name promises PDF
            or Word and its content is neither.
    """
    suffix = suffix.lower()
    # Real PDF files may carry some bytes before their header.
    if b"%PDF-" in data[:1024]:
        return DocumentKind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _kind_of_zip(data, suffix)
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise UnreadableError(f"this is {what}")
    if suffix in {".pdf", ".docx", ".doc"}:
        raise UnreadableError(
            f"its name ends with {suffix}, but the content is something else or damaged; get it "
            "again, or rename it to .txt if it is text"
        )
    head = data[:2048].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(_HTML_STARTS) or (head.startswith(b"<?xml") and b"<html" in head):
        return DocumentKind.HTML
    return _BY_SUFFIX.get(suffix, DocumentKind.PLAIN)


def _kind_of_zip(data: bytes, suffix: str) -> DocumentKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # Its reader says what is wrong with a damaged one.
        names = {"word/document.xml"} if suffix == ".docx" else set()
    if suffix == ".docx" or "word/document.xml" in names:
        return DocumentKind.DOCX
    what = "an OpenDocument file" if "content.xml" in names else "a zip archive or a damaged one"
    raise UnreadableError(f"this is {what}, which cannot be read; give {FORMATS}")
