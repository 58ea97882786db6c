"""Exact names, found at word boundaries."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.errors import IndexMismatchError
from skillmatch.model.concept import ConceptUri, LabelKind, LabelRow
from skillmatch.retrieval.lexical import FILE_NAME, LexicalIndex, build_lexical

ROWS = [
    LabelRow(uri=ConceptUri("urn:java"), text="Java (computer programming)", kind=LabelKind.PREF),
    LabelRow(uri=ConceptUri("urn:island"), text="Java (island studies)", kind=LabelKind.PREF),
    LabelRow(uri=ConceptUri("urn:cpp"), text="C++", kind=LabelKind.PREF),
    LabelRow(uri=ConceptUri("urn:c"), text="C", kind=LabelKind.PREF),
    LabelRow(uri=ConceptUri("urn:pm"), text="project management", kind=LabelKind.PREF),
    LabelRow(uri=ConceptUri("urn:m"), text="management", kind=LabelKind.PREF),
    LabelRow(uri=ConceptUri("urn:pm"), text="managing projects", kind=LabelKind.ALT),
    LabelRow(uri=ConceptUri("urn:or"), text="or", kind=LabelKind.ALT),
    LabelRow(uri=ConceptUri("urn:pm"), text="Plan and run projects.", kind=LabelKind.DESCRIPTION),
]


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    build_lexical(ROWS, tmp_path / FILE_NAME)
    return LexicalIndex.open(tmp_path)


def test_the_longest_name_wins(index: LexicalIndex) -> None:
    """The phrase "project management" must not also count as "management"."""
    (hits,) = index.find(["Solid Project-Management skills"])

    assert [hit.entries[0].uri for hit in hits] == ["urn:pm"]
    assert "Solid Project-Management skills"[hits[0].span.start : hits[0].span.end] == (
        "Project-Management"
    )


def test_names_match_whole_words_only(index: LexicalIndex) -> None:
    """A peer split "information" at "or"; ours never looks inside a word."""
    (hits,) = index.find(["information for doctors in C++, not in c"])

    assert [hit.entries[0].uri for hit in hits] == ["urn:cpp", "urn:c"]


def test_a_homonym_brings_all_its_concepts(index: LexicalIndex) -> None:
    """Which Java is meant is for linking to decide, not for the index."""
    (hits,) = index.find(["Java"])

    assert [(entry.uri, entry.whole) for entry in hits[0].entries] == [
        ("urn:island", False),
        ("urn:java", False),
    ]


def test_descriptions_are_not_names(index: LexicalIndex) -> None:
    """Only labels are compared word for word."""
    assert index.lookup(["plan and run project"]) == {}


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    """The order in which rows arrive must not show in the file."""
    build_lexical(ROWS, tmp_path / "a.sqlite")
    build_lexical(list(reversed(ROWS)), tmp_path / "b.sqlite")

    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()


def test_an_index_without_a_lexicon_says_how_to_mend_it(tmp_path: Path) -> None:
    """The message names the command."""
    with pytest.raises(IndexMismatchError, match="skillmatch index build"):
        LexicalIndex.open(tmp_path)
