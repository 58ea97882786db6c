"""A job posting (or any text to link) and its parts. Offsets are characters of ``Posting.text``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Half-open range ``[start, end)`` of characters in the original text."""

    start: int
    end: int


class SectionKind(StrEnum):
    """What a part of a posting is for. Kinds after ``OTHER`` never yield requirements."""

    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    DUTIES = "duties"
    SUMMARY = "summary"
    OTHER = "other"
    COMPANY = "company"
    BENEFITS = "benefits"
    DIVERSITY = "diversity"
    APPLICATION = "application"
    LEGAL = "legal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A document as text.

    Attributes:
        source: File name, ``-`` for standard input, or another name a person recognises.
        language: BCP 47 tag of the text; ``""`` where it could not be told.
        media_type: What it was read from, as in ``application/pdf``.
        notes: What the reader dropped or repaired, one sentence each.
    """

    text: str
    title: str = ""
    language: str = "en"
    source: str = "-"
    media_type: str = "text/plain"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """The smallest piece that is linked as one: a bullet, a sentence or a list item.

    ``text`` is always ``posting.text[span.start:span.end]``.

    Attributes:
        section: Kind of the section it stands in.
        heading: The heading's own words, ``""`` without one.
        position: 0-based place among all units of the posting.
    """

    text: str
    span: Span
    section: SectionKind = SectionKind.OTHER
    heading: str = ""
    position: int = 0
