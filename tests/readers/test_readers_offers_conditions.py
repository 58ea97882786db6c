"""Conditions of offers as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import DataError
from skillmatch.model.offer import NO_CONDITION, Condition, Need, NeedKind
from skillmatch.readers.offers import condition_text, parse_condition
from skillmatch.readers.offers.condition_text import MAX_DEPTH

WORDS = st.text(alphabet='ab C:<>()",\\;/ä#-', min_size=1, max_size=8).filter(str.strip)
LEVELS = st.sampled_from(["", "B2", "upper intermediate", "grade (C)", 'say "A"'])
OFFERS = st.builds(
    lambda ref, words, level: Need(kind=NeedKind.OFFER, ref=ref, text=words or ref, level=level),
    WORDS,
    st.just("") | WORDS,
    LEVELS,
)
SKILLS = st.builds(
    lambda ref, text, level: Need(
        kind=NeedKind.SKILL, ref=ref, text=text if text and not ref else text or ref, level=level
    ),
    st.just("") | WORDS,
    WORDS,
    LEVELS,
)
OTHERS = st.builds(
    lambda text, level: Need(kind=NeedKind.OTHER, text=text, level=level), WORDS, LEVELS
)


def condition(needs: list[Need], inner: list[Condition], least: int, text: str) -> Condition:
    """A condition that can be met."""
    count = len(needs) + len(inner)
    return Condition(
        least=min(least, count), needs=tuple(needs), conditions=tuple(inner), text=text
    )


LEAVES = st.lists(OFFERS | SKILLS | OTHERS, max_size=3)
TREES = st.recursive(
    st.builds(condition, LEAVES, st.just([]), st.integers(0, 4), st.just("") | WORDS),
    lambda below: st.builds(
        condition,
        LEAVES,
        st.lists(below, min_size=1, max_size=2),
        st.integers(0, 5),
        st.just("") | WORDS,
    ),
    max_leaves=4,
)


@given(tree=TREES)
def test_a_condition_is_read_back_from_its_text_as_it_was(tree: Condition) -> None:
    """Reports and stored sheets show the text, so it must say everything."""
    assert parse_condition(condition_text(tree)) == tree


def test_and_or_and_k_of_n_become_a_tree() -> None:
    """The three ways to join are one: at least so many of the parts."""
    a, b, c = (Need(kind=NeedKind.OFFER, ref=one, text=one) for one in "abc")

    assert parse_condition("a and (b or c)") == Condition(
        least=2, needs=(a,), conditions=(Condition(least=1, needs=(b, c)),)
    )
    assert parse_condition("2 OF (a, b, c)") == Condition(least=2, needs=(a, b, c))
    assert parse_condition("((a))") == Condition(least=1, needs=(a,))
    assert parse_condition("  ") == NO_CONDITION


def test_leaves_are_offers_skills_and_words() -> None:
    """What no program can check is kept as words, never dropped and never guessed."""
    read = parse_condition(
        'https://x.example/a(1) and skill:Python (B2) and "school diploma"'.replace(
            "https://x.example/a(1)", "<https://x.example/a(1)>"
        )
        + ' and skill:"data analysis" <http://x.example/s> at C1'
    )

    assert read.needs == (
        Need(kind=NeedKind.OFFER, ref="https://x.example/a(1)", text="https://x.example/a(1)"),
        Need(kind=NeedKind.SKILL, text="Python", level="B2"),
        Need(kind=NeedKind.OTHER, text="school diploma"),
        Need(kind=NeedKind.SKILL, ref="http://x.example/s", text="data analysis", level="C1"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A and B or C", "character 9: 'and' and 'or' stand side by side"),
        ("(A and B", "character 9: expected ')' to close the parenthesis at character 1"),
        ("3 of (A, B)", "character 1: asks for 3 of 2"),
        ("many of (A, B)", "character 1: expected a number before 'of'"),
        ("2 of A, B", "character 6: expected a list such as 2 of (A, B, C)"),
        ("A B", "character 3: expected 'and', 'or' or the end"),
        ('A and "school', "character 7: a quote that is never closed"),
        ("A and", "character 6: expected an offer"),
        ("skill: and A", "character 1: expected a URI or a name after 'skill:'"),
        ('""', "character 1: "),
        ("(" * (MAX_DEPTH + 2) + "A", f"more than {MAX_DEPTH} parentheses"),
        ("A and " * 20_000 + "A", "more than 20000 characters"),
    ],
)
def test_a_condition_that_cannot_be_read_says_where(text: str, message: str) -> None:
    """People write these by hand into a cell and have to find the place."""
    with pytest.raises(DataError, match="character") as caught:
        parse_condition(text)

    assert message in str(caught.value)
