"""Vectors of unit length."""

from __future__ import annotations

import numpy as np

from skillmatch.embedding.port import Vectors


def unit_length(vectors: Vectors) -> Vectors:
    """Divide each row by its Euclidean norm; rows of zeros stay zero."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    norms[norms == 0] = 1.0
    return np.asarray(vectors / norms, dtype=np.float32)
