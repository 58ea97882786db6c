"""A tiny BERT with random weights, in the files that a published model has."""

from __future__ import annotations

import json
import string
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import WordPiece

HIDDEN, HEADS, LAYERS, INTERMEDIATE, PLACES = 64, 4, 2, 128, 512


def vocabulary() -> dict[str, int]:
    """Return single characters as whole words and as word pieces."""
    letters = string.ascii_lowercase + string.digits + "+#."
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *letters, *(f"##{one}" for one in letters)]
    return {word: number for number, word in enumerate(words)}


def random_weights(seed: int = 0) -> dict[str, NDArray[np.float32]]:
    """Return every tensor that a BERT of this size has."""
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> NDArray[np.float32]:
        return rng.normal(0, 0.15, shape).astype(np.float32)

    weights = {
        "embeddings.word_embeddings.weight": normal(len(vocabulary()), HIDDEN),
        "embeddings.position_embeddings.weight": normal(PLACES, HIDDEN),
        "embeddings.token_type_embeddings.weight": normal(2, HIDDEN),
        "embeddings.LayerNorm.weight": 1 + normal(HIDDEN),
        "embeddings.LayerNorm.bias": normal(HIDDEN),
    }
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        sizes = {
            "attention.self.query": (HIDDEN, HIDDEN),
            "attention.self.key": (HIDDEN, HIDDEN),
            "attention.self.value": (HIDDEN, HIDDEN),
            "attention.output.dense": (HIDDEN, HIDDEN),
            "intermediate.dense": (INTERMEDIATE, HIDDEN),
            "output.dense": (HIDDEN, INTERMEDIATE),
        }
        for part, (out, size) in sizes.items():
            weights[f"{name}.{part}.weight"] = normal(out, size)
            weights[f"{name}.{part}.bias"] = normal(out)
        for part in ("attention.output", "output"):
            weights[f"{name}.{part}.LayerNorm.weight"] = 1 + normal(HIDDEN)
            weights[f"{name}.{part}.LayerNorm.bias"] = normal(HIDDEN)
    return weights


def write_tiny_bert(folder: Path) -> None:
    """Write ``model.safetensors``, ``tokenizer.json`` and ``config.json``."""
    save_file(random_weights(), folder / "model.safetensors")
    config = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "hidden_size": HIDDEN,
        "intermediate_size": INTERMEDIATE,
        "layer_norm_eps": 1e-12,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    tokenizer = Tokenizer(WordPiece(vocabulary(), unk_token="[UNK]"))  # noqa: S106
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))
