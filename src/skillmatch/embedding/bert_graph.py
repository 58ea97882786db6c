"""A BERT encoder as an ONNX graph, built straight from its weights.

No PyTorch takes part, and the same weights give the same bytes. The graph has the inputs
``input_ids`` and ``attention_mask`` (int64, shape (batch, tokens)) and two outputs:
``token_vectors`` (the last hidden state, (batch, tokens, hidden)) and ``pooled`` (the mean over
the tokens whose mask is 1, (batch, hidden)), neither of unit length.

Attention, bias-GELU and residual normalisation are written as the fused operators of ONNX
Runtime, so that a session has nothing left to optimise when it opens.

Source: Devlin et al. 2019, "BERT"; ONNX Runtime contrib operators ``MultiHeadAttention``,
``SkipLayerNormalization``, ``BiasGelu``, ``MatMulNBits``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmatch.embedding.quantise import quantise_blocks, quantise_rows

Weights = Mapping[str, NDArray[np.float32]]
CONTRIB = "com.microsoft"
# Part of every fingerprint: a change of the graph that changes its numbers needs a new version.
GRAPH = "bert-1"
INT8_BLOCK = 64
# Activations are quantised to int8 row by row and block by block, so never across a batch.
ACCURACY_INT8 = 4


class Precision(StrEnum):
    """How the weights of the linear layers and the word embeddings are kept."""

    FP32 = "fp32"
    INT8 = "int8"


@dataclass(frozen=True, slots=True, kw_only=True)
class BertShape:
    """The numbers of ``config.json`` that decide the graph."""

    layers: int
    heads: int
    hidden: int
    intermediate: int
    epsilon: float


@dataclass(slots=True)
class _Graph:
    """Nodes and initializers in the order in which they are added."""

    precision: Precision
    epsilon: float
    nodes: list[Any] = field(default_factory=list)
    initializers: list[Any] = field(default_factory=list)

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, kind: str, inputs: list[str], output: str, **attributes: int | float | str
    ) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def linear(self, source: str, weight: NDArray[np.float32], name: str) -> str:
        """Multiply by a PyTorch weight of shape (out, in), without its bias."""
        if self.precision is Precision.FP32:
            return self.node("MatMul", [source, self.constant(f"{name}.w", weight.T)], name)
        packed, scales = quantise_blocks(weight, INT8_BLOCK)
        inputs = [
            source,
            self.constant(f"{name}.q", packed),
            self.constant(f"{name}.scale", scales),
        ]
        return self.node(
            "MatMulNBits",
            inputs,
            name,
            domain=CONTRIB,
            K=weight.shape[1],
            N=weight.shape[0],
            bits=8,
            block_size=INT8_BLOCK,
            accuracy_level=ACCURACY_INT8,
        )


def build_bert_graph(weights: Weights, shape: BertShape, precision: Precision) -> bytes:
    """Return the bytes of an ONNX model; equal arguments give equal bytes.

    Args:
        weights: Tensors by the names of Hugging Face's ``BertModel``, float32.
        shape: Layers, heads and sizes.
        precision: ``INT8`` keeps linear layers in blocks of 64 weights with one scale each and
            word embeddings with one scale a row.
    """
    graph = _Graph(precision=precision, epsilon=shape.epsilon)
    hidden = _embed(graph, weights)
    graph.node("Cast", ["attention_mask"], "mask32", to=6)
    for layer in range(shape.layers):
        hidden = _layer(graph, weights, shape, layer, hidden)
    graph.node("Identity", [hidden], "token_vectors")
    _pool(graph, hidden)
    return _serialise(graph, shape)


def _embed(graph: _Graph, weights: Weights) -> str:
    positions = weights["embeddings.position_embeddings.weight"]
    # Every text is a single segment, so the embedding of segment 0 belongs to every position.
    positions = positions + weights["embeddings.token_type_embeddings.weight"][0]
    graph.constant("positions", positions.astype(np.float32))
    graph.constant("zero", np.array([0], dtype=np.int64))
    graph.node("Shape", ["input_ids"], "tokens", start=1, end=2)
    graph.node("Slice", ["positions", "zero", "tokens", "zero"], "position_part")
    graph.node("Add", [_words(graph, weights), "position_part"], "embedded")
    gamma = graph.constant("embed.gamma", weights["embeddings.LayerNorm.weight"])
    beta = graph.constant("embed.beta", weights["embeddings.LayerNorm.bias"])
    return graph.node(
        "LayerNormalization", ["embedded", gamma, beta], "embed", axis=-1, epsilon=graph.epsilon
    )


def _words(graph: _Graph, weights: Weights) -> str:
    table = weights["embeddings.word_embeddings.weight"]
    if graph.precision is Precision.FP32:
        return graph.node("Gather", [graph.constant("words.w", table), "input_ids"], "words")
    quantised, scales = quantise_rows(table)
    graph.constant("words.q", quantised)
    graph.constant("words.scale", scales)
    graph.node("Gather", ["words.q", "input_ids"], "words8")
    graph.node("Cast", ["words8"], "words32", to=1)
    graph.node("Gather", ["words.scale", "input_ids"], "word_scales")
    return graph.node("Mul", ["words32", "word_scales"], "words")


def _layer(graph: _Graph, weights: Weights, shape: BertShape, layer: int, hidden: str) -> str:
    """Add one transformer block and return the name of its output."""
    source = f"encoder.layer.{layer}"
    name = f"layer{layer}"
    attended = _attention(graph, weights, shape, layer, hidden)
    projected = graph.linear(
        attended, weights[f"{source}.attention.output.dense.weight"], f"{name}.out"
    )
    normed = _skip_norm(
        graph, (projected, hidden), weights, f"{source}.attention.output", f"{name}.mid"
    )
    up = graph.linear(normed, weights[f"{source}.intermediate.dense.weight"], f"{name}.up")
    bias = graph.constant(f"{name}.up.bias", weights[f"{source}.intermediate.dense.bias"])
    active = graph.node("BiasGelu", [up, bias], f"{name}.gelu", domain=CONTRIB)
    down = graph.linear(active, weights[f"{source}.output.dense.weight"], f"{name}.down")
    return _skip_norm(graph, (down, normed), weights, f"{source}.output", f"{name}.end")


def _attention(graph: _Graph, weights: Weights, shape: BertShape, layer: int, hidden: str) -> str:
    name = f"layer{layer}"
    parts = [f"encoder.layer.{layer}.attention.self.{part}" for part in ("query", "key", "value")]
    projections = [
        graph.linear(hidden, weights[f"{part}.weight"], f"{name}.{part.rsplit('.', 1)[1]}")
        for part in parts
    ]
    biases = np.concatenate([weights[f"{part}.bias"] for part in parts])
    return graph.node(
        "MultiHeadAttention",
        [*projections, graph.constant(f"{name}.qkv.bias", biases), "mask32"],
        f"{name}.attention",
        domain=CONTRIB,
        num_heads=shape.heads,
    )


def _skip_norm(
    graph: _Graph, inputs: tuple[str, str], weights: Weights, source: str, name: str
) -> str:
    """Add dense bias, residual sum and layer normalisation in one operator."""
    constants = [
        graph.constant(f"{name}.gamma", weights[f"{source}.LayerNorm.weight"]),
        graph.constant(f"{name}.beta", weights[f"{source}.LayerNorm.bias"]),
        graph.constant(f"{name}.bias", weights[f"{source}.dense.bias"]),
    ]
    return graph.node(
        "SkipLayerNormalization",
        [*inputs, *constants],
        name,
        domain=CONTRIB,
        epsilon=graph.epsilon,
    )


def _pool(graph: _Graph, hidden: str) -> None:
    graph.constant("one", np.array([1], dtype=np.int64))
    graph.node("Cast", ["attention_mask"], "mask", to=1)
    graph.node("Unsqueeze", ["mask", "minus_one"], "mask3")
    graph.constant("minus_one", np.array([-1], dtype=np.int64))
    graph.node("Mul", [hidden, "mask3"], "masked")
    graph.node("ReduceSum", ["masked", "one"], "total", keepdims=0)
    graph.node("ReduceSum", ["mask3", "one"], "count", keepdims=0)
    graph.node("Div", ["total", "count"], "pooled")


def _serialise(graph: _Graph, shape: BertShape) -> bytes:
    from onnx import TensorProto, checker, helper

    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    outputs = [
        helper.make_tensor_value_info(
            "token_vectors", TensorProto.FLOAT, ["batch", "tokens", shape.hidden]
        ),
        helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["batch", shape.hidden]),
    ]
    made = helper.make_graph(graph.nodes, "bert", inputs, outputs, initializer=graph.initializers)
    model = helper.make_model(
        made,
        producer_name="skillmatch",
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(CONTRIB, 1)],
        ir_version=8,
    )
    checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))
