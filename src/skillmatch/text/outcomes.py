"""The sentences and list items in which an achievement says what its earner can do.

Criteria are Markdown: list marks, quotes and emphasis are no part of a statement, headings are
none at all, nor is a line that only announces a list. A statement is always a piece of the text
that it stands in, as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from skillmatch.model.achievement import Achievement, OutcomeStatement, StatementKind
from skillmatch.text.segment import ABBREVIATION, MIN_WRAP, SENTENCE_END

MAX_CHARS = 20_000
"""Of one text; what comes after is no list of outcomes any more."""
MAX_STATEMENTS = 500
"""Of one achievement; a degree programme has some fifty."""

_LINE = re.compile(r"[^\n]+")
_MARK = re.compile(
    r"[ \t]*(?:>[ \t]*)*(?:(?:[-–—*+•▪‣◦·●○■□➢➤►✓✔→]|\(?\d{1,3}[.)]|[a-z]\))[ \t]+)?"
)
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]")
_RULE = re.compile(r"[ \t]*(?:[-=*_][ \t]*){3,}")
_EDGE = "*_`~\"“”'‘’;|"


def outcome_statements(achievement: Achievement) -> tuple[OutcomeStatement, ...]:
    """Return the statements of an achievement: name, description, criteria, results, tags.

    Of a rubric level its description, or its name where it has none. ``text`` is always the
    characters from ``start`` to ``end`` of the text at ``pointer``. At most the first
    ``MAX_CHARS`` of a text are looked at, and ``MAX_STATEMENTS`` are returned.
    """
    found = (
        OutcomeStatement(text=text[start:end], kind=kind, pointer=pointer, start=start, end=end)
        for kind, pointer, text in _texts(achievement)
        for start, end in _pieces(kind, text[:MAX_CHARS])
    )
    return tuple(islice(found, MAX_STATEMENTS))


def _texts(achievement: Achievement) -> Iterator[tuple[StatementKind, str, str]]:
    """Yield kind, pointer and content of each text that may hold statements."""
    elsewhere = dict(achievement.elsewhere)
    for kind, pointer, text in _usual_texts(achievement):
        yield kind, elsewhere.get(pointer, pointer), text


def _usual_texts(achievement: Achievement) -> Iterator[tuple[StatementKind, str, str]]:
    """Yield the texts where Open Badges 3.0 has them."""
    base = achievement.pointer
    yield StatementKind.NAME, f"{base}/name", achievement.name
    yield StatementKind.DESCRIPTION, f"{base}/description", achievement.description
    yield StatementKind.CRITERIA, f"{base}/criteria/narrative", achievement.criteria
    for result in achievement.result_descriptions:
        yield StatementKind.RESULT, f"{result.pointer}/name", result.name
        for level in result.rubric_levels:
            part = "description" if level.description else "name"
            text = level.description or level.name
            yield StatementKind.RUBRIC_LEVEL, f"{level.pointer}/{part}", text
    for place, tag in enumerate(achievement.tags):
        yield StatementKind.TAG, f"{base}/tag/{place}", tag


def _pieces(kind: StatementKind, text: str) -> Iterator[tuple[int, int]]:
    whole = kind in {StatementKind.NAME, StatementKind.TAG, StatementKind.RESULT}
    parts = [(0, len(text))] if whole else _sentences(text)
    for start, end in parts:
        trimmed = _trimmed(text, start, end)
        if trimmed is not None and (whole or not _announces(text[trimmed[0] : trimmed[1]])):
            yield trimmed


def _announces(said: str) -> bool:
    """Tell whether words only lead to a list: "The learner can:"."""
    return said.endswith(":")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _blocks(text):
        begin = start
        for found in SENTENCE_END.finditer(text, start, end):
            if not ABBREVIATION.search(text[max(begin, found.end() - 12) : found.end()]):
                yield begin, found.end()
                begin = found.end()
        yield begin, end


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield list items and paragraphs without their marks; headings and rules are left out."""
    block: tuple[int, int] | None = None
    for found in _LINE.finditer(text):
        line = found.group()
        apart = not line.strip() or _HEADING.match(line) or _RULE.fullmatch(line)
        if block is not None and (apart or not _goes_on(text, block[1], found)):
            yield block
            block = None
        if not apart:
            mark = _MARK.match(line)
            start = found.start() + (mark.end() if mark else 0)
            block = (start if block is None else block[0], found.end())
    if block is not None:
        yield block


def _goes_on(text: str, end: int, line: re.Match[str]) -> bool:
    """Tell whether a line continues the block that ended before it.

    A line shorter than ``MIN_WRAP`` was ended on purpose, unless the next begins in lower case.
    """
    if line.start() - end != 1 or _is_item(line.group()):
        return False
    before = text[text.rfind("\n", 0, end) + 1 : end]
    first = line.group().lstrip()[0]
    wrapped = len(before) >= MIN_WRAP and not before.rstrip().endswith((".", "!", "?", ":", ";"))
    return wrapped or (first.islower() and not before.rstrip().endswith((".", "!", "?")))


def _is_item(line: str) -> bool:
    mark = _MARK.match(line)
    return mark is not None and bool(mark.group().strip())


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the range without blanks and emphasis at its ends; None where nothing is said."""
    while start < end and (text[start].isspace() or text[start] in _EDGE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _EDGE):
        end -= 1
    said = any(letter.isalpha() for letter in text[start:end])
    return (start, end) if said else None
