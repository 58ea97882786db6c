"""Exact labels: a concept is linked where one of its labels stands in the text.

Texts and labels are compared in the program's normal form, whole words only. The longest label
comes first, a preferred one before an alternative one of as many words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from evaluation.systems.system import Ranker, Ranking
from evaluation.tasks.task import LabelSpace
from skillmatch.text.normal import tokens

PREFERRED = 0.5
Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExactLabel:
    """Looks labels up and knows nothing else."""

    name: str = "exact-label"
    probabilities: bool = False
    decides: bool = True

    def fingerprint(self) -> str:
        """Return the rule."""
        return "exact-label:normal-forms,preferred-and-alternative,longest-first"

    def encoder(self) -> str:
        """Return that there is none."""
        return ""

    @contextmanager
    def open(self, space: LabelSpace) -> Iterator[Ranker]:
        """Write down the normal form of every label."""
        labels: dict[Forms, dict[str, float]] = defaultdict(dict)
        for entry in space.entries:
            for place, text in enumerate(entry.texts):
                forms = _forms(text)
                if forms:
                    weight = len(forms) + (PREFERRED if place == 0 else 0.0)
                    known = labels[forms].get(entry.uri, 0.0)
                    labels[forms][entry.uri] = max(known, weight)
        yield _Lookup(labels, max(map(len, labels), default=0))


@dataclass(frozen=True, slots=True)
class _Lookup:
    labels: Mapping[Forms, Mapping[str, float]]
    longest: int

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Ranking:
        forms = _forms(text)
        best: dict[str, float] = {}
        for start in range(len(forms)):
            for end in range(start + 1, min(len(forms), start + self.longest) + 1):
                for uri, weight in self.labels.get(forms[start:end], {}).items():
                    best[uri] = max(best.get(uri, 0.0), weight)
        ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
        return Ranking(
            uris=tuple(uri for uri, _ in ranked),
            similarities=tuple(weight for _, weight in ranked),
            accepted=frozenset(best),
        )


def _forms(text: str) -> Forms:
    return tuple(token.form for token in tokens(text))
