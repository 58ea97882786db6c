"""The measurement of linking: what is measured, and in which unit."""

from __future__ import annotations

import time

import pytest

from evaluation.bench.link import (
    about_500_words,
    each_ms,
    example_postings,
    fresh_units,
    in_batches,
    one_by_one,
    posting_times,
)
from skillmatch.service.matcher import Matcher


def test_the_posting_has_about_500_words() -> None:
    """The bar is about such a posting, so that the example must not shrink."""
    posting = about_500_words(example_postings())

    assert 450 <= len(posting.text.split()) <= 550


def test_every_round_has_units_that_no_round_had_before() -> None:
    """What a cache knew from the round before would come free."""
    postings = example_postings()

    first, second = (set(fresh_units(postings, number)) for number in (0, 1))

    assert len(first) > 100
    assert first.isdisjoint(second)


def test_each_item_is_timed_by_itself_in_milliseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock of our own, since that of a busy machine runs on while we wait."""
    now = [7.0]

    def step(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(time, "perf_counter", lambda: now[0])

    assert each_ms(step, [0.5, 0.25]) == [500.0, 250.0]


def test_a_warm_matcher_is_measured_in_all_three_ways(mini_matcher: Matcher) -> None:
    """With the invented engine, so that the numbers mean nothing and their relations all."""
    postings = example_postings()[:1]

    alone = one_by_one(mini_matcher, postings, 1)
    batch = in_batches(mini_matcher, postings, 1)
    whole = posting_times(mini_matcher, postings[0], 1)

    assert alone["sentences"] == len(fresh_units(postings, 0))
    assert alone["sentence_p50_ms"] <= alone["sentence_p95_ms"]
    assert batch["batch_units_per_s"] == pytest.approx(1000 / batch["batch_ms_per_unit"], rel=0.01)
    assert whole["posting_p50_ms"] > 0
