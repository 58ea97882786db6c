"""The example postings and what is expected of them belong together."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from skillmatch.model.requirement import GateKind, Necessity
from skillmatch.readers.documents import read_document, read_posting, read_skills

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
EXPECTED = sorted((EXAMPLES / "expected").glob("*.toml"))


def expectation(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def folded(text: str) -> str:
    return " ".join(text.split())


def test_every_posting_has_its_expectation() -> None:
    """A posting without one is not part of the evaluation."""
    named = {expectation(path)["posting"] for path in EXPECTED}

    assert named == {f"postings/{path.name}" for path in (EXAMPLES / "postings").iterdir()}
    assert len(named) >= 6


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_every_quote_stands_in_the_posting_as_it_is_read(path: Path) -> None:
    """A quote that is not there would count as missed for ever, or never trap anyone."""
    expected = expectation(path)

    posting = read_posting(EXAMPLES / expected["posting"])

    text = folded(posting.text)
    entries = [*expected["skills"], *expected["gates"], *expected["traps"]]
    assert [entry["quote"] for entry in entries if folded(entry["quote"]) not in text] == []
    assert [word for word in expected.get("unseen", {}).get("quotes", []) if word in text] == []
    assert posting.title.startswith(expected["title"])
    assert posting.language == "en"
    assert 250 <= len(text.split()) <= 700


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_expectations_use_the_words_of_the_model(path: Path) -> None:
    """A misspelt necessity would be compared with nothing."""
    expected = expectation(path)

    for entry in [*expected["skills"], *expected["gates"]]:
        Necessity(entry["necessity"])
    for gate in expected["gates"]:
        GateKind(gate["kind"])
    assert all(trap["why"] for trap in expected["traps"])


def test_learners_and_their_lists_can_be_read() -> None:
    """The README's commands name them."""
    learners = [read_document(path) for path in sorted((EXAMPLES / "learners").iterdir())]
    skills = read_skills(EXAMPLES / "skills" / "skills.txt")

    assert {learner.language for learner in learners} == {"en"}
    assert len(learners) >= 6
    assert len(skills) >= 10
    assert {skill.text for skill in skills} >= {"Python", "SQL"}
