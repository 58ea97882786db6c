"""An encoder without a model: character n-grams hashed into a vector.

It needs no download and different texts get different vectors, so tests and dry runs use it;
texts that share letters are near each other, texts that share only meaning are not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from skillmatch.embedding.port import Role, TokenVectors, Vectors
from skillmatch.embedding.vectors import unit_length

WORD = re.compile(r"\w+")
NGRAMS = (1, 2, 3, 4)


class HashingEncoder:
    """Fulfils the ``Encoder`` port deterministically, on every machine the same."""

    def __init__(self, dimension: int = 64) -> None:
        self._dimension = dimension

    @property
    def fingerprint(self) -> str:
        """Name with everything that decides a vector."""
        return f"hashing:1-4-grams-{self._dimension}"

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._dimension

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Return unit vectors, shape (texts, dimension); both roles share one space."""
        del role
        if not texts:
            return np.zeros((0, self._dimension), dtype=np.float32)
        return np.stack([self._vector(text) for text in texts])

    def encode_tokens(self, texts: Sequence[str], role: Role = Role.QUERY) -> list[TokenVectors]:
        """Return one vector for each run of letters and digits."""
        return [self._tokens(text, role) for text in texts]

    def _tokens(self, text: str, role: Role) -> TokenVectors:
        spans = [match.span() for match in WORD.finditer(text)]
        vectors = self.encode([text[start:end] for start, end in spans], role)
        offsets = np.array(spans, dtype=np.int64).reshape(-1, 2)
        return TokenVectors(vectors=vectors, offsets=offsets, pooled=self._vector(text))

    def _vector(self, text: str) -> Vectors:
        folded = f" {text.casefold()} "
        total = np.zeros(self._dimension, dtype=np.float32)
        for size in NGRAMS:
            for start in range(len(folded) - size + 1):
                total += _direction(folded[start : start + size], self._dimension)
        # The whole text, faintly: two texts with the same n-grams still differ.
        return unit_length(total + 0.1 * _direction(f"={text}", self._dimension))


@lru_cache(maxsize=65536)
def _direction(gram: str, dimension: int) -> Vectors:
    """Return a fixed pseudo-random vector of ±1 for an n-gram."""
    digest = hashlib.shake_256(gram.encode("utf-8", "surrogatepass")).digest((dimension + 7) // 8)
    bits = np.unpackbits(np.frombuffer(digest, dtype=np.uint8))[:dimension]
    return np.asarray(bits, dtype=np.float32) * 2 - 1
