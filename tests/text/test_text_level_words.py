"""Words for levels in English and German, alone and in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.text.level_words import (
    ENGLISH,
    german_level,
    is_german_level,
    named_steps,
)


@pytest.mark.parametrize(
    ("words", "steps"),
    [
        ("Anfänger", (1,)),
        ("Anfängerin", (1,)),
        ("Anfaenger", (1,)),
        ("Anfa\u0308nger", (1,)),
        ("Anfänger*in", (1,)),
        ("elementare Sprachverwendung", (1,)),
        ("Grundkenntnisse", (2,)),
        ("Erste Kenntnisse", (2,)),
        ("selbstständige Sprachverwendung", (3,)),
        ("fortgeschrittene Sprachverwendung", (3,)),
        ("konversationssicher", (3,)),
        ("gute Kenntnisse", (4,)),
        ("solides Wissen", (4,)),
        ("fundierte Kenntnisse", (4,)),
        ("sehr gute Kenntnisse", (5,)),
        ("fortgeschritten", (5,)),
        ("fortgeschrittene Kenntnisse", (5,)),
        ("Fließend", (5,)),
        ("fliessendes Deutsch", (5,)),
        ("verhandlungssicher", (5,)),
        ("kompetente Sprachverwendung", (5,)),
        ("Muttersprache", (6,)),
        ("muttersprachliches Niveau", (6,)),
        ("Expertin", (6,)),
        ("Expertenwissen", (6,)),
        ("Niveau B2", (4,)),
        ("gute bis sehr gute Kenntnisse", (4, 5)),
        ("gute Grundkenntnisse", (4, 2)),
    ],
)
def test_german_words_stand_on_the_steps_of_german_applications(
    words: str, steps: tuple[int, ...]
) -> None:
    """Inflected, in capitals, with ss for ß and ae for ä, as people write them on any keyboard."""
    assert named_steps(words) == set(steps)


@pytest.mark.parametrize(
    "words",
    ["ungut", "Gutachten", "Sicherheit", "profilieren", "on a daily basis", "keine", "Ninja"],
)
def test_words_that_only_begin_or_end_alike_name_no_level(words: str) -> None:
    """A word counts whole: an expert opinion ("Gutachten") is not good at anything."""
    assert named_steps(words) == set()


@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("grundlegend", "basic"),
        ("gut", "good"),
        ("kompetent", "competent"),
        ("sehr gut", "very good"),
        ("fließend", "fluent"),
        ("fortgeschritten", "advanced"),
        ("Muttersprache", "mother tongue"),
        ("zweisprachig", "bilingual"),
        ("exzellent", "excellent"),
        ("Experte", "expert"),
    ],
)
def test_a_translation_stands_on_the_step_of_its_original(german: str, english: str) -> None:
    """A posting in one language and a person in the other must meet on one level."""
    assert named_steps(german) == named_steps(english)


@given(
    words=st.lists(st.sampled_from([one for named in ENGLISH.values() for one in named])).map(
        ", ".join
    )
)
def test_english_is_read_as_if_there_were_no_german(words: str) -> None:
    """Whoever reads English postings must not notice that German was added."""
    by_hand = {
        step
        for word in filter(None, words.split(", "))
        for step, named in ENGLISH.items()
        if word in named
    }

    assert named_steps(words) == by_hand


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("Sehr gute Kenntnisse in SQL und ", "Sehr gute Kenntnisse"),
        ("Verhandlungssichere ", "Verhandlungssichere"),
        ("Sicherer Umgang mit ", "Sicherer"),
        ("gute ", "gute"),
        ("Gute bis sehr gute Kenntnisse in ", "Gute bis sehr gute Kenntnisse"),
        ("Grundkenntnisse in Excel, fundierte Kenntnisse in ", "fundierte Kenntnisse"),
        ("Aufbau sicherer Gerüste und ", ""),
        ("umfassende ", ""),
        ("ein gutes Team und viel ", ""),
    ],
)
def test_in_running_text_only_knowledge_has_a_level(before: str, said: str) -> None:
    """Gut, sicher and umfassend are everyday words; a good team says nothing of a skill."""
    assert german_level(before, nearest_end=True) == said


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("fortgeschritten", True),
        ("sehr gute Kenntnisse", True),
        ("Grundlagen", True),
        ("Grundlagen der Elektrotechnik", False),
        ("computer programming", False),
        ("", False),
    ],
)
def test_a_bracket_is_a_level_only_where_it_holds_nothing_else(text: str, alone: bool) -> None:
    """Names of skills have brackets, too, and keep them."""
    assert is_german_level(text) is alone
