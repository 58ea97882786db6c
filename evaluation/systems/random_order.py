"""Chance: every order of the concepts is as likely as any other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from evaluation.systems.system import Ranker, Ranking
from evaluation.tasks.task import LabelSpace


@dataclass(frozen=True, slots=True)
class RandomOrder:
    """Draws an order from the seed and the text, so that no other query has a say."""

    seed: int = 13
    name: str = "random"
    probabilities: bool = False
    decides: bool = False

    def fingerprint(self) -> str:
        """Return the seed."""
        return f"random:seed-{self.seed}"

    def encoder(self) -> str:
        """Return that there is none."""
        return ""

    @contextmanager
    def open(self, space: LabelSpace) -> Iterator[Ranker]:
        """Draw from the entries of the space."""
        yield _Drawn(self.seed, tuple(entry.uri for entry in space.entries))


@dataclass(frozen=True, slots=True)
class _Drawn:
    seed: int
    uris: tuple[str, ...]

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [self._one(text) for text in texts]

    def _one(self, text: str) -> Ranking:
        digest = hashlib.sha256(f"{self.seed} {text}".encode("utf-8", "surrogatepass")).digest()
        order = np.random.default_rng(int.from_bytes(digest[:8], "big")).permutation(len(self.uris))
        return Ranking(
            uris=tuple(self.uris[place] for place in order.tolist()),
            similarities=(0.0,) * len(self.uris),
        )
