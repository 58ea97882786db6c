"""A tuned model becomes the shipped one by one command, card included."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.ship import ENCODER, main, recipe_digest, ship
from skillmatch.embedding import open_encoder
from skillmatch.embedding.model_folder import verify_model_folder
from skillmatch.errors import NotFoundError

CARD = "# A card\n\nWritten by hand.\n\n## Files\n\nAn older model.\n"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """The folder of the shipped encoder, with its card."""
    folder = tmp_path / "shipped" / ENCODER
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    return folder


@pytest.fixture
def training(tmp_path: Path) -> Path:
    """Code and sentences that a model was tuned with."""
    folder = tmp_path / "train"
    (folder / "sentences").mkdir(parents=True)
    (folder / "recipe.py").write_text("EPOCHS = 1\n", encoding="utf-8")
    (folder / "sentences" / "duties.tsv").write_text("a\tDrive a lorry\n", encoding="utf-8")
    return folder


def test_the_tuned_model_takes_the_place_of_the_older_one(
    tiny_bert: Path, target: Path, training: Path
) -> None:
    """In 8 bits, opening by its name, and saying what it was made with."""
    info = ship(tiny_bert, target, commit="c0ffee", training=training)

    assert verify_model_folder(target) == info
    assert (info.name, info.precision, info.commit) == (ENCODER, "int8", "c0ffee")
    assert info.recipe == recipe_digest(training)
    assert open_encoder(str(target), models=target, threads=1).fingerprint == info.fingerprint


def test_the_card_tells_the_checksums_and_keeps_what_was_written_by_hand(
    tiny_bert: Path, target: Path, training: Path
) -> None:
    """Shipping twice changes nothing more."""
    info = ship(tiny_bert, target, commit="c0ffee", training=training)
    once = (target / "README.md").read_text(encoding="utf-8")

    ship(tiny_bert, target, commit="c0ffee", training=training)

    assert once == (target / "README.md").read_text(encoding="utf-8")
    assert once.startswith(CARD.partition("## Files")[0])
    assert "An older model" not in once
    for told in (info.onnx_sha256, info.tokenizer_sha256, info.fingerprint, "c0ffee"):
        assert f"`{told}`" in once


def test_half_a_model_leaves_the_shipped_one_as_it_was(
    tiny_bert: Path, target: Path, training: Path, tmp_path: Path
) -> None:
    """A training that did not end must not break the package."""
    ship(tiny_bert, target, commit="c0ffee", training=training)
    before = {path.name: path.read_bytes() for path in target.iterdir()}

    with pytest.raises(NotFoundError, match="lacks"):
        ship(tmp_path, target, commit="other", training=training)

    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_the_recipe_changes_with_every_sentence_and_with_nothing_else(training: Path) -> None:
    """Two models with one recipe were shown the same."""
    before = recipe_digest(training)

    (training / "__pycache__").mkdir()
    (training / "__pycache__" / "recipe.pyc").write_bytes(b"\0")
    compiled = recipe_digest(training)
    (training / "sentences" / "duties.tsv").write_text("a\tDrive a bus\n", encoding="utf-8")

    assert compiled == before
    assert recipe_digest(training) != before


def test_the_command_ships_into_the_package(
    tiny_bert: Path,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And ends with the exit code of bad input where there is no model."""
    monkeypatch.setattr("evaluation.ship.SHIPPED", target.parent)

    failed = main([str(target)])
    shipped = main([str(tiny_bert), "--commit", "c0ffee"])

    said = capsys.readouterr()
    assert (failed, shipped) == (5, 0)
    assert "lacks" in said.err
    assert said.out == f"{verify_model_folder(target).fingerprint} lies in {target}\n"
