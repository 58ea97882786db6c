"""Which language a text is in."""

from __future__ import annotations

import pytest

from skillmatch.readers.documents import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("We are looking for a nurse with experience in wound care.", "en"),
        ("Wir suchen eine Pflegefachkraft mit Erfahrung in der Wundversorgung.", "de"),
        ("Nous cherchons une infirmière avec de l'expérience en soins des plaies.", "fr"),
        ("Szukamy pracownika magazynu z doświadczeniem w obsłudze wózka.", "pl"),
        ("NIGHT SHIFT WAREHOUSE OPERATIVE WITH A VALID FORKLIFT LICENCE", "en"),
        ("看護師を募集しています。経験者歓迎。", "ja"),
    ],
)
def test_a_sentence_is_enough_to_tell(text: str, language: str) -> None:
    """Units as short as a sentence come from standard input, in capitals too."""
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    ["", "   ", "SQL", "Welder", "1234 567 89", "Python, SQL, Docker, Git", "zzz qqq xxx jjj www"],
)
def test_names_and_noise_have_no_language(text: str) -> None:
    """A wrong language would refuse a list of product names for want of a framework."""
    assert detect_language(text) == ""


def test_lone_surrogates_do_no_harm() -> None:
    """JSON escapes can spell half a character, which cannot be encoded."""
    text = "We are looking for a nurse with experience \ud83d in wound care."

    assert detect_language(text) == "en"
