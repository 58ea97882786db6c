"""Words for how well somebody can do something, in English and German, on six steps.

The steps are those of the Common European Framework of Reference for Languages (CEFR), which job
postings use for languages and whose three bands (basic, independent, proficient user) carry over
to other skills. Words are ordered, their distances are not measured.

A German word stands where the English one stands that translates it, so that a posting and a
person may each use their own language. What has no such counterpart stands where German
applications have it: Grundkenntnisse, then gute, then sehr gute, fließende or verhandlungssichere
Kenntnisse, then the mother tongue; what is said to lie on two steps stands on the lower one.
"Fortgeschritten" means "advanced" in postings and on forms, and so it is read; only
"fortgeschrittene Sprachverwendung", a German name of B1, is B1.

Sources: Council of Europe, CEFR, table 1 (common reference levels: global scale), and its German
names (elementare, selbstständige, kompetente Sprachverwendung); for the order in German
applications, e-fellows.net, "Sprachkenntnisse im Lebenslauf", and Hannover Rück, "Wie beschreibe
ich meine Fremdsprachenkenntnisse?".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

ENGLISH: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType({
    1: ("a1", "beginner", "beginner's", "elementary", "entry level", "entry-level", "novice"),
    2: ("a2", "basic", "basics", "familiar", "familiarity", "foundational", "fundamental",
        "fundamentals", "some knowledge", "pre-intermediate"),
    3: ("b1", "intermediate", "working knowledge", "conversational", "independent"),
    4: ("b2", "upper intermediate", "upper-intermediate", "good", "proficient", "proficiency",
        "competent", "solid", "professional working"),
    5: ("c1", "advanced", "fluent", "fluency", "strong", "very good", "in-depth", "deep",
        "full professional", "business fluent"),
    6: ("c2", "expert", "expertise", "native", "bilingual", "mother tongue", "mastery",
        "excellent", "near-native"),
})  # fmt: skip
GERMAN: Final[Mapping[int, tuple[str, ...]]] = MappingProxyType({
    1: ("anfang", "anfänger*", "einsteiger*", "einstieg*", "neuling*", "elementar~"),
    2: ("grundkenntnis*", "grundwissen", "grundlagen*", "grundlegend~", "basiskenntnis*",
        "basiswissen", "vorkenntnis*", "schulkenntnis*", "erst~ kenntnis*", "erst~ erfahrung*"),
    3: ("mittel", "mittler~", "mittelstufe", "konversationssicher~", "anwenderkenntnis*",
        "selbstständig~ sprachverwendung", "selbständig~ sprachverwendung",
        "fortgeschritten~ sprachverwendung"),
    4: ("gut~", "solid~", "sicher~", "fundiert~", "kompetent~", "versiert~", "routiniert~"),
    5: ("sehr gut~", "fortgeschritten*", "fließend~", "verhandlungssicher~", "vertieft~",
        "tiefgehend~", "ausgeprägt~", "umfassend~", "umfangreich~", "fachkundig~",
        "kompetent~ sprachverwendung"),
    6: ("experte*", "expertin*", "profi", "profis", "profikenntnis*", "perfekt~",
        "muttersprach*", "zweisprachig~", "hervorragend~", "ausgezeichnet~", "exzellent~"),
})  # fmt: skip
"""At the end of a word ``~`` is an adjective's ending, or none, and ``*`` any ending at all."""
_ENDINGS: Final = MappingProxyType({"~": "(?:e[mnrs]?)?", "*": r"[\w-]*"})
_SPELT: Final = MappingProxyType(
    {"ä": "(?:ä|ae)", "ö": "(?:ö|oe)", "ü": "(?:ü|ue)", "ß": "(?:ß|ss)", " ": r"\s+"}
)
_PLAIN: Final = frozenset({
    "fließend~", "verhandlungssicher~", "konversationssicher~", "muttersprach*",
    "grundkenntnis*", "basiskenntnis*", "vorkenntnis*", "schulkenntnis*", "anwenderkenntnis*",
    "erst~ kenntnis*", "profikenntnis*",
})  # fmt: skip
"""German words that mean a level wherever they stand."""
_BESIDE: Final = frozenset({
    "gut~", "sehr gut~", "solid~", "fundiert~", "fortgeschritten*", "vertieft~", "perfekt~",
    "hervorragend~", "ausgezeichnet~", "exzellent~",
})  # fmt: skip
"""Those that mean one right beside a skill; a secure scaffold ("sicher") is no level of it."""
_KNOWLEDGE: Final = re.compile(
    r"\s+(?P<itself>kenntnisse?n?\b)|(?:\s+[\w-]+){0,2}?\s+[\w-]*(?:kenntnis|wissen|verständnis"
    r"|umgang|beherrsch|erfahrung|deutsch|englisch|französisch|italienisch|polnisch|russisch"
    r"|spanisch|türkisch)"
)
_LAST: Final = re.compile(r"\s*(?:$|[,;/])")
_UP_TO: Final = re.compile(r"\s+bis\s+(?:zu\s+)?")


def named_steps(words: str) -> frozenset[int]:
    """Return the steps, 1 to 6, that words for a level name; empty for none."""
    plain = unicodedata.normalize("NFC", " ".join(words.casefold().split()))
    if plain in _ENGLISH_STEPS:
        return frozenset({_ENGLISH_STEPS[plain]})
    english = {_ENGLISH_STEPS[word] for word in _ENGLISH.findall(plain)}
    return frozenset(english | {_GERMAN_STEPS[_which(hit)] for hit in _GERMAN.finditer(plain)})


def german_level(text: str, *, nearest_end: bool = False) -> str:
    """Return the German words for a level that running text holds, ``""`` without any.

    Adjectives mean one of knowledge only ("gute Kenntnisse in", "gutes Englisch"), some of them
    also where the text or its first part ends with them: right before a skill, or right after.

    Args:
        text: What stands before, inside or after the words of a skill.
        nearest_end: Take the last one instead of the first.
    """
    plain = unicodedata.normalize("NFC", text)
    low = plain.lower()
    plain = plain if len(low) == len(plain) else low
    hits = list(_GERMAN.finditer(low))
    found = []
    for place, hit in enumerate(hits):
        of_knowledge = _KNOWLEDGE.match(low, hit.end())
        if of_knowledge or _stands_alone(hit, low):
            before = hits[place - 1] if place else hit
            joined = _UP_TO.fullmatch(low, before.end(), hit.start())
            end = of_knowledge.end("itself") if of_knowledge else -1
            found.append(plain[(before if joined else hit).start() : max(end, hit.end())])
    return found[-1 if nearest_end else 0] if found else ""


def _stands_alone(hit: re.Match[str], text: str) -> bool:
    """Tell whether a word means a level with no word for knowledge after it."""
    word = _which(hit)
    return word in _PLAIN or (word in _BESIDE and _LAST.match(text, hit.end()) is not None)


def _which(hit: re.Match[str]) -> str:
    """Return the entry of ``GERMAN`` that was found."""
    found = hit.group()
    return next(word for word, form in _GERMAN_FORMS.items() if form.fullmatch(found))


def is_german_level(text: str) -> bool:
    """Tell whether a text is nothing but German words for one level, as a bracket may be."""
    return _ALONE.fullmatch(unicodedata.normalize("NFC", text.strip().lower())) is not None


def _pattern(word: str) -> str:
    return "".join(_ENDINGS.get(one, _SPELT.get(one, re.escape(one))) for one in word)


def _steps(words: Mapping[int, tuple[str, ...]]) -> dict[str, int]:
    """Return the step of each word, the longest word first."""
    every = {word: step for step, named in words.items() for word in named}
    return {word: every[word] for word in sorted(every, key=len, reverse=True)}


def _one_of(patterns: Iterable[str]) -> str:
    return r"(?<![\w-])(?:" + "|".join(patterns) + r")(?![\w-])"


_ENGLISH_STEPS: Final = _steps(ENGLISH)
_ENGLISH: Final = re.compile(_one_of(map(re.escape, _ENGLISH_STEPS)))
_GERMAN_STEPS: Final = _steps(GERMAN)
# Texts are put in lower case first: a pattern that ignores case takes six times as long.
_GERMAN: Final = re.compile(r"\b" + _one_of(map(_pattern, _GERMAN_STEPS)))
_GERMAN_FORMS: Final = {word: re.compile(_pattern(word)) for word in _GERMAN_STEPS}
_ALONE: Final = re.compile(_GERMAN.pattern + r"(?:\s+kenntnisse?)?")
