"""An encoder alone: cosine of the whole text and a label, without any linker around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evaluation.minilm import MINILM
from evaluation.systems.system import Ranker, Ranking, batches, ranking_of
from evaluation.tasks.task import LabelSpace
from skillmatch.embedding import Encoder, Role, open_encoder
from skillmatch.embedding.cache import VectorCache
from skillmatch.errors import NotFoundError
from skillmatch.retrieval.recipe import read_recipe
from skillmatch.service.indexing import models_dir
from skillmatch.service.opening import DEFAULT_RECIPE
from skillmatch.settings import Settings

Progress = Callable[[str, int, int], None]
VECTORS = "vectors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dense:
    """Ranks by the cosine of text and label.

    Attributes:
        spec: Name or folder of the encoder; ``""`` means the one that the program uses.
        all_labels: Whether the best of all labels counts, or the preferred one alone.
    """

    name: str
    settings: Settings
    spec: str = ""
    all_labels: bool = False
    progress: Progress = lambda _what, _done, _total: None
    probabilities: bool = False
    decides: bool = False

    def fingerprint(self) -> str:
        """Return encoder and labels."""
        return f"{self.encoder()}:{'best-label' if self.all_labels else 'preferred-label'}"

    def encoder(self) -> str:
        """Return the fingerprint of the encoder."""
        return self._encoder().fingerprint

    @contextmanager
    def open(self, space: LabelSpace) -> Iterator[Ranker]:
        """Encode the labels; vectors come from the program's own cache where it has them."""
        encoder = self._encoder()
        texts = [entry.texts if self.all_labels else (entry.pref,) for entry in space.entries]
        flat = [text for of_entry in texts for text in of_entry]
        cache = VectorCache(self.settings.data_dir / VECTORS, encoder)
        vectors = cache.encode(
            flat, lambda done, total: self.progress(f"encode for {self.name}", done, total)
        )
        starts = np.cumsum([0, *(len(of_entry) for of_entry in texts[:-1])])
        yield _Scored(encoder, vectors, starts, tuple(entry.uri for entry in space.entries))

    def _encoder(self) -> Encoder:
        return open_default_encoder(self.settings, self.spec)


@lru_cache(maxsize=2)
def open_default_encoder(settings: Settings, spec: str = "") -> Encoder:
    """Open an encoder by name or folder; ``""`` means the one of the default recipe.

    Raises:
        NotFoundError: It is not installed; the message says what to run.
    """
    name = spec or read_recipe(DEFAULT_RECIPE, folder=settings.recipes).encoder
    try:
        return open_encoder(name, models=models_dir(settings.data_dir), threads=settings.threads)
    except NotFoundError as error:
        if name != MINILM:
            raise
        raise NotFoundError(f"{error}; `python -m evaluation.minilm` fetches it") from error


@dataclass(frozen=True, slots=True)
class _Scored:
    encoder: Encoder
    vectors: NDArray[np.float32]
    starts: NDArray[np.int64]
    uris: tuple[str, ...]

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        found: list[Ranking] = []
        for batch in batches(texts):
            asked = self.encoder.encode(batch, Role.QUERY)
            cosines = asked.astype(np.float32) @ self.vectors.T
            best = np.maximum.reduceat(cosines, self.starts, axis=1)
            found.extend(ranking_of(self.uris, row.astype(np.float64)) for row in best)
        return found
