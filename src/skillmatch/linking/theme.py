"""What a whole document is about, and how well one concept goes with it.

"Changing of dressings" resembles "dress bodies" word for word, but not on a surgical ward. A
document's theme is the mean of the concepts that its pieces may mean, by confidence; a concept
far from it loses confidence, and one close to it gains; one that has nothing to do with it is
left out. Names that stand in the text word for word stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from skillmatch.linking.weights import DIGITS, ThemeWeights
from skillmatch.model.concept import ConceptUri
from skillmatch.model.link import Link, is_named

Vector = NDArray[np.float64]
THEME = "theme"
"""Under this name a link keeps its cosine to the theme."""
CANDIDATES = 3
"""Candidates of each piece that speak for the theme."""
MIN_PIECES = 4
"""A document with fewer pieces has no theme that could be told from one of them."""


def with_theme(
    linked: Sequence[tuple[Link, ...]],
    weights: ThemeWeights,
    vector_of: Callable[[ConceptUri], Vector | None],
    threshold: float,
) -> list[tuple[Link, ...]]:
    """Return the links of each unit with confidences that know the document's theme.

    Args:
        linked: Links of each unit, by confidence.
        weights: How much the theme counts.
        vector_of: Unit vector of a concept's preferred label, None where there is none.
        threshold: Confidence from which a link is accepted.
    """
    theme = _theme(linked, vector_of)
    if theme is None:
        return list(linked)
    moved = [
        [_moved(link, theme, weights, vector_of, threshold) for link in links] for links in linked
    ]
    return [
        tuple(
            sorted(
                (link for link in links if _belongs(link, weights)),
                key=lambda link: (-link.confidence, link.uri),
            )
        )
        for links in moved
    ]


def _belongs(link: Link, weights: ThemeWeights) -> bool:
    """Tell whether a likeness has anything to do with the rest of the document."""
    return link.why.similarities.get(THEME, 1.0) >= weights.least


def _theme(
    linked: Iterable[Sequence[Link]], vector_of: Callable[[ConceptUri], Vector | None]
) -> Vector | None:
    total: Vector | None = None
    pieces = 0
    for links in linked:
        pieces += bool(links)
        for link in links[:CANDIDATES]:
            vector = vector_of(link.uri)
            if vector is not None:
                part = link.confidence * vector
                total = part if total is None else total + part
    if total is None or pieces < MIN_PIECES:
        return None
    length = float(np.linalg.norm(total))
    return total / length if length else None


def _moved(
    link: Link,
    theme: Vector,
    weights: ThemeWeights,
    vector_of: Callable[[ConceptUri], Vector | None],
    threshold: float,
) -> Link:
    vector = vector_of(link.uri)
    if vector is None or is_named(link.why.how):
        return link
    cosine = float(vector @ theme)
    chance = min(max(link.confidence, 1e-4), 1 - 1e-4)
    logit = math.log(chance / (1 - chance)) + weights.slope * (cosine - weights.middle)
    confidence = round(1 / (1 + math.exp(-logit)), DIGITS)
    why = replace(link.why, similarities={**link.why.similarities, THEME: round(cosine, 4)})
    return replace(link, confidence=confidence, accepted=confidence >= threshold, why=why)
