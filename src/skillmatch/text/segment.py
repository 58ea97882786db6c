"""Cut a posting into units: bullets, list items and sentences under their section.

Offsets are characters of the text as given, so that a report can show a unit in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from skillmatch.model.posting import SectionKind, Span, Unit
from skillmatch.text.headings import (
    bare_heading,
    heading_kind,
    is_whole_heading,
    looks_like_heading,
)

LINE = re.compile(r"[^\n]*\n?")
BULLET = re.compile(
    r"[ \t\u00a0]*(?:[-–—*•▪‣◦·●○■□➢➤►✓✔→>»+o]|\(?\d{1,2}[.)]|[a-z]\))[ \t\u00a0]+(?=\S)"
)
INLINE_HEADING = re.compile(r"[ \t\u00a0*_#]*([A-Z][\w'’&/ -]{2,50}?)[*_]*:[*_]*[ \t\u00a0]+(?=\S)")
# A sentence ends at .!? before a capital, a digit or a quote; abbreviations are put right after.
SENTENCE_END = re.compile(
    r"[.!?…][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9])|[.!?](?=\s*$)|;(?=\s)|(?<=[a-z]{3})\.(?=[A-Z][a-z]|[a-z]+ to )"
)
ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|min|max|no|nr|dept|inc|ltd|co|corp|st|mr|mrs|ms|dr|sr|jr"
    r"|u\.s|u\.k|yrs|hrs|tel|ref)|\b[A-Z])\.$",
    re.IGNORECASE,
)
INLINE_BULLET = re.compile(r"\s+[•▪‣●■➢➤►✓✔]\s*|[ \t\u00a0]{2,}[-–*][ \t\u00a0]+")
MIN_TELLING_WORDS = 3
MIN_WRAP = 40
"""A line shorter than this was ended on purpose; a longer one may have been wrapped."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def bullet(self) -> int:
        """Length of the bullet mark, 0 without one."""
        found = BULLET.match(self.text)
        return found.end() if found else 0


def segment(text: str, *, with_headings: bool = False) -> tuple[Unit, ...]:
    """Return the units of a document in text order.

    Each unit carries the kind of the section it stands in, by the last heading above it
    (``OTHER`` before any). A heading whose words announce nothing ends the section above.

    Args:
        text: The document; spans are its characters.
        with_headings: Whether headings whose words announce nothing known are units, too. Above
            a list in a CV stands what the list is about ("Relational databases and SQL").
    """
    units: list[Unit] = []
    kind, heading = SectionKind.OTHER, ""
    for start, end, is_heading in _blocks(text):
        if is_heading:
            line = text[start:end]
            known = heading_kind(line)
            kind, heading = known or SectionKind.OTHER, bare_heading(line)
            if not (with_headings and _says_more(line, known)):
                continue
        for left, right, own in _pieces(text, (start, end)):
            section, title = (kind, heading) if own is None else own
            units.append(
                Unit(
                    text=text[left:right],
                    span=Span(start=left, end=right),
                    section=section,
                    heading=title,
                    position=len(units),
                )
            )
    return tuple(units)


def _says_more(line: str, kind: SectionKind | None) -> bool:
    """Tell whether a heading speaks of something itself and does not only announce a section."""
    plain = kind is None or kind is SectionKind.OTHER
    return plain and not line.isupper() and len(line.split()) >= MIN_TELLING_WORDS


def _lines(text: str) -> list[_Line]:
    found = []
    for match in LINE.finditer(text):
        if match.group():
            body = match.group().rstrip("\n")
            found.append(_Line(match.start(), match.start() + len(body), body))
    return found


def _blocks(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, is heading) of headings, bullets and paragraphs."""
    lines = _lines(text)
    start = end = -1
    for place, line in enumerate(lines):
        if start >= 0 and not _continues(lines, place, start):
            yield start, end, False
            start = -1
        if line.blank:
            continue
        if start < 0:
            if _is_heading(lines, place):
                yield line.start, line.end, True
                continue
            start = line.start + line.bullet
        end = line.end
    if start >= 0:
        yield start, end, False


def _is_heading(lines: list[_Line], place: int) -> bool:
    line = lines[place]
    if is_whole_heading(line.text):
        return True
    opens = place == 0 or lines[place - 1].blank
    following = next((one for one in lines[place + 1 :] if not one.blank), None)
    opens_list = opens and not line.bullet and following is not None and bool(following.bullet)
    return looks_like_heading(line.text, alone=_alone(lines, place), opens_list=opens_list)


def _alone(lines: list[_Line], place: int) -> bool:
    """Tell whether a line stands apart: nothing follows, or a short line opens a paragraph."""
    following = lines[place + 1] if place + 1 < len(lines) else None
    if following is None or following.blank or following.bullet:
        return True
    opens = place == 0 or lines[place - 1].blank
    return opens and len(lines[place].text) < MIN_WRAP and following.text.strip()[0].isupper()


def _continues(lines: list[_Line], place: int, start: int) -> bool:
    """Tell whether a line goes on with the block that began at ``start``."""
    line, before = lines[place], lines[place - 1]
    if line.blank or before.blank or line.bullet:
        return False
    if _is_heading(lines, place):
        return False
    words = line.text.strip()
    if before.text.rstrip().endswith((",", "-", "/", "&", " and", " or", " of", " with")):
        return True
    if words[0].islower():
        return True
    wrapped = len(before.text) >= MIN_WRAP
    ended = before.text.rstrip().endswith((".", "!", "?", ";", ":"))
    in_bullet = bool(BULLET.match(lines[place - 1].text)) and start == before.start + before.bullet
    return wrapped and (not ended or not in_bullet)


def _pieces(
    text: str, block: tuple[int, int]
) -> Iterator[tuple[int, int, tuple[SectionKind, str] | None]]:
    """Cut a block at inline headings ("Requirements: …"), inline bullets and sentence ends."""
    start, end = block
    own: tuple[SectionKind, str] | None = None
    if found := INLINE_HEADING.match(text, start, end):
        kind = heading_kind(found.group(1))
        if kind is not None:
            own, start = (kind, found.group(1).strip()), found.end()
    for piece_start, piece_end in _split(text, start, end, INLINE_BULLET):
        for left, right in _sentences(text, piece_start, piece_end):
            trimmed = _trim(text, left, right)
            if trimmed is not None:
                yield (*trimmed, own)


def _split(text: str, start: int, end: int, mark: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in mark.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for found in SENTENCE_END.finditer(text, start, end):
        if ABBREVIATION.search(text[begin : found.end()]):
            continue
        yield begin, found.end()
        begin = found.end()
    yield begin, end


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] in "•▪‣●■➢➤►✓✔*|"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in ";*|"):
        end -= 1
    return (start, end) if any(letter.isalnum() for letter in text[start:end]) else None
