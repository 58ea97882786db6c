"""From similar rows to distinct concepts, ties and all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

# Similarities closer than this are equal, so that a rounding error of the last bit, which
# differs between processors, never decides an order.
DECIMALS = 6


def best_rows(
    rows: NDArray[np.int64],
    similarities: NDArray[np.float64],
    concepts: NDArray[np.int32],
    k: int,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the best row of each of the best k concepts.

    Args:
        rows: Row numbers, each once, in any order.
        similarities: Of each of ``rows``; they are rounded to 6 decimals before all else.
        concepts: Concept number of each of ``rows``; numbers follow the order of the URIs.
        k: Number of concepts at most.

    Returns:
        Row numbers by similarity, highest first, then by URI, and the rounded similarities.
        Among equally similar rows of one concept the first counts, so a preferred label
        stands before an alternative.
    """
    rounded = np.round(similarities, DECIMALS)
    order = np.lexsort((rows, -rounded))
    _, first = np.unique(concepts[order], return_index=True)
    best = order[first]
    # np.unique has put concepts in ascending order, and a stable sort keeps it among ties.
    best = best[np.argsort(-rounded[best], kind="stable")][:k]
    return rows[best], rounded[best]
