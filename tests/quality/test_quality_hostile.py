"""Whatever JSON comes in, the lint answers, and soon."""

from __future__ import annotations

import contextlib
from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatch.errors import UnreadableError
from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.quality import changes, lint_badge
from skillmatch.quality.changes import compare, compare_nodes
from skillmatch.quality.kinds import kind_of
from skillmatch.quality.lint import badge_of
from skillmatch.quality.positions import lines_of
from skillmatch.quality.profiles import PROFILES
from skillmatch.quality.reading import read_statement
from skillmatch.quality.registry import rules
from skillmatch.readers.credentials.node import Node
from tests.quality.lint_samples import GOOD, edited, good_credential
from tests.watchdog import no_hang

_NAMES = """
  @context @type @id @graph id type name description criteria narrative achievement image issuer
  credentialSubject alignment alignments targetName targetUrl targetType targetFramework result
  resultDescription rubricCriterionLevel allowedValue requiredValue requiredLevel achievedLevel
  evidence validFrom validUntil issuedOn expires badge recipient identity hashed identifier tag
  achievementType inLanguage version creator endorsement credentialStatus hasClaim specifiedBy
  learningOutcome provenBy ceterms:ctid ceterms:name ceterms:requires ceterms:teaches kty d
  skillStatement skillName authors reviewDate verifiableCredential address en @value
"""
NAMES = st.sampled_from(_NAMES.split())
TEXTS = st.sampled_from(
    ["", " ", "Achievement", "VerifiableCredential", "OpenBadgeCredential", "Assertion",
     "BadgeClass", "ceterms:Certificate", "RichSkillDescriptor", "EuropeanDigitalCredential",
     "Status", "License", "https://www.w3.org/ns/credentials/v2", "https://[::1", "//", "ce-",
     "https://x.example/a b", "2026-01-31T12:00:00Z", "9999-12-31T23:59:59+14:00", "0000-00-00",
     "Understand maps.", "The learner can:\n- plan\n- be aware of", "en", "🦉", "a:b",
     "\u202e\x00\x1b[31m", "mailto:x@y.z"]
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), TEXTS, st.text(max_size=8)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=6)),
    max_leaves=40,
)
DOCUMENTS = st.dictionaries(NAMES, JSON, min_size=1, max_size=10)
FAST = tuple(one for one in rules() if one.id != "A3")


@given(document=DOCUMENTS, profile=st.sampled_from(sorted(PROFILES)))
def test_no_document_makes_the_rules_fail(document: dict[str, Any], profile: str) -> None:
    """Wrong types everywhere are what the lint is for; it names places that exist or could."""
    with no_hang():
        report = lint_badge(Node(document), profile=profile, detect=lambda _text: "en")

    assert report.score is None or 0 <= report.score.value <= 100
    assert all(one.pointer == "" or one.pointer.startswith("/") for one in report.findings)


@given(value=JSON, at=st.integers(0, 200), name=st.sampled_from(sorted(GOOD)))
def test_no_single_wrong_value_in_a_good_badge_makes_a_rule_fail(
    value: object, at: int, name: str
) -> None:
    """Deep places are only reached when the rest is in order."""
    sample = GOOD[name]()
    places = sorted(_pointers(sample, ""))
    document = edited(sample, {places[at % len(places)]: value})
    root = Node(document)
    kind = kind_of(root)

    if kind is not None:
        badge = badge_of(root, kind, lambda _text: "en")
        for rule in FAST:
            assert isinstance(list(rule.check(badge)), list)


@given(old=DOCUMENTS, new=DOCUMENTS)
def test_no_two_documents_make_the_comparison_fail(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    """A refusal with a reason is an answer."""
    with no_hang(), contextlib.suppress(UnreadableError):
        compare(old, new, detect=lambda _text: "en")


def _pointers(value: object, pointer: str) -> list[str]:
    found = []
    if isinstance(value, dict):
        for key, below in value.items():
            here = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
            if "~1" not in here:
                found += [here, *_pointers(below, here)]
    elif isinstance(value, list):
        for place, below in enumerate(value):
            found += [f"{pointer}/{place}", *_pointers(below, f"{pointer}/{place}")]
    return found


@given(text=st.text(max_size=300), pointer=st.text(max_size=10))
def test_no_text_makes_the_search_for_lines_fail(text: str, pointer: str) -> None:
    """Positions are a service; they must never cost the report."""
    assert all(line >= 1 for line in lines_of(text, {pointer, "/a/0"}).values())


def test_nesting_beyond_any_badge_is_refused() -> None:
    """Recursion would end the program instead of the file."""
    deep: Any = "x"
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(UnreadableError, match="deep"):
        lint_badge(Node({"type": ["Achievement"], "name": deep}))


def test_more_values_than_any_badge_has_are_refused() -> None:
    """Each rule looks at all of them, so 200,000 kept the lint busy for half a minute."""
    large = {"type": ["Achievement"], "name": "x", "tag": ["y"] * 60_000}

    with pytest.raises(UnreadableError, match="50,000 values"):
        lint_badge(Node(large))
    with pytest.raises(UnreadableError, match="50,000 values"):
        compare_nodes(Node({"type": ["Achievement"]}), Node(large))


LONG = (
    "the learner who " * 200,
    "able to " * 400,
    "a, " * 1000,
    "completed " * 500,
    "demonstrated the ability to " * 200,
    "is " * 1500,
    "awarded to x " * 500,
    "1 " * 3000,
    "+49" + " " * 5000,
    "x@" * 4000,
    "Plan maps.\n" * 2000,
)


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_text_takes_long_to_read(text: str) -> None:
    """Patterns that go back and forth turn one page into an hour."""
    at = "/credentialSubject/achievement"
    document = edited(
        good_credential(),
        {
            f"{at}/description": text,
            f"{at}/criteria/narrative": text,
            f"{at}/name": text,
            "/evidence/0/narrative": text,
            "/evidence/0/id": "https://x.example/?q=" + text,
        },
    )

    with no_hang():
        judged = lint_badge(Node(document), detect=lambda _text: "en")
        read_statement(OutcomeStatement(text=text, kind=StatementKind.CRITERIA, pointer=""))

    assert judged.findings


def test_a_badge_of_many_parts_is_judged_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record may hold hundreds of results; comparing each with each must stay cheap."""
    at = "/credentialSubject/achievement"
    lines = "\n".join(f"- plan route {number} with map {number * 7}" for number in range(200))
    alignments = [
        {"type": ["Alignment"], "targetName": str(n), "targetUrl": f"urn:x:{n}"} for n in range(200)
    ]
    document = edited(
        good_credential(), {f"{at}/criteria/narrative": lines, f"{at}/alignment": alignments}
    )
    other = edited(document, {f"{at}/criteria/narrative": lines.replace("route", "tour")})

    compared: list[str] = []

    def counted(_junk: None, one: list[str], words: list[str]) -> SequenceMatcher[str]:
        compared.append(" ".join(one + words))
        return SequenceMatcher(None, one, words)

    monkeypatch.setattr(changes, "SequenceMatcher", counted)

    with no_hang():
        compare(document, other, detect=lambda _text: "en")
        lint_badge(Node(document), detect=lambda _text: "en")

    # What found its like is not compared again.
    assert 0 < len(compared) == len(set(compared)) <= 200 * 201 / 2
