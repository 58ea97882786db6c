"""The encoder that lies in the package: whole, small, and the same alone as in company."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import pytest

from skillmatch.embedding import Encoder, Role, open_encoder
from skillmatch.embedding.model_folder import MODEL_ONNX, read_model_info, verify_model_folder
from skillmatch.embedding.opening import SHIPPED, shipped_encoders
from skillmatch.retrieval.recipe import read_recipe
from tests.embedding.real_texts import LABELS, QUERIES

ROOT = Path(__file__).resolve().parent.parent.parent
ENCODER = "skillmatch-minilm-1"
MOST_PARAMETERS = 33_000_000
MOST_BYTES = 35_000_000
TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The shipped encoder, opened beside an empty data folder."""
    return open_encoder(ENCODER, models=tmp_path_factory.mktemp("models"), threads=1)


def test_the_files_are_those_that_were_measured() -> None:
    """A file that a merge or a line end changed would give other vectors without a word."""
    info = verify_model_folder(SHIPPED / ENCODER)

    assert info.name == ENCODER
    assert info.precision == "int8"
    assert info.licence == "Apache-2.0"
    assert info.base
    assert info.commit
    assert info.recipe


def test_the_card_tells_the_checksums() -> None:
    """Whoever reads the card must be able to tell that it is about this model."""
    info = read_model_info(SHIPPED / ENCODER)

    card = (SHIPPED / ENCODER / "README.md").read_text(encoding="utf-8")

    for told in (info.onnx_sha256, info.tokenizer_sha256, info.fingerprint, info.commit):
        assert f"`{told}`" in card


def test_every_recipe_names_an_encoder_that_is_shipped() -> None:
    """Nothing needs to be fetched to build any of the indexes."""
    named = {read_recipe(path.stem, folder=ROOT / "indexes").encoder for path in recipes()}

    assert named <= shipped_encoders()


def recipes() -> list[Path]:
    """Return the recipes that ship with the program."""
    return sorted((ROOT / "indexes").glob("*.toml"))


def test_the_model_is_as_small_as_promised() -> None:
    """Numbers of every kind are counted, scales of the 8-bit weights included."""
    path = SHIPPED / ENCODER / MODEL_ONNX

    numbers = sum(int(np.prod(one.dims)) for one in onnx.load(path).graph.initializer)

    assert 10_000_000 < numbers <= MOST_PARAMETERS
    assert path.stat().st_size <= MOST_BYTES


def test_a_text_has_the_same_vector_alone_and_in_any_company(shipped: Encoder) -> None:
    """Activations are rounded row by row; with one scale a batch they would depend on it."""
    texts = [*LABELS, *QUERIES]
    company = [f"{text} {number}" for number in range(8) for text in LABELS]

    together = shipped.encode([*company, *texts])[len(company) :]

    alone = np.concatenate([shipped.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=TOLERANCE)


def test_tokens_are_the_same_alone_and_in_any_company(shipped: Encoder) -> None:
    """Late interaction compares them one by one."""
    together = shipped.encode_tokens(QUERIES)

    for text, tokens in zip(QUERIES, together, strict=True):
        (alone,) = shipped.encode_tokens([text])
        np.testing.assert_allclose(tokens.vectors, alone.vectors, atol=TOLERANCE)
        np.testing.assert_array_equal(tokens.offsets, alone.offsets)


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("You have written programs in Python for some years", "Python (computer programming)"),
        ("experience in driving a forklift truck in a warehouse", "operate forklift"),
        ("change dressings of patients with chronic wounds", "wound care"),
    ],
)
def test_a_sentence_is_nearest_to_what_it_asks_for(
    shipped: Encoder, query: str, label: str
) -> None:
    """A graph whose weights are mixed up can pass every checksum."""
    cosines = shipped.encode([query], Role.QUERY)[0] @ shipped.encode(LABELS).T

    assert LABELS[int(cosines.argmax())] == label


def test_running_it_needs_neither_torch_nor_what_exported_it() -> None:
    """They are no dependencies of the program."""
    code = (
        "import sys; from pathlib import Path; from skillmatch.embedding import open_encoder; "
        f"open_encoder({ENCODER!r}, models=Path('models'), threads=1).encode(['plan menus']); "
        "print([name for name in 'torch transformers onnx safetensors'.split() "
        "if name in sys.modules])"
    )

    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert printed.stdout == "[]\n"
