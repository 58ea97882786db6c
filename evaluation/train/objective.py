"""How near a sentence is to a label, and what training asks of that nearness.

A sentence is compared twice with a label's vector: as the mean of its tokens, and token by token,
where each token counts by how well it fits the label. The second one, late interaction, lets a
sentence that holds four skills be near to all four of them.

Source: ConTeXT-match (Decorte et al. 2025, "Efficient Text Encoders for Labor Market Analysis");
InfoNCE (van den Oord et al. 2018).
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

ATTENTION_TEMPERATURE = 0.1
TEMPERATURE = 0.05
MEAN_WEIGHT = 0.5


def late_interaction(tokens: Tensor, mask: Tensor, labels: Tensor) -> Tensor:
    """Return the similarity of each text and each label, shape (texts, labels).

    Args:
        tokens: Unit vectors of the tokens, shape (texts, tokens, dimension).
        mask: True where a token counts, shape (texts, tokens).
        labels: Unit vectors, shape (labels, dimension).
    """
    cosines = torch.einsum("btd,ld->btl", tokens, labels)
    logits = (cosines / ATTENTION_TEMPERATURE).masked_fill(~mask[:, :, None], -1e4)
    return (torch.softmax(logits, dim=1) * cosines).sum(dim=1)


def contrast(scores: Tensor, right: Tensor, ignored: Tensor) -> Tensor:
    """Return the mean over rows of minus log softmax of one right column each.

    Args:
        scores: Similarities, shape (texts, labels).
        right: Column of each text's label, shape (texts,).
        ignored: True where a column is neither right nor wrong for a text, for instance another
            of its labels or a label that means the same.
    """
    logits = (scores / TEMPERATURE).masked_fill(ignored, -1e4)
    return torch.nn.functional.cross_entropy(logits, right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Encoded texts.

    Attributes:
        tokens: Unit vectors of the tokens, shape (texts, tokens, dimension).
        present: True where a token counts, shape (texts, tokens).
        means: Unit vectors, shape (texts, dimension).
    """

    tokens: Tensor
    present: Tensor
    means: Tensor


def loss_of(texts: Texts, labels: Tensor, right: Tensor, ignored: Tensor) -> Tensor:
    """Return the loss of a batch; the arguments are those of the two functions above."""
    late = late_interaction(texts.tokens, texts.present, labels)
    mean = texts.means @ labels.T
    return contrast(late, right, ignored) + MEAN_WEIGHT * contrast(mean, right, ignored)
