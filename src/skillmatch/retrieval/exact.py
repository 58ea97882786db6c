"""The slow oracle: what every index must return, written so that it is plainly right."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from skillmatch.embedding import Vectors
from skillmatch.model.concept import ConceptUri, LabelKind, LabelRow
from skillmatch.model.link import Candidate
from skillmatch.retrieval.ranking import DECIMALS


class ExactIndex:
    """Looks at every row in plain Python; for tests and for a doubt.

    Args:
        vectors: Unit vectors, shape (rows, dimension).
        rows: What the vectors stand for, ordered as in ``LabelRow``.
    """

    def __init__(self, vectors: Vectors, rows: Sequence[LabelRow]) -> None:
        self._vectors = vectors.astype(np.float64)
        self._rows = tuple(rows)

    def search(
        self, vectors: Vectors, k: int, *, kinds: Collection[LabelKind] | None = None
    ) -> list[tuple[Candidate, ...]]:
        """Return candidates of each query (see ``DenseIndex.search``)."""
        return [self._one(query.astype(np.float64), k, kinds) for query in vectors]

    def _one(
        self, query: np.ndarray, k: int, kinds: Collection[LabelKind] | None
    ) -> tuple[Candidate, ...]:
        best: dict[ConceptUri, Candidate] = {}
        for vector, row in zip(self._vectors, self._rows, strict=True):
            if kinds is not None and row.kind not in kinds:
                continue
            similarity = round(float(vector @ query), DECIMALS)
            if row.uri not in best or similarity > best[row.uri].similarity:
                best[row.uri] = Candidate(
                    uri=row.uri,
                    label=row.text,
                    label_kind=row.kind,
                    similarity=similarity,
                )
        ranked = sorted(best.values(), key=lambda one: (-one.similarity, one.uri))
        return tuple(ranked[:k])
