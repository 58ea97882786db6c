"""The graph computes what a BERT computes, written out in numpy."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from safetensors.numpy import load_file

from skillmatch.embedding.bert_graph import BertShape, Precision, build_bert_graph
from skillmatch.embedding.onnx_encoder import silent_onnxruntime
from skillmatch.embedding.quantise import quantise_blocks, quantise_rows
from skillmatch.errors import UsageError

SHAPE = BertShape(layers=2, heads=4, hidden=64, intermediate=128, epsilon=1e-12)
Array = NDArray[np.float32]
IDS = np.array([[2, 7, 9, 30, 3], [2, 12, 3, 0, 0]], dtype=np.int64)
MASK = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]], dtype=np.int64)


def norm(x: Array, weights: dict[str, Array], name: str) -> Array:
    spread = np.sqrt(x.var(axis=-1, keepdims=True) + SHAPE.epsilon)
    normed = (x - x.mean(axis=-1, keepdims=True)) / spread
    return np.asarray(normed * weights[f"{name}.weight"] + weights[f"{name}.bias"])


def dense(x: Array, weights: dict[str, Array], name: str) -> Array:
    return x @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def attend(x: Array, weights: dict[str, Array], name: str) -> Array:
    heads = []
    width = SHAPE.hidden // SHAPE.heads
    query, key, value = (dense(x, weights, f"{name}.self.{p}") for p in ("query", "key", "value"))
    for head in range(SHAPE.heads):
        part = slice(head * width, (head + 1) * width)
        scores = np.exp(query[:, part] @ key[:, part].T / math.sqrt(width))
        heads.append(scores / scores.sum(axis=-1, keepdims=True) @ value[:, part])
    attended = dense(np.concatenate(heads, axis=-1), weights, f"{name}.output.dense")
    return norm(attended + x, weights, f"{name}.output.LayerNorm")


def slow_bert(ids: list[int], weights: dict[str, Array]) -> Array:
    """One text, no batch, no padding: the formulas of the paper."""
    erf = np.vectorize(math.erf)
    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: len(ids)]
    x = x + weights["embeddings.token_type_embeddings.weight"][0]
    x = norm(x, weights, "embeddings.LayerNorm")
    for layer in range(SHAPE.layers):
        name = f"encoder.layer.{layer}"
        x = attend(x, weights, f"{name}.attention")
        up = dense(x, weights, f"{name}.intermediate.dense")
        active = up * 0.5 * (1 + erf(up / math.sqrt(2)))
        x = norm(
            dense(active, weights, f"{name}.output.dense") + x, weights, f"{name}.output.LayerNorm"
        )
    return x


def run(graph: bytes) -> tuple[Array, Array]:
    session = silent_onnxruntime().InferenceSession(graph, providers=["CPUExecutionProvider"])
    tokens, pooled = session.run(None, {"input_ids": IDS, "attention_mask": MASK})
    return tokens, pooled


@pytest.fixture(scope="module")
def weights(tiny_bert: Path) -> dict[str, Array]:
    return dict(load_file(tiny_bert / "model.safetensors"))


def test_the_graph_gives_the_hidden_states_of_the_paper(weights: dict[str, Array]) -> None:
    """Every operator and every weight counts; a transposed or forgotten one shows here."""
    tokens, pooled = run(build_bert_graph(weights, SHAPE, Precision.FP32))

    for row, length in enumerate((5, 3)):
        expected = slow_bert(IDS[row, :length].tolist(), weights)
        np.testing.assert_allclose(tokens[row, :length], expected, atol=2e-5)
        np.testing.assert_allclose(pooled[row], expected.mean(axis=0), atol=2e-5)


def test_int8_weights_stay_near_the_full_precision(weights: dict[str, Array]) -> None:
    """The same graph with 8-bit weights points the same way, though not exactly."""
    _, exact = run(build_bert_graph(weights, SHAPE, Precision.FP32))

    _, rough = run(build_bert_graph(weights, SHAPE, Precision.INT8))

    cosine = (exact * rough).sum(1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(rough, axis=1)
    assert cosine.min() > 0.995
    assert not np.array_equal(exact, rough)


@pytest.mark.parametrize("precision", list(Precision))
def test_the_same_weights_give_the_same_bytes(
    weights: dict[str, Array], precision: Precision
) -> None:
    """The fingerprint hashes the file, so two machines must write the same one."""
    turned = dict(reversed(weights.items()))

    assert build_bert_graph(weights, SHAPE, precision) == build_bert_graph(turned, SHAPE, precision)


# A scale of numbers next to nothing has few bits left to be exact with; no weight is so small.
WEIGHTS = st.floats(-8, 8, width=32).map(lambda value: value if abs(value) > 1e-30 else 0.0)
MATRIX = arrays(np.float32, (3, 128), elements=WEIGHTS)


@given(weight=MATRIX)
def test_quantised_weights_come_back_within_half_a_scale(weight: Array) -> None:
    """That is the whole promise of rounding to the nearest step."""
    packed, block_scales = quantise_blocks(weight, 64)
    rows, row_scales = quantise_rows(weight)

    back = (packed.astype(np.float64) - 128) * block_scales[..., np.newaxis]
    assert (np.abs(back - weight.reshape(3, 2, 64)) <= 0.501 * block_scales[..., np.newaxis]).all()
    assert (np.abs(rows.astype(np.float64) * row_scales - weight) <= 0.501 * row_scales).all()


def test_rows_that_do_not_fill_blocks_are_refused() -> None:
    """A silent remainder would be read as weights of the next row."""
    with pytest.raises(UsageError, match="100 weights into blocks of 64"):
        quantise_blocks(np.zeros((2, 100), dtype=np.float32), 64)
