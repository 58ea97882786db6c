"""``skillmatch profile``: chosen skills leave, the rest stays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from skillmatch.issuing.key_files import write_key
from skillmatch.issuing.keys import KeyKind
from skillmatch.issuing.signing import sign_data_integrity
from skillmatch.readers.credentials import read_wallet
from tests.cli.conftest import Ended, Program
from tests.issuing.issuing_samples import DAY, credential, draft, key
from tests.issuing.portfolio_samples import CUTTING, HYGIENE, signed
from tests.issuing.test_issuing_vouching import BADGE, ROSA, by_rosa


@pytest.fixture
def wallet(tmp_path: Path) -> Path:
    """Three badges, an endorsement of one, and a file that is none."""
    folder = tmp_path / "wallet"
    folder.mkdir()
    for badge in (signed("Knives", CUTTING, HYGIENE), signed("Cleaning", HYGIENE), BADGE):
        name = badge.achievements[0].name
        (folder / f"{name}.json").write_text(json.dumps(badge.document), encoding="utf-8")
    (folder / "rosa.jwt").write_text(by_rosa(BADGE).token, encoding="utf-8")
    (folder / "notes.txt").write_text("not a badge", encoding="utf-8")
    return folder


@pytest.fixture
def known(tmp_path: Path) -> str:
    """A file that knows the school and the endorser."""
    path = tmp_path / "known.toml"
    rows = (f'[[issuer]]\nid = "{did}"\n' for did in (key().did, ROSA.did))
    path.write_text("".join(rows), encoding="utf-8")
    return str(path)


def profile(program: Program, wallet: Path, *options: str) -> Ended:
    return program("profile", str(wallet), "--at", "2026-11-01", *options)


def test_the_json_holds_skills_with_their_states(
    program: Program, wallet: Path, known: str
) -> None:
    """What a program reads of a learner."""
    ended = profile(program, wallet, "--format", "json", "--issuers", known, "--have", "Danish")

    read = json.loads(ended.out)
    assert ended.code == 0
    assert {one["name"]: one["state"] for one in read["skills"]} == {
        "cut vegetables": "verified",
        "kitchen hygiene": "verified",
        "lead a team": "verified",
        "Danish": "claimed",
    }
    assert str(wallet) not in ended.out
    assert "notes.txt" in ended.err


def test_an_endorsement_beside_a_badge_lifts_it(
    program: Program, wallet: Path, tmp_path: Path
) -> None:
    """The issuer is unknown, the supervisor is not."""
    known = tmp_path / "rosa.toml"
    known.write_text(f'[[issuer]]\nid = "{ROSA.did}"\n', encoding="utf-8")

    ended = profile(program, wallet, "--format", "json", "--issuers", str(known))

    read = json.loads(ended.out)
    assert {one["name"]: one["state"] for one in read["badges"]} == {
        "Knives": "signed, not confirmed",
        "Cleaning": "signed, not confirmed",
        "Pass": "endorsed",
    }


def test_a_stranger_s_badges_are_not_verified(program: Program, wallet: Path) -> None:
    """Without a file of known issuers nothing proves anything."""
    read = json.loads(profile(program, wallet, "--format", "json").out)

    assert {one["state"] for one in read["badges"]} == {"signed, not confirmed"}


def test_a_course_that_was_failed_is_not_accepted(
    program: Program, tmp_path: Path, known: str
) -> None:
    """However valid its signature."""
    made = credential(of=draft("Knives", CUTTING))
    made["credentialSubject"]["result"] = [{"type": ["Result"], "status": "Failed"}]
    signed_so = sign_data_integrity(made, key(), created=DAY)
    (tmp_path / "b.json").write_text(json.dumps(signed_so), encoding="utf-8")

    ended = profile(program, tmp_path / "b.json", "--format", "json", "--issuers", known)

    (badge,) = json.loads(ended.out)["badges"]
    assert (badge["state"], badge["reason"]) == ("not accepted", "its result says Failed")


def test_the_page_is_written_where_it_was_asked(
    program: Program, wallet: Path, tmp_path: Path
) -> None:
    """Its name tells the format."""
    out = tmp_path / "ada.html"

    ended = profile(program, wallet, "--out", str(out), "--name", "Ada Sørensen")

    assert (ended.code, ended.out) == (0, "")
    assert "Ada Sørensen" in out.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["html", "json", "markdown", "clr"])
def test_what_is_kept_back_is_in_no_byte(program: Program, wallet: Path, form: str) -> None:
    """Whichever way it leaves."""
    ended = profile(program, wallet, "--format", form, "--without", "kitchen hygiene")

    assert ended.code == 0
    assert "hygiene" not in ended.out.casefold()
    assert "lead a team" in ended.out


def test_a_preview_writes_nothing(program: Program, wallet: Path, tmp_path: Path) -> None:
    """It is asked before the decision."""
    out = tmp_path / "record.json"

    ended = profile(
        program,
        wallet,
        "--format",
        "clr",
        "--only",
        "cut vegetables",
        "--preview",
        "--out",
        str(out),
    )

    assert ended.code == 0
    assert ended.out.startswith("LEAVES as clr")
    assert "cannot be cut: kitchen hygiene" in ended.out
    assert "badge: Pass" in ended.out.split("STAYS")[1]
    assert not out.exists()


def test_a_record_is_read_back_with_all_its_proofs(
    program: Program, wallet: Path, tmp_path: Path
) -> None:
    """And signed by the one who puts it together, where they have a key."""
    out, own = tmp_path / "record.json", tmp_path / "own.pem"
    write_key(own, key())

    ended = profile(program, wallet, "--format", "clr", "--key", str(own), "--out", str(out))

    (record,) = read_wallet(out).credentials
    assert ended.code == 0
    assert "proof" in record.document
    assert [bool(part.document["proof"]) for part in record.parts] == [True] * 3


def test_a_selective_list_hides_the_rest(program: Program, wallet: Path, tmp_path: Path) -> None:
    """Signed by the learner's own key."""
    from tests.issuing.test_issuing_record import disclosed

    own = tmp_path / "own.jwk"
    write_key(own, key(KeyKind.P256))

    ended = profile(
        program, wallet, "--format", "sd-jwt", "--key", str(own), "--only", "lead a team"
    )

    read = disclosed(ended.out.strip(), KeyKind.P256)
    assert ended.code == 0
    assert [one["name"] for one in read["skills"]] == ["lead a team"]


def test_skills_without_any_badge_can_be_shared(program: Program) -> None:
    """As what they are: claims."""
    ended = program("profile", "--have", "Danish", "--format", "markdown")

    assert ended.code == 0
    assert "| Danish | · claimed | own words |" in ended.out


def test_outcomes_are_linked_where_a_framework_is_installed(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """What the issuer did not align is read from the words, and said to be."""
    made = signed("Warehouse", CUTTING, description="Earners are good at order picking.")
    (tmp_path / "w.json").write_text(json.dumps(made.document), encoding="utf-8")

    ended = program("profile", str(tmp_path / "w.json"), "--format", "json", "--link", *engine)

    read = {one["name"]: one["how"] for one in json.loads(ended.out)["skills"]}
    assert read == {"cut vegetables": "alignment", "pick orders": "outcome text"}


def test_skills_of_a_cv_are_shared_as_what_they_are(
    program: Program, engine: Sequence[str], tmp_path: Path
) -> None:
    """A document of one's own proves nothing, and is no badge."""
    cv = tmp_path / "cv.txt"
    cv.write_text("Skills\n\nOrder picking in a cold store.\n", encoding="utf-8")

    ended = program("profile", str(cv), "--format", "json", "--link", *engine)

    assert (ended.code, ended.err) == (0, "")
    (skill,) = json.loads(ended.out)["skills"]
    assert (skill["name"], skill["state"], skill["how"]) == (
        "pick orders",
        "not proven",
        "document",
    )


@pytest.mark.parametrize(
    ("options", "ends"),
    [
        (("--format", "pdf"), (2, "html, json, markdown, clr, sd-jwt")),
        (("--format", "sd-jwt"), (2, "--key")),
        (("--only", "lead a teem"), (2, "lead a team")),
        (("--without", "Danish"), (2, "no skill")),
        (
            ("--without", "lead a team", "--without", "kitchen hygiene", "--only", "lead a team"),
            (2, "nothing is left"),
        ),
        (("--about", "@nowhere.txt"), (5, "nowhere.txt")),
        (("--issuers", "nowhere.toml"), (5, "nowhere.toml")),
    ],
)
def test_what_cannot_be_shared_is_refused_with_a_reason(
    program: Program, wallet: Path, options: tuple[str, ...], ends: tuple[int, str]
) -> None:
    """A typing error must not let a skill leave."""
    (wallet / "notes.txt").unlink()

    ended = profile(program, wallet, *options)

    assert ended.code == ends[0]
    assert ends[1] in ended.message
    assert ended.out == ""


def test_no_badge_at_all_is_told(program: Program, tmp_path: Path) -> None:
    """An empty page would look like a person without skills."""
    (tmp_path / "a.txt").write_text("hello", encoding="utf-8")
    folder = tmp_path / "empty"
    folder.mkdir()

    assert program("profile", str(folder)).code == 3
    assert program("profile").code == 3
    assert program("profile", str(tmp_path / "a.txt")).code == 3
