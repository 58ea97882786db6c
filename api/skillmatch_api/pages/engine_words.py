"""What the engine says, in the reader's language.

The engine writes English. ``catalogues/en/engine.toml`` holds its sentences with places for what
changes in them, and the same key in another language says the same: a sentence is found by its
words, and what stood in its places is put into the other one. A sentence that is not found stays
English, marked as such, so that a screen reader reads it right; a test holds the catalogue to the
engine's own text.

The name of a place begins with what it holds: ``said`` another sentence of the engine, ``number``,
``share`` (per cent), ``day``, ``language`` or ``languages``, ``list`` (quoted names, with "and"
before the last), ``numbers`` (such as of steps, likewise), ``left`` what another language may leave
out; any other name is somebody's words, left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import unescape
from types import MappingProxyType

from markupsafe import Markup, escape

from skillmatch.report.plain import visible
from skillmatch_api.pages.forms import Fault
from skillmatch_api.pages.language import DEFAULT, Words, tag_of, words_of
from skillmatch_api.wire.answers.options import in_fields

PART = "engine."
SHOWN = "_shown"
"""Ends the key of what pages say in the place of a sentence that speaks of the command line."""
_COMMAND = re.compile(r"`((?:[^`<>]|<bdi>[^`<>]*</bdi>)+)`")
_PLACE = re.compile(r"\{([a-z_]+)\}")
_WITHIN = r"(?:(?!; ).)+?"
"""Somebody's words end before the next part of a sentence."""
_HOLDS = MappingProxyType(
    {
        "said": ".+?",
        "number": r"\d[\d,]*(?:\.\d+)?",
        "share": r"\d+%",
        "day": r"\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2}(?: \d{4})?",
        "list": _WITHIN,
        "numbers": r"\d+(?:, \d+)*(?: and \d+)?",
    }
)
_ATTRIBUTED = re.compile(r'(?<=aria-label=")[^"]+|(?<=<title>)[^<]+|(?<=<text )([^>]*>)([^<]+)')
_DEEPEST = 6
"""Sentences inside sentences; what lies deeper stays English."""
_LONGEST = 2_000
"""Characters of a sentence; comparing grows with their square, and a longer one stays English."""


@dataclass(frozen=True, slots=True)
class _Template:
    """A sentence of the engine.

    Attributes:
        shown: Key of what pages say in its place.
        length: How much of it is fixed.
    """

    shown: str
    begins: str
    pattern: re.Pattern[str]
    length: int


def said(t: Words, sentence: str) -> Markup:
    """Return a sentence of the engine for a page: in its language, else marked as English."""
    found = _translated(t.language, sentence) or _english(t, sentence)
    # What is typed somewhere else than here.
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(found)))  # noqa: S704 - escaped already


def sentence(t: Words, said_by_engine: str) -> Markup:
    """Return the same, to stand by itself."""
    return _begun(said(t, said_by_engine))


def word(t: Words, text: str) -> str:
    """Return a word such as a level in the reader's language; as it is where it is not known."""
    found = _translated(t.language, text)
    return text if found is None else found.striptags()


def fault_words(t: Words, fault: Fault) -> Markup:
    """Return what is wrong at a field."""
    why = said(t, fault.why) if fault.why else Markup()
    return _text(t, fault.key).format(said=visible(fault.said), why=why)


def drawn(t: Words, picture: str) -> Markup:
    """Return an SVG of the engine with its words in the reader's language."""
    if t.language == DEFAULT:
        return Markup(picture)  # noqa: S704 - made by the engine, which escapes
    return Markup(_ATTRIBUTED.sub(lambda hit: _in_picture(t, hit), picture))  # noqa: S704


def _in_picture(t: Words, hit: re.Match[str]) -> str:
    before, words = (hit[1], hit[2]) if hit[2] else ("", hit[0])
    parts = [_counted(t, unescape(part)) for part in words.split(", ")]
    return before + ", ".join(str(escape(part)) for part in parts)


def _counted(t: Words, words: str) -> str:
    """Return a label such as "6 claimed" or "3 Nov" without any markup."""
    count, _, rest = words.partition(" ")
    if count.isdigit() and (found := _translated(t.language, rest)):
        return f"{count} {found.striptags()}"
    if re.fullmatch(rf"(?:{_HOLDS['day']}|[A-Z][a-z][a-z](?: \d{{4}})?)", words):
        return _short_day(t, words)
    found = _translated(t.language, words)
    return words if found is None else found.striptags()


def _english(t: Words, sentence: str) -> Markup:
    """Return a sentence as the engine says it, but for options of its command line."""
    words = visible(in_fields(sentence))
    if t.language == DEFAULT:
        return escape(words)
    return Markup('<span lang="{}" dir="auto">{}</span>').format(DEFAULT, words)


def _text(t: Words, key: str) -> Markup:
    """Return a text of the catalogue with its places still open."""
    return Markup(str(escape(t(key))))  # noqa: S704 - escaped


def _shown(words: str) -> Markup:
    return escape(visible(words))


def _translated(language: str, sentence: str, depth: int = 0) -> Markup | None:
    """Return a sentence in a language; None where it is not in the catalogue.

    Nothing is remembered: sentences hold people's words.
    """
    if depth > _DEEPEST or len(sentence) > _LONGEST:
        return None
    t, bare = words_of(language), sentence.removesuffix(".")
    tries: list[tuple[str, Callable[[Markup], Markup]]] = [(sentence, _as_it_is)]
    tries.append((bare, lambda made: made + Markup(".") if bare != sentence else made))
    if sentence[:1].isupper():
        small = bare[0].lower() + bare[1:]
        tries.append((small, lambda made: _begun(made) + (sentence[len(bare) :])))
    for words, finish in tries:
        made = _whole(t, words, depth) or _in_parts(t, words, depth)
        if made is not None:
            return finish(made)
    return None


def _as_it_is(made: Markup) -> Markup:
    return made


def _begun(made: Markup) -> Markup:
    """Return it with a capital letter, unless it begins with markup."""
    return Markup(str(made)[:1].upper() + str(made)[1:])  # noqa: S704 - escaped already


def _whole(t: Words, sentence: str, depth: int) -> Markup | None:
    for one in _templates():
        if sentence.startswith(one.begins) and (hit := one.pattern.fullmatch(sentence)):
            filled = {name: _filled(t, name, text, depth) for name, text in hit.groupdict().items()}
            return _text(t, one.shown).format(**filled)
    return None


def _in_parts(t: Words, sentence: str, depth: int) -> Markup | None:
    """Return a sentence of several parts, where the first of them is known."""
    parts = sentence.split("; ")
    if len(parts) < 2:
        return None
    made = [_translated(t.language, part, depth + 1) for part in parts]
    if made[0] is None:
        return None
    return Markup("; ").join(
        one or _english(t, part) for one, part in zip(made, parts, strict=True)
    )


def _filled(t: Words, name: str, text: str, depth: int) -> Markup:
    kind = name.partition("_")[0]
    if kind == "said":
        return _translated(t.language, text, depth + 1) or _english(t, text)
    if kind in _WRITTEN:
        return _shown(_WRITTEN[kind](t, text))
    bare = re.sub(r"^'(.*)'$", rf"{t('base.quote')}\1{t('base.unquote')}", text)
    return Markup("<bdi>{}</bdi>").format(visible(bare))


def _tongues(t: Words, text: str) -> str:
    """Return languages by name, which stand there by tag ("'de'") or by name, as a list or one."""
    parts = re.split("(, | or )", text.strip("'"))
    marks = {", ": ", ", " or ": f" {t('base.or')} "}
    named = (re.fullmatch(r".+ \((.+-.+)\)", part) for part in parts)
    tags = (hit[1] if hit else tag_of(part) for hit, part in zip(named, parts, strict=True))
    return "".join(marks.get(tag) or t.tongue(tag) for tag in tags)


def _day(t: Words, text: str) -> str:
    try:
        return t.day(_date(text))
    except ValueError:
        return _short_day(t, text)


def _date(text: str) -> date:
    if text[:4].isdigit():
        return date.fromisoformat(text)
    return datetime.strptime(text, "%d %b %Y").date()  # noqa: DTZ007 - a day has no zone


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _short_day(t: Words, text: str) -> str:
    """Return "3 Nov", "Nov" or "Nov 2026", as scales have them, with a short month."""
    parts = [
        t(f"base.short_month_{_MONTHS.index(one) + 1}") if one in _MONTHS else one
        for one in text.split(" ")
    ]
    if parts[0].isdigit() and len(parts) > 1:
        parts[0] = t("base.day_of_month", day=parts[0])
    return " ".join(parts)


def _listed(t: Words, text: str) -> str:
    quoted = [("” and ", f"” {t('base.and')} "), ("“", t("base.quote")), ("”", t("base.unquote"))]
    bare = [(" and ", f" {t('base.and')} "), (" or ", f" {t('base.or')} ")]
    steps = quoted if "“" in text else bare
    for old, new in steps:
        text = text.replace(old, new)
    return text


_WRITTEN: Mapping[str, Callable[[Words, str], str]] = MappingProxyType(
    {
        "number": lambda t, text: t.number(float(text.replace(",", "")), most=2),
        "share": lambda t, text: t.share(int(text[:-1]) / 100),
        "day": _day,
        "language": _tongues,
        "languages": _tongues,
        "list": _listed,
        "numbers": _listed,
    }
)
"""How what a place holds is written; somebody's words are not among it."""


@cache
def _templates() -> tuple[_Template, ...]:
    """Return all sentences: those that begin with fixed words first, then the longer ones.

    Somebody's words at the beginning would swallow what another sentence begins with.
    """
    made = list(_made(words_of(DEFAULT).texts))
    return tuple(sorted(made, key=lambda one: (not one.begins, -one.length, one.shown)))


def _made(texts: Mapping[str, object]) -> Iterator[_Template]:
    for key, text in texts.items():
        if not key.startswith(PART) or key.endswith(SHOWN) or not isinstance(text, str):
            continue
        fixed = _PLACE.split(text)[::2]
        names = _PLACE.findall(text)
        pattern = re.escape(fixed[0])
        for name, after in zip(names, fixed[1:], strict=True):
            holds = _HOLDS.get(name.partition("_")[0], _WITHIN)
            pattern += f"(?P<{name}>{holds}){re.escape(after)}"
        shown = key + SHOWN if key + SHOWN in texts else key
        yield _Template(shown, fixed[0], re.compile(pattern, re.DOTALL), sum(map(len, fixed)))
