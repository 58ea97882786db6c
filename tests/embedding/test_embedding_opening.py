"""Which encoder a name means: a user's own, one that is shipped, or a folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from skillmatch.embedding import open_encoder, opening
from skillmatch.embedding.export import export_minilm
from skillmatch.embedding.hashing import HashingEncoder
from skillmatch.embedding.opening import find_encoder, shipped_encoders
from skillmatch.errors import NotFoundError, UsageError


@pytest.fixture
def shipped(tiny_bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package that ships the encoder ``tiny``."""
    folder = tmp_path / "package" / "shipped"
    export_minilm(tiny_bert, folder / "tiny")
    monkeypatch.setattr(opening, "SHIPPED", folder)
    return folder


def test_a_shipped_encoder_needs_no_data_folder(shipped: Path, tmp_path: Path) -> None:
    """A fresh machine can link before anything was fetched."""
    encoder = open_encoder("tiny", models=tmp_path / "nothing" / "models", threads=1)

    assert encoder.fingerprint.startswith("tiny:")
    assert encoder.encode(["plan a menu"]).shape == (1, encoder.dimension)
    assert find_encoder("tiny", models=tmp_path) == shipped / "tiny"


def test_an_encoder_of_ones_own_goes_before_a_shipped_one(
    shipped: Path, tiny_bert: Path, tmp_path: Path
) -> None:
    """So that another one can be tried without a change of the recipes."""
    models = tmp_path / "models"
    export_minilm(tiny_bert, models / "tiny")

    assert find_encoder("tiny", models=models) == models / "tiny"
    assert find_encoder(str(shipped / "tiny"), models=models) == shipped / "tiny"


def test_a_name_and_a_path_open_the_same_encoder(shipped: Path, tmp_path: Path) -> None:
    """Recipes use names, people use paths; both must mean the same model."""
    by_name = open_encoder("tiny", models=tmp_path / "models", threads=1)

    by_path = open_encoder(str(shipped / "tiny"), models=tmp_path / "models", threads=1)

    assert by_name.fingerprint == by_path.fingerprint


def test_a_folder_without_a_model_is_not_shipped(shipped: Path, tmp_path: Path) -> None:
    """A card alone encodes nothing, and must not be taken for a model of another kind."""
    (shipped / "half").mkdir()
    (shipped / "half" / "README.md").write_text("# half", encoding="utf-8")

    assert shipped_encoders() == {"tiny"}
    with pytest.raises(NotFoundError, match="no encoder 'half'"):
        find_encoder("half", models=tmp_path / "models")


@pytest.mark.usefixtures("shipped")
@pytest.mark.parametrize("name", ["none", ""])
def test_an_unknown_encoder_says_which_are_known(
    tiny_bert: Path, tmp_path: Path, name: str
) -> None:
    """The next step must be in the message."""
    models = tmp_path / "models"
    export_minilm(tiny_bert, models / "mine")

    with pytest.raises(NotFoundError, match=rf"no encoder '{name}'; known are hashing, mine, tiny"):
        open_encoder(name, models=models)


def test_the_encoder_without_a_model_opens_by_name(tmp_path: Path) -> None:
    """Whole commands can be tried where no weights are."""
    encoder = open_encoder("hashing", models=tmp_path)

    assert encoder.fingerprint == HashingEncoder().fingerprint


@pytest.mark.parametrize("package", ["onnx", "safetensors.numpy"])
def test_exporting_without_its_packages_says_how_to_get_them(
    tiny_bert: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    """They are left out of the program, which only runs what was exported."""
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(UsageError, match=r"pip install 'skillmatch\[evaluation\]'"):
        export_minilm(tiny_bert, tmp_path / "tiny")
