"""The preferred labels alone, in an index made for many small searches.

Linking asks for every few words of a posting. What is found here are candidates, which are compared
again with all of their labels; so the search itself may round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np

from skillmatch.embedding import Vectors
from skillmatch.model.concept import ConceptUri
from skillmatch.retrieval.faiss_library import load_faiss
from skillmatch.retrieval.row_table import RowTable
from skillmatch.retrieval.views import PREF

DIMENSIONS = 128
"""The directions in which labels differ most. A search has to read all numbers of all labels, so a
third of them takes a third of the time; of the right concepts 84 of 100 are still found where all
384 dimensions find 85 (judged sentences of SkillSpan train)."""
MANY_QUERIES = 48
"""From so many on, a product is faster than a pass over the index for each."""


class Names:
    """Preferred labels, projected and rounded to 16 bits.

    A search for a few phrases reads half floats, one for many is a product, which wants 32 bits
    and the same values in them: a text finds the same in any company.

    Attributes:
        uris: Concept of each row.
    """

    def __init__(self, vectors: Vectors, uris: Sequence[ConceptUri]) -> None:
        """Build both indexes.

        Args:
            vectors: Unit vectors, shape (labels, dimension).
            uris: The concept of each.
        """
        self.uris = tuple(uris)
        self._directions = _directions(vectors)
        rows = self._projected(vectors).astype(np.float16).astype(np.float32)
        faiss = load_faiss()
        dimension = rows.shape[1]
        few = faiss.IndexScalarQuantizer(
            dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        # Half floats need no training; FAISS only wants to hear so.
        few.is_trained = True
        self._few: Any = few
        self._many: Any = faiss.IndexFlatIP(dimension)
        for index in (self._few, self._many):
            index.add(rows)

    @classmethod
    def of(cls, vectors: Vectors, rows: RowTable) -> Self:
        """Take the preferred labels out of all vectors of an index."""
        places = np.flatnonzero(rows.kinds == PREF)
        uris = [ConceptUri(rows.uris[int(rows.concepts[row])]) for row in places]
        return cls(np.ascontiguousarray(vectors[places]), uris)

    def nearest(self, queries: Vectors, k: Sequence[int]) -> list[tuple[ConceptUri, ...]]:
        """Return the concepts of the labels nearest to each query.

        Args:
            queries: Unit vectors, shape (queries, dimension).
            k: Labels for each query, each at least 1; fewer come back where there are fewer.
        """
        found: list[tuple[ConceptUri, ...]] = [()] * len(queries)
        if not self.uris:
            return found
        projected = self._projected(queries)
        wanted = np.asarray(k)
        for most in sorted(set(k)):
            places = np.flatnonzero(wanted == most)
            for place, rows in zip(places, self._search(projected[places], most), strict=True):
                found[place] = tuple(map(self.uris.__getitem__, rows))
        return found

    def _search(self, projected: Vectors, k: int) -> list[list[int]]:
        index = self._few if len(projected) < MANY_QUERIES else self._many
        _, found = index.search(np.ascontiguousarray(projected), min(k, len(self.uris)))
        rows: list[list[int]] = found.tolist()
        return rows

    def _projected(self, vectors: Vectors) -> Vectors:
        plain = np.ascontiguousarray(vectors, dtype=np.float32)
        if self._directions is None:
            return plain
        if len(plain) < MANY_QUERIES:
            # Row by row, which the calling thread does itself: to wake others takes longer.
            return np.asarray((plain[:, np.newaxis] @ self._directions)[:, 0])
        return np.asarray(plain @ self._directions)


def _directions(vectors: Vectors) -> Vectors | None:
    """Return the ``DIMENSIONS`` directions of greatest variance about 0, or None where all fit.

    Shape (dimension, ``DIMENSIONS``). Directions that few labels span are no directions at all, so
    a small framework keeps its own.
    """
    dimension = vectors.shape[1]
    if dimension <= DIMENSIONS or len(vectors) < dimension:
        return None
    spread = (vectors.T @ vectors).astype(np.float64)
    _, directions = np.linalg.eigh(spread)
    return np.ascontiguousarray(directions[:, : -DIMENSIONS - 1 : -1].astype(np.float32))
