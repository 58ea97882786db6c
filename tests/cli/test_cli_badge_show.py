"""``badge show`` and ``gap --evidence`` over the example wallet and over bad files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from skillmatch.cli.exits import Exit, exit_code
from skillmatch.cli.main import app
from skillmatch.errors import SkillmatchError
from skillmatch.readers.credentials import read_wallet
from skillmatch.service.verifying import Verifier
from skillmatch.service.wallets import end_of_day
from skillmatch.trust.verify import assurance

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples" / "badges"
WALLET = EXAMPLES / "wallet"


def run(*arguments: str) -> str:
    """Run the program and return what it prints."""
    result = CliRunner().invoke(app, ["badge", "show", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_the_example_wallet_is_shown() -> None:
    """It is the first command that a learner copies."""
    text = run(str(WALLET))

    for name in ("Python in the Evening", "Tested Code", "SQL First Steps", "Containers"):
        assert name in text
    assert "jonah@ferrierwade.example" not in text


def test_json_is_printed_on_request() -> None:
    """With the recipient only where asked for."""
    shown = json.loads(run(str(WALLET), "--json", "--recipient"))

    assert shown["schema_version"] == "wallet-1"
    assert len(shown["credentials"]) == 5
    assert shown["credentials"][0]["recipient"]["id"] == "mailto:jonah@ferrierwade.example"


def test_an_unreadable_file_beside_others_is_listed(tmp_path: Path) -> None:
    """One bad file does not hide the good ones, and a script is told of it."""
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    files = [str(tmp_path / "bad.json"), str(WALLET / "containers.png")]

    shown = CliRunner().invoke(app, ["badge", "show", *files])

    assert shown.exit_code == Exit.BAD_INPUT
    assert "Containers" in shown.stdout
    assert "it is no JSON" in " ".join(shown.stdout.split())


def test_an_unknown_format_is_a_usage_error() -> None:
    """Before anything is read."""
    with pytest.raises(SkillmatchError, match="no format 'yaml'") as caught:
        run(str(WALLET), "--format", "yaml")

    assert exit_code(caught.value) is Exit.USAGE


def test_the_example_wallet_is_what_its_table_says() -> None:
    """Signatures of examples break when a file is reformatted."""
    verifier = Verifier.open(
        at=end_of_day(None).replace(year=2026, month=11, day=30),
        issuers=EXAMPLES / "known-issuers.toml",
        recipient=["jonah@ferrierwade.example"],
    )

    worth = {
        one.source: assurance(verifier.verify(one))[0].value
        for one in read_wallet(WALLET).credentials
    }

    assert worth == {
        "containers.png": "invalid",
        "open-source-volunteer.json": "documented",
        "python-evening-course.json": "verified",
        "sql-first-steps.json": "documented",
        "tested-code.svg": "verified",
    }
