"""Bytes to clean text: encodings, line ends, invisible characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from skillmatch.errors import UnreadableError
from skillmatch.readers.documents.document_text import DocumentText

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# No-break, thin and ideographic spaces: one character each way, so nothing shifts.
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Private-use code points by which Word and PDF files store the bullets of Symbol fonts.
_SYMBOL_BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc\uf076]")
# Zero-width space, word joiner, byte-order mark, soft hyphen, marks of text direction. The
# zero-width (non-)joiner stays: it spells words in several scripts.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 65_536
_MAX_CONTROL_SHARE = 0.01


def read_plain_text(data: bytes, *, declared: str = "") -> DocumentText:
    """Decode and clean the bytes of a text file.

    A byte-order mark decides; then UTF-8, then the encoding that the document declares, then
    Windows-1252, with a note, since a wrong guess there shows only as odd letters.

    Args:
        data: The whole file.
        declared: Name of an encoding that the document itself gives, as HTML does.

    Raises:
        UnreadableError: The bytes are not text.
    """
    text, notes = _decode(data, declared)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > _MAX_CONTROL_SHARE * len(sample):
        raise UnreadableError(
            "this is a binary file, not text, whatever its name says; give a file of text, "
            "Markdown, HTML, PDF, Word (.docx) or JobPosting JSON-LD"
        )
    cleaned, more = clean_text(text)
    return DocumentText(text=cleaned, notes=notes + more)


def clean_text(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Bring text into the one form that offsets refer to.

    Lines end with ``\n``, every kind of space is a plain one, letters are composed (NFC),
    invisible and control characters are gone. Cleaning twice changes nothing.

    Returns:
        The text, and a note where control characters were removed.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _SPACES.sub(" ", text)
    text = _SYMBOL_BULLETS.sub("•", text)
    text = _INVISIBLE.sub("", text)
    text = _SURROGATE.sub("\ufffd", text)
    text, removed = _CONTROL.subn("", text)
    notes = (f"{removed} control character(s) were removed.",) if removed else ()
    return unicodedata.normalize("NFC", text), notes


def _decode(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ()
    encoding = _unmarked_utf16(data)
    if encoding:
        return data.decode(encoding, errors="replace"), (
            f"The text was read as {encoding.upper()}, which it does not declare.",
        )
    return _decode_bytewise(data, declared)


def _decode_bytewise(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    for encoding in ("utf-8", declared):
        try:
            # A name such as "hex" is a codec too, but none that makes text.
            if encoding and codecs.lookup(encoding).name not in _NOT_TEXT:
                return data.decode(encoding), ()
        except (LookupError, ValueError):
            continue
    return data.decode("cp1252", errors="replace"), (
        "The text is not UTF-8 and was read as Windows-1252; "
        "if letters look wrong, save it as UTF-8.",
    )


_NOT_TEXT = frozenset(
    {"base64", "bz2", "hex", "idna", "punycode", "quopri", "rot13", "uu", "zlib"}
    | {"raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem"}
)


def _unmarked_utf16(data: bytes) -> str:
    """Return the UTF-16 form of mostly Latin text that lacks its mark, or ``""``."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""
