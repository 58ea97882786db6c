"""Building: all or nothing, and never the same work twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from skillmatch.embedding import HashingEncoder, Role, Vectors
from skillmatch.embedding import cache as cache_module
from skillmatch.embedding.cache import VectorCache
from skillmatch.errors import DataError, StorageError
from skillmatch.model.concept import ConceptKind, ConceptUri, LabelKind, LabelRow
from skillmatch.retrieval.dense_build import ExtraBuilder, Target, build_dense_index
from skillmatch.retrieval.dense_index import DenseIndex
from skillmatch.retrieval.index_info import IndexInfo, verify_index
from skillmatch.retrieval.recipe import Recipe

RECIPE = Recipe(
    id="default", encoder="hashing", concepts=(ConceptKind.SKILL,), labels=(LabelKind.PREF,)
)


class CountingEncoder(HashingEncoder):
    """Remembers what it was asked, and may be interrupted."""

    def __init__(self, *, stop_after: int = 10**9) -> None:
        super().__init__(16)
        self.asked: list[str] = []
        self.stop_after = stop_after

    def encode(self, texts: Sequence[str], role: Role = Role.PASSAGE) -> Vectors:
        """Encode, or act as if the user had pressed Ctrl-C."""
        if len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked += texts
        return super().encode(texts, role)


def rows(*texts: str) -> list[LabelRow]:
    return [
        LabelRow(uri=ConceptUri(f"urn:{number}"), text=text, kind=LabelKind.PREF)
        for number, text in enumerate(texts)
    ]


def build(
    folder: Path,
    labels: Sequence[LabelRow],
    encoder: HashingEncoder,
    *extra: ExtraBuilder,
) -> IndexInfo:
    return build_dense_index(
        labels,
        encoder=encoder,
        recipe=RECIPE,
        target=Target(
            framework_id="mini-1",
            framework_digest="d",
            directory=folder / "indexes" / "mini-1" / "default",
            extra_builders=extra,
        ),
        cache=VectorCache(folder / "vectors", encoder),
    )


def test_only_new_texts_are_encoded(tmp_path: Path) -> None:
    """A new framework shares most labels with the old release; minutes become seconds."""
    build(tmp_path, rows("plan menus", "drive lorry", "plan menus"), CountingEncoder())
    encoder = CountingEncoder()

    build(tmp_path, rows("drive lorry", "write code", "plan menus"), encoder)

    assert encoder.asked == ["write code"]


def test_an_interrupted_build_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C after a minute must not cost that minute again, and leaves no half index."""
    monkeypatch.setattr(cache_module, "CHUNK", 2)
    labels = rows("aaaa", "bbb", "cc", "d", "e")
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, labels, CountingEncoder(stop_after=4))
    assert not (tmp_path / "indexes").exists()
    encoder = CountingEncoder()

    build(tmp_path, labels, encoder)

    assert encoder.asked == ["e"]
    index = DenseIndex.open(tmp_path / "indexes" / "mini-1" / "default")
    (found,) = index.search(CountingEncoder().encode(["bbb"]), 1)
    assert found[0].label == "bbb"


def test_cached_vectors_are_the_encoded_ones(tmp_path: Path) -> None:
    """A row read back shifted by one would be another text's vector."""
    texts = [f"skill number {number}" for number in range(50)]
    cache = VectorCache(tmp_path, HashingEncoder())
    cache.encode(texts[::3])

    vectors = cache.encode([*texts, texts[7]])

    assert (vectors == HashingEncoder().encode([*texts, texts[7]])).all()
    assert len(cache) == 50


def test_a_torn_write_is_cut_off(tmp_path: Path) -> None:
    """Power may fail between vectors and keys; a vector without a key never counts."""
    encoder = CountingEncoder()
    VectorCache(tmp_path, encoder).encode(["a", "bb"])
    (vectors,) = tmp_path.glob("*.vectors")
    (keys,) = tmp_path.glob("*.keys")
    vectors.write_bytes(vectors.read_bytes() + b"\1" * 100)
    keys.write_bytes(keys.read_bytes() + b"\2" * 7)

    again = VectorCache(tmp_path, encoder).encode(["a", "bb", "ccc"])

    assert (again == HashingEncoder(16).encode(["a", "bb", "ccc"])).all()
    assert encoder.asked == ["bb", "a", "ccc"]


def test_encoders_never_share_vectors(tmp_path: Path) -> None:
    """The same text means another vector to another model."""
    VectorCache(tmp_path, HashingEncoder(16)).encode(["a"])

    assert len(VectorCache(tmp_path, HashingEncoder(32))) == 0


def test_progress_reaches_its_total_and_never_turns_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bar and its remaining time are made of these numbers."""
    monkeypatch.setattr(cache_module, "CHUNK", 2)
    seen: list[tuple[int, int]] = []

    VectorCache(tmp_path, HashingEncoder()).encode(
        ["a", "bb", "ccc", "bb"], lambda done, total: seen.append((done, total))
    )

    assert seen == [(0, 6), (5, 6), (6, 6)]


def test_extra_files_travel_with_the_index(tmp_path: Path) -> None:
    """The lexical table belongs to the same labels and must never be older than the vectors."""

    def write_count(folder: Path, labels: Sequence[LabelRow]) -> None:
        (folder / "count.txt").write_text(str(len(labels)), encoding="utf-8")

    info = build(tmp_path, rows("a", "b"), HashingEncoder(), write_count)

    directory = tmp_path / "indexes" / "mini-1" / "default"
    assert (directory / "count.txt").read_text(encoding="utf-8") == "2"
    assert "count.txt" in {record.name for record in info.files}
    assert verify_index(directory) == info


def test_a_failing_build_leaves_the_old_index(tmp_path: Path) -> None:
    """A full disk in the middle costs nothing that was there."""

    def fail(folder: Path, labels: Sequence[LabelRow]) -> None:
        raise OSError(28, f"No space left on device: {folder.name} {len(labels)}")

    old = build(tmp_path, rows("a", "b"), HashingEncoder())

    with pytest.raises(StorageError, match="what was there is untouched"):
        build(tmp_path, rows("c"), HashingEncoder(), fail)

    directory = tmp_path / "indexes" / "mini-1" / "default"
    assert verify_index(directory) == old
    assert [path.name for path in directory.parent.iterdir()] == ["default"]


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    """A file where the folder should be stands for a read-only or full disk."""
    (tmp_path / "vectors").write_text("", encoding="utf-8")

    with pytest.raises(StorageError, match="SKILLMATCH_DATA"):
        VectorCache(tmp_path / "vectors", HashingEncoder()).encode(["a"])


def test_a_recipe_that_selects_nothing_is_named(tmp_path: Path) -> None:
    """An index without rows would answer every posting with no skill."""
    with pytest.raises(DataError, match=r"'default' selects no label of mini-1"):
        build(tmp_path, [], HashingEncoder())
