"""The words of the pages: every language has all of them, and no template has words of its own."""

from __future__ import annotations

import re
import string

import pytest
from lxml import html

from skillmatch.text.language_names import language_words
from skillmatch_api.pages.language import LANGUAGES, preferred, tag_of, words_of
from skillmatch_api.pages.rendering import TEMPLATES

MARKS = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
ASKED = re.compile(r"""\bt\(\s*["']([a-z_]+\.[a-z_0-9]+)["'][,)]""")
SAID = ("title", "alt", "placeholder", "aria-label", "aria-description", "aria-valuetext")
TEMPLATE_FILES = sorted(TEMPLATES.rglob("*.j2"))
NAMES = {"skillmatch"}


def places(text: str) -> set[str]:
    """Return the names that a text leaves open."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def filled(texts: tuple[str, ...]) -> set[str]:
    """Return the names that some texts leave open; those called ``left`` may be left out."""
    names = set().union(*map(places, texts))
    return {name for name in names if not name.startswith("left")}


def forms(language: str) -> dict[str, tuple[str, ...]]:
    """Return every form of every text of a language."""
    return {
        key: (text,) if isinstance(text, str) else tuple(text[one] for one in ("one", "other"))
        for key, text in words_of(language).texts.items()
    }


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_language_says_all_that_english_says(language: str) -> None:
    """A missing text would be an error in front of somebody who reads that language."""
    english, other = forms("en"), forms(language)

    assert set(other) == set(english)
    assert {key for key, said in other.items() if not all(said)} == set()


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_language_fills_in_the_same_values(language: str) -> None:
    """A number or name that is left out says something else."""
    english, other = forms("en"), forms(language)

    differing = {
        key: language for key, said in english.items() if filled(said) != filled(other[key])
    }

    assert differing == {}


def test_every_text_that_is_asked_for_by_name_is_there() -> None:
    """Names that are put together are tried by the tests of their pages."""
    sources = [*TEMPLATE_FILES, *TEMPLATES.parent.rglob("*.py")]

    asked = {key for path in sources for key in ASKED.findall(path.read_text(encoding="utf-8"))}

    assert len(asked) > 100
    assert asked - set(forms("en")) == set()


@pytest.mark.parametrize("path", TEMPLATE_FILES, ids=lambda path: path.name)
def test_no_template_holds_words_of_its_own(path: object) -> None:
    """Words in a template are in no catalogue, so no other language would have them."""
    source = MARKS.sub(" ", TEMPLATES.joinpath(str(path)).read_text(encoding="utf-8"))
    tree = html.fromstring(f"<div>{source}</div>")

    bare = [
        text.strip()
        for one in tree.iter()
        if isinstance(one.tag, str) and one.tag not in {"script", "style", "code", "svg"}
        for text in (one.text, one.tail, *(one.get(name) for name in SAID))
        if text and re.search(r"(?<![-\w])[^\W\d_]{2,}", text)
    ]

    assert [text for text in bare if text not in NAMES] == []


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("fr,de;q=0.3,en;q=0.7", "en"),
        ("fr", "en"),
        ("de;q=nonsense", "en"),
        (",;,;q=", "en"),
    ],
)
def test_the_language_is_the_best_of_those_that_the_browser_wants(
    header: str, language: str
) -> None:
    """Browsers name languages by weight, and send odd things."""
    assert preferred(header) == language


@pytest.mark.parametrize(
    ("language", "tag", "name"),
    [
        ("en", "de", "German"),
        ("de", "de", "Deutsch"),
        ("de", "de-AT", "Deutsch (de-AT)"),
        ("de", "TR", "Türkisch"),
        ("de", "tlh", "tlh"),
    ],
)
def test_languages_are_called_as_their_readers_call_them(
    language: str, tag: str, name: str
) -> None:
    """Tags are for programs; what nobody has a name for is still told."""
    assert words_of(language).tongue(tag) == name


def test_every_language_that_the_engine_can_name_has_a_name_on_the_pages() -> None:
    """The engine writes names into sentences, and pages have to find them again."""
    tags = [one.removeprefix("tongues.") for one in forms("en") if one.startswith("tongues.")]

    assert {tag: words_of("en").tongue(tag) for tag in tags} == dict(
        zip(tags, map(language_words, tags), strict=True)
    )
    assert {words_of("de").tongue(tag) for tag in tags}.isdisjoint(tags)


@pytest.mark.parametrize(
    ("name", "tag"),
    [("Deutsch", "de"), ("german", "de"), ("TÜRKISCH", "tr"), ("de", "de"), ("xx", "xx")],
)
def test_a_language_is_known_by_its_name_in_any_language_of_the_pages(name: str, tag: str) -> None:
    """Nobody who looks for a speaker of Turkish knows its tag by heart."""
    assert tag_of(name) == tag
