"""One stage of training: steps, checkpoints and the log, resumable at any step."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from evaluation.train.batches import Bank, Batch, batches, ignored
from evaluation.train.concepts import TrainConcept
from evaluation.train.encoder import TrainedEncoder
from evaluation.train.objective import loss_of
from evaluation.train.pairs import Example
from evaluation.train.plan import Plan
from skillmatch.atomic import replacing, write_text
from skillmatch.errors import UsageError

STATE = "state.pt"
LOG = "log.jsonl"


class Stage:
    """Trains an encoder on examples and keeps its state in a folder."""

    def __init__(
        self,
        encoder: TrainedEncoder,
        concepts: Sequence[TrainConcept],
        examples: Sequence[Example],
        plan: Plan,
        folder: Path,
    ) -> None:
        self._encoder, self._concepts, self._plan = encoder, concepts, plan
        self._examples, self._folder = examples, folder
        self._steps = plan.epochs * sum(1 for _ in self._epoch(0))
        weights = [one for one in encoder.model.parameters() if one.requires_grad]
        self._optimizer = torch.optim.AdamW(
            weights, lr=plan.learning_rate, weight_decay=0.01, fused=True
        )
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, self._rate)
        self._labels = [concept.label for concept in concepts]

    def run(self, minutes: float) -> bool:
        """Train until the stage is done or the time is over.

        Returns:
            Whether the stage is done; if not, the next call goes on where this one stopped.
        """
        until = time.monotonic() + 60 * minutes
        bank = Bank(self._encoder.vectors(self._labels), hard=self._plan.hard)
        done = self._resume(bank)
        for step, batch in enumerate(self._all_batches()):
            if step < done:
                continue
            if step % self._plan.refresh == 0 and step:
                bank.vectors = self._encoder.vectors(self._labels)
            self._learn(step, batch, bank)
            if time.monotonic() > until or (step + 1) % self._plan.checkpoint == 0:
                self._save(step + 1, bank)
            if time.monotonic() > until:
                return step + 1 == self._steps
        self._save(self._steps, bank)
        return True

    def _epoch(self, epoch: int) -> Iterator[Batch]:
        draw = random.Random(f"{self._plan.seed}:{epoch}")  # noqa: S311 - seeded, no secret
        return batches(self._examples, self._concepts, self._plan.batch, draw)

    def _all_batches(self) -> Iterator[Batch]:
        for epoch in range(self._plan.epochs):
            yield from self._epoch(epoch)

    def _rate(self, step: int) -> float:
        warm = max(1, round(self._plan.warm_up * self._steps))
        left = (self._steps - step) / max(1, self._steps - warm)
        return min((step + 1) / warm, max(0.0, left))

    def _learn(self, step: int, batch: Batch, bank: Bank) -> None:
        torch.manual_seed(self._plan.seed * 1_000_003 + step)
        texts = self._encoder.forward(batch.texts)
        labels = self._encoder.forward(batch.labels).means
        hard = bank.hard_negatives(texts.means.detach().cpu().numpy())
        columns = [*batch.asked, *hard]
        own = list(range(len(batch.asked)))
        wrong = torch.from_numpy(bank.vectors[hard]).to(labels)
        loss = loss_of(
            texts,
            torch.cat([labels, wrong]),
            torch.tensor(own, device=labels.device),
            torch.from_numpy(ignored(batch, columns, bank, own)).to(labels.device),
        )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._encoder.model.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        self._optimizer.zero_grad()
        self._note(step, float(loss.detach()))

    def _note(self, step: int, loss: float) -> None:
        line = {"step": step + 1, "of": self._steps, "loss": round(loss, 4)}
        line["minutes"] = round(time.process_time() / 60, 2)
        with (self._folder / LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")

    def _save(self, step: int, bank: Bank) -> None:
        state = {
            "step": step,
            "steps": self._steps,
            "plan": asdict(self._plan),
            "model": self._encoder.model.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "schedule": self._schedule.state_dict(),
            "bank": torch.from_numpy(bank.vectors),
        }
        with replacing(self._folder / STATE) as file:
            torch.save(state, file)

    def _resume(self, bank: Bank) -> int:
        """Go back to where the last checkpoint was and return its step, 0 without one."""
        path = self._folder / STATE
        if not path.is_file():
            self._forget_after(0)
            return 0
        state = torch.load(path, map_location=self._encoder.device, weights_only=True)
        if (state["plan"], state["steps"]) != (asdict(self._plan), self._steps):
            raise UsageError(
                f"{path} was begun with another plan or other examples; remove it, or choose "
                "another folder"
            )
        self._forget_after(int(state["step"]))
        self._encoder.model.load_state_dict(state["model"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._schedule.load_state_dict(state["schedule"])
        bank.vectors = state["bank"].cpu().numpy()
        return int(state["step"])

    def _forget_after(self, step: int) -> None:
        """Leave out of the log the steps that a run did after its last checkpoint."""
        log = self._folder / LOG
        if log.is_file():
            lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
            write_text(log, "".join(lines[:step]))


def mean_loss(folder: Path, last: int) -> float:
    """Return the mean loss over the last steps that the log of a stage holds."""
    lines = (folder / LOG).read_text(encoding="utf-8").splitlines()[-last:]
    return float(np.mean([json.loads(line)["loss"] for line in lines]))
