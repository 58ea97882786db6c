"""A stage of training with a tiny model: it learns, and may be cut off at any step."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from evaluation.train.concepts import TrainConcept
from evaluation.train.pairs import Example
from evaluation.train.plan import Plan
from skillmatch.embedding.export import export_minilm
from skillmatch.embedding.onnx_encoder import OnnxEncoder
from skillmatch.errors import UsageError
from skillmatch.model.concept import ConceptUri
from tests.tiny_bert import PLACES, vocabulary

if TYPE_CHECKING:
    from evaluation.train.encoder import TrainedEncoder
    from evaluation.train.loop import Stage

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("one_thread")]

NAMES = (
    "plan menus", "bake bread", "drive lorries", "write code", "test code", "care for people",
    "keep books", "sell shoes", "teach maths", "weld pipes", "cut hair", "grow trees",
)  # fmt: skip
CONCEPTS = tuple(
    TrainConcept(
        uri=ConceptUri(f"urn:{place}"),
        label=name,
        alternatives=(name[::-1],),
        description="",
        is_knowledge=False,
        companions=(),
    )
    for place, name in enumerate(NAMES)
)
EXAMPLES = tuple(
    Example(text=f"{opening} {name}", places=(place, (place + 1) % 12) if place % 3 else (place,))
    for place, name in enumerate(NAMES)
    for opening in ("you will", "able to")
)
STEPS = 10
"""Of two epochs: forty rows an epoch, eight a batch."""
LOG = "log.jsonl"
Begin = Callable[..., tuple["TrainedEncoder", "Stage"]]


@pytest.fixture(scope="module")
def base(tiny_bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model with what transformers needs to know of it besides."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from transformers import AutoModel

    folder = tmp_path_factory.mktemp("base") / "model"
    shutil.copytree(tiny_bert, folder)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config |= {"vocab_size": len(vocabulary()), "max_position_embeddings": PLACES}
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    # Weights that the files lack would be drawn anew each time that they are read.
    AutoModel.from_pretrained(folder).save_pretrained(folder)
    return folder


@pytest.fixture(autouse=True)
def _all_names_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    """Random weights take nearly all names for the same, and would have nothing to learn."""
    monkeypatch.setattr("evaluation.train.batches.ALIKE", 0.9999)


@pytest.fixture
def plan() -> Plan:
    """Refreshes and checkpoints that fall on different steps."""
    return Plan(epochs=2, batch=8, learning_rate=1e-3, hard=3, refresh=3, checkpoint=4)


@pytest.fixture
def begin(base: Path, plan: Plan) -> Begin:
    """Return what a new process does: read the base model and take up the stage of a folder."""
    from evaluation.train.encoder import TrainedEncoder
    from evaluation.train.loop import Stage

    def begin(
        folder: Path, chosen: Plan = plan, examples: Sequence[Example] = EXAMPLES
    ) -> tuple[TrainedEncoder, Stage]:
        folder.mkdir(exist_ok=True)
        encoder = TrainedEncoder(base)
        return encoder, Stage(encoder, CONCEPTS, examples, chosen, folder)

    return begin


def weights(encoder: TrainedEncoder) -> dict[str, Any]:
    return {name: value.numpy().copy() for name, value in encoder.model.state_dict().items()}


def lines(folder: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (folder / LOG).read_text(encoding="utf-8").splitlines()]


def assert_same(left: dict[str, Any], right: dict[str, Any]) -> None:
    assert left.keys() == right.keys()
    for name, value in left.items():
        np.testing.assert_array_equal(value, right[name], err_msg=name)


@pytest.fixture
def whole(begin: Begin, tmp_path: Path) -> dict[str, Any]:
    """Weights after a run that nothing interrupted."""
    encoder, stage = begin(tmp_path / "whole")
    assert stage.run(minutes=5)
    return weights(encoder)


def test_a_stage_that_is_cut_off_after_every_step_ends_in_the_same_weights(
    begin: Begin, whole: dict[str, Any], tmp_path: Path
) -> None:
    """To the last bit: nothing that decides a step may live in the process alone."""
    for step in range(1, STEPS + 1):
        encoder, stage = begin(tmp_path / "cut")
        assert stage.run(minutes=0) == (step == STEPS)

    assert_same(weights(encoder), whole)


@pytest.mark.parametrize("step", [2, 6, 8])
def test_a_process_that_dies_goes_on_from_its_last_checkpoint(
    begin: Begin,
    whole: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: int,
) -> None:
    """Before the first checkpoint from the beginning; between two, some steps are done again."""
    from evaluation.train.objective import loss_of

    def dying(*given: Any) -> Any:  # noqa: ANN401 - passed on as it is
        nonlocal step
        step -= 1
        if step < 0:
            raise KeyboardInterrupt
        return loss_of(*given)

    with monkeypatch.context() as patch:
        patch.setattr("evaluation.train.loop.loss_of", dying)
        _, stage = begin(tmp_path / "dead")
        with pytest.raises(KeyboardInterrupt):
            stage.run(minutes=5)

    encoder, stage = begin(tmp_path / "dead")
    assert stage.run(minutes=5)

    assert_same(weights(encoder), whole)
    assert [line["step"] for line in lines(tmp_path / "dead")] == [*range(1, STEPS + 1)]
    assert [line["loss"] for line in lines(tmp_path / "dead")] == [
        line["loss"] for line in lines(tmp_path / "whole")
    ]


def test_a_stage_that_is_done_stays_so(begin: Begin, whole: dict[str, Any], tmp_path: Path) -> None:
    """A process that dies while the result is written has nothing to train again."""
    encoder, stage = begin(tmp_path / "whole")

    assert stage.run(minutes=0)

    assert_same(weights(encoder), whole)
    assert len(lines(tmp_path / "whole")) == STEPS


def test_a_stage_of_another_plan_is_not_gone_on_with(
    begin: Begin, plan: Plan, tmp_path: Path
) -> None:
    """Half of one recipe and half of another is neither."""
    _, stage = begin(tmp_path / "cut")
    stage.run(minutes=0)

    _, other = begin(tmp_path / "cut", replace(plan, epochs=3))

    with pytest.raises(UsageError, match=r"state\.pt was begun with another plan"):
        other.run(minutes=5)


def test_each_step_leaves_a_line(begin: Begin, tmp_path: Path) -> None:
    """Steps count from 1; whoever waits sees how far it is."""
    from evaluation.train.loop import mean_loss

    _, stage = begin(tmp_path / "run")
    stage.run(minutes=5)

    found = lines(tmp_path / "run")
    assert [(line["step"], line["of"]) for line in found] == [
        (step, STEPS) for step in range(1, STEPS + 1)
    ]
    assert all(line["loss"] > 0 and line["minutes"] >= 0 for line in found)
    last = [line["loss"] for line in found[-4:]]
    assert mean_loss(tmp_path / "run", 4) == pytest.approx(sum(last) / 4)


def test_training_brings_a_text_nearer_to_its_label(
    begin: Begin, plan: Plan, tmp_path: Path
) -> None:
    """The loss falls, and words themselves keep the vectors that they had."""
    simple = [
        Example(text=f"{opening} {name}", places=(place,))
        for place, name in enumerate(NAMES)
        for opening in ("you will", "able to")
    ]
    chosen = replace(plan, epochs=20, batch=12, learning_rate=3e-3, hard=1, refresh=1)
    encoder, stage = begin(tmp_path / "run", chosen, simple)
    words, layer = "embeddings.word_embeddings.weight", "encoder.layer.0.output.dense.weight"
    before = weights(encoder)

    stage.run(minutes=5)

    losses = [line["loss"] for line in lines(tmp_path / "run")]
    assert np.mean(losses[-4:]) < 0.7 * np.mean(losses[:4])
    after = weights(encoder)
    assert np.array_equal(after[words], before[words])
    assert not np.array_equal(after[layer], before[layer])


def test_the_result_is_the_encoder_that_is_shipped(begin: Begin, tmp_path: Path) -> None:
    """Tokens, mean and length limit are those of the program; training computes in 16 bits."""
    encoder, stage = begin(tmp_path / "run")
    stage.run(minutes=5)
    texts = ["plan a menu", "", "c++", "weld and cut pipes by night", *NAMES]

    encoder.save(tmp_path / "model")
    export_minilm(tmp_path / "model", tmp_path / "exported")

    shipped = OnnxEncoder.open(tmp_path / "exported", 1)
    assert (shipped.encode(texts) * encoder.vectors(texts)).sum(axis=1).min() > 0.999
    read = encoder.forward(texts[:4])
    for row, one in enumerate(shipped.encode_tokens(texts[:4])):
        tokens = read.tokens[row][read.present[row]].detach().numpy()
        assert tokens.shape == one.vectors.shape
        assert (tokens * one.vectors).sum(axis=1).min(initial=1) > 0.5
