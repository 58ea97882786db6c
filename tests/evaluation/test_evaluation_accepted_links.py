"""Precision and recall of accepted links, worked by hand."""

from __future__ import annotations

import numpy as np

from evaluation.accepted_links import ScoredLinks, best_threshold, f1, precision_recall

SCORED = ScoredLinks(
    confidences=np.array([0.8, 0.6, 0.4]), right=np.array([True, False, True]), gold=4
)


def test_precision_and_recall_at_a_threshold() -> None:
    """At .5: two links, one right, four gold: 1/2 and 1/4. At .9: none, so 0 and 0."""
    assert precision_recall(SCORED, 0.5) == (0.5, 0.25)
    assert precision_recall(SCORED, 0.9) == (0.0, 0.0)
    assert round(f1(SCORED, 0.5), 4) == 0.3333


def test_the_best_threshold_is_the_lowest_with_the_highest_f1() -> None:
    """At .40 and below all three count: 2/3 and 2/4, F1 .571, more than anywhere above."""
    assert best_threshold(SCORED) == 0.05


def test_a_least_precision_is_kept_where_any_threshold_reaches_it() -> None:
    """Only above .60 is everything right that is accepted; nothing is right twice over."""
    assert best_threshold(SCORED, least_precision=0.9) == 0.61
    assert best_threshold(SCORED, least_precision=1.1) == 0.05
