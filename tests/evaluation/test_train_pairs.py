"""Texts and what they ask for: from labels, descriptions, benchmarks and files."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from evaluation.datasets import Query
from evaluation.train.concepts import TrainConcept
from evaluation.train.pairs import (
    DESCRIPTION_WORDS,
    Example,
    alternative_labels,
    code_of,
    descriptions,
    key_of,
    labelled,
    read_sentences,
    without_copies,
)
from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptUri


def seeded(seed: int | str = 13) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a seeded draw, no secret


def concept(label: str, *alternatives: str, description: str = "") -> TrainConcept:
    return TrainConcept(
        uri=ConceptUri(f"http://example.org/skill/{label[0]}"),
        label=label,
        alternatives=alternatives,
        description=description,
        is_knowledge=False,
        companions=(),
    )


LORRY = concept("lorry driving", "drive a lorry", "trucking", "HGV", description="Move goods.")
BREAD = concept("bake bread", "baking")
SILENT = concept("carve")
ALL = (LORRY, BREAD, SILENT)
PLACES = {one.uri: place for place, one in enumerate(ALL)}


def example(text: str, *places: int) -> Example:
    return Example(text=text, places=places)


def sentences(folder: Path, text: str) -> list[Example]:
    path = folder / "some.tsv"
    path.write_text(text, encoding="utf-8")
    return list(read_sentences(path, PLACES))


def test_alternative_labels_are_drawn_and_never_more_than_there_are() -> None:
    """Some skills have fifty names, and would drown those with one."""
    found = list(alternative_labels(ALL, 2, seeded()))

    lorry = [one.text for one in found if one.places == (0,)]
    assert len(set(lorry)) == len(lorry) == 2
    assert set(lorry) <= set(LORRY.alternatives)
    assert [one for one in found if one.places != (0,)] == [example("baking", 1)]


def test_descriptions_are_shown_from_their_beginning() -> None:
    """A concept without one is left out."""
    long = concept("long", description=" ".join(str(number) for number in range(100)))

    found = list(descriptions((*ALL, long)))

    assert found[0] == example("Move goods.", 0)
    assert found[1].text.split() == [str(number) for number in range(DESCRIPTION_WORDS)]
    assert [one.places for one in found] == [(0,), (3,)]


def test_labels_of_another_release_are_left_out() -> None:
    """A sentence that asks for nothing known teaches nothing."""
    queries = [
        Query(id="1", text="Bake and grumble", labels=("grumble", "bake bread")),
        Query(id="2", text="Grumble", labels=("grumble",)),
        Query(id="3", text="Apply now", labels=()),
    ]

    assert list(labelled(queries, ALL)) == [example("Bake and grumble", 1)]


def test_a_file_names_concepts_by_the_end_of_their_uri(tmp_path: Path) -> None:
    """Comments and empty lines are passed over; a sentence may ask for nothing."""
    text = "# by hand\n\nl b\tDrive bread to the shops\n\tWe are hiring\nb\tTab\tin it\n"

    assert sentences(tmp_path, text) == [
        example("Drive bread to the shops", 0, 1),
        example("We are hiring"),
        example("Tab\tin it", 1),
    ]
    assert code_of(LORRY.uri) == "l"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("l Drive a lorry", "no tab"),
        ("l x\tDrive a lorry", "unknown concepts x"),
        ("x y\tDrive a lorry", "unknown concepts x, y"),
    ],
)
def test_a_bad_line_is_named_with_its_file(tmp_path: Path, line: str, said: str) -> None:
    """A sentence without its concepts would teach that it asks for nothing."""
    with pytest.raises(DataError, match=f"some.tsv, line 3: {said}; expected codes") as caught:
        sentences(tmp_path, f"# by hand\nl\tDrive\n{line}\n")

    assert caught.value.line == 3
    assert caught.value.path == tmp_path / "some.tsv"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("You drive a lorry.", "you  drive a  LORRY"),
        ("- C++ & C#", "c c"),
        ("Salary: 20,000", "salary 20 000"),
    ],
)
def test_copies_differ_in_case_and_marks_only(left: str, right: str) -> None:
    """Benchmarks share sentences with each other in slightly other spellings."""
    assert key_of(left) == key_of(right)


def test_held_sentences_and_second_copies_are_dropped() -> None:
    """One text may ask for two things by two examples; the same twice is one too many."""
    given = [
        example("Drive a lorry!", 0),
        example("drive a lorry", 0),
        example("Drive a lorry", 1),
        example("BAKE bread", 1),
        example("***", 1),
    ]

    assert without_copies(given, {key_of("Bake bread.")}) == [given[0], given[2]]
