"""The default encoder, with a tiny model of random weights."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from skillmatch.embedding import Role
from skillmatch.embedding.batches import batches
from skillmatch.embedding.bert_graph import Precision
from skillmatch.embedding.export import Origin, export_minilm
from skillmatch.embedding.hashing import HashingEncoder
from skillmatch.embedding.model_folder import read_model_info, verify_model_folder
from skillmatch.embedding.onnx_encoder import OnnxEncoder
from skillmatch.embedding.port import Encoder
from skillmatch.errors import ChecksumError, DataError, NotFoundError, StorageError

TEXTS = (
    "plan a menu",
    "c++",
    "",
    "drive a lorry by night and write reports about it in good order",
    "plan menus",
    "use c++ and c# every day",
)


@pytest.fixture(scope="module")
def folder(tiny_bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("models") / "tiny"
    export_minilm(tiny_bert, target)
    return target


@pytest.fixture(params=["onnx", "hashing"])
def encoder(request: pytest.FixtureRequest, folder: Path) -> Encoder:
    made: dict[str, Callable[[], Encoder]] = {
        "onnx": lambda: OnnxEncoder.open(folder, 1),
        "hashing": HashingEncoder,
    }
    return made[request.param]()


def test_vectors_have_unit_length_and_the_order_of_the_texts(encoder: Encoder) -> None:
    """Batches are sorted by length inside; a caller must not notice."""
    vectors = encoder.encode(TEXTS)

    again = encoder.encode(TEXTS[::-1])[::-1]

    assert vectors.shape == (len(TEXTS), encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(vectors, again, atol=1e-6)


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    """Cache, calibration and reproducible reports all rest on this."""
    together = encoder.encode([*TEXTS, *(f"{text} and more" for text in TEXTS)])

    for row, text in enumerate(TEXTS):
        np.testing.assert_allclose(together[row], encoder.encode([text])[0], atol=1e-5)


def test_different_texts_get_different_vectors(encoder: Encoder) -> None:
    """A double that maps all texts to one vector would pass everything."""
    vectors = encoder.encode(TEXTS)

    similarities = vectors @ vectors.T - np.eye(len(TEXTS))
    assert similarities.max() < 0.9999


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    """Empty is not an error."""
    assert encoder.encode([]).shape == (0, encoder.dimension)
    assert encoder.encode_tokens([]) == []


def test_token_vectors_know_where_their_token_stands(encoder: Encoder) -> None:
    """Spans are cut from the original text by these offsets."""
    tokens = encoder.encode_tokens(["Plan 2 menus", ""])

    first, empty = tokens
    pieces = ["Plan 2 menus"[start:end] for start, end in first.offsets.tolist()]
    assert "".join(pieces) == "Plan2menus"
    assert first.vectors.shape == (len(pieces), encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(first.vectors, axis=1), 1, atol=1e-6)
    assert empty.vectors.shape == (0, encoder.dimension)
    assert empty.offsets.shape == (0, 2)


def test_one_run_gives_the_text_as_a_whole_too(encoder: Encoder) -> None:
    """Linking needs both, and must not pay for the model twice."""
    texts = ["Plan 2 menus", "Drive a lorry"]

    whole = [tokens.pooled for tokens in encoder.encode_tokens(texts)]

    np.testing.assert_allclose(whole, encoder.encode(texts, Role.QUERY), atol=1e-6)


def test_similar_words_are_nearer_than_other_words_to_the_double() -> None:
    """Rankings of tests make sense only if shared letters count."""
    menu, menus, lorry = HashingEncoder().encode(["plan a menu", "planning menus", "drive lorries"])

    assert menu @ menus > menu @ lorry + 0.2


def test_the_encoder_leaves_nothing_at_home_and_reports_to_nobody(
    folder: Path, tmp_path: Path
) -> None:
    """The library beneath would report on the machine to its maker; the privacy page says no."""
    code = (
        "import os, sys; from pathlib import Path; "
        "from skillmatch.embedding.onnx_encoder import OnnxEncoder; "
        "OnnxEncoder.open(Path(sys.argv[1]), 1).encode(['plan a menu']); "
        "print(os.environ['ORT_DISABLE_TELEMETRY'])"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        check=True,
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"]},
        text=True,
    )

    assert ended.stdout == "1\n"
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_prefix_changes_one_side_only_and_leaves_offsets_alone(folder: Path) -> None:
    """Some models were trained with ``query:`` before a query; spans must not shift by it."""
    info = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    prefixed = folder.with_name("prefixed")
    prefixed.mkdir(exist_ok=True)
    for name in ("model.onnx", "tokenizer.json"):
        (prefixed / name).write_bytes((folder / name).read_bytes())
    text = json.dumps(info | {"query_prefix": "query: "})
    (prefixed / "model.json").write_text(text, encoding="utf-8")

    plain, with_prefix = OnnxEncoder.open(folder, 1), OnnxEncoder.open(prefixed, 1)

    np.testing.assert_array_equal(with_prefix.encode(["menu"]), plain.encode(["menu"]))
    np.testing.assert_allclose(
        with_prefix.encode(["menu"], Role.QUERY), plain.encode(["query: menu"]), atol=1e-6
    )
    assert with_prefix.encode_tokens(["menu"])[0].offsets.tolist() == [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
    ]
    assert with_prefix.fingerprint != plain.fingerprint


def test_a_long_text_is_cut_where_the_model_was_trained_to_stop(folder: Path) -> None:
    """256 tokens, two of them special; the rest cannot change the vector."""
    encoder = OnnxEncoder.open(folder, 1)

    longer = encoder.encode(["a " * 254, "a " * 254 + "menu"])

    np.testing.assert_array_equal(longer[0], longer[1])
    assert len(encoder.encode_tokens(["a " * 300])[0].offsets) == 254


def test_export_twice_gives_the_same_files_and_fingerprint(tiny_bert: Path, folder: Path) -> None:
    """Two machines share caches and refuse each other's indexes only when weights differ."""
    again = folder.with_name("again") / "tiny"

    info = export_minilm(tiny_bert, again)

    assert info.fingerprint == read_model_info(folder).fingerprint
    for path in folder.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()
    assert verify_model_folder(again) == info


def test_where_weights_come_from_is_told_and_changes_no_vector(
    tiny_bert: Path, folder: Path, tmp_path: Path
) -> None:
    """A model that is trained again to the same weights must not make every index stale."""
    origin = Origin(source="training", base="a base", commit="c0ffee", recipe="f00d")

    told = export_minilm(tiny_bert, tmp_path / "tiny", origin=origin)

    assert read_model_info(tmp_path / "tiny") == told
    assert (told.source, told.base, told.commit, told.recipe) == (
        "training",
        "a base",
        "c0ffee",
        "f00d",
    )
    assert told.fingerprint == read_model_info(folder).fingerprint


def test_other_weights_or_precision_give_another_fingerprint(
    tiny_bert: Path, folder: Path, tmp_path: Path
) -> None:
    """A cache or index of the one must never serve the other."""
    other = tmp_path / "other-weights"
    shutil.copytree(tiny_bert, other)
    weights = load_file(other / "model.safetensors")
    weights["embeddings.LayerNorm.bias"] += np.float32(0.01)
    save_file(weights, other / "model.safetensors")

    prints = {
        read_model_info(folder).fingerprint,
        export_minilm(other, tmp_path / "a" / "tiny").fingerprint,
        export_minilm(tiny_bert, tmp_path / "b" / "tiny", precision=Precision.INT8).fingerprint,
    }

    assert len(prints) == 3


def test_a_changed_file_is_named(tiny_bert: Path, tmp_path: Path) -> None:
    """``verify`` is what a person runs when results look strange."""
    damaged = tmp_path / "tiny"
    export_minilm(tiny_bert, damaged)
    with (damaged / "model.onnx").open("ab") as file:
        file.write(b"\0")

    with pytest.raises(ChecksumError, match=r"model\.onnx: sha256 is"):
        verify_model_folder(damaged)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("model.json", b"{", "is no JSON"),
        ("model.json", b"{}", "is incomplete"),
        ("model.json", b'{"nmae": 1}', "expected an object with the keys"),
        ("model.onnx", b"not a graph", "onnxruntime cannot open it"),
        ("tokenizer.json", b"[]", "is no tokenizer"),
    ],
)
def test_damaged_files_end_in_one_clear_message(
    tiny_bert: Path, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """A stack trace of protobuf tells nobody to run setup again."""
    target = tmp_path / "tiny"
    export_minilm(tiny_bert, target)
    (target / name).write_bytes(content)

    with pytest.raises(DataError, match=message) as caught:
        OnnxEncoder.open(target, 1)

    assert caught.value.path == target / name


def test_a_folder_without_weights_says_what_it_lacks(tmp_path: Path) -> None:
    """Exporting half a model must not leave a folder that looks whole."""
    with pytest.raises(NotFoundError, match=r"lacks config.*model.safetensors"):
        export_minilm(tmp_path, tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_named(tiny_bert: Path, tmp_path: Path) -> None:
    """A file where the folder should be stands for a read-only or full disk."""
    (tmp_path / "models").write_text("", encoding="utf-8")

    with pytest.raises(StorageError, match="SKILLMATCH_DATA"):
        export_minilm(tiny_bert, tmp_path / "models" / "tiny")


@given(lengths=st.lists(st.integers(1, 300), max_size=200))
def test_batches_hold_every_text_once_and_stay_small(lengths: list[int]) -> None:
    """A lost text would be a row of garbage; a huge batch would be a killed process."""
    made = list(batches(lengths, max_tokens=512))

    assert sorted(position for batch in made for position in batch) == list(range(len(lengths)))
    for batch in made:
        longest = max(lengths[position] for position in batch)
        assert len(batch) == 1 or len(batch) * longest <= 512
