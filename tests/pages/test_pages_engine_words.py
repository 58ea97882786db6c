"""What the engine says, in the reader's language: found by its words, and never lost."""

from __future__ import annotations

import ast
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from skillmatch.gap.levels import STEP_NAMES, check_level, level_value
from skillmatch_api.pages.engine_words import PART, SHOWN, drawn, fault_words, said, word
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.language import words_of
from tests.pages.browsing import found, parsed

ROOT = Path(__file__).resolve().parents[2]
ENGLISH, GERMAN = words_of("en"), words_of("de")
SENTENCES = {
    key: text
    for key, text in ENGLISH.texts.items()
    if key.startswith(PART) and not key.endswith(SHOWN) and isinstance(text, str)
}
LEVELS = (PART + "step_", PART + "level_")
PIECES = 4
"""Of so many parts of the engine's text a fixed part of a sentence is put together at most."""


def texts_in(path: Path) -> list[str]:
    """Return the texts of a module; what is filled into them becomes a mark."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else "\0" for one in node.values)
            found.append("".join(map(str, parts)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


@cache
def engine_text() -> str:
    """Return all that the engine and the service may say."""
    folders = [ROOT / "src" / "skillmatch", ROOT / "api" / "skillmatch_api"]
    modules = [one for folder in folders for one in folder.rglob("*.py")]
    texts = [text for one in modules for text in texts_in(one)]
    return "\n".join((*texts, "String should have at most \0 characters"))


def pieces_of(fixed: str, text: str) -> int:
    """Return how many parts of the text a fixed part is put together from, 99 for none."""
    count, start = 0, 0
    while start < len(fixed):
        end = len(fixed)
        while end > start and fixed[start:end] not in text:
            end -= 1
        if end == start:
            return 99
        count, start = count + 1, end
    return count


def plain(sentence: str) -> str:
    """Return a sentence in German without markup."""
    return str(parsed(f"<p>{said(GERMAN, sentence)}</p>").text_content())


@pytest.mark.parametrize("key", SENTENCES)
def test_every_sentence_of_the_catalogue_is_one_of_the_engine(key: str) -> None:
    """A sentence that the engine words anew would stay English without anybody noticing."""
    fixed = re.split(r"\{[a-z_]+\}", SENTENCES[key])

    assert {one: n for one in fixed if (n := pieces_of(one, engine_text())) > PIECES} == {}


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            "dates: it expired on 2026-06-01; to mend it, ask the issuer to renew it "
            "(its own alignment, by its name)",
            "Gültigkeit: es ist am 1. Juni 2026 abgelaufen; Abhilfe: bitten Sie den Aussteller, "
            "es zu erneuern (seine eigene Zuordnung, nach dem Namen)",
        ),
        (
            "The only one within your limits for “Docker” and “Go”; step 3 asks for it first.",
            "Innerhalb Ihrer Grenzen das einzige für „Docker“ und „Go“; "
            "Schritt 3 verlangt es vorher.",
        ),
        (
            "58% covered, at basic, with expert asked for",
            "zu 58\u00a0% abgedeckt, vorhanden: Grundlagen, verlangt: Expertenniveau",
        ),
        (
            "- is written in language 'de', but esco-1, onet-1 has labels in en only; install a "
            "release with labels in that language, or give the text in one of these",
            "der Text ist auf Deutsch, und Fähigkeiten sind hier bisher nur mit ihren Namen auf "
            "Englisch bekannt; nehmen Sie eine Fassung auf Englisch",
        ),
        (
            "a.json is written in language 'tlh', but esco-1 has labels in en, fr only; install a "
            "release with labels in that language, or give the text in one of these",
            "a.json ist auf tlh, und Fähigkeiten sind hier bisher nur mit ihren Namen auf "
            "Englisch, Französisch bekannt; nehmen Sie eine Fassung auf Englisch, Französisch",
        ),
        (
            "not read: only English outcomes are, and these may be in German (de-AT) or Spanish",
            "nicht gelesen: Gelesen werden englische Lernergebnisse, und diese sind vielleicht auf "
            "Deutsch (de-AT) oder Spanisch",
        ),
        (
            "it has 1,234 characters, more than 500",
            "es hat 1.234 Zeichen, mehr als 500",
        ),
        (
            "the name is 'SQL', but the URL means 'Python'",
            "der Name ist „SQL“, die URL meint aber „Python“",
        ),
        (
            "The only one within your limits for “Docker”; steps 3, 7 and 8 ask for it first.",
            "Innerhalb Ihrer Grenzen das einzige für „Docker“; die Schritte 3, 7 und 8 "
            "verlangen es vorher.",
        ),
    ],
)
def test_what_stands_in_a_sentence_is_said_as_readers_write_it(english: str, german: str) -> None:
    """Days, numbers, per cents, quotes and sentences inside sentences all have another form."""
    assert plain(english) == german


def test_what_is_not_known_stays_and_is_marked() -> None:
    """A screen reader reads English by German rules otherwise, and nobody understands it."""
    page = parsed(f"<p>{said(GERMAN, 'something that nobody foresaw')}</p>")

    assert found(page, "//p/span[@lang='en']") == ["something that nobody foresaw"]
    assert str(said(ENGLISH, "something that nobody foresaw")) == "something that nobody foresaw"


def test_an_unknown_part_of_a_sentence_is_marked_alone() -> None:
    """The rest can be read all the same."""
    made = html.fragment_fromstring(
        str(said(GERMAN, "broken.json was left out: it fell into the water")), create_parent="p"
    )

    assert made.text_content() == "broken.json wurde ausgelassen: it fell into the water"
    assert [one.text_content() for one in made.iter("span")] == ["it fell into the water"]


@pytest.mark.parametrize("t", [ENGLISH, GERMAN], ids=["en", "de"])
def test_pages_speak_of_no_option_of_the_command_line(t: object) -> None:
    """Whoever reads a page has fields and buttons, and often nobody to type a command."""
    words = words_of(getattr(t, "language", "en"))
    sentences = [
        "whose badges these are was not checked; name the identities that they were issued to "
        "with --recipient",
        "“Go” (must have) stays open because of --hours-per-week: “Course” would close it, but it "
        "takes 12 hours a week. To take it, say --hours-per-week 12.",
        "an advice with --documents that no catalogue has",
    ]

    assert [one for one in sentences if "--" in said(words, one)] == []


@given(words=st.text(min_size=1, max_size=40))
def test_nothing_in_a_sentence_is_ever_markup(words: str) -> None:
    """Names of files and badges are anybody's text."""
    sentence = f"<script>{words}</script> was left out: {words}<img src=x>"

    for t in (ENGLISH, GERMAN):
        made = html.fragment_fromstring(f"<p>{said(t, sentence)}</p>")
        assert {one.tag for one in made.iter()} <= {"p", "span", "bdi"}


def test_a_fault_says_whose_words_are_meant_and_why() -> None:
    """The line that was typed comes back as it is, the reason in the reader's language."""
    fault = Fault(field="skills", key="learner.fault_skill", said="<b>x", why="no skill is named")

    assert "„&lt;b&gt;x“" in fault_words(GERMAN, fault)
    assert "es ist keine Fähigkeit genannt" in fault_words(GERMAN, fault)


def test_words_in_pictures_are_translated_too() -> None:
    """A screen reader reads the label of a bar, and everybody the months of a timeline."""
    picture = (
        '<svg aria-label="1 proven, 6 claimed"><title>6 claimed</title>'
        '<text class="tick" x="1">3 Dec</text>'
        '<text class="by-words">done by 3 Dec 2026</text></svg>'
    )

    assert drawn(GERMAN, picture) == (
        '<svg aria-label="1 belegt, 6 angegeben"><title>6 angegeben</title>'
        '<text class="tick" x="1">3. Dez</text>'
        '<text class="by-words">fertig bis 3. Dezember 2026</text></svg>'
    )
    assert drawn(ENGLISH, picture) == picture


@pytest.mark.parametrize(
    ("first", "last", "english", "german"),
    [
        (date(2026, 11, 22), date(2026, 12, 7), "22 Nov – 7 Dec 2026", "22. Nov – 7. Dez 2026"),
        (
            date(2026, 12, 8),
            date(2027, 3, 1),
            "8 Dec 2026 – 1 Mar 2027",
            "8. Dez 2026 – 1. März 2027",
        ),
    ],
)
def test_a_span_of_days_names_a_year_once(
    first: date, last: date, english: str, german: str
) -> None:
    """Beside a timeline on a phone there is no room for it twice."""
    assert ENGLISH.days(first, last, short=True) == english
    assert GERMAN.days(first, last, short=True) == german


def test_commands_stand_out_from_the_words_around_them() -> None:
    """Whoever is to type one must see where it begins and ends."""
    sentence = "esco-1-open lacks a part of the official release; `skillmatch frameworks show "
    made = said(GERMAN, f"{sentence}esco-1-open` says which and how to add it")

    assert "<code>skillmatch frameworks show <bdi>esco-1-open</bdi></code>" in made


@pytest.mark.parametrize(
    ("level", "german"),
    [
        ("advanced", "fortgeschritten"),
        ("fluent", "fließend"),
        ("level B2", "Niveau B2"),
        ("C1", "C1"),
        ("sehr gut", "sehr gut"),
        ("rock star", "rock star"),
    ],
)
def test_levels_are_said_in_the_language_of_the_page(level: str, german: str) -> None:
    """What is no level that is known stays as it was written."""
    assert (word(GERMAN, level), word(ENGLISH, level)) == (german, level)


@pytest.mark.parametrize(
    "english",
    [one for key, one in SENTENCES.items() if key.startswith(LEVELS) and level_value(one)],
)
def test_what_the_german_pages_call_a_level_is_understood_as_that_level(english: str) -> None:
    """Somebody types back what a page said; it must not be refused, nor mean something else."""
    assert level_value(word(GERMAN, english)) == level_value(english)


def test_a_level_that_is_none_is_refused_with_words_of_the_readers_language() -> None:
    """A list of English words helps nobody who writes German; each word of it must work."""
    with pytest.raises(ValueError, match="Ninja") as refused:
        check_level("Ninja")

    english, german = str(said(ENGLISH, str(refused.value))), plain(str(refused.value))
    offered = re.split(r", | und | wie ", german.partition("es gibt ")[2])

    assert ", ".join(STEP_NAMES) in english
    assert german.startswith("das Niveau „Ninja“ ist unbekannt; es gibt Anfang, ")
    assert [one for one in offered if level_value(one) is None] == ["übliche Wörter dafür"]


def test_a_sentence_without_end_stays_english() -> None:
    """Names come from strangers, and comparing grows with the square of a sentence."""
    short, long = (f"“{name}” counts as “Python”" for name in ("snakes", "snakes " * 1_000))

    assert "lang=" not in said(GERMAN, short)
    assert said(GERMAN, long).startswith('<span lang="en"')
