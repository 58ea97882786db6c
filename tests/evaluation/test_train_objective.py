"""What training asks for, and that the program measures by the same formula."""

from __future__ import annotations

import math

import numpy as np
import pytest

from skillmatch.embedding.vectors import unit_length
from skillmatch.linking import late

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("one_thread")]


def test_training_and_the_program_measure_alike() -> None:
    """An encoder that was tuned for one formula is not good at another; padding counts nowhere."""
    import torch

    from evaluation.train import objective

    rng = np.random.default_rng(13)
    tokens = unit_length(rng.normal(size=(6, 11, 32)).astype(np.float32))
    labels = unit_length(rng.normal(size=(40, 32)).astype(np.float32))
    mask = np.arange(11) < np.array([[1], [2], [5], [9], [10], [11]])

    trained = objective.late_interaction(*map(torch.from_numpy, (tokens, mask, labels)))

    for text in range(6):
        by_program = late.late_interaction(tokens[text, mask[text]], labels)
        np.testing.assert_allclose(trained[text].numpy(), by_program, atol=1e-6)


def test_contrast_is_the_log_of_the_right_answers_share() -> None:
    """Scores .10 and .05 over .05 are 2 and 1: the first has 1 / (1 + 1/e), the second the rest."""
    import torch

    from evaluation.train.objective import contrast

    scores = torch.tensor([[0.10, 0.05], [0.10, 0.05]])
    nothing = torch.zeros(2, 2, dtype=torch.bool)

    first = contrast(scores, torch.tensor([0, 0]), nothing)
    both = contrast(scores, torch.tensor([0, 1]), nothing)

    assert float(first) == pytest.approx(math.log(1 + math.exp(-1)), abs=1e-5)
    assert float(both) == pytest.approx(
        (math.log(1 + math.exp(-1)) + math.log(1 + math.e)) / 2, abs=1e-5
    )


def test_an_ignored_column_neither_helps_nor_hurts() -> None:
    """However near it is: without it the right answer stands alone."""
    import torch

    from evaluation.train.objective import contrast

    scores = torch.tensor([[0.1, 0.9, 0.05]], requires_grad=True)

    loss = contrast(scores, torch.tensor([0]), torch.tensor([[False, True, False]]))
    loss.backward()

    assert float(loss.detach()) == pytest.approx(math.log(1 + math.exp(-1)), abs=1e-5)
    assert scores.grad is not None
    assert scores.grad[0, 1] == 0
    assert scores.grad[0, 0] < 0 < scores.grad[0, 2]


def test_the_mean_counts_half_beside_late_interaction() -> None:
    """One token: both are its cosines 1 and 0, over .05 20 and 0; so 1.5 times the same."""
    import torch

    from evaluation.train.objective import Texts, loss_of

    axis = torch.tensor([[1.0, 0.0]])
    texts = Texts(tokens=axis[None], present=torch.tensor([[True]]), means=axis)

    wrong = loss_of(texts, torch.eye(2), torch.tensor([1]), torch.zeros(1, 2, dtype=torch.bool))

    assert float(wrong) == pytest.approx(1.5 * 20, abs=1e-4)
