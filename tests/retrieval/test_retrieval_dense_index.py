"""One contract for every index: the oracle says what is right."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.embedding import HashingEncoder, Role, Vectors
from skillmatch.embedding.cache import VectorCache
from skillmatch.errors import (
    ChecksumError,
    DataError,
    IndexMismatchError,
    NotFoundError,
    UsageError,
)
from skillmatch.model.concept import ConceptKind, ConceptUri, LabelKind, LabelRow
from skillmatch.retrieval.dense_build import Target, build_dense_index
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.exact import ExactIndex
from skillmatch.retrieval.index_info import Expected, read_index_info, verify_index
from skillmatch.retrieval.recipe import Recipe, Structure
from skillmatch.retrieval.row_table import ordered_rows

FLAT = Recipe(
    id="default",
    encoder="hashing",
    concepts=(ConceptKind.SKILL,),
    labels=(LabelKind.PREF, LabelKind.ALT),
)
HNSW = Recipe(
    id="hnsw",
    encoder="hashing",
    concepts=(ConceptKind.SKILL,),
    labels=(LabelKind.PREF, LabelKind.ALT),
    structure=Structure.HNSW,
)
WORDS = ("plan", "menus", "drive", "lorry", "nurse", "patient", "write", "code", "test", "safety")


class CoarseEncoder(HashingEncoder):
    """A double with many exact ties: texts that start alike get one vector."""

    @property
    def fingerprint(self) -> str:
        """Another encoder than its parent."""
        return f"coarse:{self.dimension}"

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Encode only the first letter."""
        return super().encode([text[:1] for text in texts], role)


def row(uri: str, text: str, kind: LabelKind = LabelKind.PREF) -> LabelRow:
    return LabelRow(uri=ConceptUri(uri), text=text, kind=kind)


def skills(count: int = 120) -> list[LabelRow]:
    """Concepts with one to eleven labels, in no order."""
    rows = []
    for number in range(count):
        words = [WORDS[number % 10], WORDS[(number // 10 + 3) % 10], str(number)]
        rows.append(row(f"urn:{number * 7 % count:03d}", " ".join(words)))
        rows += [
            row(f"urn:{number * 7 % count:03d}", f"{words[1]} {alt}", LabelKind.ALT)
            for alt in range(number % 11)
        ]
    return rows


def build(
    folder: Path,
    rows: Sequence[LabelRow],
    *,
    recipe: Recipe = FLAT,
    encoder: HashingEncoder | None = None,
) -> Path:
    encoder = encoder or HashingEncoder()
    directory = folder / "indexes" / "mini-1" / recipe.id
    build_dense_index(
        rows,
        encoder=encoder,
        recipe=recipe,
        target=Target(framework_id="mini-1", framework_digest="d1", directory=directory),
        cache=VectorCache(folder / "vectors", encoder),
    )
    return directory


def oracle(rows: Sequence[LabelRow], encoder: HashingEncoder | None = None) -> ExactIndex:
    ordered = ordered_rows(rows)
    vectors = (encoder or HashingEncoder()).encode([one.text for one in ordered])
    return ExactIndex(vectors, ordered)


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> tuple[DenseIndex, ExactIndex]:
    """An index of all skills, and the slow one that must agree with it."""
    folder = tmp_path_factory.mktemp("flat")
    return DenseIndex.open(build(folder, skills())), oracle(skills())


QUERIES = ("plan menus", "safety", "nurse a patient", "write code 17", "zzz")


@pytest.mark.parametrize("k", [1, 7, 119, 500])
@pytest.mark.parametrize("kinds", [None, (LabelKind.PREF,), (LabelKind.ALT,), ()])
def test_a_flat_index_returns_what_the_oracle_returns(
    flat: tuple[DenseIndex, ExactIndex], k: int, kinds: tuple[LabelKind, ...] | None
) -> None:
    """Exact search through FAISS must not lose, repeat or reorder a concept."""
    index, slow = flat
    queries = HashingEncoder().encode(QUERIES)

    found = index.search(queries, k, kinds=kinds)

    assert found == slow.search(queries, k, kinds=kinds)


LABELS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from("abcd"), st.sampled_from(list(LabelKind))),
    min_size=1,
    max_size=400,
)


@given(labels=LABELS, k=st.integers(1, 40))
def test_ties_are_broken_by_uri_however_many_there_are(
    labels: list[tuple[int, str, LabelKind]], k: int
) -> None:
    """FAISS breaks ties by its own order and cuts inside them; the ranking must not show it."""
    rows = [
        row(f"urn:{uri:02d}", f"{letter}{number}", kind)
        for number, (uri, letter, kind) in enumerate(labels)
    ]
    encoder = CoarseEncoder(16)
    queries = encoder.encode(["a", "b", "x"])

    with tempfile.TemporaryDirectory() as folder:
        index = DenseIndex.open(build(Path(folder), rows, encoder=encoder))
        found = index.search(queries, k)

    assert found == oracle(rows, encoder).search(queries, k)


def test_a_concept_with_many_labels_leaves_room_for_others(tmp_path: Path) -> None:
    """Sixty labels of one concept fill the nearest rows; k still means k concepts."""
    rows = [row("urn:many", f"plan menus {number}", LabelKind.ALT) for number in range(300)]
    rows += [row(f"urn:{number}", f"drive lorry {number}") for number in range(5)]
    index = DenseIndex.open(build(tmp_path, rows))

    (found,) = index.search(HashingEncoder().encode(["plan menus 7"]), 4)

    assert found[0].uri == "urn:many"
    assert len({one.uri for one in found}) == 4
    assert found[0].label == "plan menus 7"


def test_search_does_not_depend_on_the_other_queries(tmp_path: Path) -> None:
    """FAISS uses another routine for many queries; users compare runs bit by bit."""
    index = DenseIndex.open(build(tmp_path, skills()))
    queries = HashingEncoder().encode([f"{one} {number}" for one in WORDS for number in range(6)])

    together = index.search(queries, 5)

    assert together == [index.search(queries[[number]], 5)[0] for number in range(len(queries))]


def test_each_query_may_ask_for_its_own_number_of_concepts(tmp_path: Path) -> None:
    """Sentences are searched deeply and phrases shallowly, in one pass over the index."""
    index = DenseIndex.open(build(tmp_path, skills()))
    queries = HashingEncoder().encode(QUERIES)
    wanted = (1, 30, 7, 119, 2)

    found = index.search(queries, wanted)

    assert found == [index.search(queries[[n]], k)[0] for n, k in enumerate(wanted)]


def test_a_number_of_concepts_too_few_is_refused(tmp_path: Path) -> None:
    """Answers would move to the wrong queries."""
    index = DenseIndex.open(build(tmp_path, skills(5)))

    with pytest.raises(UsageError, match="a k for each of 5 queries, got 2"):
        index.search(HashingEncoder().encode(QUERIES), (1, 2))


def test_searching_leaves_the_threads_of_faiss_as_they_were(tmp_path: Path) -> None:
    """The setting belongs to the whole process, and whoever embeds us may need it."""
    index = DenseIndex.open(build(tmp_path, skills(5)))
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(before + 1)

    index.search(HashingEncoder().encode(QUERIES), 2)

    after = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(before)
    assert after == before + 1


def test_hnsw_finds_nearly_all_that_the_oracle_finds(tmp_path: Path) -> None:
    """Approximate means measured: at least 95 of 100 of the true neighbours here."""
    index = DenseIndex.open(build(tmp_path, skills(), recipe=HNSW))
    queries = HashingEncoder().encode(QUERIES)

    found = index.search(queries, 10)

    truth = oracle(skills()).search(queries, 10)
    shared = sum(
        len({one.uri for one in mine} & {one.uri for one in true})
        for mine, true in zip(found, truth, strict=True)
    )
    assert shared >= 0.95 * 10 * len(QUERIES)
    assert all(len(mine) == 10 for mine in found)
    assert index.search(queries, 500, kinds=(LabelKind.PREF,))[0][0].label_kind is LabelKind.PREF


@pytest.mark.parametrize("recipe", [FLAT, HNSW], ids=lambda recipe: recipe.id)
def test_the_same_rows_in_any_order_give_the_same_files(tmp_path: Path, recipe: Recipe) -> None:
    """Two people who build the same index can compare it by its checksums."""
    first = build(tmp_path / "a", skills(), recipe=recipe)

    second = build(tmp_path / "b", skills()[::-1] + skills()[:3], recipe=recipe)

    assert sorted(path.name for path in first.iterdir()) == sorted(
        path.name for path in second.iterdir()
    )
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("expected", "field"),
    [
        (("d2", HashingEncoder().fingerprint, FLAT.digest), "framework_digest"),
        (("d1", "another:1", FLAT.digest), "encoder"),
        (("d1", HashingEncoder().fingerprint, HNSW.digest), "recipe_digest"),
    ],
)
def test_an_index_of_something_else_is_refused(
    tmp_path: Path, expected: tuple[str, str, str], field: str
) -> None:
    """Numbers from a foreign index look right and are wrong; the message names the mend."""
    directory = build(tmp_path, skills(5))
    data, encoder, recipe = expected

    with pytest.raises(IndexMismatchError, match=r"skillmatch index build mini-1") as caught:
        DenseIndex.open(
            directory,
            expect=Expected(
                framework_digest=data, encoder_fingerprint=encoder, recipe_digest=recipe
            ),
        )

    assert caught.value.field == field


def test_an_index_of_the_expected_things_opens(tmp_path: Path) -> None:
    """The comparison must not refuse everything."""
    expect = Expected(
        framework_digest="d1",
        encoder_fingerprint=HashingEncoder().fingerprint,
        recipe_digest=FLAT.digest,
    )

    index = DenseIndex.open(build(tmp_path, skills(5)), expect=expect)

    assert (index.info.rows, index.info.concepts) == (5 + 10, 5)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def turn(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("name", ["index.faiss", "labels.txt", "rows-kind.npy"])
@pytest.mark.parametrize("damage", [Path.unlink, cut])
def test_a_missing_or_cut_file_is_named(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    """A half copied folder must not answer."""
    directory = build(tmp_path, skills(5))
    damage(directory / name)

    with pytest.raises(DataError, match="skillmatch index build mini-1") as caught:
        DenseIndex.open(directory)

    assert caught.value.path == directory / name


def test_verify_finds_a_single_changed_bit(tmp_path: Path) -> None:
    """Sizes are checked at every start, contents when someone asks."""
    directory = build(tmp_path, skills(5))
    assert verify_index(directory) == read_index_info(directory)
    turn(directory / "labels.txt")

    with pytest.raises(ChecksumError, match=r"labels\.txt: sha256"):
        verify_index(directory)


@pytest.mark.parametrize(
    ("content", "error", "message"),
    [
        ("format = [", DataError, "is no TOML"),
        ("format = 1", DataError, "is incomplete"),
        ("format = 99", IndexMismatchError, "has format 99, this program reads 1"),
    ],
)
def test_a_damaged_description_names_the_command(
    tmp_path: Path, content: str, error: type[Exception], message: str
) -> None:
    """Whatever is wrong with index.toml, building the index anew mends it."""
    directory = build(tmp_path, skills(5))
    (directory / "index.toml").write_text(content, encoding="utf-8")

    with pytest.raises(error, match=rf"{message}.*skillmatch index build mini-1 --recipe default"):
        DenseIndex.open(directory)


def test_no_index_says_how_to_make_one(tmp_path: Path) -> None:
    """The first thing a new user may see."""
    with pytest.raises(NotFoundError, match="skillmatch index build mini-1"):
        DenseIndex.open(tmp_path / "mini-1" / "default")


@pytest.mark.parametrize(
    ("vectors", "k"),
    [
        (np.zeros((1, 63), np.float32), 1),
        (np.zeros(64, np.float32), 1),
        (np.full((1, 64), np.nan, np.float32), 1),
        (np.zeros((1, 64), np.float32), 0),
    ],
)
def test_senseless_queries_are_refused(tmp_path: Path, vectors: Vectors, k: int) -> None:
    """FAISS would read past the end or answer noise."""
    index = DenseIndex.open(build(tmp_path, skills(5)))

    with pytest.raises(UsageError, match="need finite vectors"):
        index.search(vectors, k)


def test_no_query_gives_no_answer(tmp_path: Path) -> None:
    """A posting without mentions is not an error."""
    index = DenseIndex.open(build(tmp_path, skills(5)))

    assert index.search(np.zeros((0, 64), np.float32), 3) == []


def test_concepts_are_compared_by_their_preferred_labels(tmp_path: Path) -> None:
    """An odd alternative label must not make two skills near in meaning."""
    rows = [
        row("urn:a", "plan menus"),
        row("urn:b", "plan a menu"),
        row("urn:c", "drive lorry"),
        row("urn:c", "plan menus", LabelKind.ALT),
        row("urn:d", "no preferred label", LabelKind.ALT),
    ]
    index = DenseIndex.open(build(tmp_path, rows))
    a, b, c = HashingEncoder().encode(["plan menus", "plan a menu", "drive lorry"])

    assert index.similarity("urn:a", "urn:a") == 1.0
    assert index.similarity("urn:a", "urn:b") == pytest.approx(float(a @ b), abs=1e-6)
    assert index.similarity("urn:c", "urn:a") == pytest.approx(float(c @ a), abs=1e-6)
    assert index.similarity("urn:a", "urn:nowhere") is None
    assert index.similarity("urn:a", "urn:d") is None
    np.testing.assert_array_equal(index.vector("urn:c"), c)
    assert index.vector("urn:d") is None
    assert list(index.pref_vectors(["urn:b", "urn:x"])) == ["urn:b"]
