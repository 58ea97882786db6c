"""Late interaction: how near a sentence is to a label, token by token.

One mean vector has to stand for all that a sentence says. Token by token, a sentence that asks
for four skills is near to all four, because each label looks for the words that fit it best.

Source: ConTeXT-match (Decorte et al. 2025, "Efficient Text Encoders for Labor Market Analysis").
The encoder that this package ships was trained with the same formula (``evaluation.train``).
"""

from __future__ import annotations

import numpy as np

from skillmatch.embedding.port import Vectors

ATTENTION_TEMPERATURE = 0.1


def late_interaction(tokens: Vectors, labels: Vectors) -> Vectors:
    """Return the similarity of a text and each label, in [-1, 1], shape (labels,).

    Each token's cosine counts by a softmax over the tokens at ``ATTENTION_TEMPERATURE``.

    Args:
        tokens: Unit vectors of the text's tokens, shape (tokens, dimension).
        labels: Unit vectors, shape (labels, dimension).
    """
    return attended(labels @ tokens.T)


def attended(cosines: Vectors) -> Vectors:
    """Return what ``late_interaction`` does, from the cosines of labels and tokens.

    Args:
        cosines: Shape (labels, tokens); without tokens nothing is near.
    """
    if not cosines.shape[1]:
        return np.zeros(len(cosines), dtype=np.float32)
    weights = np.exp((cosines - cosines.max(axis=1, keepdims=True)) / ATTENTION_TEMPERATURE)
    near = (weights * cosines).sum(axis=1) / weights.sum(axis=1)
    return np.asarray(near, dtype=np.float32)
