"""Sentences of our own making: reproducible, never empty, and true to what they ask for."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.train.concepts import TrainConcept, read_concepts
from evaluation.train.generator import MOST_WORDS, clause, generate, gerund
from evaluation.train.pairs import Example
from skillmatch.model.concept import ConceptUri
from skillmatch.store import FrameworkDb

LONGEST_FRAME = 40
"""Words of opening, frame, joins and tail together, roughly."""


def seeded(seed: int | str = 13) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a seeded draw, no secret


def concept(label: str, description: str = "", *alternatives: str) -> TrainConcept:
    return TrainConcept(
        uri=ConceptUri(f"urn:{label}"),
        label=label,
        alternatives=alternatives,
        description=description,
        is_knowledge=False,
        companions=(),
    )


@pytest.fixture(scope="module")
def concepts(mini_esco_db: FrameworkDb) -> tuple[TrainConcept, ...]:
    return read_concepts(mini_esco_db)


def made(concepts: tuple[TrainConcept, ...], count: int, seed: int = 13) -> list[Example]:
    return list(generate(concepts, count, seeded(seed)))


def test_the_same_seed_makes_the_same_sentences(concepts: tuple[TrainConcept, ...]) -> None:
    """Whoever trains again trains on the same, and another seed gives something else."""
    assert made(concepts, 300) == made(concepts, 300)
    assert made(concepts, 300) != made(concepts, 300, 14)


def test_every_concept_is_asked_for_equally_often(concepts: tuple[TrainConcept, ...]) -> None:
    """A skill that no one has heard of is as hard to find as a common one."""
    found = made(concepts, 3 * len(concepts))

    leads = sorted(example.places[0] for example in found)
    assert leads == sorted([*range(len(concepts))] * 3)


def test_what_stands_beside_it_belongs_to_the_same_occupation(
    concepts: tuple[TrainConcept, ...],
) -> None:
    """As in a posting; many sentences ask for several skills, and none for one twice."""
    found = made(concepts, 20 * len(concepts))

    for example in found:
        first, *others = example.places
        assert set(others) <= set(concepts[first].companions)
        assert len(set(example.places)) == len(example.places)
    assert 0.1 < sum(len(example.places) > 1 for example in found) / len(found) < 0.6


def test_words_of_the_label_are_mostly_absent() -> None:
    """What repeats the label teaches a model that compares letters, and no meaning."""
    menus = concept("plan menus", "Decide what guests eat.", "write bills of fare")

    texts = [one.text.lower() for one in made((menus,), 2000)]

    described, other, label = (
        sum(words in text for text in texts) / len(texts) for words in ("guests", "fare", "menus")
    )
    assert described == pytest.approx(0.45, abs=0.04)
    assert other == pytest.approx(0.35, abs=0.04)
    assert label == pytest.approx(0.20, abs=0.04)


@given(
    texts=st.lists(
        st.tuples(st.text(min_size=1), st.text(), st.lists(st.text(min_size=1), max_size=2)),
        min_size=1,
        max_size=5,
    ),
    seed=st.integers(),
)
def test_no_sentence_is_empty_or_endless(
    texts: list[tuple[str, str, list[str]]], seed: int
) -> None:
    """Whatever a framework writes as label and description, as long as the label says something."""
    odd = tuple(
        concept(f"x{label}", " ".join(description.split()), *(f"y{name}" for name in names))
        for label, description, names in texts
    )

    for example in generate(odd, 40, seeded(seed)):
        assert example.text.strip()
        assert len(example.text.split()) <= MOST_WORDS + LONGEST_FRAME


@pytest.mark.parametrize(
    ("phrase", "by_hand"),
    [
        ("lead a team", "leading a team"),
        ("Manage staff", "managing staff"),
        ("oversee stock", "overseeing stock"),
        ("run a shop", "running a shop"),
        ("cut", "cutting"),
        ("fix engines", "fixing engines"),
        ("be punctual", "being punctual"),
        ("tie knots", "tying knots"),
        ("training staff", "training staff"),
        ("3D modelling", "3D modelling"),
        ("C++", "C++"),
        ("", ""),
    ],
)
def test_a_verb_gets_its_ing_form(phrase: str, by_hand: str) -> None:
    """No posting says "responsible for lead a team"."""
    assert gerund(phrase) == by_hand


DESCRIPTION = "Be able to drive a lorry. The goods are heavy; check the load. Fourth of all."


def test_a_clause_is_one_of_the_first_three_without_its_article() -> None:
    """Later ones tell of exceptions; a capital in the middle of a sentence would give it away."""
    found = {clause(DESCRIPTION, seeded(seed)) for seed in range(50)}

    assert found == {"drive a lorry", "goods are heavy", "check the load"}


def test_a_description_without_words_stays_as_it_is() -> None:
    """Some say "-"; a sentence that asks for nothing at all would be worse."""
    assert clause("...", seeded()) == "..."


def test_a_long_clause_is_sometimes_cut() -> None:
    """To between six and twenty words, so that what is asked for is not always said in full."""
    long = " ".join(f"word{number}" for number in range(30))

    lengths = {len(clause(long, seeded(seed)).split()) for seed in range(200)}

    assert lengths <= {*range(6, 21), 30}
    assert {6, 20, 30} <= lengths
