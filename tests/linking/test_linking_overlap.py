"""Words that a unit and a label share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.linking.overlap import ConceptWords, share, words_of
from skillmatch.model.concept import ConceptUri, LabelKind
from skillmatch.retrieval.row_table import LABEL_KINDS
from skillmatch.retrieval.views import Views


def views(*concepts: list[str]) -> Views:
    """Return the labels of some concepts, the first of each preferred."""
    rows = [
        (owner, LabelKind.ALT if place else LabelKind.PREF, text)
        for owner, labels in enumerate(concepts)
        for place, text in enumerate(labels)
    ]
    return Views(
        vectors=np.zeros((len(rows), 2), dtype=np.float32),
        owners=np.array([row[0] for row in rows], dtype=np.int64),
        kinds=np.array([LABEL_KINDS.index(row[1]) for row in rows], dtype=np.uint8),
        label=lambda number: rows[number][2],
    )


@pytest.mark.parametrize(
    ("said", "label", "expected"),
    [
        ("You manage a team of twelve nurses", "manage teams", 1.0),
        ("You manage a team of twelve nurses", "manage budgets", 0.5),
        ("You plan the rota", "manage budgets", 0.0),
        # "use" and "the" are in every second label and say nothing.
        ("You use the till", "use word processing software", 0.0),
        ("Some Java", "Java (computer programming)", 1.0),
        ("computer programming", "Java (computer programming)", 0.0),
        ("", "manage budgets", 0.0),
        ("anything", "", 0.0),
        ("to be or to use", "use of", 0.0),
    ],
)
def test_the_share_of_a_labels_own_words_that_are_said(
    said: str, label: str, expected: float
) -> None:
    """In normal form, so that plural and case do not matter, and without the qualifier."""
    (words,) = ConceptWords().of([ConceptUri("urn:one")], views([label]))

    assert share(words_of(said), words.preferred) == expected


@given(said=st.text(), more=st.text(), label=st.text())
def test_to_say_more_never_lowers_it(said: str, more: str, label: str) -> None:
    """A share of the label, not of the text: a long sentence is at no disadvantage."""
    labels = [words for words in [words_of(label)] if words]
    less = share(words_of(said), labels)

    both = share(words_of(said) | words_of(more), labels)

    assert 0 <= less <= both <= 1


def test_each_concept_has_the_words_of_its_own_labels() -> None:
    """A second look-up answers from memory, for whichever concepts are asked for then."""
    first, second, bare = (ConceptUri(f"urn:{name}") for name in ("a", "b", "c"))
    words = ConceptWords()
    words.of([first, second, bare], views(["bake bread", "make bread"], ["drive a lorry"], []))

    known = words.of([bare, second, first], views([], ["something else"], ["and another"]))

    assert [one.preferred for one in known] == [
        (),
        (frozenset({"drive", "lorry"}),),
        (frozenset({"bake", "bread"}),),
    ]
    assert known[2].others == (frozenset({"make", "bread"}),)
