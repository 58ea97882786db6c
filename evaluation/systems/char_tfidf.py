"""Letters: cosine of TF-IDF vectors over character 3- to 5-grams, text and preferred label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from evaluation.systems.system import Ranker, Ranking, batches, ranking_of
from evaluation.tasks.task import LabelSpace

GRAMS = (3, 5)


@dataclass(frozen=True, slots=True)
class CharTfidf:
    """The baseline that sees spelling and no meaning."""

    name: str = "char-tfidf"
    probabilities: bool = False
    decides: bool = False

    def fingerprint(self) -> str:
        """Return library and parameters."""
        return f"scikit-learn-{version('scikit-learn')}:char_wb-{GRAMS[0]}-{GRAMS[1]},preferred"

    def encoder(self) -> str:
        """Return that there is none."""
        return ""

    @contextmanager
    def open(self, space: LabelSpace) -> Iterator[Ranker]:
        """Count the letters of every preferred label."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        model = TfidfVectorizer(analyzer="char_wb", ngram_range=GRAMS)
        labels = model.fit_transform([entry.pref for entry in space.entries])
        yield _Scored(model, labels.T.tocsr(), tuple(entry.uri for entry in space.entries))


@dataclass(frozen=True, slots=True)
class _Scored:
    model: Any
    labels: Any
    uris: tuple[str, ...]

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        found: list[Ranking] = []
        for batch in batches(texts):
            cosines = (self.model.transform(batch) @ self.labels).toarray()
            found.extend(ranking_of(self.uris, np.asarray(row)) for row in cosines)
        return found
