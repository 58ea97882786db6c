"""Files that lie beside a catalogue and were never meant to be one: texts for people, pictures.

Every folder that is handed on has some, so they are no fault of it; their number is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from skillmatch.readers.credentials.baked import KEYWORDS, NAMESPACES, PNG_START, is_svg
from skillmatch.readers.credentials.jws import is_token

SHOWN = 3
"""Names of files that a note tells."""
PACKED_TEXTS = frozenset({".docx", ".epub", ".odp", ".odt", ".pptx"})
"""Texts for people that are zip archives inside."""
_FOR_PEOPLE = PACKED_TEXTS | frozenset(
    {".bmp", ".css", ".doc", ".gif", ".ico", ".jpeg", ".jpg", ".log", ".markdown", ".md", ".pdf"}
    | {".ppt", ".rst", ".rtf", ".tif", ".tiff", ".webp"}
)
_MAY_HOLD_DATA = frozenset({"", ".htm", ".html", ".png", ".svg", ".txt"})
_ABOUT = re.compile(
    r"(?:authors|changelog|contributing|copying|licen[cs]e|notice|readme)(?:[._-].*)?",
    re.IGNORECASE,
)
_DATA = frozenset({".csv", ".json", ".jsonld", ".tsv", ".xlsx"})
_OF_SYSTEMS = frozenset({"__macosx", "desktop.ini", "thumbs.db"})


def is_for_people(source: str) -> bool:
    """Tell by its path in a folder or archive whether a file is no data: a text, or hidden."""
    parts = source.split("/")
    if any(one.startswith((".", "~$")) or one.casefold() in _OF_SYSTEMS for one in parts):
        return True
    suffix = PurePosixPath(parts[-1]).suffix.lower()
    return suffix in _FOR_PEOPLE or (suffix not in _DATA and bool(_ABOUT.fullmatch(parts[-1])))


def holds_no_data(source: str, data: bytes) -> bool:
    """Tell whether a text or picture holds nothing that a program could read."""
    if PurePosixPath(source).suffix.lower() not in _MAY_HOLD_DATA:
        return False
    if data.startswith(PNG_START):
        return not any(one in data.lower() for one in KEYWORDS)
    if is_svg(data):
        return not any(one.encode() in data for one in NAMESPACES)
    text = data.removeprefix(codecs.BOM_UTF8).strip()
    if text.startswith((b"{", b"[")):
        return False
    return not (text.isascii() and is_token(text.decode("ascii")))


def passed_over_note(sources: Sequence[str]) -> tuple[str, ...]:
    """Return one note on files that were passed over, none where there were none."""
    if not sources:
        return ()
    one = len(sources) == 1
    files = "1 other file was" if one else f"{len(sources):,} other files were"
    why = "it is no catalogue data" if one else "they are no catalogue data"
    return (f"{files} passed over, since {why}: {_named(sources)}",)


def no_offer_note(sources: Sequence[str]) -> tuple[str, ...]:
    """Return one note on files of CTDL without an offer, none where there were none."""
    if not sources:
        return ()
    words = "file of CTDL describes" if len(sources) == 1 else "files of CTDL describe"
    what = "organisations, costs, conditions or skills, and no offer"
    return (f"{len(sources):,} {words} {what}: {_named(sources)}",)


def _named(sources: Sequence[str]) -> str:
    return ", ".join(sorted(sources)[:SHOWN]) + (" …" if len(sources) > SHOWN else "")
