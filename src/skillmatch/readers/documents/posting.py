"""Postings, CVs and other documents: any readable file to one ``Posting``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.model.posting import Posting
from skillmatch.readers.documents.document_kind import FORMATS, DocumentKind, kind_of
from skillmatch.readers.documents.document_text import MAX_BYTES, DocumentText, cut_text
from skillmatch.readers.documents.language import detect_language
from skillmatch.readers.documents.plain_text import read_plain_text

_MAX_TITLE = 120


def read_posting(
    source: Path | Literal["-"], *, stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES
) -> Posting:
    """Read a job posting of any supported format.

    The content decides on the format, then the ending of the name. The text is cut at 200,000
    characters, and the notes say so. The language is what the text is found to be in, else what
    the file declares, else ``""``.

    Args:
        source: A file, or ``-`` for standard input.
        stdin: Where ``-`` reads from; the process's own standard input by default.
        max_bytes: Larger input is refused.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It is too large, empty, encrypted, binary, damaged, or holds no text.
    """
    return _read(source, stdin, max_bytes, titled=True)


def read_document(
    source: Path | Literal["-"], *, stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES
) -> Posting:
    """Read a CV or another document of a person, in the same way as a posting.

    It has no title, since the first line of a CV is a name.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It is too large, empty, encrypted, binary, damaged, or holds no text.
    """
    return replace(_read(source, stdin, max_bytes, titled=False), title="")


def posting_in(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Posting:
    """Read a job posting from bytes at hand, as ``read_posting`` does from a file of that name.

    Args:
        data: The whole file.
        name: Name of the file; its ending helps to tell the format, nothing is opened.
        max_bytes: Larger input is refused.

    Raises:
        UnreadableError: It is too large, empty, encrypted, binary, damaged, or holds no text.
    """
    return _parsed(data, Path(name), max_bytes, titled=True)


def document_in(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Posting:
    """Read a CV or another document of a person from bytes at hand.

    Raises:
        UnreadableError: It is too large, empty, encrypted, binary, damaged, or holds no text.
    """
    return replace(_parsed(data, Path(name), max_bytes, titled=False), title="")


def read_text(text: str, *, source: str = "-", title: str = "") -> Posting:
    """Make a posting of text that is already at hand, cleaned and cut as from a file.

    Raises:
        UnreadableError: There is no text.
    """
    from skillmatch.readers.documents.plain_text import clean_text

    cleaned, notes = clean_text(text)
    document = DocumentText(text=cleaned, title=title, notes=notes)
    return _as_posting(document, DocumentKind.PLAIN, source, titled=False)


def read_bytes(
    source: Path | Literal["-"], *, stdin: BinaryIO | None = None, max_bytes: int = MAX_BYTES
) -> bytes:
    """Return all bytes of a file or of standard input.

    Raises:
        NotFoundError: There is no such file.
        UnreadableError: It is a folder, may not be read, is empty, or exceeds ``max_bytes``.
    """
    if source == "-":
        data = (stdin or sys.stdin.buffer).read(max_bytes + 1)
    else:
        data = _read_file(Path(source), max_bytes)
    _check_bytes(data, max_bytes)
    return data


def _check_bytes(data: bytes, max_bytes: int) -> None:
    if len(data) > max_bytes:
        raise UnreadableError(
            f"it is larger than {max_bytes / 1_000_000:g} MB; cut it to the part that matters"
        )
    if not data.strip(b"\x00\t\n\v\f\r "):
        raise UnreadableError("it is empty; give a file with text in it")


def _read_file(path: Path, max_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except FileNotFoundError as fault:
        raise NotFoundError(f"there is no file {path}; check the name and the folder") from fault
    except IsADirectoryError as fault:
        raise UnreadableError("this is a folder; name one file in it") from fault
    except (OSError, ValueError) as fault:
        # ValueError: a NUL inside the name.
        reason = getattr(fault, "strerror", None) or "no file can have such a name"
        raise UnreadableError(f"it cannot be opened: {reason}") from fault


def _read(
    source: Path | Literal["-"], stdin: BinaryIO | None, max_bytes: int, *, titled: bool
) -> Posting:
    path = None if source == "-" else Path(source)
    try:
        data = read_bytes(source, stdin=stdin, max_bytes=max_bytes)
    except UnreadableError as fault:
        raise _located(fault, path) from fault
    return _parsed(data, path, max_bytes, titled=titled)


def _parsed(data: bytes, path: Path | None, max_bytes: int, *, titled: bool) -> Posting:
    try:
        _check_bytes(data, max_bytes)
        kind = kind_of(data, "" if path is None else path.suffix)
        kind, document = _read_kind(data, kind)
        return _as_posting(document, kind, "-" if path is None else path.name, titled=titled)
    except UnreadableError as fault:
        raise _located(fault, path) from fault


def _located(fault: UnreadableError, path: Path | None) -> UnreadableError:
    if path is None:
        return UnreadableError(f"standard input: {fault}")
    return UnreadableError(str(fault), path=path)


def _read_kind(data: bytes, kind: DocumentKind) -> tuple[DocumentKind, DocumentText]:
    """Read by kind; text may turn out to be JSON-LD, and a page to carry it."""
    if kind in _BINARY:
        return kind, _BINARY[kind](data)
    if kind is DocumentKind.HTML:
        return _read_page(data)
    from skillmatch.readers.documents.job_posting_jsonld import (
        mentions_job_posting,
        read_job_posting,
    )

    document = read_plain_text(data)
    if kind is DocumentKind.JSON_LD or mentions_job_posting(document.text):
        posting = read_job_posting(document.text)
        return DocumentKind.JSON_LD, replace(posting, notes=document.notes + posting.notes)
    from skillmatch.readers.documents.line_breaks import join_broken_words

    text, notes = cut_text(document.text)
    text, joined = join_broken_words(text)
    if joined:
        notes += (f"{joined} word(s) broken at a line end were joined.",)
    return kind, replace(document, text=text, notes=document.notes + notes)


def _read_page(data: bytes) -> tuple[DocumentKind, DocumentText]:
    from skillmatch.readers.documents.html_text import declared_charset, read_html
    from skillmatch.readers.documents.job_posting_jsonld import read_embedded_job_posting

    page = read_plain_text(data, declared=declared_charset(data))
    embedded = read_embedded_job_posting(page.text)
    if embedded is not None:
        note = "Read from the JobPosting data inside the page."
        return DocumentKind.JSON_LD, replace(embedded, notes=(*page.notes, note, *embedded.notes))
    visible = read_html(page.text)
    return DocumentKind.HTML, replace(visible, notes=page.notes + visible.notes)


def _read_pdf(data: bytes) -> DocumentText:
    from skillmatch.readers.documents.pdf_text import read_pdf

    return read_pdf(data)


def _read_docx(data: bytes) -> DocumentText:
    from skillmatch.readers.documents.docx_text import read_docx

    return read_docx(data)


_BINARY: dict[DocumentKind, Callable[[bytes], DocumentText]] = {
    DocumentKind.PDF: _read_pdf,
    DocumentKind.DOCX: _read_docx,
}


def _as_posting(
    document: DocumentText, kind: DocumentKind, source: str, *, titled: bool
) -> Posting:
    text, cut = cut_text(document.text)
    if not text.strip():
        raise UnreadableError(f"it holds no text that can be read; give {FORMATS}")
    title = document.title or (_first_line(text) if titled else "")
    return Posting(
        text=text,
        title=" ".join(title.split())[:_MAX_TITLE],
        language=detect_language(text) or document.language,
        source=source,
        media_type=kind.value,
        notes=document.notes + cut,
    )


def _first_line(text: str) -> str:
    """Return the first line if it reads like a title: short, and no sentence."""
    line = text.lstrip().split("\n", 1)[0].strip().lstrip("#").strip().strip("*_").strip()
    return line if len(line) <= _MAX_TITLE and not line.endswith((".", ":", ";", ",")) else ""
