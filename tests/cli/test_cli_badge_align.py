"""From a folder of badges or a sheet to written alignments, as a provider does it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import jsonschema
import pytest

from skillmatch.cli.exits import Exit
from skillmatch.readers.alignments import read_review
from skillmatch.readers.credentials import read_wallet
from skillmatch.report.alignment_json import alignment_schema
from tests.cli.conftest import Program

OB2 = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://x.example/scripts",
    "name": "Scripts",
    "description": "Share documents",
    "image": "https://x.example/i.png",
    "criteria": {"narrative": "Earners pick orders"},
    "issuer": "https://x.example/issuer",
}
OB3 = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "id": "https://x.example/data",
    "type": ["Achievement"],
    "name": "Data",
    "description": "Share documents",
    "criteria": {"narrative": "A project."},
    "alignment": [
        {
            "type": ["Alignment"],
            "targetName": "send faxes",
            "targetUrl": "http://example.org/esco/skill/send-faxes",
        }
    ],
}


@pytest.fixture
def badges(tmp_path: Path) -> Path:
    """A folder with a badge of each version."""
    folder = tmp_path / "badges"
    folder.mkdir()
    (folder / "scripts.json").write_text(json.dumps(OB2))
    (folder / "data.json").write_text(json.dumps(OB3))
    return folder


@pytest.fixture
def review(program: Program, engine: Sequence[str], badges: Path) -> Path:
    """A review file of the two badges."""
    path = badges.parent / "review.yaml"
    assert program("badge", "align", str(badges), "--review", str(path), *engine).code == 0
    return path


def test_proposals_are_printed_by_badge(
    program: Program, engine: Sequence[str], badges: Path
) -> None:
    """Statement, concept, words and reason; alignments that are there with their doubts."""
    ended = program("badge", "align", str(badges), *engine)

    assert ended.code == 0
    assert "Scripts  [scripts.json]" in ended.out
    assert '"Share documents" (description)' in ended.out
    assert "share documents  [ESCO 0.1]" in ended.out
    assert 'from "pick orders": the same words' in ended.out
    assert "QUESTIONED: send faxes" in ended.out
    assert "instead: share documents" in ended.out


def test_a_concept_that_the_badge_has_is_marked(
    program: Program, engine: Sequence[str], badges: Path
) -> None:
    """It is there for the statement, and needs no second alignment."""
    there = {
        "targetName": "pick orders",
        "targetUrl": "http://example.org/esco/skill/pick-orders",
    }
    (badges / "scripts.json").write_text(json.dumps({**OB2, "alignment": [there]}))

    ended = program("badge", "align", str(badges / "scripts.json"), *engine)

    assert "pick orders  [ESCO 0.1]  (aligned already)" in ended.out
    assert "confirmed: pick orders" in ended.out


def test_json_follows_its_schema_and_is_the_same_each_time(
    program: Program, engine: Sequence[str], badges: Path
) -> None:
    """Programs read it."""
    once = program("badge", "align", str(badges), "--json", *engine)
    again = program("badge", "align", str(badges), "--format", "json", *engine)

    jsonschema.validate(json.loads(once.out), alignment_schema())
    assert once.out == again.out


@pytest.mark.parametrize("name", ["yaml", "csv"])
def test_a_review_can_be_printed(
    program: Program, engine: Sequence[str], badges: Path, name: str
) -> None:
    """What is printed is a review file."""
    ended = program("badge", "align", str(badges), "--format", name, *engine)

    path = badges.parent / f"printed.{name}"
    path.write_bytes(ended.out.encode())
    assert len(read_review(path).badges) == 2


def test_frameworks_may_stand_with_commas(
    program: Program, engine: Sequence[str], badges: Path
) -> None:
    """The first one leads."""
    ended = program("badge", "align", str(badges), "--framework", "esco,onet", "--json", *engine)

    assert json.loads(ended.out)["frameworks"] == ["esco-0.1", "onet-0.1"]


def test_a_provider_comes_from_badges_to_written_alignments(
    program: Program, review: Path, badges: Path
) -> None:
    """Align, review, write: what was accepted is read again, in the badge's own version."""
    before = {path.name: path.read_bytes() for path in badges.iterdir()}

    walked = program(
        "badge", "review", str(review), "--reviewer", "Ada", "--at", "2026-11-30",
        stdin=b"a\na 2\na\na\n",
    )  # fmt: skip
    written = program("badge", "write", str(review), "--to", str(badges.parent / "out"))

    assert (walked.code, written.code) == (0, 0)
    out = badges.parent / "out"
    assert sorted(path.name for path in out.iterdir()) == [
        "NOTES.md",
        "data.achievement.json",
        "scripts.badgeclass.json",
    ]
    (credential,) = read_wallet(out / "scripts.badgeclass.json").credentials
    assert "share documents" in {one.target_name for one in credential.achievements[0].alignments}
    (draft,) = read_wallet(out / "data.achievement.json").credentials
    assert {one.target_type for one in draft.achievements[0].alignments} == {"ext:ESCOSkill"}
    assert "send faxes" not in (out / "data.achievement.json").read_text()
    assert {path.name: path.read_bytes() for path in badges.iterdir()} == before


def test_a_second_run_keeps_every_decision(
    program: Program, engine: Sequence[str], review: Path, badges: Path
) -> None:
    """Also where a badge reads otherwise now."""
    program("badge", "review", str(review), "--reviewer", "Ada", "--at", "2026-11-30", stdin=b"a\n")
    decided = review.read_bytes()
    again = program("badge", "align", str(badges), "--review", str(review), *engine)

    assert again.code == 0
    assert review.read_bytes() == decided

    (badges / "data.json").write_text(json.dumps({**OB3, "description": "Share documents now"}))
    program("badge", "align", str(badges), "--review", str(review), *engine)

    text = review.read_text()
    assert "standing: statement changed" in text
    assert 'earlier: "accept for: Share documents"' in text
    assert text.count("- decision: accept") == 1


def test_a_review_may_lie_among_the_badges(
    program: Program, engine: Sequence[str], badges: Path
) -> None:
    """It is no badge that was left out, and neither is a journal that an interruption left."""
    path = badges / "review.yaml"
    (badges / "review.yaml.journal").write_text("{}\n")

    for _ in range(2):
        ended = program("badge", "align", str(badges), "--review", str(path), *engine)

        assert "left out" not in ended.err


def test_a_faulty_review_file_stops_the_run_and_stays_as_it_is(
    program: Program, engine: Sequence[str], review: Path, badges: Path
) -> None:
    """One message with the line; nothing is linked, nothing is written."""
    faulty = review.read_text().replace("decision: pending", "decision: perhaps", 1)
    review.write_text(faulty)

    ended = program("badge", "align", str(badges), "--review", str(review), *engine)

    assert ended.code == Exit.BAD_INPUT
    assert "perhaps" in ended.message
    assert review.read_text() == faulty


def test_the_walk_searches_comments_and_can_be_left(program: Program, review: Path) -> None:
    """Each answer is saved at once; the end of the input is a way to leave, too."""
    ended = program(
        "badge", "review", str(review), "--at", "2026-11-30",
        stdin=(
            b"c 1 not sure\nc\nreally\nx\na 99\nr nonsense\n"
            b"e share\n\ne zzzz\n\ne share doc\n1\ns\nq\n"
        ),
    )  # fmt: skip

    assert ended.code == 0
    assert "no number from 1 to" in ended.out
    assert "No concept has a label with these words" in ended.out
    text = review.read_text()
    assert "comment: really" in text
    assert "decision: edit" in text
    assert "edited: http://example.org/esco/skill/share-documents" in text
    assert program("badge", "review", str(review), stdin=b"").code == 0


def test_q_leaves_a_search_as_it_leaves_the_walk(program: Program, review: Path) -> None:
    """It is no word that anybody searches for."""
    before = review.read_text()

    ended = program("badge", "review", str(review), stdin=b"e share\nq\na\n")

    assert ended.code == 0
    assert "> a" not in ended.out
    assert review.read_text() == before


def test_all_statements_can_be_walked_to_add_a_concept(program: Program, review: Path) -> None:
    """A statement without a proposal gets one by its URI."""
    uri = "http://example.org/esco/skill/share-documents"
    answers = f"s\ns\ne {uri}\n1\nq\n"

    program("badge", "review", str(review), "--all", stdin=answers.encode())

    added = [
        entry
        for badge in read_review(review).badges
        for one in badge.statements
        for entry in one.entries
        if entry.uri == uri and (entry.edited or entry.decision.value == "accept")
    ]
    edited = "edited: " + uri in review.read_text()
    assert added or edited


def test_a_review_that_somebody_else_changes_is_not_overwritten(
    program: Program, review: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two reviewers of one file must not lose each other's work."""
    from skillmatch.cli.badge.review import Walk

    save = Walk._save

    def meanwhile(self: Walk, changed: object) -> None:
        review.write_text(review.read_text().replace('comment: ""', "comment: theirs", 1))
        save(self, changed)  # type: ignore[arg-type] # a review, handed on

    monkeypatch.setattr(Walk, "_save", meanwhile)

    ended = program("badge", "review", str(review), stdin=b"a\n")

    assert ended.code == Exit.BAD_INPUT
    assert "changed by somebody else" in ended.err
    assert "comment: theirs" in review.read_text()


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("ob3", "scripts.achievement.json"),
        ("ob2", "data.badgeclass.json"),
        ("endorsement", "scripts.endorsement.json"),
        ("sssom", "alignments.sssom.tsv"),
    ],
)
def test_a_review_is_written_in_the_form_that_is_asked_for(
    program: Program, review: Path, form: str, name: str
) -> None:
    """With --proposed nothing has to be decided first."""
    out = review.parent / form

    ended = program(
        "badge", "write", str(review), "--to", str(out), "--as", form, "--proposed", "--json"
    )

    assert ended.code == 0
    assert name in {file["file"] for file in json.loads(ended.out)["files"]}
    assert (out / name).is_file()
    assert name in (out / "NOTES.md").read_text()


def test_nothing_decided_writes_nothing_and_says_so(program: Program, review: Path) -> None:
    """A provider who forgot to review is told what to do."""
    ended = program("badge", "write", str(review), "--to", str(review.parent / "out"))

    assert ended.code == 0
    assert "no decision in this review changes a badge" in ended.out
    assert list((review.parent / "out").iterdir()) == []


def test_a_badge_that_is_gone_is_told(program: Program, review: Path, badges: Path) -> None:
    """The others are written."""
    (badges / "data.json").unlink()

    ended = program("badge", "write", str(review), "--to", str(review.parent / "o"), "--proposed")

    assert ended.code == 0
    assert "data.json cannot be read, so nothing was written for it" in ended.err
    assert "scripts.badgeclass.json" in ended.out


def test_a_sheet_becomes_one_draft_a_course(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """In the CSV form of a review this time."""
    sheet, path = tmp_path / "outcomes.csv", tmp_path / "review.csv"
    sheet.write_text("course,outcome,assessment\nOffice,Share documents,test\nCode,pick orders,\n")

    assert program("badge", "align", str(sheet), "--review", str(path), *engine).code == 0
    path.write_text(path.read_text("utf-8-sig").replace("pending", "accept"), "utf-8-sig")
    ended = program("badge", "write", str(path), "--to", str(tmp_path / "out"))

    assert ended.code == 0
    drafts = sorted(path.name for path in (tmp_path / "out").glob("*.json"))
    assert drafts == ["code.achievement.json", "office.achievement.json"]
    draft = json.loads((tmp_path / "out" / "office.achievement.json").read_text())
    assert draft["alignment"][0]["targetName"] == "share documents"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("align", "none.json"), Exit.MISSING),
        (("align", "none.json", "--format", "xml"), Exit.USAGE),
        (("review", "none.yaml"), Exit.MISSING),
        (("write", "none.yaml", "--to", "x"), Exit.MISSING),
        (("write", "none.yaml", "--to", "x", "--as", "pdf"), Exit.USAGE),
    ],
)
def test_bad_arguments_end_with_the_code_that_says_so(
    program: Program, engine: Sequence[str], arguments: tuple[str, ...], code: Exit
) -> None:
    """Scripts branch on it."""
    more = engine if arguments[0] == "align" else ()

    assert program("badge", *arguments, *more).code == code


def test_a_day_that_is_none_is_refused(program: Program, review: Path) -> None:
    """It would be kept beside every decision."""
    assert program("badge", "review", str(review), "--at", "soon").code == Exit.USAGE
