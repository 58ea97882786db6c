"""Real sentences with what readers found in them, and those that the encoder never sees."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.train.judged import (
    KEPT_SHARE,
    JudgedSentence,
    is_kept,
    judged_examples,
    read_judged,
    spans_of,
)
from evaluation.train.pairs import Example
from skillmatch.errors import DataError
from skillmatch.model.concept import ConceptUri

SKILL = "http://example.org/skill/"
URIS = tuple(ConceptUri(SKILL + code) for code in ("a", "b", "c"))
A, B, C = URIS
SHOWN = next(number for number in range(100) if not is_kept("tech", number))
KEPT = next(number for number in range(100) if is_kept("tech", number))


def row(tokens: str, skill: str, knowledge: str, *, posting: int = SHOWN) -> dict[str, object]:
    """Return a line of the benchmark; tags are one letter a token."""
    return {
        "tokens": tokens.split(),
        "tags_skill": list(skill),
        "tags_knowledge": list(knowledge),
        "source": "tech",
        "idx": posting,
    }


LINES = (
    row("We are hiring", "OOO", "OOO"),
    row("Plan menus and know French wine", "BIOOOO", "OOOOBI"),
    row("Bake bread daily", "BIO", "OBO", posting=KEPT),
)
JUDGED = "# by hand\n1\t1\ta b\n1\t2\t-\n2\t1\tb\t?\n2\t2\tc\n"


@pytest.fixture
def skillspan(tmp_path: Path) -> Path:
    path = tmp_path / "train.json"
    path.write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    return path


def read(skillspan: Path, judged: str = JUDGED) -> list[JudgedSentence]:
    path = skillspan.with_name("some.judged")
    path.write_text(judged, encoding="utf-8")
    return list(read_judged(skillspan, URIS, path))


@pytest.mark.parametrize(
    ("skill", "knowledge", "spans"),
    [
        # Skills come first wherever they stand, then knowledge.
        ("OOOBI", "BIOOO", ("d e", "a b")),
        # A new beginning ends the span before it.
        ("BBIOO", "OOOOO", ("a", "b c")),
        # An I without a B continues nothing.
        ("OIOOO", "OOOOB", ("e",)),
        # What is both is one span, judged once.
        ("BIOOO", "BIOOB", ("a b", "e")),
        ("OOOOO", "OOOOO", ()),
    ],
)
def test_spans_come_in_the_order_that_judgements_count_by(
    skill: str, knowledge: str, spans: tuple[str, ...]
) -> None:
    """A judgement that is read for the span beside it is worse than none."""
    assert spans_of(row("a b c d e", skill, knowledge)) == spans


def test_a_sentence_has_the_concepts_of_its_spans(skillspan: Path) -> None:
    """Lines count from 0 and spans from 1; `-` is none, and what was not judged is none."""
    silent, wine, bread = read(skillspan)

    assert (silent.text, silent.spans, silent.uris) == ("We are hiring", (), ())
    assert wine.text == "Plan menus and know French wine"
    assert wine.spans == (("Plan menus", (A, B)), ("French wine", ()))
    assert wine.uris == (A, B)
    assert bread.spans == (("Bake bread", (B,)), ("bread", (C,)))
    assert [one.kept for one in (silent, wine, bread)] == [False, False, True]


def test_a_concept_of_two_spans_is_asked_for_once(skillspan: Path) -> None:
    """A sentence names its concepts, not how often."""
    _, wine, _ = read(skillspan, "1\t1\ta b\n1\t2\tb c\n")

    assert wine.uris == (A, B, C)


def test_judgements_of_another_file_are_refused(skillspan: Path) -> None:
    """There is no third span on the second line, so these judgements are not its own."""
    with pytest.raises(DataError, match="has fewer spans than were judged") as caught:
        read(skillspan, "1\t3\ta\n")

    assert (caught.value.path, caught.value.line) == (skillspan, 2)


def test_judgements_of_another_framework_are_refused(skillspan: Path) -> None:
    """A concept of a later release cannot be learned from this one."""
    with pytest.raises(DataError, match=r"some\.judged, line 2: unknown concepts x, y"):
        read(skillspan, "1\t1\ta\n1\t2\tx y\n")


def test_shown_sentences_are_shown_whole_and_span_by_span(skillspan: Path) -> None:
    """A phrase is linked by itself as well as within its sentence."""
    places = {A: 0, B: 1, C: 2}

    assert list(judged_examples(read(skillspan), places)) == [
        Example(text="Plan menus and know French wine", places=(0, 1)),
        Example(text="Plan menus", places=(0, 1)),
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(["tech", "house"]), st.integers(0, 400), st.booleans()),
        max_size=60,
    )
)
def test_nothing_of_a_kept_posting_is_ever_shown(given: list[tuple[str, int, bool]]) -> None:
    """Else the confidence is fitted on likenesses that the encoder knows by heart."""
    sentences = [
        JudgedSentence(
            text=f"{source}:{posting} sentence",
            spans=((f"{source}:{posting} span", (A,)),) if has_span else (),
            kept=is_kept(source, posting),
        )
        for source, posting, has_span in given
    ]

    found = {example.text.partition(" ")[0] for example in judged_examples(sentences, {A: 0})}

    with_spans = {f"{source}:{posting}" for source, posting, has in given if has}
    assert found == {name for name in with_spans if not is_kept(*_posting(name))}


def _posting(name: str) -> tuple[str, int]:
    source, _, posting = name.partition(":")
    return source, int(posting)


def test_a_third_of_the_postings_is_kept_and_always_the_same() -> None:
    """By a hash of source and posting, so that no list of them has to be carried about."""
    kept = [number for number in range(3000) if is_kept("tech", number)]

    assert abs(len(kept) / 3000 - KEPT_SHARE) < 0.03
    assert kept[:3] == FIRST_KEPT
    assert kept != [number for number in range(3000) if is_kept("house", number)]


FIRST_KEPT = [5, 10, 11]
