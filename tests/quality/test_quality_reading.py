"""Outcome statements: verb, level, what keeps them vague, and a pattern that invents nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.quality.kinds import Kind
from skillmatch.quality.reading import (
    CONDITION_BLANK,
    OBJECT_BLANK,
    STANDARD_BLANK,
    VERB_BLANK,
    Nature,
    Reading,
    Vagueness,
    read_statement,
)
from skillmatch.quality.statements import read_all
from skillmatch.quality.verbs import BloomLevel
from skillmatch.readers.credentials.node import Node

BLANKS = (VERB_BLANK, OBJECT_BLANK, CONDITION_BLANK, STANDARD_BLANK)
V = Vagueness
L = BloomLevel

# Text, verb, level, reasons; of a description in English.
OUTCOMES = (
    ("Analyse test data with Python", "analyse", L.ANALYSE, ()),
    ("Analyze test data with Python", "analyse", L.ANALYSE, ()),
    ("Analysing test data with Python", "analyse", L.ANALYSE, ()),
    ("Designs small databases for shops", "design", L.CREATE, ()),
    ("Weld steel plates under supervision", "weld", None, ()),
    ("Correctly weld steel plates under supervision", "weld", None, ()),
    ("Apply laws to cases", "apply", L.APPLY, ()),
    ("Able to weld steel plates in a workshop", "weld", None, ()),
    ("You will be able to bake bread in a stone oven", "bake", None, (V.SUBJECT,)),
    ("The learner can bake bread in a stone oven", "bake", None, (V.SUBJECT,)),
    ("Learners who earn this badge can bake bread in an oven", "bake", None, (V.SUBJECT,)),
    ("By the end of the day, participants will bake bread in an oven", "bake", None, (V.SUBJECT,)),
    ("The holder has demonstrated the ability to bake bread in ovens", "bake", None, (V.SUBJECT,)),
    ("This badge shows the ability to bake bread in an oven", "bake", None, ()),
    ("Collaborate", "collaborate", L.CREATE, (V.NO_OBJECT,)),
    ("Collaborate effectively", "collaborate", L.CREATE, (V.NO_OBJECT,)),
    ("Analyse test data", "analyse", L.ANALYSE, (V.NO_CONTEXT,)),
    ("To be able to identify hazards on a site", "identify", L.REMEMBER, ()),
    ("Be able to: use a lathe with care", "use", L.APPLY, ()),
    ("Take blood pressure at home", "take", None, ()),
    ("Think critically", "think", None, (V.VAGUE_VERB,)),
    ("Type 60 words a minute", "type", None, ()),
    ("Understand the basics of SQL", "understand", None, (V.VAGUE_VERB,)),
    ("Knows SQL", "know", None, (V.VAGUE_VERB,)),
    ("Be aware of risks", "be aware", None, (V.VAGUE_VERB,)),
    ("Students will be familiar with SQL", "be familiar", None, (V.VAGUE_VERB, V.SUBJECT)),
    ("Demonstrate an understanding of SQL", "demonstrate an understanding", None, (V.VAGUE_VERB,)),
    ("Knowledge of food hygiene", "knowledge of", None, (V.VAGUE_VERB,)),
    ("Learn how to weld steel", "learn", None, (V.VAGUE_VERB,)),
    ("Appreciate modern art", "appreciate", None, (V.VAGUE_VERB,)),
)


def read(
    text: str,
    kind: StatementKind = StatementKind.DESCRIPTION,
    *,
    sure: bool = True,
    declared: bool = False,
) -> Reading:
    """Return the reading of a text that stands for itself."""
    statement = OutcomeStatement(text=text, kind=kind, pointer="/description", end=len(text))
    return read_statement(statement, sure=sure, declared=declared)


@pytest.mark.parametrize(("text", "verb", "level", "reasons"), OUTCOMES)
def test_an_outcome_has_its_verb_its_level_and_its_reasons(
    text: str, verb: str, level: BloomLevel | None, reasons: tuple[Vagueness, ...]
) -> None:
    """Frames such as "able to" and other forms of a verb make no difference to what is meant."""
    reading = read(text)

    assert (reading.nature, reading.verb, reading.level) == (Nature.OUTCOME, verb, level)
    assert reading.reasons == reasons


@pytest.mark.parametrize(
    "text",
    [
        "Project management",
        "Test data",
        "This badge was first awarded in 2020.",
        "Team members are nominated for this badge by their peers.",
        "This microcredential demonstrates proficiency in data science",
        "For those who love maps.",
        "Designed for teachers in primary schools.",
        "Issued by the Harbour School.",
        "The holder can:",
        "Python",
    ],
)
def test_a_sentence_that_is_no_outcome_is_left_alone(text: str) -> None:
    """Calling prose a bad outcome would make every report wrong."""
    assert read(text).nature is Nature.OTHER


@pytest.mark.parametrize(
    "text",
    [
        "Submit a portfolio",
        "Complete all tasks",
        "Pass the exam",
        "Watch three videos",
        "Take a test",
    ],
)
def test_what_criteria_ask_for_is_no_outcome(text: str) -> None:
    """To hand something in is how a badge is earned, not what it says one can do."""
    assert read(text, StatementKind.CRITERIA).nature is Nature.REQUIREMENT


@pytest.mark.parametrize(
    ("text", "is_attendance"),
    [
        ("Completed the course on welding.", True),
        ("Participated in three sessions of the seminar", True),
        ("Awarded for completion of the summer workshop", True),
        ("Complete risk assessments before each session", False),
        ("Teach a class of beginners with games", False),
        ("Plan a workshop for colleagues", False),
    ],
)
def test_being_there_is_told_from_doing(text: str, is_attendance: bool) -> None:
    """The words for courses also occur in what teachers do."""
    assert (read(text).nature is Nature.ATTENDANCE) is is_attendance


def test_only_a_declared_skill_is_blamed_for_having_no_verb_or_a_passive() -> None:
    """In prose a phrase without a verb is normal; as a skill statement it says too little."""
    assert read("Food safety", declared=True).reasons == (V.NO_VERB,)
    assert read("Risks are assessed before each dive", declared=True).reasons == (V.PASSIVE,)
    assert read("Food safety").reasons == ()
    assert read("Risks are assessed before each dive").reasons == ()


def test_a_verb_that_the_table_lacks_is_not_blamed() -> None:
    """No table holds every verb of every trade."""
    for text in ("Pulverise ore with a mill", "Quench the blade", "Able to quench"):
        assert V.NO_VERB not in read(text, declared=True).reasons


def test_without_a_known_language_only_what_is_surely_english_is_judged() -> None:
    """Words of another language must not be called a topic without a verb."""
    assert read("Grundlagen der Statik", sure=False, declared=True).nature is Nature.OTHER
    assert read("Understand statics", sure=False).reasons == (V.VAGUE_VERB,)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        (
            "Understand the basics of SQL",
            f"{VERB_BLANK} the basics of SQL {CONDITION_BLANK} {STANDARD_BLANK}",
        ),
        ("Learn how to weld steel", f"Weld steel {CONDITION_BLANK} {STANDARD_BLANK}"),
        ("You learn to weld steel", f"Weld steel {CONDITION_BLANK} {STANDARD_BLANK}"),
        ("Collaborate", f"Collaborate {OBJECT_BLANK} {CONDITION_BLANK} {STANDARD_BLANK}"),
        ("You can weld steel with gas.", f"Weld steel with gas {STANDARD_BLANK}"),
        ("Weld steel with gas.", ""),
    ],
)
def test_the_pattern_keeps_the_words_and_leaves_blanks(text: str, pattern: str) -> None:
    """Whoever knows the badge fills the blanks; a program that does would invent facts."""
    assert read(text).pattern == pattern


_WORDS = """
  the learner can understand know weld steel plates with gas be aware of able to will how and
  collaborate students who are in at Apply correctly, 60 data analysis you: is done
"""
WORDS = st.sampled_from(_WORDS.split())


@given(words=st.lists(WORDS, min_size=1, max_size=14), declared=st.booleans())
def test_a_pattern_never_holds_a_word_that_the_statement_does_not(
    words: list[str],
    declared: bool,
) -> None:
    """Blanks aside, every word stood in the statement; its first may have lost its ending."""
    text = " ".join(words)

    pattern = read(text, declared=declared).pattern
    for blank in BLANKS:
        pattern = pattern.replace(blank, "")

    said = re.findall(r"\w+", text.lower())
    assert set(re.findall(r"\w+", pattern.lower())) <= set(said)


def achievement(description: str, language: str = "") -> Node:
    """Return an achievement with a description."""
    document = {"type": ["Achievement"], "description": description}
    return Node({**document, "inLanguage": language} if language else document)


@pytest.mark.parametrize(
    ("declared", "detected", "is_read"),
    [("en", "en", True), ("en-GB", "", True), ("", "en", True), ("de", "", False),
     ("", "de", False), ("en", "de", False), ("de", "en", False)],
)  # fmt: skip
def test_what_may_not_be_english_is_not_read(declared: str, detected: str, is_read: bool) -> None:
    """A wrong judgement costs trust; "not read" costs a look."""
    node = achievement("Understand how many small parts make one large machine run.", declared)

    language, (reading,) = read_all(node, Kind.OB3_ACHIEVEMENT, (node,), lambda _text: detected)

    assert language == (declared or detected)
    assert (reading.nature is not Nature.NOT_READ) is is_read


def test_a_handful_of_words_has_no_language() -> None:
    """The words "Passes tests" look French to a detector."""
    node = achievement("Passes tests")

    language, readings = read_all(node, Kind.OB3_ACHIEVEMENT, (node,), lambda _text: "fr")

    assert language == ""
    assert Nature.NOT_READ not in [one.nature for one in readings]


def test_german_is_recognised_by_the_packaged_detector() -> None:
    """The default needs no declaration."""
    from skillmatch.quality.lint import packaged_detector

    text = (
        "Die Lernenden verstehen die Grundlagen der Statik und wenden sie auf einfache Brücken an."
    )
    node = achievement(text)

    language, (reading,) = read_all(node, Kind.OB3_ACHIEVEMENT, (node,), packaged_detector)

    assert (language, reading.nature) == ("de", Nature.NOT_READ)
