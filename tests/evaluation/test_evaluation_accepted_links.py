"""Precision and recall of accepted links, worked by hand."""

from __future__ import annotations

from evaluation.accepted_links import ScoredLinks, best_threshold, precision_recall


def test_precision_and_recall_at_a_threshold() -> None:
    """At .5: two links, one right, four gold: 1/2 and 1/4. At .9: none, so 0 and 0."""
    scored = ScoredLinks(links=((0.8, True), (0.6, False), (0.4, True)), gold=4)

    assert precision_recall(scored, 0.5) == (0.5, 0.25)
    assert precision_recall(scored, 0.9) == (0.0, 0.0)


def test_the_best_threshold_is_the_lowest_with_the_highest_f1() -> None:
    """At .40 and below all three count: 2/3 and 2/4, F1 .571, more than anywhere above."""
    scored = ScoredLinks(links=((0.8, True), (0.6, False), (0.4, True)), gold=4)

    threshold, precision, recall = best_threshold(scored)

    assert threshold == 0.05
    assert (round(precision, 3), recall) == (0.667, 0.5)
