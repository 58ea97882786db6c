"""The frameworks at hand as a plan asks them: thousands of awards beside dozens of requirements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from skillmatch.gap.thresholds import NEAR_SIMILARITY
from skillmatch.model.concept import ConceptUri
from skillmatch.pathway.planning.case import Relations
from skillmatch.pathway.planning.relating import Near
from skillmatch.service.frameworks_at_hand import FrameworksAtHand

_MARGIN = 1e-3
"""Far above the rounding of a cosine, so that no near pair is missed before it is measured."""


@dataclass(frozen=True, slots=True)
class RememberedHierarchy:
    """The hierarchy of the frameworks, each concept looked up once."""

    frameworks: FrameworksAtHand
    _broader: dict[ConceptUri, tuple[ConceptUri, ...]] = field(default_factory=dict)

    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the direct broader skills."""
        if uri not in self._broader:
            self._broader[uri] = self.frameworks.broader(uri)
        return self._broader[uri]

    def pref_label(self, uri: ConceptUri) -> str:
        """Return the preferred label, or the URI where none is known."""
        return self.frameworks.pref_label(uri)


@dataclass(frozen=True, slots=True)
class NearPairs:
    """Nearness of known pairs: those that are near enough to count were found all at once."""

    frameworks: FrameworksAtHand
    near: Near

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Return the cosine of a near pair, 0 for every other."""
        return self.frameworks.similarity(held, asked) if asked in self.near.get(held, ()) else 0.0


def relations(
    frameworks: FrameworksAtHand, awarded: Iterable[ConceptUri], asked: Iterable[ConceptUri]
) -> Relations:
    """Return how awarded concepts relate to those asked for.

    Args:
        frameworks: Where concepts and their vectors are.
        awarded: Everything that an offer or the person's evidence may hold up.
        asked: Everything that a requirement or a condition names.
    """
    held, wanted = sorted(set(awarded)), sorted(set(asked))
    near = _near(frameworks, held, wanted)
    return Relations(
        hierarchy=RememberedHierarchy(frameworks),
        nearness=NearPairs(frameworks, near),
        twins=frameworks.twins,
        near=near,
    )


def _near(
    frameworks: FrameworksAtHand, held: Sequence[ConceptUri], asked: Sequence[ConceptUri]
) -> Near:
    import numpy as np

    rows, left = frameworks.pref_vectors(held)
    columns, right = frameworks.pref_vectors(asked)
    if not (rows and columns):
        return {}
    near: dict[ConceptUri, set[ConceptUri]] = {}
    for row, column in np.argwhere(left @ right.T >= NEAR_SIMILARITY - _MARGIN).tolist():
        near.setdefault(rows[row], set()).add(columns[column])
    return near
