"""The table of verbs is sound, and every form of a verb leads to it."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest

from skillmatch.quality.verbs import (
    TABLE,
    BloomLevel,
    Form,
    VerbKind,
    examples_of,
    find_verb,
    participle_of,
)

DATA = tomllib.loads(TABLE.read_text(encoding="utf-8"))
LISTS = [
    *DATA["levels"].values(),
    *(DATA[part]["verbs"] for part in ("observable", "vague", "criteria")),
]


def test_each_verb_stands_in_one_place_of_the_table() -> None:
    """A verb at two levels would have the one that happens to be read last."""
    counted = Counter(verb for words in LISTS for verb in words.split())

    assert [verb for verb, count in counted.items() if count > 1] == []


def test_what_is_said_of_spelling_is_said_of_verbs_of_the_table() -> None:
    """A line about a verb that is not there does nothing."""
    known = {verb for words in LISTS for verb in words.split()}
    spelling = DATA["spelling"]
    told = [*spelling["doubling"].split(), *spelling["doubling_british"].split()]
    told += [*spelling["names"].split(), *(line.split()[0] for line in spelling["irregular"])]

    assert sorted(set(told) - known) == []


@pytest.mark.parametrize(
    ("word", "lemma", "form"),
    [
        ("analyses", "analyse", Form.THIRD),
        ("analyzing", "analyse", Form.GERUND),
        ("planned", "plan", Form.PAST),
        ("programming", "program", Form.GERUND),
        ("developed", "develop", Form.PAST),
        ("modeling", "model", Form.GERUND),
        ("modelled", "model", Form.PAST),
        ("applies", "apply", Form.THIRD),
        ("applied", "apply", Form.PAST),
        ("tied", "tie", Form.PAST),
        ("tying", "tie", Form.GERUND),
        ("dyeing", "dye", Form.GERUND),
        ("overseeing", "oversee", Form.GERUND),
        ("wrote", "write", Form.PAST),
        ("taught", "teach", Form.PAST),
        ("fixes", "fix", Form.THIRD),
        ("Advise", "advise", Form.PLAIN),
    ],
)
def test_a_form_leads_to_its_verb(word: str, lemma: str, form: Form) -> None:
    """Badges say "designs", "designed" and "designing" of one thing."""
    verb = find_verb(word)

    assert verb is not None
    assert (verb.lemma, verb.form) == (lemma, form)


@pytest.mark.parametrize("word", ["advize", "developped", "table", "badge", "", "'", "buildt"])
def test_what_is_no_form_of_a_verb_leads_nowhere(word: str) -> None:
    """A rule of spelling that is too wide would find verbs in names."""
    assert find_verb(word) is None


def test_participles_are_told_from_past_forms() -> None:
    """The words "was wrote" are no passive."""
    assert (verb := participle_of("written")) is not None
    assert verb.lemma == "write"
    assert (assessed := participle_of("assessed")) is not None
    assert assessed.level is BloomLevel.EVALUATE


def test_vague_verbs_have_no_level() -> None:
    """Understanding is the name of a level, and yet nobody can watch it."""
    assert (verb := find_verb("understand")) is not None
    assert (verb.kind, verb.level) == (VerbKind.VAGUE, None)


def test_every_level_has_examples() -> None:
    """They are what a reader is advised to use."""
    assert all(find_verb(word) for level in BloomLevel for word in examples_of(level))
