"""All labels of a concept at once, from one index or from several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.embedding import HashingEncoder, Vectors
from skillmatch.embedding.cache import VectorCache
from skillmatch.model.concept import ConceptKind, ConceptUri, LabelKind, LabelRow
from skillmatch.retrieval.dense_build import Target, build_dense_index
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.lexical import LexicalHit
from skillmatch.retrieval.recipe import Recipe
from skillmatch.retrieval.row_table import LABEL_KINDS
from skillmatch.retrieval.union import Part, UnionDense
from skillmatch.retrieval.views import Views, join_views

PREF, ALT, DESCRIPTION = LabelKind.PREF, LabelKind.ALT, LabelKind.DESCRIPTION
RECIPE = Recipe(
    id="default",
    encoder="hashing",
    concepts=(ConceptKind.SKILL,),
    labels=(PREF, ALT, DESCRIPTION),
)
Texts = list[tuple[str, LabelKind, int]]
"""Label, kind and owner of each row, in order."""


def label(uri: str, text: str, kind: LabelKind = PREF) -> LabelRow:
    return LabelRow(uri=ConceptUri(uri), text=text, kind=kind)


ROWS = (
    label("urn:b", "bake bread"),
    label("urn:a", "drive lorries"),
    label("urn:a", "lorry driving", ALT),
    label("urn:a", "To move goods by road.", DESCRIPTION),
)


def built(folder: Path, name: str, rows: Sequence[LabelRow]) -> DenseIndex:
    encoder = HashingEncoder()
    directory = folder / "indexes" / name / RECIPE.id
    build_dense_index(
        rows,
        encoder=encoder,
        recipe=RECIPE,
        target=Target(framework_id=name, framework_digest="d1", directory=directory),
        cache=VectorCache(folder / "vectors", encoder),
    )
    return DenseIndex.open(directory)


def texts(views: Views) -> Texts:
    """Return what the rows say, after a look at their vectors."""
    found = [views.label(row) for row in range(len(views.owners))]
    expected = HashingEncoder().encode(found)
    np.testing.assert_allclose(views.vectors, expected, atol=1e-6)
    assert views.owners.tolist() == sorted(views.owners.tolist())
    kinds = [views.kind(row) for row in range(len(found))]
    return list(zip(found, kinds, views.owners.tolist(), strict=True))


def uris(*names: str) -> list[ConceptUri]:
    return [ConceptUri(f"urn:{name}") for name in names]


class NoNames:
    """Lexical search in an index without labels."""

    def find(self, texts: Sequence[str]) -> list[tuple[LexicalHit, ...]]:
        """Find nothing."""
        return [() for _ in texts]


class Shelf:
    """A double that holds one view of each of its concepts, and notes what it was asked for."""

    def __init__(self, name: str, held: Collection[str]) -> None:
        self.name, self.held = name, frozenset(held)
        self.asked: list[list[str]] = []

    def nearest(self, vectors: Vectors, k: Sequence[int]) -> list[tuple[ConceptUri, ...]]:
        """Return the first concepts by URI, whatever the vector."""
        first = tuple(ConceptUri(uri) for uri in sorted(self.held))
        return [first[:most] for _, most in zip(vectors, k, strict=True)]

    def views(self, uris: Sequence[str]) -> Views:
        """Return two rows of each concept that it holds."""
        self.asked.append(list(uris))
        rows = [
            (place, f"{self.name} {uri} {number}")
            for place, uri in enumerate(uris)
            if uri in self.held
            for number in range(2)
        ]
        return Views(
            vectors=HashingEncoder().encode([text for _, text in rows]),
            owners=np.array([place for place, _ in rows], dtype=np.int64),
            kinds=np.full(len(rows), LABEL_KINDS.index(PREF), dtype=np.uint8),
            label=lambda row: rows[row][1],
        )


def part(dense: Shelf | DenseIndex, admits: Collection[str] | None = None) -> Part:
    return Part(
        dense=dense,
        lexical=NoNames(),
        admits=lambda uri: admits is None or uri in admits,
    )


def test_an_index_gives_every_row_of_each_concept_in_the_order_asked(tmp_path: Path) -> None:
    """Preferred, alternative, description; what it does not hold has no rows."""
    index = built(tmp_path, "mini-1", ROWS)

    assert texts(index.views(uris("b", "unknown", "a"))) == [
        ("bake bread", PREF, 0),
        ("drive lorries", PREF, 2),
        ("lorry driving", ALT, 2),
        ("To move goods by road.", DESCRIPTION, 2),
    ]


@pytest.mark.parametrize("asked", [(), ("unknown",)])
def test_nothing_held_is_no_rows_of_the_right_shape(tmp_path: Path, asked: tuple[str, ...]) -> None:
    """A unit to which nothing is near is linked to nothing, without an error."""
    views = built(tmp_path, "mini-1", ROWS).views(uris(*asked))

    assert views.vectors.shape == (0, 64)
    assert len(views.owners) == len(views.kinds) == 0


def test_asking_again_gives_the_same(tmp_path: Path) -> None:
    """What is remembered between calls, unknown concepts included, changes no answer."""
    index = built(tmp_path, "mini-1", ROWS)

    first, again = (texts(index.views(uris("a", "unknown"))) for _ in range(2))

    assert first == again
    assert len(first) == 3


def test_a_union_asks_its_parts_in_turn_and_keeps_the_places(tmp_path: Path) -> None:
    """Owners are places of the whole question, whichever index a row is from."""
    more = (label("urn:c", "carry bricks"), label("urn:a", "another lorry"))
    union = UnionDense(
        [part(built(tmp_path, "mini-1", ROWS)), part(built(tmp_path, "mini-2", more))]
    )

    assert texts(union.views(uris("c", "a", "b"))) == [
        ("carry bricks", PREF, 0),
        ("drive lorries", PREF, 1),
        ("lorry driving", ALT, 1),
        ("To move goods by road.", DESCRIPTION, 1),
        ("bake bread", PREF, 2),
    ]


def test_a_part_is_not_asked_for_what_it_may_not_propose() -> None:
    """O*NET's general skills would say again what ESCO's say."""
    first, second = Shelf("first", {"urn:a"}), Shelf("second", {"urn:a", "urn:b", "urn:c"})
    union = UnionDense([part(first), part(second, admits={"urn:b"})])

    found = texts(union.views(uris("c", "b", "a")))

    assert [row[0] for row in found] == [
        "second urn:b 0",
        "second urn:b 1",
        "first urn:a 0",
        "first urn:a 1",
    ]
    assert second.asked == [["urn:b"]]


NAMES = [f"urn:{letter}" for letter in "abcdefgh"]


@given(
    held=st.lists(st.sets(st.sampled_from(NAMES)), min_size=1, max_size=3),
    admitted=st.lists(st.sets(st.sampled_from(NAMES)), min_size=3, max_size=3),
    asked=st.lists(st.sampled_from(NAMES), unique=True),
)
def test_each_concept_has_the_rows_of_the_first_part_that_may_and_does(
    held: list[set[str]], admitted: list[set[str]], asked: list[str]
) -> None:
    """By hand: look through the parts in order for each concept by itself."""
    shelves = [Shelf(str(place), names) for place, names in enumerate(held)]
    union = UnionDense(
        [part(shelf, names) for shelf, names in zip(shelves, admitted, strict=False)]
    )
    by_hand = [
        (f"{shelf.name} {uri} {number}", PREF, place)
        for place, uri in enumerate(asked)
        for shelf in [
            shelf
            for shelf, names in zip(shelves, admitted, strict=False)
            if uri in shelf.held & names
        ][:1]
        for number in range(2)
    ]

    assert texts(union.views([ConceptUri(uri) for uri in asked])) == by_hand


QUERIES = ("drive a lorry", "bread", "to move goods by road.", "zzz")


@pytest.mark.parametrize("k", [1, 2, 40, 500])
def test_nearest_by_name_is_what_a_search_of_preferred_labels_finds(tmp_path: Path, k: int) -> None:
    """One row a concept, compared in one go; the set is the same, and the order is not promised."""
    rows = [
        label(f"urn:{number}", f"{verb} {what} {number}", kind)
        for number, (verb, what) in enumerate(
            (verb, what)
            for verb in ("drive", "bake", "move")
            for what in ("a lorry", "bread", "it")
        )
        for kind in (PREF, ALT)
    ]
    index = built(tmp_path, "mini-1", [*ROWS, *rows])
    queries = HashingEncoder().encode(QUERIES)

    found = index.nearest(queries, [k] * len(QUERIES))

    searched = index.search(queries, k, kinds=(PREF,))
    assert [set(row) for row in found] == [{one.uri for one in row} for row in searched]
    assert [len(row) for row in found] == [min(k, 11)] * len(QUERIES)


def test_only_the_first_part_proposes_by_likeness() -> None:
    """The others add names: a product resembles much, but it is named or it is not meant."""
    first, second = Shelf("first", {"urn:a", "urn:c"}), Shelf("second", {"urn:b", "urn:d"})
    union = UnionDense([part(first, admits={"urn:c"}), part(second)])
    two = np.zeros((2, 64), dtype=np.float32)

    assert union.nearest(two, (2, 2)) == [("urn:c",), ("urn:c",)]
    assert union.nearest(two, (1, 2)) == [(), ("urn:c",)]


def test_joined_rows_keep_vector_kind_and_label_together() -> None:
    """Sorting one column and not the others would give a concept another's name."""
    first = Shelf("first", {"urn:a", "urn:c"}).views(["urn:a", "urn:b", "urn:c"])
    second = Shelf("second", {"urn:b"}).views(["urn:a", "urn:b"])

    joined = join_views([first, second])

    assert [row[0] for row in texts(joined)] == [
        f"{name} {number}"
        for name in ("first urn:a", "second urn:b", "first urn:c")
        for number in range(2)
    ]
