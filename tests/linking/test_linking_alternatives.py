"""Lists joined by "or" ask for one of their items."""

from __future__ import annotations

import pytest

from skillmatch.linking.alternatives import or_groups
from skillmatch.linking.folding import fold_choices
from skillmatch.model.concept import ConceptUri
from skillmatch.model.posting import Span, Unit
from skillmatch.model.requirement import Necessity, Requirement


def groups(text: str, *words: str) -> list[list[str]]:
    """Return the groups as words, for words in any order."""
    unit = Unit(text=text, span=Span(start=100, end=100 + len(text)))
    spans = [
        Span(start=100 + text.index(word), end=100 + text.index(word) + len(word)) for word in words
    ]
    return [[words[place] for place in group] for group in or_groups(unit, spans)]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("AWS, Azure or GCP", ("GCP", "AWS", "Azure"), [["AWS", "Azure", "GCP"]]),
        ("Java or Kotlin, and SQL", ("Java", "Kotlin", "SQL"), [["Java", "Kotlin"]]),
        ("Python, SQL and Docker", ("Python", "SQL", "Docker"), []),
        ("(AWS, Azure or Google Cloud); we run on AWS", ("AWS", "Azure"), [["AWS", "Azure"]]),
        ("Python, SQL or someone who has led a team", ("Python", "SQL"), []),
        ("Python, SQL or Docker as well as Java", ("Python", "SQL"), []),
        ("AWS or Google Cloud", ("AWS",), []),
        ("Python or a person who knows Docker", ("Python", "Docker"), []),
        (
            "R or Go; German or French",
            ("R", "Go", "German", "French"),
            [["R", "Go"], ["German", "French"]],
        ),
    ],
)
def test_only_neighbours_joined_by_or_are_a_choice(
    text: str, words: tuple[str, ...], expected: list[list[str]]
) -> None:
    """A must for each of three clouds would be a gap that the posting never asked for."""
    assert groups(text, *words) == expected


def test_a_choice_becomes_one_requirement_that_names_all() -> None:
    """The one that is asked for most leads, and the firmest necessity holds."""
    one, two = ConceptUri("urn:one"), ConceptUri("urn:two")
    items = [
        Requirement(
            uri=uri, label=label, framework="f", necessity=necessity, necessity_why="", confidence=c
        )
        for uri, label, necessity, c in (
            (one, "AWS", Necessity.NICE, 0.5),
            (two, "Azure", Necessity.MUST, 0.9),
        )
    ]

    (merged,) = fold_choices(items, [(one, two)])

    assert (merged.uri, merged.alternatives) == (two, (one,))
    assert merged.label == "Azure or AWS"
    assert merged.necessity is Necessity.MUST
