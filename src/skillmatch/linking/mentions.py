"""Phrases of a unit that may each name a skill.

A posting's sentence often asks for several things at once. Besides the unit as a whole, every
comma segment and every item of an "and", "or" or slash list is a mention of its own, without
the words that only introduce it ("strong knowledge of", "is a plus").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillmatch.model.link import Mention
from skillmatch.model.posting import Span, Unit

SEGMENT = re.compile(
    r"[,;:()\[\]•|]|\s[-–—]+\s|\.\s|\b(?:such as|including|e\.g\.|for example|i\.e\.)"
)
ITEM = re.compile(
    r"\s+(?:and/or|and|or|as well as|plus|&|nor|but)\s+|\s*/\s*|\s\+\s", re.IGNORECASE
)
_ADJECTIVE = (
    r"(?:very|really|strong|solid|good|great|excellent|proven|demonstrated|demonstrable|deep|sound"
    r"|basic|some|any|working|hands[- ]on|practical|professional|relevant|previous|prior|extensive"
    r"|in[- ]depth|advanced|intermediate|thorough|detailed|first|initial|day[- ]to[- ]day|general"
    r"|well[- ]developed|exceptional|outstanding|proficient|fluent|significant|broad|full|recent"
    r"|current|valid|completed|preferred|required|desired|optional|an?|the|your|our|their)"
)
_NOUN = (
    r"(?:experience|knowledge|understanding|command|grasp|familiarity|proficiency|fluency|expertise"
    r"|competence|competency|skills?|ability|abilities|capacity|background|exposure|habit|use|track"
    r" record|willingness|readiness|desire|interest|passion|aptitude|confidence|awareness|ease"
    r"|qualifications?|certifications?|certificate|training|eye|flair|talent|literacy)"
)
LEAD_IN = re.compile(
    r"^(?:[^\w.+#]+|\.(?!\w)|(?:and|or|but|also|ideally|plus|then|that|which|who|where|with|in|of|for|to|as|by|on"
    r"|at least|minimum(?: of)?|min\.?|over|more than|both|either|other|similar)\s+"
    r"|(?:you|we|they|the (?:ideal|successful)? ?(?:candidate|person|job|role))"
    r"(?:['’](?:ll|ve|re|d)|\s+(?:will|would|should|must|can|may|are|have|had|need|bring|know|use|has"
    r"|is|to|also|be|been|do|get|means|includes|involves))*\s+"
    r"|(?:must|should|will|can|may|would|be|been|being|have|has|had|having|need|needs|needed|used|able"
    r"|comfortable|familiar|confident|willing|happy|ready|responsible|skilled|experienced|proficient"
    r"|competent|qualified|looking|capable|knowledgeable|required|expected)\s+(?=\S)"
    r"|\d+\s*(?:\+|[-–]\s*\d+)?\s*(?:years?|yrs?|months?)['’]?\s*(?:of\s+)?(?:exp\.?\s+)?"
    rf"|{_ADJECTIVE}\s+|{_NOUN}\s+(?:in|of|with|using|on|to|for|from|about|around|at|across|as)\s+)",
    re.IGNORECASE,
)
TRAIL = re.compile(
    r"(?:[^\w+#]+|\s+(?:is|are|would be|will be|being)(?:\s+(?:a|an|very|also|highly))?"
    r"\s+(?:plus|bonus|asset|advantage|essential|required|preferred|desirable|desired|needed|must"
    r"|beneficial|welcome|helpful|important|necessary|mandatory|considered|ideal)"
    r"|\s+(?:required|preferred|desirable|essential|needed|a plus|an advantage|a bonus|etc)"
    r"|\s+(?:experience|skills?|knowledge|expertise|abilities))$",
    re.IGNORECASE,
)
NO_SKILL = re.compile(
    r"^(?:full|in-house|on-the-job|regular)?\s*training\s+(?:is |will be )?(?:provided|given)$"
    r"|^(?:full|part)[- ]time$|^\d+\s*(?:years?|months?|hours?|days?|%|kg)?$",
    re.IGNORECASE,
)
"""Phrases that postings are full of and that name no skill."""
MANY_WORDS = 4
"""A phrase of so many words means the same with or without an article."""
MAX_MENTIONS = 24
"""A unit with more phrases than this is a table or a keyword dump; the first ones are kept."""


def mentions(unit: Unit) -> tuple[Mention, ...]:
    """Return the unit as a whole, then its phrases in text order, each span once.

    The text of every mention is exactly what stands at its span in the posting.
    """
    seen: dict[Span, Mention] = {}
    for start, end in _spans(unit.text):
        span = Span(start=unit.span.start + start, end=unit.span.start + end)
        if any(_hardly_differ(unit, other, span) for other in seen):
            continue
        seen[span] = Mention(
            text=unit.text[start:end], span=span, section=unit.section, unit=unit.position
        )
        if len(seen) > MAX_MENTIONS:
            break
    return tuple(seen.values())


def _hardly_differ(unit: Unit, longer: Span, span: Span) -> bool:
    """Tell whether a span is another one, or a long part of it without its first or last word."""
    if span == longer:
        return True
    if not (longer.start <= span.start and span.end <= longer.end):
        return False
    words = len(unit.text[span.start - unit.span.start : span.end - unit.span.start].split())
    all_words = len(
        unit.text[longer.start - unit.span.start : longer.end - unit.span.start].split()
    )
    return words >= MANY_WORDS and all_words - words <= 1


def _spans(text: str) -> Iterator[tuple[int, int]]:
    yield 0, len(text)
    whole = _strip(text, 0, len(text))
    if whole is not None:
        yield whole
    for start, end in _between(SEGMENT, text, 0, len(text)):
        segment = _strip(text, start, end)
        if segment is None:
            continue
        yield segment
        for left, right in _between(ITEM, text, *segment):
            item = _strip(text, left, right)
            if item is not None:
                yield item


def _between(mark: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in mark.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _strip(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Cut introductions and trailing judgements off; None where nothing is left."""
    start, end = _trim_blank(text, start, end)
    while found := LEAD_IN.match(text[start:end]):
        if found.end() == 0 or found.end() >= end - start:
            break
        start += found.end()
    while found := TRAIL.search(text[start:end]):
        if found.start() <= 0 or found.end() == found.start():
            break
        end = start + found.start()
    start, end = _trim_blank(text, start, end)
    phrase = text[start:end]
    if not any(letter.isalpha() for letter in phrase) or NO_SKILL.search(phrase):
        return (start, end) if phrase and phrase == text.strip() else None
    return start, end


def _trim_blank(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
