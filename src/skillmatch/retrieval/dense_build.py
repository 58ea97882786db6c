"""Labels of a framework to an index on disk, all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillmatch.embedding import Encoder, Vectors
from skillmatch.embedding.cache import Progress, VectorCache
from skillmatch.embedding.model_folder import replace_folder
from skillmatch.errors import DataError, StorageError
from skillmatch.model.concept import LabelRow
from skillmatch.retrieval.dense_index import INDEX_FAISS
from skillmatch.retrieval.faiss_library import load_faiss
from skillmatch.retrieval.index_info import IndexInfo, record_files, write_index_info
from skillmatch.retrieval.recipe import Recipe, Structure
from skillmatch.retrieval.row_table import ordered_rows, write_rows

ExtraBuilder = Callable[[Path, Sequence[LabelRow]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an index is built for, and where.

    Attributes:
        directory: ``<data>/indexes/<framework>/<recipe>``; replaced in one step at the end.
        extra_builders: Write more files into the folder that they are given, from the same
            rows; their files are hashed and moved into place with the others.
    """

    framework_id: str
    framework_digest: str
    directory: Path
    extra_builders: tuple[ExtraBuilder, ...] = ()


def build_dense_index(
    rows: Iterable[LabelRow],
    *,
    encoder: Encoder,
    recipe: Recipe,
    target: Target,
    cache: VectorCache,
    progress: Progress | None = None,
) -> IndexInfo:
    """Encode labels and write an index; the same input gives the same bytes.

    Args:
        rows: Labels in any order; repeated ones count once.
        encoder: Its fingerprint is recorded, ``cache`` belongs to it.
        recipe: Decides the structure; which labels it selects is the caller's part.
        target: Names and place.
        cache: Knows vectors of earlier builds and keeps those of an interrupted one.
        progress: Called with (done, total) characters that are encoded.

    Raises:
        DataError: There are no rows.
        StorageError: The data folder cannot be written; an older index is untouched.
    """
    ordered = ordered_rows(rows)
    if not ordered:
        raise DataError(
            f"the recipe {recipe.id!r} selects no label of {target.framework_id} "
            f"(concepts {', '.join(recipe.concepts)}; "
            f"languages {', '.join(recipe.languages) or 'all'}); choose another recipe"
        )
    vectors = cache.encode([row.text for row in ordered], progress)
    try:
        return _write(ordered, vectors, encoder=encoder, recipe=recipe, target=target)
    except OSError as error:
        raise StorageError(
            f"cannot write {target.directory} ({error.strerror or error}); what was there is "
            "untouched. Free some space, or choose another folder with SKILLMATCH_DATA"
        ) from error


def _write(
    rows: Sequence[LabelRow],
    vectors: Vectors,
    *,
    encoder: Encoder,
    recipe: Recipe,
    target: Target,
) -> IndexInfo:
    """Write everything aside, then move it into place."""
    target.directory.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{target.directory.name}-", dir=target.directory.parent))
    try:
        concepts = write_rows(aside, rows)
        _write_faiss(aside / INDEX_FAISS, vectors, recipe)
        for build in target.extra_builders:
            build(aside, rows)
        info = IndexInfo(
            framework=target.framework_id,
            framework_digest=target.framework_digest,
            encoder=encoder.fingerprint,
            recipe=recipe.id,
            recipe_digest=recipe.digest,
            rows=len(rows),
            concepts=concepts,
            dimension=encoder.dimension,
            structure=recipe.structure.value,
            files=record_files(aside, [path.name for path in aside.iterdir()]),
        )
        write_index_info(aside, info)
        aside.chmod(0o755)
        replace_folder(aside, target.directory)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return info


def _write_faiss(path: Path, vectors: Vectors, recipe: Recipe) -> None:
    faiss = load_faiss()

    index = _faiss_index(vectors.shape[1], recipe)
    threads = faiss.omp_get_max_threads()
    # Threads would race for places in the HNSW graph, and no two builds would be equal.
    faiss.omp_set_num_threads(1 if recipe.structure is Structure.HNSW else threads)
    try:
        index.add(vectors)
    finally:
        faiss.omp_set_num_threads(threads)
    try:
        faiss.write_index(index, str(path))
    except RuntimeError as error:
        # FAISS reports a full disk as a RuntimeError with its own C++ stack in the text.
        raise OSError("FAISS could not write the index; is the disk full?") from error


def _faiss_index(dimension: int, recipe: Recipe) -> Any:  # noqa: ANN401 (SWIG objects have no types)
    faiss = load_faiss()

    if recipe.structure is Structure.FLAT:
        return faiss.IndexFlatIP(dimension)
    index = faiss.IndexHNSWFlat(dimension, recipe.links, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = recipe.build_effort
    index.hnsw.efSearch = recipe.search_effort
    return index
