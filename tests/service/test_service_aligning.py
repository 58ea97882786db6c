"""Aligning badges: what is found for each, and going on after an interruption."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from skillmatch.errors import NotFoundError, UnreadableError
from skillmatch.model.achievement import OutcomeStatement, StatementKind
from skillmatch.model.alignment import Badge, BadgeAlignment, FindingState
from skillmatch.service import aligning
from skillmatch.service.align_journal import AlignJournal, journal_path
from skillmatch.service.aligning import BadgeAligner, concept_lookup, open_installed, open_others
from skillmatch.service.matcher import Matcher
from skillmatch.service.places import Places
from skillmatch.service.provider_badges import read_provider_badges
from skillmatch.settings import Settings
from tests.mini_engine import ESCO, ONET


def badge(number: int, text: str = "python") -> Badge:
    statement = OutcomeStatement(text=text, kind=StatementKind.TAG, pointer="/tag/0")
    return Badge(
        id=f"https://x.example/{number}",
        name=str(number),
        file=f"{number}.json",
        pointer="",
        format="Open Badges 3.0",
        statements=(statement,),
    )


@pytest.fixture
def aligner(mini_matcher: Matcher) -> BadgeAligner:
    return BadgeAligner(matcher=mini_matcher)


def test_a_statement_gets_the_concept_that_it_names(aligner: BadgeAligner) -> None:
    """With framework, release and type, ready to be written."""
    (found,) = aligner.align([badge(1)])

    (first,) = found.proposals
    assert (first.words, first.likely, first.at) == ("python", True, "/tag/0")
    assert (first.label, first.framework, first.release, first.target_type) == (
        "Python (computer programming)",
        "ESCO",
        "0.1",
        "ext:ESCOSkill",
    )


def test_a_repeated_statement_is_linked_once(
    aligner: BadgeAligner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Badges of one provider repeat each other."""
    asked: list[str] = []
    link = Matcher.link

    def watched(self: Matcher, texts: list[str], *, top: int = 10) -> object:
        asked.extend(texts)
        return link(self, texts, top=top)

    monkeypatch.setattr(Matcher, "link", watched)

    found = list(aligner.align([badge(number) for number in range(5)]))

    assert asked == ["python"]
    assert len({one.proposals for one in found}) == 1


def test_a_badge_in_another_language_is_told_and_aligned_all_the_same(
    aligner: BadgeAligner,
) -> None:
    """Little found must not look like little taught."""
    german = badge(
        1,
        "Die Lernenden beraten Kundinnen und Kunden am Telefon, nehmen Beschwerden entgegen und "
        "finden gemeinsam mit ihnen eine Lösung, die beide Seiten zufriedenstellt",
    )

    (note,) = aligner.foreign([german, badge(2), badge(3, "Serve customers " * 15)])

    assert note.startswith("little will be found: 1.json is written in language 'de'")


class InterruptedRunError(Exception):
    """Stands for Ctrl-C in the middle of a run."""


def test_an_interrupted_run_goes_on_where_it_stopped(
    mini_matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found is not linked again, and the whole is what one run would have found."""
    monkeypatch.setattr(aligning, "TEXTS_AT_ONCE", 1)
    badges = [
        badge(number, text)
        for number, text in enumerate(["python", "sas", "pick orders", "work in teams"])
    ]
    whole = list(BadgeAligner(matcher=mini_matcher).align(badges))
    path = journal_path(tmp_path / "review.yaml")

    def stopped(_what: str, done: int, _total: int) -> None:
        if done == 3:
            raise InterruptedRunError

    with pytest.raises(InterruptedRunError), AlignJournal.open(path) as journal:
        list(BadgeAligner(matcher=mini_matcher).align(badges, journal=journal, progress=stopped))
    kept = path.read_bytes()
    # The line that was being written when the power went.
    path.write_bytes(kept + b'{"key":"x","found":{"id"')
    second = BadgeAligner(matcher=mini_matcher)
    with AlignJournal.open(path) as journal:
        again = list(second.align(badges, journal=journal))

    assert kept.count(b"\n") == 3
    assert again == whole
    assert list(second._links) == ["work in teams"]
    assert not path.exists()


def test_a_journal_of_other_badges_or_options_is_not_used(
    mini_matcher: Matcher,
) -> None:
    """A finding belongs to the text and the settings that it was found with."""
    aligner = BadgeAligner(matcher=mini_matcher)
    other = replace(aligner, rules=replace(aligner.rules, top=1))

    keys = {
        aligning._badge_key(one.settings_digest(), target)
        for one in (aligner, other)
        for target in (badge(1), badge(1, "docker"))
    }

    assert len(keys) == 4


def test_a_damaged_journal_costs_time_and_nothing_else(tmp_path: Path) -> None:
    """Its lines are passed over."""
    path = tmp_path / "review.yaml.journal"
    path.write_bytes(b'\xff\n{"key": "a"}\n[]\n{"key": "b", "found": {"id": 3}}\n')

    with AlignJournal.open(path) as journal:
        assert len(journal) == 0


def test_the_same_release_is_at_hand_or_among_the_others(mini_settings: Settings) -> None:
    """Old URIs are looked up where they are not at hand."""
    places = Places.of(mini_settings)
    others, installed = open_others(places, [ESCO]), open_installed(places)
    try:
        assert [one.info.id for one in others] == [ONET]
        assert [one.info.id for one in installed] == [ESCO, ONET]
        found = concept_lookup(installed)("http://example.org/esco/skill/share-documents")
        assert found is not None
        assert (found.label, found.framework_and_release) == ("share documents", "ESCO 0.1")
        assert concept_lookup(installed)("http://example.org/none") is None
    finally:
        for one in (*others, *installed):
            one.close()


BADGE = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://x.example/b",
    "name": "Scripts",
    "description": "Earners can:\n\n- write python",
    "criteria": {"narrative": "Pass the test."},
    "issuer": "https://x.example/i",
    "tags": ["python", "python"],
    "alignment": [
        {
            "targetName": "share documents",
            "targetUrl": "http://example.org/esco/skill/share-documents",
        },
        {"targetName": "send faxes", "targetUrl": "http://example.org/esco/skill/send-faxes"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "badges"
    (place / ".hidden").mkdir(parents=True)
    (place / "below").mkdir()
    (place / "a.json").write_text(json.dumps(BADGE))
    (place / "below" / "same.json").write_text(json.dumps(BADGE))
    other = {**BADGE, "description": "Other words"}
    (place / "b.json").write_text(json.dumps(other))
    (place / "README.txt").write_text("no badge")
    (place / ".hidden" / "c.json").write_text(json.dumps({**BADGE, "id": "https://x.example/c"}))
    return place


def test_a_folder_gives_each_achievement_once_and_says_what_it_left_out(folder: Path) -> None:
    """A hundred assertions of one badge are one badge; a conflict is never settled in silence."""
    read = read_provider_badges(folder, relative_to=folder.parent)

    assert [(one.id, one.file) for one in read.badges] == [("https://x.example/b", "badges/a.json")]
    assert any("README.txt was left out" in note for note in read.notes)
    assert any("b.json was left out" in note and "other words" in note for note in read.notes)
    assert not any("same.json" in note for note in read.notes)


def test_a_statement_is_what_says_something_once(folder: Path) -> None:
    """Lines that lead to a list, and the name beside a description, say nothing of their own."""
    (found,) = read_provider_badges(folder / "a.json").badges

    assert [(one.pointer, one.text) for one in found.statements] == [
        ("/description", "write python"),
        ("/criteria/narrative", "Pass the test."),
        ("/tags/0", "python"),
        ("/tags/1", "python"),
    ]


def test_alignments_that_are_there_are_checked(aligner: BadgeAligner, folder: Path) -> None:
    """One is alive, the other was withdrawn in favour of the first."""
    found: Iterator[BadgeAlignment] = aligner.align(read_provider_badges(folder / "a.json").badges)

    states = [(one.at, one.state) for one in next(found).findings]

    assert states == [
        ("/alignment/0", FindingState.CONFIRMED),
        ("/alignment/1", FindingState.QUESTIONED),
    ]


def test_a_path_without_any_badge_says_why(tmp_path: Path) -> None:
    """An empty run would look like success."""
    (tmp_path / "note.txt").write_text("no badge")

    with pytest.raises(UnreadableError, match=r"holds no badge to align: note\.txt was left out"):
        read_provider_badges(tmp_path)
    with pytest.raises(NotFoundError):
        read_provider_badges(tmp_path / "none")
    with pytest.raises(UnreadableError):
        read_provider_badges(tmp_path / "note.txt")
