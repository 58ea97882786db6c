"""``/v1/gap``, ``/v1/requirements`` and ``/v1/link``: the same bytes as the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from skillmatch_api.access.principal import Scope
from tests.api.conftest import Authorised, CommandLine
from tests.mini_engine import JOB, uri

# PostgreSQL would be asked for nothing but keys, which tests of their own do.
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)

POSTING = """Junior developer

Requirements:
- Python 3
- Must have order picking
- Excel is a plus
- A valid driving licence

Benefits
We offer free lunch and a pension.
"""
CV = "# Skills\n\nOrder picking since 2020.\n"
DAY = "2026-03-01"


@pytest.fixture
def key(authorised: Authorised) -> dict[str, str]:
    """A learner's key."""
    return authorised(Scope.LEARNER)


def test_the_gap_has_the_bytes_of_the_command_line(
    client: TestClient, key: dict[str, str], command_line: CommandLine, tmp_path: Path
) -> None:
    """One value, whichever way it is asked for: a posting and a CV as files, skills by name."""
    (tmp_path / "job.txt").write_text(POSTING, encoding="utf-8")
    (tmp_path / "cv.md").write_text(CV, encoding="utf-8")
    printed = command_line(
        "gap", str(tmp_path / "job.txt"), "--evidence", str(tmp_path / "cv.md"),
        "--have", "Python; 2 years, zzqx", "--at", DAY, "--json",
    )  # fmt: skip

    answer = client.post(
        "/v1/gap",
        headers=key,
        json={
            "posting": {"name": "job.txt", "text": POSTING},
            "evidence": [{"name": "cv.md", "text": CV}],
            "have": ["Python; 2 years, zzqx"],
            "at": DAY,
        },
    )

    assert answer.status_code == 200, answer.text
    assert answer.text == printed


def test_a_posting_as_text_is_standard_input(
    client: TestClient, key: dict[str, str], command_line: CommandLine
) -> None:
    """The shortest request there is."""
    printed = command_line("gap", "-", "--at", DAY, "--json", stdin=POSTING.encode())

    answer = client.post("/v1/gap", headers=key, json={"posting": POSTING, "at": DAY})

    assert answer.text == printed


def test_an_occupation_has_the_bytes_of_the_command_line(
    client: TestClient, key: dict[str, str], command_line: CommandLine
) -> None:
    """By URI or by code."""
    printed = command_line("gap", "--occupation", "5120.1", "--at", DAY, "--json")

    for asked in (JOB + "cook", "5120.1"):
        answer = client.post("/v1/gap", headers=key, json={"occupation": asked, "at": DAY})

        assert answer.text == printed


@pytest.mark.parametrize("form", ["markdown", "svg", "text"])
def test_accept_gives_the_reports_of_the_command_line(
    form: str, client: TestClient, key: dict[str, str], command_line: CommandLine
) -> None:
    """A person who wants a picture asks for a picture."""
    media = {"markdown": "text/markdown", "svg": "image/svg+xml", "text": "text/plain"}[form]
    printed = command_line("gap", "-", "--at", DAY, "--format", form, stdin=POSTING.encode())

    answer = client.post(
        "/v1/gap", headers={**key, "Accept": media}, json={"posting": POSTING, "at": DAY}
    )

    assert answer.headers["content-type"].startswith(media)
    assert answer.text.rstrip() == printed.rstrip()


def test_a_report_as_a_page_may_do_nothing(client: TestClient, key: dict[str, str]) -> None:
    """It quotes what anybody wrote, and is served from the address of the service."""
    body = {"posting": POSTING + "<script>alert(1)</script>", "at": DAY}

    answer = client.post("/v1/gap", headers={**key, "Accept": "text/html"}, json=body)

    assert "<script" not in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]


def test_a_form_that_there_is_not_is_refused(client: TestClient, key: dict[str, str]) -> None:
    """Rather than answered with something else."""
    headers = {**key, "Accept": "image/png"}

    answer = client.post("/v1/gap", headers=headers, json={"posting": POSTING})

    assert answer.status_code == 406
    assert "image/svg+xml" in answer.json()["detail"]


def test_a_checklist_goes_round_and_can_be_edited(client: TestClient, key: dict[str, str]) -> None:
    """What a page shows for review: unedited it changes nothing, edited it is what counts."""
    plain = client.post("/v1/gap", headers=key, json={"posting": POSTING, "at": DAY}).json()
    checklist = client.post("/v1/requirements", headers=key, json={"posting": POSTING}).json()

    again = client.post("/v1/gap", headers=key, json={"requirements": checklist, "at": DAY}).json()
    edited = {**checklist, "requirements": [{"label": "teamwork", "necessity": "nice"}]}
    other = client.post("/v1/gap", headers=key, json={"requirements": edited, "at": DAY}).json()

    assert checklist == plain["checklist"]
    assert again["gaps"] == plain["gaps"]
    assert [one["requirement"]["uri"] for one in other["gaps"]] == [uri("teamwork")]


def test_all_faults_of_a_checklist_are_named(client: TestClient, key: dict[str, str]) -> None:
    """A person mends them in one go."""
    rows: list[dict[str, Any]] = [{"label": "zzqx"}, {}, {"label": "Git"}, {"uri": uri("git")}]

    answer = client.post("/v1/gap", headers=key, json={"requirements": {"requirements": rows}})

    assert answer.status_code == 422
    detail = answer.json()["detail"]
    assert "/requirements/0: no skill is called 'zzqx'" in detail
    assert "/requirements/1: a requirement needs" in detail


def test_nothing_readable_is_a_problem_and_no_empty_gap(
    client: TestClient, key: dict[str, str]
) -> None:
    """It must never look like a person who lacks nothing."""
    body = {"posting": "Benefits\nWe offer free lunch and a pension.\n"}

    answer = client.post("/v1/gap", headers=key, json=body)

    assert answer.status_code == 422
    assert "nothing readable found" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"posting": POSTING, "occupation": "5120.1"}, 422),
        ({"posting": POSTING, "unknown": 1}, 422),
        ({"posting": " "}, 422),
        ({"posting": POSTING, "have": ["Python; 900 years"]}, 422),
        ({"posting": POSTING, "evidence": [{"name": "a.pdf", "text": "no pdf"}]}, 422),
        ({"posting": POSTING, "online": True}, 422),
        ({"occupation": "cook"}, 422),
        ({"occupation": "http://example.org/none"}, 404),
    ],
)
def test_what_cannot_be_is_one_clear_problem(
    body: dict[str, Any], status: int, client: TestClient, key: dict[str, str]
) -> None:
    """Never a guess, never a stack trace."""
    answer = client.post("/v1/gap", headers=key, json=body)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


def test_links_have_the_values_of_the_command_line(
    client: TestClient, key: dict[str, str], command_line: CommandLine, tmp_path: Path
) -> None:
    """One item for each text, in order."""
    texts = ["order picking", "zzqx", "Python and Excel"]
    lines = [json.dumps({"id": place, "text": text}) for place, text in enumerate(texts)]
    (tmp_path / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    printed = command_line("link", str(tmp_path / "texts.jsonl"), "--top", "2")

    answer = client.post("/v1/link", headers=key, json={"texts": texts, "top": 2})

    assert answer.json() == [json.loads(line) for line in printed.splitlines()]
    assert answer.text == "[" + ",\n".join(printed.splitlines()) + "]\n"


@pytest.mark.parametrize("path", ["/v1/gap", "/v1/requirements", "/v1/link"])
def test_without_a_key_nothing_is_read(path: str, client: TestClient) -> None:
    """Nothing but health is open."""
    body = {"posting": POSTING} if path != "/v1/link" else {"texts": ["a"]}

    assert client.post(path, json=body).status_code == 401
