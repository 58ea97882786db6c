"""The encoder while it learns: a BERT with its tokenizer, giving tokens and their mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from evaluation.train.objective import Texts

MOST_TOKENS = 64
MANY = 256


class TrainedEncoder:
    """A Hugging Face BERT whose word embeddings stay as they are.

    Words that training never meets keep their meaning, and a third of the time is saved.
    """

    def __init__(self, folder: Path, device: str = "cpu") -> None:
        from transformers import AutoModel, AutoTokenizer

        self.device = device
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder, attn_implementation="sdpa").to(device)
        self.model.embeddings.word_embeddings.weight.requires_grad_(False)

    def forward(self, texts: Sequence[str]) -> Texts:
        """Return the vectors of texts.

        Special tokens take part in the mean, as at run time, and are no tokens of the text.
        """
        batch = self.tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=MOST_TOKENS,
            return_tensors="pt",
            return_special_tokens_mask=True,
        ).to(self.device)
        special = batch.pop("special_tokens_mask").bool()
        with torch.autocast(self.device.split(":")[0], dtype=torch.bfloat16):
            hidden = self.model(**batch).last_hidden_state
        hidden = hidden.float()
        present = batch["attention_mask"].bool()
        means = (hidden * present[:, :, None]).sum(1) / present.sum(1, keepdim=True)
        return Texts(tokens=_unit(hidden), present=present & ~special, means=_unit(means))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return mean vectors of many texts without learning from them, in input order."""
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        found = np.empty((len(texts), self.model.config.hidden_size), dtype=np.float32)
        self.model.eval()
        with torch.inference_mode():
            for start in range(0, len(order), MANY):
                part = order[start : start + MANY]
                found[part] = self.forward([texts[place] for place in part]).means.cpu().numpy()
        self.model.train()
        return found

    def save(self, folder: Path) -> None:
        """Write weights and tokenizer as ``from_pretrained`` reads them."""
        self.model.save_pretrained(folder)
        self.tokenizer.save_pretrained(folder)


def _unit(vectors: Tensor) -> Tensor:
    return torch.nn.functional.normalize(vectors, dim=-1)
