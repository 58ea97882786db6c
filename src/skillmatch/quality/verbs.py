"""Verbs of learning outcomes: which level of thought they show, in every form they are written.

The table is package data (``data/verbs.toml``), which names its sources.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).resolve().parent / "data" / "verbs.toml"


class BloomLevel(StrEnum):
    """The cognitive process dimension of the revised taxonomy, lowest first.

    Source: Anderson and Krathwohl (eds.), A Taxonomy for Learning, Teaching, and Assessing, 2001.
    """

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


class VerbKind(StrEnum):
    """What a verb is worth as the head of an outcome."""

    OBSERVABLE = "observable"
    VAGUE = "vague"
    CRITERION = "criterion"


class Form(StrEnum):
    """How a verb is written."""

    PLAIN = "plain"
    THIRD = "third person"
    GERUND = "gerund"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One form of a verb.

    Attributes:
        lemma: Plain form in British spelling.
        level: None for vague verbs and for those outside the cognitive taxonomy.
        is_name: Whether the plain form is also the name of a thing.
    """

    lemma: str
    kind: VerbKind
    form: Form
    level: BloomLevel | None = None
    is_name: bool = False


def find_verb(word: str) -> Verb | None:
    """Return what a word is as a verb, None where the table has no such form."""
    return _forms().get(word.lower().replace("’", "'"))


def participle_of(word: str) -> Verb | None:
    """Return the verb whose past participle a word is, as in "analysed" or "written"."""
    return _participles().get(word.lower())


@cache
def vague_phrase() -> re.Pattern[str]:
    """Return what matches a vague phrase at the beginning of a text."""
    table = _table()["vague"]
    phrases = sorted(table["phrases"], key=len, reverse=True)
    starts = "|".join(_any_form(phrase) for phrase in phrases)
    nouns = "|".join(table["nouns"])
    adjectives = r"(?:(?:a|an|the|some|basic|good|deep|solid|clear|general|strong|critical)\s+)*"
    return re.compile(rf"(?:(?:{starts})\b|{adjectives}(?:{nouns})\s+(?:of|about|for)\b)", re.I)


def examples_of(level: BloomLevel, count: int = 4) -> tuple[str, ...]:
    """Return the first verbs of a level in the order of the table."""
    return tuple(_table()["levels"][level.value].split()[:count])


@cache
def asked_for() -> frozenset[str]:
    """Return the verbs that in criteria say what is asked for, and elsewhere may be a skill."""
    return frozenset(_table()["criteria"]["asked"].split())


def _any_form(phrase: str) -> str:
    head, _, rest = phrase.partition(" ")
    forms = {
        "be": r"(?:be|being|is|are|been)",
        "have": r"(?:have|has|having|had)",
        "get": r"(?:get|gets|getting|got)",
    }.get(head, rf"{head.removesuffix('e')}(?:e|s|es|ing|ed|en)?")
    return r"\s+".join((forms, *rest.split()))


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def _kinds() -> Iterator[tuple[str, VerbKind, BloomLevel | None]]:
    """Yield (lemma, kind, level); each lemma stands once in the table."""
    table = _table()
    for lemma in table["criteria"]["verbs"].split():
        yield lemma, VerbKind.CRITERION, None
    for lemma in table["observable"]["verbs"].split():
        yield lemma, VerbKind.OBSERVABLE, None
    for level in BloomLevel:
        for lemma in table["levels"][level.value].split():
            yield lemma, VerbKind.OBSERVABLE, level
    for lemma in table["vague"]["verbs"].split():
        yield lemma, VerbKind.VAGUE, None


@cache
def _forms() -> dict[str, Verb]:
    known = {lemma: (kind, level) for lemma, kind, level in _kinds()}
    names = set(_table()["spelling"]["names"].split())
    found: dict[str, Verb] = {}
    for lemma, (kind, level) in known.items():
        for form, written in _written(lemma):
            found.setdefault(
                written,
                Verb(lemma=lemma, kind=kind, form=form, level=level, is_name=lemma in names),
            )
    # A plain form wins over a form of another verb: "found" is "find", "ground" is "grind".
    for lemma, (kind, level) in known.items():
        found[lemma] = Verb(
            lemma=lemma, kind=kind, form=Form.PLAIN, level=level, is_name=lemma in names
        )
    return found


@cache
def _participles() -> dict[str, Verb]:
    found = {word: verb for word, verb in _forms().items() if verb.form is Form.PAST}
    for line in _table()["spelling"]["irregular"]:
        lemma, *_, participle = line.split()
        if verb := _forms().get(lemma):
            found[participle] = verb
    return found


def _written(lemma: str) -> Iterator[tuple[Form, str]]:
    irregular = _irregular().get(lemma, ())
    for spelling in _spellings(lemma):
        yield Form.PLAIN, spelling
        yield Form.THIRD, _third(spelling)
        for stem in _stems(spelling):
            yield Form.GERUND, f"{stem}ing"
            if not irregular:
                yield Form.PAST, _past(spelling, stem)
    for past in irregular:
        yield Form.PAST, past


def _spellings(lemma: str) -> tuple[str, ...]:
    """Return British and American spelling."""
    if lemma.endswith("yse"):
        return lemma, f"{lemma[:-2]}ze"
    if lemma.endswith("ise") and lemma not in _NEVER_Z:
        return lemma, f"{lemma[:-2]}ze"
    others = {"practise": "practice", "colour": "color", "mould": "mold", "centre": "center",
              "manoeuvre": "maneuver", "plough": "plow", "flavour": "flavor", "enrol": "enroll",
              "program": "programme"}  # fmt: skip
    return (lemma, others[lemma]) if lemma in others else (lemma,)


_NEVER_Z = frozenset(
    [
        "advise",
        "advertise",
        "comprise",
        "devise",
        "exercise",
        "improvise",
        "practise",
        "promise",
        "raise",
        "revise",
        "supervise",
        "televise",
    ]
)


def _third(plain: str) -> str:
    if plain.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{plain}es"
    if plain.endswith("y") and plain[-2:-1] not in "aeiou":
        return f"{plain[:-1]}ies"
    return f"{plain}s"


def _stems(plain: str) -> tuple[str, ...]:
    """Return what -ing is put to."""
    spelling = _table()["spelling"]
    if plain in spelling["doubling"].split():
        return (plain + plain[-1],)
    if plain in spelling["doubling_british"].split():
        return plain + plain[-1], plain
    if plain.endswith("ie"):
        return (f"{plain[:-2]}y",)
    if plain.endswith("e") and not plain.endswith(("ee", "oe", "ye")):
        return (plain[:-1],)
    return (plain,)


def _past(plain: str, stem: str) -> str:
    if plain.endswith("e"):
        return f"{plain}d"
    if plain.endswith("y") and plain[-2:-1] not in "aeiou":
        return f"{plain[:-1]}ied"
    return f"{stem}ed"


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    lines: Iterable[str] = _table()["spelling"]["irregular"]
    return {line.split()[0]: tuple(dict.fromkeys(line.split()[1:])) for line in lines}
