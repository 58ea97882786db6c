"""The numbers of one stage of training; known without PyTorch."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The numbers of one stage.

    Attributes:
        hard: Nearest labels of each text that it is told apart from, beside the other labels of
            the batch.
        refresh: Steps after which all labels are encoded anew.
        checkpoint: Steps after which a run that is cut off can go on.
    """

    epochs: int
    batch: int = 64
    learning_rate: float = 1e-4
    warm_up: float = 0.06
    hard: int = 12
    refresh: int = 250
    checkpoint: int = 200
    seed: int = 13
