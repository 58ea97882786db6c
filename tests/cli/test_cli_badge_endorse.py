"""From a key to a gap: a supervisor endorses a badge, and the learner's wallet proves the skill."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.cli.conftest import Ended, Program
from tests.issuing.issuing_samples import draft
from tests.mini_engine import uri

POSTING = "Requirements:\n- Python\n"
LEARNER = "lia@learner.example"
AT = "2026-03-02"


@pytest.fixture
def wallet(program: Program, tmp_path: Path) -> Path:
    """A folder with a badge of one key and an endorsement of it by another."""
    said = draft("Evening class", {"type": "Alignment", **aligned()})
    (tmp_path / "draft.json").write_text(json.dumps(said), encoding="utf-8")
    (tmp_path / "wallet").mkdir()
    for name in ("school", "rosa"):
        profile = {"type": ["Profile"], "name": name.title()}
        (tmp_path / f"{name}.json").write_text(json.dumps(profile), encoding="utf-8")
        made = program("badge", "key", "new", "--out", str(tmp_path / f"{name}.pem"), "--json")
        known = {"issuers": [{"id": json.loads(made.out)["did"], "name": name.title()}]}
        (tmp_path / f"knows-{name}.json").write_text(json.dumps(known), encoding="utf-8")
    moments = ("--created", AT)
    badge = str(tmp_path / "wallet" / "badge.json")
    issued = program(
        *("badge", "issue", str(tmp_path / "draft.json"), "--to", LEARNER, "--out", badge),
        *("--issuer", str(tmp_path / "school.json"), "--key", str(tmp_path / "school.pem")),
        *moments,
    )
    endorsed = program(
        *("badge", "endorse", badge, "--comment", "She tested all of our code for a year."),
        *("--by", str(tmp_path / "rosa.json"), "--key", str(tmp_path / "rosa.pem")),
        *("--out", str(tmp_path / "wallet" / "rosa.json"), *moments),
    )
    assert (issued.code, endorsed.code) == (0, 0)
    return tmp_path / "wallet"


def aligned() -> dict[str, str]:
    """Return what ties the badge to an invented skill."""
    return {"targetName": "Python", "targetUrl": uri("python"), "targetType": "ext:ESCOSkill"}


def gap(program: Program, engine: Sequence[str], wallet: Path, *options: str) -> Ended:
    """Run ``gap`` over the wallet, as its owner, on the day after the endorsement."""
    posting = wallet.parent / "posting.txt"
    posting.write_text(POSTING, encoding="utf-8")
    return program(
        *("gap", str(posting), "--evidence", str(wallet), "--recipient", LEARNER),
        *("--at", AT, *options, *engine),
    )


def test_a_known_endorser_proves_a_skill(
    program: Program, engine: Sequence[str], wallet: Path
) -> None:
    """Whoever reads the report is told who vouches, and where it says so."""
    known = str(wallet.parent / "knows-rosa.json")

    ended = gap(program, engine, wallet, "--issuers", known, "--json")

    (found,) = json.loads(ended.out)["gaps"]
    assert (found["state"], found["assurance"]) == ("proven", "endorsed")
    kinds = {one["kind"]: one["assurance"] for one in found["evidence"]}
    assert kinds == {"badge": "documented", "endorsement": "endorsed"}
    assert "in the endorsement rosa.json from Rosa" in found["reason"]


def test_a_verified_badge_stands_before_its_endorsement(
    program: Program, engine: Sequence[str], wallet: Path
) -> None:
    """The issuer's own word is the better proof."""
    known = str(wallet.parent / "knows-school.json")

    ended = gap(program, engine, wallet, "--issuers", known, "--json")

    (found,) = json.loads(ended.out)["gaps"]
    assert (found["state"], found["assurance"]) == ("proven", "verified")


def test_without_known_issuers_nothing_is_proven_and_both_say_why(
    program: Program, engine: Sequence[str], wallet: Path
) -> None:
    """Both keys could be the learner's own."""
    ended = gap(program, engine, wallet, "--json")

    (found,) = json.loads(ended.out)["gaps"]
    assert found["state"] == "claimed"
    assert {one["assurance"] for one in found["evidence"]} == {"documented"}
    assert all("to mend it" in one["reason"] for one in found["evidence"])


def test_the_comment_of_an_endorser_stays_out_of_a_gap(
    program: Program, engine: Sequence[str], wallet: Path
) -> None:
    """It speaks of a person, and a gap report is sent around."""
    known = str(wallet.parent / "knows-rosa.json")

    for form in ("text", "json", "markdown", "html"):
        ended = gap(program, engine, wallet, "--issuers", known, "--format", form)

        assert "Rosa" in ended.out
        assert "tested all of our code" not in ended.out
        assert LEARNER not in ended.out


def test_a_wallet_with_an_endorsement_verifies_as_its_owners(
    program: Program, wallet: Path
) -> None:
    """An endorsement is about the badge; it is not asked whose it is."""
    ended = program("badge", "verify", str(wallet), "--recipient", LEARNER, "--at", AT, "--json")

    shown = json.loads(ended.out)["credentials"]
    asked = {
        one["source"]: {check["check"]: check["state"] for check in one["checks"]} for one in shown
    }
    assert asked["badge.json"]["recipient"] == "valid"
    assert "recipient" not in asked["rosa.json"]
