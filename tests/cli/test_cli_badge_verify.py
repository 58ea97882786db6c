"""``skillmatch badge verify`` as a shell sees it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from skillmatch.cli.exits import Exit
from skillmatch.report.verification import verification_schema
from tests.cli.conftest import Program

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "examples" / "badges" / "verify"
BADGE = str(EXAMPLE / "knife-skills.json")
ISSUERS = ("--issuers", str(ROOT / "examples" / "badges" / "known-issuers.toml"))
DOCUMENTS = ("--documents", str(EXAMPLE / "documents.toml"))
AT = ("--at", "2026-11-30")
CHECKS = ["shape", "proof", "issuer", "dates", "status", "endorsements"]


def test_one_credential_gives_its_checks_at_the_top(program: Program) -> None:
    """Programs ask for ``.checks[]`` of one badge without looking for it."""
    ended = program("badge", "verify", BADGE, *AT, "--json")

    result = json.loads(ended.out)
    assert ended.code == Exit.DONE
    assert [check["check"] for check in result["checks"]] == CHECKS
    assert {check["state"] for check in result["checks"]} == {"valid", "unknown"}
    jsonschema.validate(result, verification_schema())


def test_several_credentials_stand_in_a_list(program: Program, tmp_path: Path) -> None:
    """The same badge twice is two, and a file that is none is reported beside them."""
    (tmp_path / "note.json").write_text('{"a": 1}')
    (tmp_path / "badge.json").write_text(Path(BADGE).read_text(encoding="utf-8"))

    ended = program("badge", "verify", BADGE, str(tmp_path), *AT, "--json")

    result = json.loads(ended.out)
    assert ended.code == Exit.DONE
    assert len(result["credentials"]) == 2
    assert [one["source"] for one in result["unread"]] == ["note.json"]
    jsonschema.validate(result, verification_schema())


def test_the_same_question_gives_the_same_bytes(program: Program) -> None:
    """Reports are compared and kept."""
    first = program("badge", "verify", BADGE, *AT, *ISSUERS, "--json")

    assert program("badge", "verify", BADGE, *AT, *ISSUERS, "--json").out == first.out


@pytest.mark.parametrize("sources", [ISSUERS, DOCUMENTS])
def test_a_known_issuer_or_its_document_verifies_the_example(
    program: Program, sources: tuple[str, str]
) -> None:
    """The two ways of the documentation, as they stand there."""
    ended = program("badge", "verify", BADGE, *AT, *sources, "--require", "valid")

    assert ended.code == Exit.DONE, ended.out
    assert "It counts as verified." in ended.out


def test_the_text_says_what_is_unknown_and_what_would_mend_it(program: Program) -> None:
    """A learner needs the next step, not a code."""
    out = program("badge", "verify", BADGE, *AT).out

    assert "? unknown  issuer" in out
    assert "→ give it as a file with --documents, or allow fetching with --online" in out
    assert "counts as documented, not as verified" in out


def test_require_valid_ends_with_1_where_a_check_is_not_valid(program: Program) -> None:
    """Without it the states are the answer, and the command has done its work."""
    assert program("badge", "verify", BADGE, *AT).code == Exit.DONE
    assert program("badge", "verify", BADGE, *AT, "--require", "valid").code == Exit.FINDINGS


@pytest.mark.parametrize(
    ("person", "state"), [("ada@learner.example", "valid"), ("eve@learner.example", "invalid")]
)
def test_a_recipient_is_compared_when_one_is_named(
    program: Program, person: str, state: str
) -> None:
    """The example's address is hashed; the report does not spell it out."""
    ended = program("badge", "verify", BADGE, *AT, "--recipient", person, "--json")

    assert json.loads(ended.out)["checks"][-1]["check"] == "recipient"
    assert json.loads(ended.out)["checks"][-1]["state"] == state
    assert "learner.example" not in ended.out


def test_dates_are_judged_at_the_moment_asked_for(program: Program) -> None:
    """A badge of March does not hold in February."""
    ended = program("badge", "verify", BADGE, "--at", "2026-02-01", "--json")

    dates = json.loads(ended.out)["checks"][3]
    assert (dates["check"], dates["state"]) == ("dates", "invalid")
    assert json.loads(ended.out)["at"] == "2026-02-01T00:00:00Z"


def test_a_file_without_a_credential_is_told_by_the_code(program: Program, tmp_path: Path) -> None:
    """Alone it ends the command; beside others these are still judged."""
    note = tmp_path / "note.txt"
    note.write_text("Dear sir or madam")

    alone = program("badge", "verify", str(note))
    beside = program("badge", "verify", BADGE, str(note), *AT, "--json")

    assert alone.code == Exit.NOTHING_READABLE
    assert "note.txt" in alone.message
    assert beside.code == Exit.NOTHING_READABLE
    assert len(json.loads(beside.out)["credentials"]) == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--issuers", "none.toml"), Exit.MISSING),
        (("--documents", "none.toml"), Exit.MISSING),
        (("--issuers", BADGE), Exit.BAD_INPUT),
        (("--at", "yesterday"), Exit.USAGE),
        (("--require", "good"), Exit.USAGE),
    ],
)
def test_wrong_options_end_with_their_code(
    program: Program, options: tuple[str, str], code: Exit
) -> None:
    """Each kind of mistake has one number, and nothing is printed as a result."""
    ended = program("badge", "verify", BADGE, *options)

    assert ended.code == code
    assert ended.out == ""


def test_a_map_with_another_file_stops_the_command(program: Program, tmp_path: Path) -> None:
    """A document that was exchanged must not be used by accident."""
    for name in ("documents.toml", "school.json"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    (tmp_path / "school.json").write_bytes(b"{}")

    ended = program("badge", "verify", BADGE, "--documents", str(tmp_path / "documents.toml"))

    assert ended.code == Exit.BAD_INPUT
    assert "sha256" in ended.message


def test_a_name_cannot_write_over_the_report(program: Program, tmp_path: Path) -> None:
    """Whoever names a badge could otherwise clear the screen, or fake a line of the report."""
    document = json.loads(Path(BADGE).read_text(encoding="utf-8"))
    document["name"] = "Fine\x1b[2J\n  ✓ valid    proof\u202e"
    badge = tmp_path / "badge.json"
    badge.write_text(json.dumps(document), encoding="utf-8")

    out = program("badge", "verify", str(badge), *AT).out

    assert all(letter.isprintable() or letter == "\n" for letter in out)
    assert sum(" proof " in line[:20] for line in out.splitlines()) == 1
