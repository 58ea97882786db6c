"""What a batch is made of, and which of its labels are no wrong answers."""

from __future__ import annotations

import random
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.train.batches import CHOSEN_FROM, Bank, Batch, batches, ignored
from evaluation.train.concepts import TrainConcept
from evaluation.train.pairs import Example
from skillmatch.embedding.vectors import unit_length
from skillmatch.model.concept import ConceptUri

CONCEPTS = tuple(
    TrainConcept(
        uri=ConceptUri(f"urn:{place}"),
        label=f"label {place}",
        alternatives=(f"other {place}",) if place % 2 else (),
        description="",
        is_knowledge=False,
        companions=(),
    )
    for place in range(8)
)
EXAMPLES = st.lists(
    st.builds(
        Example,
        text=st.text(max_size=30),
        places=st.lists(st.integers(0, 7), min_size=1, max_size=6, unique=True).map(tuple),
    ),
    max_size=60,
)


def seeded(seed: int | str = 13) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a seeded draw, no secret


def batch(*places: tuple[int, ...]) -> Batch:
    """Return texts, each asked for the first of its concepts."""
    return Batch(
        texts=tuple(f"text {row}" for row in range(len(places))),
        places=places,
        asked=tuple(one[0] for one in places),
        labels=tuple(f"label {one[0]}" for one in places),
    )


def bank(seed: int = 0, *, hard: int = 2) -> Bank:
    """Return vectors of 16 numbers, of which the last two concepts mean all but the same."""
    vectors = np.random.default_rng(seed).normal(size=(8, 16))
    vectors[7] = vectors[6] + 0.01
    return Bank(unit_length(vectors.astype(np.float32)), hard=hard)


@given(examples=EXAMPLES, size=st.integers(1, 9), seed=st.integers())
def test_every_example_comes_once_for_each_of_its_concepts(
    examples: list[Example], size: int, seed: int
) -> None:
    """Of more than three concepts three, which change with the draw."""
    found = list(batches(examples, CONCEPTS, size, seeded(seed)))

    rows = Counter(
        (text, places, asked)
        for one in found
        for text, places, asked in zip(one.texts, one.places, one.asked, strict=True)
    )
    by_example = Counter((text, places) for text, places, _ in rows.elements())
    expected = Counter[tuple[str, tuple[int, ...]]]()
    for example in examples:
        expected[example.text, example.places] += min(len(example.places), CHOSEN_FROM)
    assert by_example == expected
    assert all(asked in places for _, places, asked in rows)
    copies = Counter((example.text, example.places) for example in examples)
    assert all(count <= copies[text, places] for (text, places, _), count in rows.items())


@given(examples=EXAMPLES, size=st.integers(1, 9), seed=st.integers())
def test_batches_are_full_and_the_same_for_the_same_draw(
    examples: list[Example], size: int, seed: int
) -> None:
    """How many steps an epoch has is counted once, so every epoch must have as many."""
    first, again, other = (
        list(batches(examples, CONCEPTS, size, seeded(one))) for one in (seed, seed, seed + 1)
    )

    assert first == again
    assert len(other) == len(first)
    total = sum(min(len(example.places), CHOSEN_FROM) for example in examples)
    assert sum(len(one.texts) for one in first) == total
    assert all(1 <= len(one.texts) <= size for one in first)


def test_texts_of_a_batch_are_of_like_length() -> None:
    """Half of what is computed would be padding otherwise; batches themselves are mixed."""
    given = [Example(text="x" * (number % 50), places=(number % 8,)) for number in range(400)]

    found = list(batches(given, CONCEPTS, 10, seeded()))

    lengths = [[len(text) for text in one.texts] for one in found]
    assert max(max(one) - min(one) for one in lengths) <= 2
    assert [one[0] for one in lengths] != sorted(one[0] for one in lengths)


def test_a_concept_goes_by_its_label_and_sometimes_by_another_name() -> None:
    """Where it has none, or must not show any, always by its label."""
    given = [Example(text="a", places=(place,)) for place in (0, 1)] * 300

    found = Counter(label for one in batches(given, CONCEPTS, 10, seeded()) for label in one.labels)

    assert set(found) == {"label 0", "label 1", "other 1"}
    assert found["label 0"] == 300
    assert 60 < found["other 1"] < 120


def test_concepts_that_mean_the_same_are_no_wrong_answers() -> None:
    """To tell them apart would teach the model what no reader knows."""
    alike = bank().alike((6, 0), (7, 0, 1))

    assert alike.tolist() == [[True, False, False], [False, True, False]]


def test_what_is_alike_is_decided_before_training() -> None:
    """Else whatever the model comes to confuse would be excused."""
    store = bank()
    store.vectors = np.roll(store.vectors, 1, axis=0)

    assert store.alike((6,), (7,)).tolist() == [[True]]
    assert store.alike((0,), (7,)).tolist() == [[False]]


def test_hard_negatives_are_the_labels_nearest_to_any_text() -> None:
    """By the vectors of now; the text is told apart from what it is mistaken for."""
    store = bank(hard=2)
    means = store.vectors[[0, 6]]

    found = store.hard_negatives(means)

    by_hand = {int(place) for text in means for place in np.argsort(-(store.vectors @ text))[:2]}
    assert found == sorted(by_hand)
    assert {0, 6, 7} <= set(found)


def test_other_answers_of_a_text_are_ignored_and_its_own_is_not() -> None:
    """Rows: asked 0, also 3. Columns: 0, 1, 0 again (a name of the second row's text), 3."""
    rows = batch((0, 3), (1,), (0,))

    found = ignored(rows, (0, 1, 0, 3), bank(), (0, 1, 2))

    assert found.tolist() == [
        [False, False, True, True],
        [False, False, False, False],
        [True, False, False, False],
    ]


@given(
    places=st.lists(
        st.lists(st.integers(0, 7), min_size=1, max_size=4, unique=True).map(tuple),
        min_size=1,
        max_size=12,
    ),
    hard=st.lists(st.integers(0, 7), unique=True),
    seed=st.integers(0, 99),
)
def test_the_right_answer_is_never_ignored_and_nothing_right_is_wrong(
    places: list[tuple[int, ...]], hard: list[int], seed: int
) -> None:
    """Whatever stands in the batch and among the hard negatives."""
    rows, store = batch(*places), bank(seed)
    columns = [*rows.asked, *hard]
    own = list(range(len(places)))

    found = ignored(rows, columns, store, own)

    alike = store.alike(rows.asked, columns)
    for row, answers in enumerate(places):
        for column, concept in enumerate(columns):
            expected = column != row and (concept in answers or bool(alike[row, column]))
            assert found[row, column] == expected


@pytest.mark.parametrize("hard", [1, 7])
def test_as_many_hard_negatives_as_were_asked_for(hard: int) -> None:
    """Each text brings its own; together they are each named once."""
    store = bank(hard=hard)

    assert len(store.hard_negatives(store.vectors[:1])) == hard
