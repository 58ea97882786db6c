"""The one command that trains: stage after stage, done flags, and what it says."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.train.__main__ import main
from evaluation.train.plan import Plan
from evaluation.train.recipe import STAGES
from skillmatch.model.framework import Framework
from skillmatch.store import write_framework
from tests.evaluation.conftest import HOUSE, SKILLSKAPE, TECH
from tests.tiny_bert import PLACES, vocabulary

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("one_thread")]

Command = Callable[..., int]


@pytest.fixture
def command(
    tiny_bert: Path, mini_esco: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Return the command over an invented framework, in two stages of a few steps.

    The second one learns nothing, so that its result is what it began with.
    """
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    base = tmp_path / "base"
    shutil.copytree(tiny_bert, base)
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config |= {"vocab_size": len(vocabulary()), "max_position_embeddings": PLACES}
    (base / "config.json").write_text(json.dumps(config), encoding="utf-8")
    validation = tmp_path / "skill-extraction-validation"
    files = {
        validation / "tech_validation_annotations.csv": TECH,
        validation / "house_validation_annotations.csv": HOUSE,
        tmp_path / "skillskape" / "dev.csv": SKILLSKAPE,
        tmp_path / "skillskape" / "train.csv": SKILLSKAPE,
    }
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    write_framework(mini_esco, tmp_path / "framework.sqlite")
    few = Plan(epochs=1, batch=32, hard=4)
    stages = tuple(
        replace(stage, alternatives=1, generated=40, written=0, plan=plan)
        for stage, plan in zip(STAGES, (few, replace(few, learning_rate=0.0)), strict=True)
    )
    monkeypatch.setattr("evaluation.train.__main__.STAGES", stages)

    def command(*more: str) -> int:
        given = {
            "--base": base,
            "--benchmarks": tmp_path,
            "--framework": tmp_path / "framework.sqlite",
            "--out": tmp_path / "out",
        }
        words = [str(word) for pair in given.items() for word in pair]
        return main([*words, *more])

    return command


def test_the_same_command_goes_on_until_all_stages_are_done(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """3 says that there is more to do; a stage is done when its flag lies beside its model."""
    codes = [command("--minutes", "0")]
    while codes[-1] == 3 and len(codes) < 50:
        codes.append(command("--minutes", "0"))

    said = capsys.readouterr().out
    assert set(codes[:-1]) == {3}
    assert codes[-1] == 0
    assert len(codes) > 2
    assert "stage names: time is over; run the same command to go on" in said
    for stage in ("names", "sentences"):
        folder = tmp_path / "out" / stage
        assert json.loads((folder / "done.json").read_text(encoding="utf-8"))["examples"] > 40
        assert (folder / "model" / "model.safetensors").is_file()
        assert f"stage {stage}: done, loss " in said


def test_a_stage_that_is_done_is_not_trained_again(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One may stop after a stage and look at it; the next goes on from its model."""
    assert command("--until", "names") == 0
    first = (tmp_path / "out" / "names" / "model" / "model.safetensors").read_bytes()
    assert not (tmp_path / "out" / "sentences").exists()
    capsys.readouterr()

    assert command() == 0

    said = capsys.readouterr().out
    assert "stage names" not in said
    assert "stage sentences: done" in said
    assert (tmp_path / "out" / "names" / "model" / "model.safetensors").read_bytes() == first
    assert (tmp_path / "out" / "sentences" / "model" / "model.safetensors").read_bytes() == first
    assert (tmp_path / "base" / "model.safetensors").read_bytes() != first


def test_a_framework_that_is_not_there_is_named(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the exit code of something missing, and no stack of calls."""
    (tmp_path / "framework.sqlite").unlink()

    assert command() == 5

    assert "framework.sqlite" in capsys.readouterr().err
