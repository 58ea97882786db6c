"""What a framework says of a concept itself, whatever a text says.

A sentence that is near to "operate a lathe" and to "work in teams" alike more often means the one
that every sector asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from skillmatch.linking.features import Feature, Matrix
from skillmatch.model.concept import ConceptUri, ReuseLevel, SkillFacts, SkillType

REUSE_COLUMNS = {
    ReuseLevel.CROSS_SECTOR: Feature.CROSS_SECTOR,
    ReuseLevel.SECTOR_SPECIFIC: Feature.SECTOR_SPECIFIC,
    ReuseLevel.OCCUPATION_SPECIFIC: Feature.OCCUPATION_SPECIFIC,
}
FIRST, END = Feature.KNOWLEDGE, Feature.REUSE_KNOWN + 1


class KnownFacts:
    """Facts as columns of a feature matrix."""

    def __init__(self, facts: Mapping[ConceptUri, SkillFacts]) -> None:
        self._rows = {uri: _row(one) for uri, one in facts.items()}
        self._unknown = _row(SkillFacts())

    def columns(self, uris: Sequence[ConceptUri]) -> Matrix:
        """Return the columns from ``FIRST`` to ``END`` of each concept; zeros where unknown."""
        rows = [self._rows.get(uri, self._unknown) for uri in uris]
        return np.array(rows, dtype=np.float64).reshape(len(uris), END - FIRST)


def _row(facts: SkillFacts) -> tuple[float, ...]:
    row = [0.0] * (END - FIRST)
    row[Feature.KNOWLEDGE - FIRST] = float(facts.skill_type is SkillType.KNOWLEDGE)
    row[Feature.REUSE_KNOWN - FIRST] = float(facts.reuse is not None)
    if facts.reuse is not None and facts.reuse in REUSE_COLUMNS:
        row[REUSE_COLUMNS[facts.reuse] - FIRST] = 1.0
    return tuple(row)
