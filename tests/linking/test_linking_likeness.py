"""One unit beside the views of its candidates, worked by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.embedding.port import TokenVectors, Vectors
from skillmatch.embedding.vectors import unit_length
from skillmatch.linking.likeness import (
    OWN_MEANING,
    RUN_STEP,
    RUN_TOKENS,
    Likeness,
    likeness,
    part_vectors,
    span_vectors,
)
from skillmatch.model.concept import LabelKind
from skillmatch.model.posting import Span
from skillmatch.retrieval.row_table import LABEL_KINDS
from skillmatch.retrieval.views import Views

PREF, ALT = LabelKind.PREF, LabelKind.ALT
NO_PHRASES = np.zeros((0, 2), dtype=np.float32)
NO_PARTS = NO_PHRASES


def array(*rows: Sequence[float]) -> Vectors:
    return np.array(rows, dtype=np.float32)


def views(*rows: tuple[int, LabelKind, Sequence[float]]) -> Views:
    """Return rows of (owner, kind, vector)."""
    return Views(
        vectors=array(*(vector for _, _, vector in rows)).reshape(len(rows), 2),
        owners=np.array([owner for owner, _, _ in rows], dtype=np.int64),
        kinds=np.array([LABEL_KINDS.index(kind) for _, kind, _ in rows], dtype=np.uint8),
        label=lambda row: f"label {row}",
    )


def text(*tokens: Sequence[float]) -> TokenVectors:
    """Return a text of one-letter words with blanks between them."""
    found = array(*tokens)
    starts = 2 * np.arange(len(tokens))
    return TokenVectors(
        vectors=found,
        offsets=np.stack([starts, starts + 1], axis=1),
        pooled=unit_length(found.mean(axis=0)),
    )


THREE = views((0, PREF, (1, 0)), (0, ALT, (0, 1)), (2, PREF, (0.6, 0.8)))
"""The second of three candidates has no rows: its name stood in the text, and no index holds it."""


def three() -> Likeness:
    """Return a text of one token and one phrase beside ``THREE``, at right angles."""
    return likeness(THREE, 3, text((1, 0)), array((0, 1)), NO_PARTS)


def test_the_whole_unit_is_compared_with_every_label_of_a_concept() -> None:
    """One token: late interaction is its cosine. The best label counts, and which one is kept."""
    found = three()

    assert found.late_pref.tolist() == pytest.approx([1, 0, 0.6])
    assert found.late_best.tolist() == pytest.approx([1, 0, 0.6])
    assert found.unit.tolist() == pytest.approx([1, 0, 0.6])
    assert found.unit_row.tolist() == [0, -1, 2]


def test_a_phrase_is_compared_apart_from_its_unit() -> None:
    """The phrase is the alternative label of the first candidate, word for word."""
    found = three()

    assert found.phrase.tolist() == pytest.approx([1, 0, 0.8])
    assert found.phrase_row.tolist() == [1, -1, 2]
    assert found.phrase_place.tolist() == [0, 0, 0]
    assert found.phrase_margin.tolist() == pytest.approx([0, -1, -0.2])


def test_shares_are_a_softmax_over_the_candidates() -> None:
    """Cosines 1, 0 and .8 over .05 are 20, 0 and 16; fused 2.5, 0 and 1.5 are 50, 0 and 30."""
    found = three()

    total = math.log(math.exp(20) + math.exp(0) + math.exp(16))
    by_hand = [20 - total, -total, 16 - total]
    assert found.phrase_share.tolist() == pytest.approx(by_hand, abs=1e-4)
    assert found.fused.tolist() == pytest.approx([2.5, 0, 1.5])
    assert found.margin.tolist() == pytest.approx([0, -2.5, -1.0])
    assert found.log_share.tolist() == pytest.approx([0, -50, -20], abs=1e-4)


def test_each_concept_is_measured_by_its_own_best_phrase() -> None:
    """Two skills of a list do not compete: each is first for its own words."""
    both = views((0, PREF, (1, 0)), (1, PREF, (0, 1)), (2, PREF, (0.8, 0.6)))

    found = likeness(both, 3, text((1, 0), (0, 1)), array((1, 0), (0, 1)), NO_PARTS)

    assert found.phrase_place.tolist() == [0, 1, 0]
    assert found.phrase.tolist() == pytest.approx([1, 1, 0.8])
    assert found.phrase_margin.tolist() == pytest.approx([0, 0, -0.2])


def test_a_unit_without_phrases_stands_for_them() -> None:
    """It competes as a whole, and no phrase is named as the reason."""
    found = likeness(THREE, 3, text((1, 0)), NO_PHRASES, NO_PARTS)

    assert found.phrase.tolist() == found.unit.tolist()
    assert found.phrase_place.tolist() == [-1, -1, -1]
    assert found.phrase_margin.tolist() == pytest.approx([0, -1, -0.4])


def test_a_concept_without_a_preferred_label_is_measured_by_what_it_has() -> None:
    """An index of another language may hold its alternatives only."""
    found = likeness(views((0, ALT, (0.6, 0.8))), 1, text((1, 0)), NO_PHRASES, NO_PARTS)

    assert found.late_pref.tolist() == found.late_best.tolist() == pytest.approx([0.6])


def test_the_best_label_is_told_apart_from_the_preferred_one() -> None:
    """A posting that says an alternative label is nearer to it, and the linker sees both."""
    found = likeness(
        views((0, PREF, (0, 1)), (0, ALT, (1, 0))), 1, text((1, 0)), NO_PHRASES, NO_PARTS
    )

    assert found.late_pref.tolist() == pytest.approx([0])
    assert found.late_best.tolist() == pytest.approx([1])
    assert found.unit_row.tolist() == [1]


def test_no_candidates_are_an_answer() -> None:
    """A unit to which nothing was near has no numbers at all."""
    found = likeness(views(), 0, text((1, 0)), array((0, 1)), NO_PARTS)

    assert len(found.fused) == len(found.margin) == len(found.log_share) == 0
    assert len(found.phrase) == len(found.phrase_share) == len(found.unit_row) == 0


@given(
    owners=st.lists(st.integers(0, 11), max_size=40).map(sorted),
    spoken=st.integers(0, 4),
    seed=st.integers(0, 2**32 - 1),
)
def test_shares_add_up_to_one_and_no_one_is_before_the_first(
    owners: list[int], spoken: int, seed: int
) -> None:
    """Whoever has rows and whoever has none; with one phrase all compete for the same words."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice([PREF, ALT], len(owners))
    rows = views(
        *(
            (owner, LabelKind(kind), unit_length(rng.normal(size=2).astype(np.float32)).tolist())
            for owner, kind in zip(owners, kinds, strict=True)
        )
    )
    said = unit_length(rng.normal(size=(5, 2)).astype(np.float32))
    phrases = unit_length(rng.normal(size=(spoken, 2)).astype(np.float32))

    found = likeness(rows, 12, text(*said.tolist()), phrases, NO_PARTS)

    assert np.exp(found.log_share.astype(np.float64)).sum() == pytest.approx(1, abs=1e-4)
    assert found.margin.max() == 0
    assert found.phrase_margin.max() == 0
    if spoken <= 1:
        assert np.exp(found.phrase_share.astype(np.float64)).sum() == pytest.approx(1, abs=1e-4)
    absent = sorted(set(range(12)) - set(owners))
    assert set(found.unit_row[absent].tolist()) <= {-1}
    for owner, row in enumerate(found.unit_row.tolist()):
        assert row == -1 or owners[row] == owner


def test_a_span_is_the_mean_of_the_tokens_that_it_touches() -> None:
    """Tokens at 0-1, 2-3 and 4-5; a word may be cut into several, so touching is enough."""
    tokens = text((1, 0), (0, 1), (-1, 0))
    spans = [Span(start=0, end=1), Span(start=0, end=3), Span(start=2, end=5)]

    found = span_vectors(tokens, spans)

    half = math.sqrt(0.5)
    np.testing.assert_allclose(found, array((1, 0), (half, half), (-half, half)), atol=1e-6)


def own(sums: Vectors, whole: Vectors) -> Vectors:
    """Return a direction less half of the whole's, by hand."""
    left = sums / np.linalg.norm(sums) - OWN_MEANING * whole
    return np.asarray(left / np.linalg.norm(left), dtype=np.float32)


def test_runs_begin_at_every_second_token_and_cover_them_all() -> None:
    """The last one may be shorter; a unit no longer than one run needs none."""
    rng = np.random.default_rng(13)
    for length in range(1, 12):
        tokens = text(*unit_length(rng.normal(size=(length, 2)).astype(np.float32)).tolist())
        phrase = unit_length(rng.normal(size=(1, 2)).astype(np.float32))

        first, *runs = part_vectors(tokens, phrase)

        np.testing.assert_allclose(first, own(phrase[0], tokens.pooled), atol=1e-5)
        starts = [RUN_STEP * place for place in range(len(runs))]
        if length <= RUN_TOKENS:
            assert not runs
            continue
        assert starts[-1] + RUN_TOKENS >= length > starts[-1] + 1
        for start, run in zip(starts, runs, strict=True):
            sums = tokens.vectors[start : start + RUN_TOKENS].sum(axis=0)
            np.testing.assert_allclose(run, own(sums, tokens.pooled), atol=1e-5)


def test_a_part_counts_for_the_concept_that_it_is_nearest_to() -> None:
    """Parts (0, 1) and (1, 0): the first concept owns the second part, the second the first."""
    both = views((0, PREF, (1, 0)), (1, PREF, (0, 1)), (2, PREF, (0.8, 0.6)))

    found = likeness(both, 3, text((1, 0), (0, 1)), array((0, 1)), array((0, 1), (1, 0)))

    assert found.part.tolist() == pytest.approx([1, 1, 0.8])
    assert found.part_margin.tolist() == pytest.approx([0, 0, -0.2])
    assert found.best_part_margin.tolist() == pytest.approx([0, 0, -0.2])
    total = math.log(math.exp(20) + math.exp(0) + math.exp(16))
    assert found.part_share.tolist() == pytest.approx([20 - total, *_second(total)], abs=1e-4)
    assert found.phrase.tolist() == pytest.approx([0, 1, 0.6])


def _second(run: float) -> tuple[float, float]:
    """Return the shares of the second for the phrase and of the third for the run."""
    phrase = math.log(math.exp(0) + math.exp(20) + math.exp(12))
    return 20 - phrase, 16 - run


def test_a_span_between_tokens_has_no_vector() -> None:
    """Zeros are near to nothing, and no spans make no rows."""
    tokens = text((1, 0), (0, 1))

    assert span_vectors(tokens, [Span(start=1, end=2)]).tolist() == [[0, 0]]
    assert span_vectors(tokens, []).shape == (0, 2)
