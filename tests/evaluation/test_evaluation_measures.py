"""Measures, worked by hand and compared with an independent library."""

from __future__ import annotations

from math import log2

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ir_measures import RR, P, Qrel, R, ScoredDoc, nDCG

from evaluation.measures import (
    RANKING,
    LinkCounts,
    count_links,
    mean_values,
    micro,
    places_of,
    ranking_values,
)
from skillmatch.errors import UsageError


def test_every_measure_of_one_ranking_is_what_a_hand_gets() -> None:
    """Gold at places 2 and 4 of five, a third never found.

    MRR 1/2. RP@1 0 of min(1, 3). RP@5 and RP@10 2 of 3. recall@100 2 of 3. nDCG: (1/log2 3 +
    1/log2 5) over (1 + 1/log2 3 + 1/log2 4) = 1.0616 / 2.1309.
    """
    values = ranking_values(["x", "a", "y", "b", "z"], {"a", "b", "c"})

    assert values == {
        "MRR": 1 / 2,
        "RP@1": 0.0,
        "RP@5": 2 / 3,
        "RP@10": 2 / 3,
        "recall@100": 2 / 3,
        "nDCG@100": pytest.approx((1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3) + 1 / 2)),
    }
    assert values["nDCG@100"] == pytest.approx(0.4982, abs=1e-4)


def test_rp_counts_at_most_k_gold_concepts() -> None:
    """Six gold, five hits in the first five: RP@5 is 5/5 and RP@10 5/6, unlike recall at 5."""
    values = ranking_values(list("abcde"), set("abcdef"))

    assert (values["RP@1"], values["RP@5"], values["RP@10"]) == (1.0, 1.0, 5 / 6)


def test_a_hit_below_the_cut_counts_for_the_full_ranking_only() -> None:
    """MRR looks at all 150 places, recall and nDCG at 100."""
    values = ranking_values([*map(str, range(119)), "gold", *map(str, range(200, 230))], {"gold"})

    assert values["MRR"] == 1 / 120
    assert values["recall@100"] == values["nDCG@100"] == values["RP@10"] == 0.0


def test_more_gold_than_places_can_still_be_ranked_ideally() -> None:
    """150 gold, and all of the first hundred are: nDCG 1 and RP 1, but recall 100/150."""
    values = ranking_values(list(map(str, range(100))), set(map(str, range(150))))

    assert values["nDCG@100"] == values["RP@10"] == 1.0
    assert values["recall@100"] == 100 / 150


def test_an_unanswered_query_scores_zero() -> None:
    """No answer is a bad answer, not a query to leave out."""
    assert set(ranking_values([], {"a"}).values()) == {0.0}


def test_a_query_without_gold_is_refused() -> None:
    """It must be left out and counted by the caller, who knows how many there are."""
    with pytest.raises(UsageError, match="leave it out and count it"):
        ranking_values(["a"], set())


def test_a_concept_that_is_ranked_twice_is_refused() -> None:
    """Counted twice, it would bring RP above 1."""
    with pytest.raises(UsageError, match="twice"):
        places_of(["a", "b", "a"], {"a"})


def test_means_are_taken_over_queries() -> None:
    """Two queries, MRR 1 and 1/2."""
    values = [ranking_values(["a"], {"a"}), ranking_values(["x", "a"], {"a"})]

    assert mean_values(values)["MRR"] == 0.75
    assert mean_values(values)["RP@1"] == 0.5


def test_nothing_judged_is_an_error_and_no_zero() -> None:
    """A measure over no query must not look like a bad result."""
    with pytest.raises(UsageError, match="no query has gold"):
        mean_values([])


def test_accepted_links_are_counted_over_all_queries() -> None:
    """One of two right of three gold, then two wrong without gold: P 1/4, R 1/3, F1 2/7."""
    both = micro([count_links({"a", "x"}, {"a", "b", "c"}), count_links({"y", "z"}, set())])

    assert both == LinkCounts(right=1, accepted=4, gold=3)
    assert (both.precision, both.recall) == (1 / 4, 1 / 3)
    assert both.f1 == pytest.approx(2 / 7)


def test_nothing_accepted_has_neither_precision_nor_f1() -> None:
    """0 is a convention here, and not a division by zero."""
    silent = count_links(set(), {"a"})

    assert (silent.precision, silent.recall, silent.f1) == (0.0, 0.0, 0.0)


@given(
    ranked=st.lists(st.integers(0, 150).map(str), unique=True, max_size=130),
    gold=st.sets(st.integers(0, 150).map(str), min_size=1, max_size=30),
)
def test_an_independent_library_gets_the_same(ranked: list[str], gold: set[str]) -> None:
    """Whoever compares numbers with others' must have counted as they did.

    The library has no RP@k; P@k over min(k, gold) and k says the same.
    """
    qrels = [Qrel("q", uri, 1) for uri in gold]
    run = [ScoredDoc("q", uri, -float(place)) for place, uri in enumerate(ranked)]
    theirs = ir_measures.calc_aggregate([RR, R @ 100, nDCG @ 100, P @ 1, P @ 5, P @ 10], qrels, run)

    ours = ranking_values(ranked, gold)

    assert ours["MRR"] == pytest.approx(theirs[RR])
    assert ours["recall@100"] == pytest.approx(theirs[R @ 100])
    assert ours["nDCG@100"] == pytest.approx(theirs[nDCG @ 100])
    for k in (1, 5, 10):
        assert ours[f"RP@{k}"] * min(k, len(gold)) == pytest.approx(theirs[P @ k] * k)


@given(gold=st.sets(st.integers().map(str), min_size=1, max_size=100), more=st.integers(0, 40))
def test_an_ideal_ranking_scores_one(gold: set[str], more: int) -> None:
    """Whatever follows the gold, of which recall at 100 can hold a hundred."""
    ranked = [*gold, *(f"wrong {place}" for place in range(more))]

    assert set(ranking_values(ranked, gold).values()) == {1.0}


@given(
    ranked=st.lists(st.integers(0, 60).map(str), unique=True),
    gold=st.sets(st.integers(0, 60).map(str), min_size=1),
)
def test_measures_stay_between_nothing_and_all(ranked: list[str], gold: set[str]) -> None:
    """A value outside [0, 1] is a mistake in the formula."""
    values = ranking_values(ranked, gold)

    assert list(values) == [measure.name for measure in RANKING]
    assert all(0 <= value <= 1 for value in values.values())
