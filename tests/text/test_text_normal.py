"""Normal forms: one key for the spellings of one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.text.normal import normal_form, tokens, without_qualifier


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Node.js developers", "node.js Developer"),
        ("organising programmes", "Organizing programs"),
        ("colour theory", "Color Theory"),
        ("driving licence", "driving license"),
        ("data centre", "data center"),
        ("e-mail", "e mail"),
        ("PLCs", "PLC"),
        ("MANUAL HANDLING CERTIFICATES", "manual handling certificate"),
        ("café management", "cafe\u0301 management"),
        ("policies", "policy"),
        ("modelling", "modeling"),
        ("stock\u00a0control", "stock control"),
    ],
)
def test_spellings_of_one_name_share_a_form(left: str, right: str) -> None:
    """Case, plural, hyphen, accents and British or American spelling must not hide a skill."""
    assert normal_form(left) == normal_form(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("C", "C++"),
        ("C++", "C#"),
        ("NET", ".NET"),
        ("R", "Go"),
        ("Java", "JavaScript"),
        ("SAS", "SA"),
        ("business", "busines"),
        ("Node.js", "node"),
        ("physics", "physic"),
    ],
)
def test_different_names_keep_different_forms(left: str, right: str) -> None:
    """The punctuation of a programming language is part of its name."""
    assert normal_form(left) != normal_form(right)


def test_a_sentence_end_does_not_join_two_words() -> None:
    """``Vue.js.`` ends a sentence; ``Python.Then`` is two words with a forgotten space."""
    assert normal_form("Vue.js. Next") == "vue.js next"
    assert "python" in normal_form("Python. Then").split()


def test_a_qualifier_can_be_dropped_only_from_the_end() -> None:
    """ESCO qualifies homonyms with a closing parenthesis."""
    assert without_qualifier("Java (computer programming)") == "Java"
    assert without_qualifier("(re)design of parts") == "(re)design of parts"


@given(st.text(max_size=80))
def test_tokens_point_into_the_text_in_order(text: str) -> None:
    """Highlights are drawn from these spans."""
    found = tokens(text)

    assert all(text[word.span.start : word.span.end] == word.surface for word in found)
    assert [word.span.start for word in found] == sorted(word.span.start for word in found)
