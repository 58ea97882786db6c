"""Names that are everyday words too need more than equality.

``R``, ``Go``, ``C``, ``Excel``, ``design`` and ``training`` stand in many sentences that ask for
none of them. Such a word counts as the name of a skill only where it is a whole phrase of its
unit: an item of a list, or all that is left once "strong … skills" is taken off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from skillmatch.model.link import Mention
from skillmatch.model.posting import Span, Unit
from skillmatch.retrieval.lexical import LexicalHit

MAX_INITIALS = 2
"""Names of one or two letters are initials of something else more often than not."""
ABBREVIATED_PAIR = re.compile(r"\b[A-Z]\s?&\s?[A-Z]\b")


def is_ambiguous(hit: LexicalHit, ordinary: Collection[str]) -> bool:
    """Tell whether equality alone says little about a hit."""
    if hit.word_count > 1:
        return False
    letters = [letter for letter in hit.form if letter.isalpha()]
    return hit.form in ordinary or (len(letters) <= MAX_INITIALS and hit.form.isalpha())


def supported(
    hits: Sequence[LexicalHit], unit: Unit, phrases: Sequence[Mention], ordinary: Collection[str]
) -> tuple[LexicalHit, ...]:
    """Return the hits that are unambiguous or spoken for by their surroundings.

    Args:
        hits: Hits with spans relative to the unit.
        unit: Where they were found.
        phrases: The unit's mentions with spans of the posting.
        ordinary: Normal forms that are everyday words as well.
    """
    whole = {
        Span(start=phrase.span.start - unit.span.start, end=phrase.span.end - unit.span.start)
        for phrase in phrases
    }
    return tuple(
        hit
        for hit in hits
        if not is_ambiguous(hit, ordinary) or (hit.span in whole and _as_written(hit, unit.text))
    )


def _as_written(hit: LexicalHit, text: str) -> bool:
    """Initials must be capitals as in the name, and no half of a pair such as ``R&D``."""
    surface = text[hit.span.start : hit.span.end]
    if len(surface) > MAX_INITIALS:
        return True
    if any(
        found.start() <= hit.span.start < found.end() for found in ABBREVIATED_PAIR.finditer(text)
    ):
        return False
    return any(surface in (entry.label, entry.label.split(" (")[0]) for entry in hit.entries)
