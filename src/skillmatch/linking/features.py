"""What is known about one concept for one unit, as named numbers.

Every feature is a plain float with a fixed meaning, so that the weights in
``linking/data/weights.toml`` can be read, and a confidence explained.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from operator import attrgetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """Evidence for a link; all zeros mean that nothing speaks for it.

    Attributes:
        exact_phrase: 1 where two or more words of the text equal a label in normal form.
        exact_word: 1 where a single word does, and the word is not an ordinary one.
        exact_ordinary: 1 where a single ordinary word does ("design", "Excel", "Go") and its
            surroundings speak for the skill; see ``surroundings``.
        exact_pref: 1 where the equal label is the preferred one.
        unqualified: 1 where the label has a qualifier that the text leaves out.
        homonyms: log2 of the number of concepts that share the equal form.
        unit_similarity: Best cosine of the whole unit and a label, in [-1, 1].
        phrase_similarity: Best cosine of one of the unit's phrases and a label.
        phrase_over_60: How far ``phrase_similarity`` exceeds .6, and likewise .75 and .9:
            the logistic is bent where equality of meaning begins.
        phrase_margin: ``phrase_similarity`` minus the best candidate of the same phrase.
        margin: How far the concept lies behind the best candidate, for the unit or for its own
            phrase, whichever it stands better in; at most 0, and 0 for an equal name.
        description_similarity: Best cosine of the unit and the concept's description, 0 where
            the index holds none.
        skill_bearing: Log-odds that the unit speaks of a skill at all, 0 where unknown.
        label_words: log2 of the matched label's number of words.
    """

    exact_phrase: float = 0.0
    exact_word: float = 0.0
    exact_ordinary: float = 0.0
    exact_pref: float = 0.0
    unqualified: float = 0.0
    homonyms: float = 0.0
    unit_similarity: float = 0.0
    phrase_similarity: float = 0.0
    phrase_over_60: float = 0.0
    phrase_over_75: float = 0.0
    phrase_over_90: float = 0.0
    phrase_margin: float = 0.0
    margin: float = 0.0
    description_similarity: float = 0.0
    skill_bearing: float = 0.0
    label_words: float = 0.0

    def values(self) -> tuple[float, ...]:
        """Return the numbers in the order of ``FEATURE_NAMES``."""
        numbers: tuple[float, ...] = _NUMBERS(self)
        return numbers


FEATURE_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Features))
_NUMBERS = attrgetter(*FEATURE_NAMES)


def over(similarity: float, bend: float) -> float:
    """Return how far a similarity exceeds a bend, at least 0."""
    return max(0.0, similarity - bend)


def log2_count(count: int) -> float:
    """Return log2 of a count of at least 1."""
    return math.log2(max(1, count))
