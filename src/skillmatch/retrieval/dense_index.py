"""A FAISS index over labels, memory-mapped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.embedding import Vectors
from skillmatch.errors import DataError, UsageError
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.model.link import Candidate
from skillmatch.retrieval.faiss_library import load_faiss
from skillmatch.retrieval.index_info import (
    Expected,
    IndexInfo,
    check_expected,
    check_sizes,
    read_index_info,
)
from skillmatch.retrieval.names import Names
from skillmatch.retrieval.ranking import best_rows
from skillmatch.retrieval.recipe import Structure
from skillmatch.retrieval.row_table import LABEL_KINDS, RowTable
from skillmatch.retrieval.views import PREF, Views

INDEX_FAISS = "index.faiss"
# FAISS sums in float32, in an order of its own: its similarities are off by less than this.
SLACK = 2e-6
# ESCO has seven labels a concept, and those of one concept resemble each other: four rows mostly
# hold a concept more, and eight nearly always. To ask for more rows costs nothing, to ask again
# costs another pass over the index, and every row that is looked at has to be read.
ROWS_LOOKED_AT = 4
ROWS_ASKED_FOR = 8
FEWEST_ROWS = 64
Best = tuple[NDArray[np.int64], NDArray[np.float64]]
"""Rows and their similarities, each concept once, best first."""


class DenseIndex:
    """Vectors of labels, and what each of them stands for. Threads may share one.

    Attributes:
        info: What the index was built from.
    """

    def __init__(self, info: IndexInfo, *, faiss_index: Any, rows: RowTable) -> None:  # noqa: ANN401 (SWIG)
        self.info = info
        self._faiss = faiss_index
        self._rows = rows
        self._vectors = _stored_vectors(faiss_index)
        self._ranges: dict[str, range | None] = {}
        self._labels: dict[int, str] = {}
        self._names: Names | None = None

    @classmethod
    def open(cls, directory: Path, *, expect: Expected | None = None) -> DenseIndex:
        """Map the files of an index; nothing is read before the first search.

        Args:
            directory: ``<data>/indexes/<framework>/<recipe>``.
            expect: What it must have been built from; None skips the comparison.

        Raises:
            NotFoundError: There is no index in the folder.
            IndexMismatchError: It was built from other data, encoder or recipe.
            DataError: Its files are damaged.
        """
        faiss = load_faiss()

        info = read_index_info(directory)
        if expect is not None:
            check_expected(info, expect)
        check_sizes(directory, info)
        path = directory / INDEX_FAISS
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
            rows = RowTable.open(directory)
        except (RuntimeError, ValueError, OSError) as error:
            message = f"cannot be opened ({error}); `skillmatch index build {info.framework}`"
            raise DataError(message, path=path) from error
        if not index.ntotal == len(rows) == info.rows:
            message = f"has {index.ntotal} vectors for {len(rows)} labels; build the index anew"
            raise DataError(message, path=path)
        return cls(info, faiss_index=index, rows=rows)

    def search(
        self,
        vectors: Vectors,
        k: int | Sequence[int],
        *,
        kinds: Collection[LabelKind] | None = None,
    ) -> list[tuple[Candidate, ...]]:
        """Return the k nearest concepts of each query, each with its best label.

        Args:
            vectors: Unit vectors, shape (queries, dimension).
            k: Distinct concepts, at least 1, for all queries or for each its own; fewer come
                back where there are fewer.
            kinds: Kinds of labels to look at; None means all that the index holds.

        Returns:
            For each query candidates by cosine (rounded to 6 decimals), highest first, then
            by URI. Of equally similar labels the preferred one counts. A flat index is exact,
            ties included; an HNSW index may miss some.

        Raises:
            UsageError: ``vectors`` is no matrix of this dimension, holds NaN, or ``k`` < 1.
        """
        wanted = [k] * len(vectors) if isinstance(k, int) else list(k)
        self._check(vectors, wanted)
        queries = np.ascontiguousarray(vectors, dtype=np.float32)
        selected = _selected(self._rows.kinds, kinds)
        found: dict[int, tuple[Candidate, ...]] = {}
        pending = list(range(len(queries)))
        take = min(self._faiss.ntotal, max(max(wanted, default=1) * ROWS_ASKED_FOR, FEWEST_ROWS))
        while pending:
            near, rows = self._nearest(queries[pending], take, selected)
            last = take >= self._faiss.ntotal
            for query, similarity, numbers in zip(pending, near, rows, strict=True):
                known = numbers >= 0
                whole = last or not known[-1]
                nearest = (numbers[known], similarity[known])
                best = self._decided(queries[query], *nearest, wanted[query], whole=whole)
                if best is not None:
                    found[query] = self._candidates(*best)
            pending = [query for query in pending if query not in found]
            take = min(self._faiss.ntotal, take * 4)
        return [found[query] for query in range(len(queries))]

    def nearest(self, vectors: Vectors, k: Sequence[int]) -> list[tuple[ConceptUri, ...]]:
        """Return the concepts whose preferred label is nearest, in no order that counts.

        A flat index looks at one row a concept, rounded (see ``names``), and leaves similarities
        to whoever compares views: linking asks for many phrases at once. An approximate one looks
        along its graph of all labels.

        Args:
            vectors: Unit vectors, shape (queries, dimension).
            k: Concepts for each query, each at least 1; fewer come back where there are fewer.
        """
        self._check(vectors, k)
        if self.info.structure == Structure.HNSW:
            found = self.search(vectors, k)
            return [tuple(candidate.uri for candidate in row) for row in found]
        if self._names is None:
            self._names = Names.of(self._vectors, self._rows)
        return self._names.nearest(vectors, k)

    def views(self, uris: Sequence[str]) -> Views:
        """Return every row of each concept; a concept that the index lacks has none."""
        held = [(place, found) for place, uri in enumerate(uris) if (found := self._range(uri))]
        rows = np.fromiter((row for _, found in held for row in found), dtype=np.int64)
        owners = np.repeat([place for place, _ in held], [len(found) for _, found in held])
        return Views(
            vectors=self._vectors[rows],
            owners=owners.astype(np.int64),
            kinds=self._rows.kinds[rows],
            label=lambda number: self._label(int(rows[number])),
        )

    def _label(self, row: int) -> str:
        if row not in self._labels:
            self._labels[row] = self._rows.labels[row]
        return self._labels[row]

    def _range(self, uri: str) -> range | None:
        if uri not in self._ranges:
            concept = self._rows.find_concept(uri)
            self._ranges[uri] = None if concept is None else self._rows.rows_of(concept)
        return self._ranges[uri]

    def pref_vectors(self, uris: Iterable[str]) -> dict[ConceptUri, Vectors]:
        """Return the vectors of the preferred labels of each concept that the index holds.

        Each has the shape (languages, dimension); the rows are copies.
        """
        found: dict[ConceptUri, Vectors] = {}
        for uri in uris:
            concept = self._rows.find_concept(uri)
            if concept is None:
                continue
            numbers = self._rows.rows_of(concept)
            pref = [row for row in numbers if self._rows.kinds[row] == PREF]
            if pref:
                found[ConceptUri(uri)] = np.array(self._vectors[pref])
        return found

    def vector(self, uri: str) -> Vectors | None:
        """Return the vector of a concept's first preferred label, shape (dimension,), or None."""
        found = self.pref_vectors((uri,)).get(ConceptUri(uri))
        return None if found is None else np.asarray(found[0])

    def similarity(self, first: str, second: str) -> float | None:
        """Return the best cosine between preferred labels of two concepts, to 6 decimals.

        None where the index holds no preferred label of one of them.
        """
        found = self.pref_vectors((first, second))
        if len(found) < len({first, second}):
            return None
        left, right = (found[ConceptUri(uri)].astype(np.float64) for uri in (first, second))
        return round(float((left @ right.T).max()), 6)

    def _check(self, vectors: Vectors, wanted: Sequence[int]) -> None:
        good = vectors.ndim == 2 and vectors.shape[1] == self.info.dimension
        fewest = min(wanted, default=1)
        if not good or fewest < 1 or not bool(np.isfinite(vectors).all()):
            raise UsageError(
                f"need finite vectors of shape (queries, {self.info.dimension}) and k >= 1, "
                f"got {vectors.shape} and {fewest}"
            )
        if len(wanted) != len(vectors):
            raise UsageError(f"need a k for each of {len(vectors)} queries, got {len(wanted)}")

    def _nearest(
        self, queries: Vectors, take: int, selected: NDArray[np.uint8] | None
    ) -> tuple[Vectors, NDArray[np.int64]]:
        """Ask FAISS; row -1 stands where there are fewer than ``take``."""
        faiss = load_faiss()
        if not take or not len(queries):
            return np.zeros((len(queries), 1), np.float32), np.full((len(queries), 1), -1)
        # The selector keeps a pointer into ``selected`` and must not outlive it.
        chosen = None if selected is None else faiss.IDSelectorBitmap(selected)
        params = None if chosen is None else faiss.SearchParameters(sel=chosen)
        if self.info.structure == Structure.HNSW:
            params = faiss.SearchParametersHNSW(efSearch=max(take, self._faiss.hnsw.efSearch))
            if chosen is not None:
                params.sel = chosen
        near, rows = self._faiss.search(queries, take, params=params)
        return near, rows

    def _best(self, query: Vectors, rows: NDArray[np.int64], k: int) -> Best:
        """Compute similarities again in float64, where neither batch nor processor shows."""
        exact = self._vectors[rows].astype(np.float64) @ query.astype(np.float64)
        return best_rows(rows, exact, self._rows.concepts[rows], k)

    def _decided(
        self, query: Vectors, rows: NDArray[np.int64], near: Vectors, k: int, *, whole: bool
    ) -> Best | None:
        """Return the best rows of a query, None where rows that FAISS left out could matter.

        Args:
            query: One vector.
            rows: What FAISS found, nearest first.
            near: FAISS's similarity of each row.
            k: Distinct concepts.
            whole: FAISS left nothing out.
        """
        first = max(k * ROWS_LOOKED_AT, FEWEST_ROWS // 2)
        if first < len(rows):
            best = self._best(query, rows[:first], k)
            if len(best[0]) == k and best[1][-1] > float(near[first - 1]) + SLACK:
                return best
        best = self._best(query, rows, k)
        if whole:
            return best
        above = self.info.structure == Structure.HNSW or best[1][-1] > float(near[-1]) + SLACK
        return best if len(best[0]) == k and above else None

    def _candidates(
        self, rows: NDArray[np.int64], similarities: NDArray[np.float64]
    ) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                uri=row.uri,
                label=row.text,
                label_kind=row.kind,
                similarity=float(similarity),
            )
            for row, similarity in zip(map(self._rows.row, rows), similarities, strict=True)
        )


def _stored_vectors(index: Any) -> Vectors:  # noqa: ANN401 (SWIG objects have no types)
    """Return the vectors as they lie in the mapped file, without a copy."""
    faiss = load_faiss()

    flat = index if hasattr(index, "get_xb") else faiss.downcast_index(index.storage)
    if not flat.ntotal:
        return np.zeros((0, flat.d), dtype=np.float32)
    stored = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d)
    return np.asarray(stored).reshape(flat.ntotal, flat.d)


def _selected(
    kinds: NDArray[np.uint8], wanted: Collection[LabelKind] | None
) -> NDArray[np.uint8] | None:
    """Return a bitmap of the rows to look at, lowest bit first, or None for all."""
    if wanted is None:
        return None
    numbers: Sequence[int] = [LABEL_KINDS.index(kind) for kind in wanted]
    return np.packbits(np.isin(kinds, numbers), bitorder="little")
