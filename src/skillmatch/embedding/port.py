"""The Encoder port: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Role(StrEnum):
    """Which side a text stands on; some models prefix queries and passages differently."""

    QUERY = "query"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """One text as a whole and token by token, for late interaction and spans.

    Attributes:
        vectors: Unit length, float32, shape (tokens, dimension), special tokens left out.
        offsets: Character ranges in the text, int64, shape (tokens, 2).
        pooled: The vector that ``Encoder.encode`` gives for the text, shape (dimension,).
    """

    vectors: Vectors
    offsets: NDArray[np.int64]
    pooled: Vectors


class Encoder(Protocol):
    """Turns texts into vectors. A text's vector does not depend on its batch (within 1e-5)."""

    @property
    def fingerprint(self) -> str:
        """Name and digest of everything that decides a vector: weights, tokenizer, pooling."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Return pooled unit vectors, shape (texts, dimension), in input order."""
        ...

    def encode_tokens(self, texts: Sequence[str], role: Role = Role.QUERY) -> list[TokenVectors]:
        """Return each text as a whole and token by token, in input order."""
        ...
