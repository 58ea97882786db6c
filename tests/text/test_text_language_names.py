"""Languages by name: known tags become words, all others stay what they are."""

from __future__ import annotations

import pytest

from skillmatch.text.language_names import language_list, language_words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de", "German"),
        ("EN", "English"),
        ("pt-BR", "Portuguese (pt-BR)"),
        ("zh_Hant", "Chinese (zh_Hant)"),
        ("tlh", "tlh"),
        ("", ""),
    ],
)
def test_a_known_tag_is_a_name_and_an_unknown_one_stays(tag: str, words: str) -> None:
    """A wrong name would be worse than a tag; what makes a tag special must not get lost."""
    assert language_words(tag) == words


def test_languages_in_a_row_read_as_a_sentence() -> None:
    """One needs no comma, two only the word, three both."""
    assert language_list((), "or") == ""
    assert language_list(("de",), "or") == "German"
    assert language_list(("de", "es"), "or") == "German or Spanish"
    assert language_list(("de", "es", "en"), "and") == "German, Spanish and English"
