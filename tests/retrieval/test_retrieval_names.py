"""Preferred labels alone, searched a little roundly and often."""

from __future__ import annotations

import numpy as np
import pytest

from skillmatch.embedding import Vectors
from skillmatch.embedding.vectors import unit_length
from skillmatch.model.concept import ConceptUri
from skillmatch.retrieval.names import DIMENSIONS, MANY_QUERIES, Names

WIDE = 3 * DIMENSIONS


def uris(count: int) -> list[ConceptUri]:
    return [ConceptUri(f"urn:{number:04d}") for number in range(count)]


def meanings(count: int, *, seed: int) -> Vectors:
    """Return vectors that differ mostly in a hundred directions, as labels do."""
    rng = np.random.default_rng(seed)
    mixed = np.random.default_rng(1).normal(size=(100, WIDE))
    spread = rng.normal(size=(count, 100)) @ mixed + rng.normal(size=(count, WIDE))
    return unit_length(spread.astype(np.float32))


def exact(labels: Vectors, queries: Vectors, k: int) -> list[set[str]]:
    """Sort by hand."""
    names = uris(len(labels))
    return [{names[row] for row in np.argsort(-(labels @ one))[:k]} for one in queries]


@pytest.fixture(scope="module")
def labels() -> Vectors:
    return meanings(2000, seed=2)


@pytest.fixture(scope="module")
def names(labels: Vectors) -> Names:
    return Names(labels, uris(len(labels)))


def test_fewer_directions_find_nearly_the_same(labels: Vectors, names: Names) -> None:
    """What is left out are directions in which labels hardly differ."""
    queries = meanings(40, seed=3)

    found = names.nearest(queries, [10] * len(queries))

    shared = [
        len(set(row) & best) for row, best in zip(found, exact(labels, queries, 10), strict=True)
    ]
    assert np.mean(shared) > 9


def test_a_query_finds_the_same_in_any_company(names: Names) -> None:
    """A posting of one sentence and one of eighty must agree about that sentence."""
    queries = meanings(MANY_QUERIES + 5, seed=4)
    k = [7 if place % 2 else 3 for place in range(len(queries))]

    together = names.nearest(queries, k)

    alone = [names.nearest(queries[[place]], [k[place]])[0] for place in range(len(queries))]
    assert together == alone
    assert [len(row) for row in together] == k


def test_a_small_framework_keeps_all_of_its_directions() -> None:
    """Thirty labels span thirty directions; to drop any would lose a concept."""
    few = meanings(30, seed=5)
    queries = meanings(20, seed=6)

    found = Names(few, uris(30)).nearest(queries, [4] * 20)

    assert [set(row) for row in found] == exact(few, queries, 4)


def test_more_than_there_are_is_all_of_them() -> None:
    """And none of none."""
    few = meanings(3, seed=7)

    assert sorted(Names(few, uris(3)).nearest(few[:1], [9])[0]) == uris(3)
    assert Names(few[:0], ()).nearest(few, [2, 2, 2]) == [(), (), ()]
