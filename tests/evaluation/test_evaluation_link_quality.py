"""Measures, worked by hand."""

from __future__ import annotations

import pytest

from evaluation.accepted_links import ScoredLinks, best_threshold, precision_recall
from evaluation.datasets import Query
from evaluation.link_quality import rank_quality
from skillmatch.model.concept import ConceptUri


def uris(*names: str) -> set[ConceptUri]:
    return {ConceptUri(name) for name in names}


def test_ranks_are_measured_over_queries_with_gold() -> None:
    """Hits at 1 and 3 of two gold: RP@5 = 2/2, MRR 1; first hit at 2 of one gold: 1/1, 1/2.

    The third query has no gold and is left out; the fourth has gold and no answer: 0 and 0.
    So RP@5 = (1 + 1 + 0) / 3 and MRR = (1 + .5 + 0) / 3.
    """
    queries = [Query(id=str(place), text="", labels=()) for place in range(4)]
    ranked = [["a", "x", "b"], ["x", "c"], ["x"], []]
    gold = [uris("a", "b"), uris("c"), uris(), uris("d")]

    found = rank_quality(queries, ranked, gold)

    assert found == {"rp_at_5": 0.6667, "rp_at_10": 0.6667, "mrr": 0.5}


def test_rp_counts_at_most_k_gold_labels() -> None:
    """Six gold labels and five hits in the first five: RP@5 is 5/5, RP@10 is 5/6."""
    query = Query(id="1", text="", labels=())

    found = rank_quality([query], [list("abcde")], [uris(*"abcdef")])

    assert (found["rp_at_5"], found["rp_at_10"]) == (1.0, 0.8333)


def test_nothing_judged_is_an_error_and_no_zero() -> None:
    """A measure over no query must not look like a bad result."""
    with pytest.raises(ValueError, match="none of 1 queries"):
        rank_quality([Query(id="1", text="", labels=())], [[]], [set()])


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
