"""What is known about one concept for one unit, as named numbers.

Every feature is a plain float with a fixed meaning, so that the weights in
``linking/data/weights.toml`` can be read, and a confidence explained.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
"""One row a candidate, one column a ``Feature``; all zeros mean that nothing speaks for it."""


class Feature(IntEnum):
    """Columns of a feature matrix.

    Attributes:
        EXACT_PHRASE: 1 where two or more words of the text equal a label in normal form.
        EXACT_WORD: 1 where a single word does, and the word is not an ordinary one.
        EXACT_ORDINARY: 1 where a single ordinary word does ("design", "Excel", "Go") and its
            surroundings speak for the skill; see ``surroundings``.
        EXACT_PREF: 1 where the equal label is the preferred one.
        UNQUALIFIED: 1 where the label has a qualifier that the text leaves out.
        HOMONYMS: log2 of the number of concepts that share the equal form.
        LATE_PREF: Late interaction of the unit and the preferred label, in [-1, 1].
        LATE_BEST: The same with the best of all labels.
        UNIT: Best cosine of the whole unit and a label.
        PHRASE: Best cosine of one of the unit's phrases and a label.
        PHRASE_MARGIN: How far the concept lies behind the best one for its own phrase; at most 0.
        MARGIN: How far it lies behind the best one of the unit, by the sum of late interaction
            and cosine; at most 0.
        SHARE: Log of its share among the unit's candidates, a softmax over the same sum.
        PHRASE_SHARE: Log of its share among the candidates for its own phrase, a softmax over
            their cosines; that of the whole unit where there are no phrases.
        OVERLAP: Share of the preferred label's content words that the unit says.
        SKILL_BEARING: Log-odds that the unit speaks of a skill at all, 0 where unknown.
        NAME_WORDS: log2 of the number of words of the equal name.
        OVERLAP_BEST: The highest such share of any label of the concept.
        LABEL_WORDS: Content words of the preferred label.
        UNIT_WORDS: log2 of one more than the content words of the unit.
        KNOWLEDGE: 1 where the concept is knowledge, not a skill.
        CROSS_SECTOR: 1 where the framework says that many sectors use it.
        SECTOR_SPECIFIC: 1 where it says that one sector does.
        OCCUPATION_SPECIFIC: 1 where it says that one occupation does.
        REUSE_KNOWN: 1 where it says how widely the concept applies at all.
        PART: Best cosine of one of the unit's parts (phrases and short runs of tokens) and a label.
        PART_MARGIN: How far the concept lies behind the best one for that part; at most 0.
        PART_SHARE: Log of its share among the candidates for that part.
        BEST_PART_MARGIN: The same distance for the part where it is smallest.
        BEST_PART_SHARE: The same share for the part where it is largest.
    """

    EXACT_PHRASE = 0
    EXACT_WORD = 1
    EXACT_ORDINARY = 2
    EXACT_PREF = 3
    UNQUALIFIED = 4
    HOMONYMS = 5
    LATE_PREF = 6
    LATE_BEST = 7
    UNIT = 8
    PHRASE = 9
    PHRASE_MARGIN = 10
    MARGIN = 11
    SHARE = 12
    PHRASE_SHARE = 13
    OVERLAP = 14
    SKILL_BEARING = 15
    NAME_WORDS = 16
    OVERLAP_BEST = 17
    LABEL_WORDS = 18
    UNIT_WORDS = 19
    KNOWLEDGE = 20
    CROSS_SECTOR = 21
    SECTOR_SPECIFIC = 22
    OCCUPATION_SPECIFIC = 23
    REUSE_KNOWN = 24
    PART = 25
    PART_MARGIN = 26
    PART_SHARE = 27
    BEST_PART_MARGIN = 28
    BEST_PART_SHARE = 29


FEATURE_NAMES: tuple[str, ...] = tuple(feature.name.lower() for feature in Feature)


def no_features(candidates: int) -> Matrix:
    """Return a matrix of zeros, shape (candidates, features)."""
    return np.zeros((candidates, len(Feature)), dtype=np.float64)
