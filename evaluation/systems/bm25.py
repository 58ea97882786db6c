"""BM25 over preferred labels, words in the program's normal form.

Alternative labels make it worse: joined to one document they bury the preferred one (TECH and HOUSE
validation, MRR .55 and .18 instead of .61 and .39), and each on its own they lose on HOUSE (.26).

Source: Robertson & Zaragoza (2009), "The Probabilistic Relevance Framework"; scored by bm25s in
the variant of Lucene.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import numpy as np

from evaluation.systems.system import Ranker, Ranking, ranking_of
from evaluation.tasks.task import LabelSpace
from skillmatch.text.normal import tokens

K1, B = 1.5, 0.75


@dataclass(frozen=True, slots=True)
class Bm25:
    """The lexical baseline that every comparison needs."""

    name: str = "bm25"
    probabilities: bool = False
    decides: bool = False

    def fingerprint(self) -> str:
        """Return library and parameters."""
        return f"bm25s-{version('bm25s')}:lucene,k1={K1},b={B},preferred,normal-forms"

    def encoder(self) -> str:
        """Return that there is none."""
        return ""

    @contextmanager
    def open(self, space: LabelSpace) -> Iterator[Ranker]:
        """Count the words of every preferred label."""
        import bm25s

        documents = [_forms(entry.pref) for entry in space.entries]
        vocabulary = {
            form: place for place, form in enumerate(sorted({f for one in documents for f in one}))
        }
        ids = [[vocabulary[form] for form in one] for one in documents]
        model = bm25s.BM25(k1=K1, b=B, auto_compile=False)
        model.index((ids, vocabulary), show_progress=False)
        yield _Scored(model, vocabulary, tuple(entry.uri for entry in space.entries))


@dataclass(frozen=True, slots=True)
class _Scored:
    model: Any
    vocabulary: Mapping[str, int]
    uris: tuple[str, ...]

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Ranking:
        known = sorted({self.vocabulary[f] for f in _forms(text) if f in self.vocabulary})
        if not known:
            return ranking_of(self.uris, np.zeros(len(self.uris)))
        scores = self.model.get_scores_from_ids(known)
        return ranking_of(self.uris, np.asarray(scores, dtype=np.float64))


def _forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]
