"""From a BERT as it was published or tuned to a folder that ``OnnxEncoder`` runs.

PyTorch takes no part: the graph is built from the weights themselves. Linking needs none of this;
``onnx`` and ``safetensors`` come with the extras ``training`` and ``evaluation``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from skillmatch.embedding.bert_graph import GRAPH, BertShape, Precision, build_bert_graph
from skillmatch.embedding.model_folder import ModelInfo, write_model_folder
from skillmatch.errors import DataError, NotFoundError, UsageError

# Longer texts are cut where the authors of all-MiniLM-L6-v2 cut them.
MINILM_MAX_LENGTH = 256
CONFIG, TOKENIZER, WEIGHTS = "config.json", "tokenizer.json", "model.safetensors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where weights come from, as ``model.json`` tells it; see ``ModelInfo``."""

    source: str
    licence: str = "Apache-2.0"
    base: str = ""
    commit: str = ""
    recipe: str = ""


def export_minilm(
    model_folder: Path,
    out_folder: Path,
    *,
    precision: Precision = Precision.FP32,
    origin: Origin | None = None,
) -> ModelInfo:
    """Build the encoder folder from the files of a model with the architecture of MiniLM.

    Args:
        model_folder: Holds ``model.safetensors``, ``tokenizer.json`` and ``config.json``.
        out_folder: Replaced in one step; its name becomes the encoder's.
        precision: How weights are kept.
        origin: What is told of the weights; by default the name of their folder.

    Raises:
        NotFoundError: One of the files is missing.
        DataError: The files are no BERT with mean pooling as this project knows it.
        UsageError: The optional dependencies are not installed.
    """
    files = (CONFIG, TOKENIZER, WEIGHTS)
    if missing := [name for name in files if not (model_folder / name).is_file()]:
        raise NotFoundError(f"{model_folder} lacks {', '.join(missing)}")
    config, tokenizer, weights = ((model_folder / name).read_bytes() for name in files)
    told = origin or Origin(source=model_folder.name)
    shape = _read_shape(config)
    onnx = _build(weights, shape, precision)
    info = ModelInfo(
        name=out_folder.name,
        dimension=shape.hidden,
        max_length=MINILM_MAX_LENGTH,
        precision=precision.value,
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        graph=GRAPH,
        onnx_sha256=hashlib.sha256(onnx).hexdigest(),
        tokenizer_sha256=hashlib.sha256(tokenizer).hexdigest(),
        source=told.source,
        licence=told.licence,
        base=told.base,
        commit=told.commit,
        recipe=told.recipe,
    )
    write_model_folder(out_folder, info=info, onnx=onnx, tokenizer=tokenizer)
    return info


def _build(weights: bytes, shape: BertShape, precision: Precision) -> bytes:
    try:
        from safetensors.numpy import load

        return build_bert_graph(load(weights), shape, precision)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"exporting needs {error.name}; `pip install 'skillmatch[evaluation]'` brings it"
        ) from error


def _read_shape(config: bytes) -> BertShape:
    raw = json.loads(config)
    kind = (raw.get("model_type"), raw.get("hidden_act"), raw.get("position_embedding_type"))
    if kind not in {("bert", "gelu", "absolute"), ("bert", "gelu", None)}:
        raise DataError(f"config.json describes {kind}, expected a BERT with gelu, absolute places")
    return BertShape(
        layers=raw["num_hidden_layers"],
        heads=raw["num_attention_heads"],
        hidden=raw["hidden_size"],
        intermediate=raw["intermediate_size"],
        epsilon=raw["layer_norm_eps"],
    )
