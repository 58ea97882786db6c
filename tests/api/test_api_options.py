"""Problems speak of fields of requests, and never of options that nobody can send."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.wire.answers.options import FIELDS, in_fields
from skillmatch_api.wire.given.asked import AskedIn
from skillmatch_api.wire.given.badge_checks import BadgeChecks
from skillmatch_api.wire.given.planned import PlanIn
from tests.api.conftest import Authorised

ENGINE = Path(__file__).resolve().parents[2] / "src" / "skillmatch"
REQUESTED = ("service/planning.py", "service/wallets.py", "service/plan_limits.py")
PLANNING = ENGINE / "pathway" / "planning"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            "name the identities that they were issued to with --recipient",
            "name the identities that they were issued to with `recipient`",
        ),
        ("--hours-per-week 0: say how many", "`hours_per_week` 0: say how many"),
        (
            "--max-cost is in EUR, but --currency is USD",
            "`max_cost` is in EUR, but `currency` is USD",
        ),
        ("it costs USD; give --rate USD=… in EUR", "it costs USD; give `rates` USD=… in EUR"),
        ("    --occupation http://example.org/a", "    `occupation` http://example.org/a"),
        (
            "try other words with `skillmatch search TEXT --kind occupation`",
            "try other words with GET /v1/occupations?query=TEXT",
        ),
    ],
)
def test_options_become_fields(said: str, told: str) -> None:
    """Whoever sends JSON cannot send an option."""
    assert in_fields(said) == told


@pytest.mark.parametrize(
    "said",
    [
        "`skillmatch frameworks install esco@1.1.1 --from FOLDER`",
        "the file a--by.txt is empty",
        "run: qpdf --decrypt --password=... IN OUT",
        "--by-the-way is no option",
    ],
)
def test_what_is_no_option_of_a_request_stays(said: str) -> None:
    """A command is typed as it stands, and a name of a file is somebody's word."""
    assert in_fields(said) == said


def test_every_field_of_the_table_is_one_that_requests_have() -> None:
    """A field that is not there would be the next riddle."""
    known = {*AskedIn.model_fields, *PlanIn.model_fields, *BadgeChecks.model_fields, "name"}

    assert set(FIELDS.values()) - known == set()


@pytest.mark.parametrize(
    "path", [*(ENGINE / one for one in REQUESTED), *sorted(PLANNING.glob("*.py"))], ids=str
)
def test_what_planning_and_badges_say_names_known_options_only(path: Path) -> None:
    """An option that the table lacks would reach whoever sends a request."""
    texts = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]

    left = {one for text in texts for one in re.findall(r"(?<![\w`])--[a-z-]+", in_fields(text))}

    assert left == set()


def test_a_problem_says_the_field(client: TestClient, authorised: Authorised) -> None:
    """The table is asked where problems are made, so that no route can forget it."""
    key = authorised("learner")
    body = {"posting": "Requirements\n- Python", "have": ["x" * 400]}
    answer = client.post("/v1/gap", json=body, headers=key)
    occupation = client.get("/v1/occupations/zzqx", headers=key)

    assert answer.status_code == 422
    assert "--" not in answer.text
    assert "`evidence`" in answer.text
    assert occupation.status_code == 404
    assert "GET /v1/occupations?query=TEXT" in occupation.json()["detail"]
