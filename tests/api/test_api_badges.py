"""``/v1/badges`` and ``/v1/demand`` answer with what the commands print for the same files."""

from __future__ import annotations

import base64
import hashlib
import json
import tempfile
import tomllib
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from skillmatch.cli.main import app as program
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.engine.named_bytes import NamedBytes
from skillmatch_api.errors import AbsentError
from skillmatch_api.jobs.placed_files import placed
from skillmatch_api.routes.badges import MAX_ONLINE
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised, CommandLine

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "examples" / "badges"
BADGE: Mapping[str, Any] = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "BadgeClass",
    "id": "https://academy.example/badges/stock",
    "name": "Stock",
    "description": "Share documents",
    "criteria": {"narrative": "Earners pick orders and know about things"},
    "alignment": [
        {"targetName": "send faxes", "targetUrl": "http://example.org/esco/skill/send-faxes"}
    ],
}


@pytest.fixture
def key(authorised: Authorised) -> dict[str, str]:
    """A provider's key."""
    return authorised(Scope.PROVIDER)


def printed(*arguments: str) -> str:
    """Return what a command prints that needs no engine."""
    ended = CliRunner().invoke(program, arguments)
    assert ended.exit_code in {0, 1}, ended.output
    return ended.stdout


def sent(path: Path) -> dict[str, str]:
    """Return a file as a document of a request."""
    return {"name": path.name, "base64": base64.b64encode(path.read_bytes()).decode()}


def test_shown_badges_have_the_bytes_of_the_command(
    client: TestClient, key: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wallet with a bad member, a badge, and a file that is none: the bad ones are listed."""
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("wallet.zip", "w") as archive:
        archive.writestr("good.json", json.dumps(BADGE))
        archive.writestr("bad.json", "{")
    Path("note.json").write_text('{"a": 1}')
    Path("badge.json").write_text(json.dumps(BADGE))
    names = ("wallet.zip", "note.json", "badge.json")
    ended = CliRunner().invoke(program, ["badge", "show", *names, "--json"])

    answer = client.post(
        "/v1/badges/show", headers=key, json={"badges": [sent(Path(name)) for name in names]}
    )

    assert answer.status_code == 200, answer.text
    assert answer.text == ended.stdout
    assert [one["source"] for one in answer.json()["unread"]] == [
        "wallet.zip!bad.json",
        "note.json",
    ]


def test_files_without_any_badge_are_told_of_by_name(
    client: TestClient, key: dict[str, str]
) -> None:
    """Each is named, so that one knows which upload to look at."""
    files = [{"name": "a.json", "text": "{"}, {"name": "b.json", "json": {"a": 1}}]

    answer = client.post("/v1/badges/show", headers=key, json={"badges": files})

    assert answer.status_code == 422
    assert "a.json" in answer.json()["detail"]
    assert "b.json" in answer.json()["detail"]


def test_a_check_with_issuers_and_documents_has_the_bytes_of_the_command(
    client: TestClient, key: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Issuers and documents come in the request in place of the files of the command line."""
    folder = EXAMPLES / "verify"
    monkeypatch.chdir(folder)
    issuers = tomllib.loads((EXAMPLES / "known-issuers.toml").read_text())["issuer"]
    listed = tomllib.loads((folder / "documents.toml").read_text())
    documents = {url: sent(folder / one["path"]) for url, one in listed.items()}
    expected = printed(
        "badge", "verify", "knife-skills.json", "--issuers", "../known-issuers.toml",
        "--documents", "documents.toml", "--at", "2026-11-30", "--json",
    )  # fmt: skip

    answer = client.post(
        "/v1/badges/verify",
        headers=key,
        json={
            "badges": [sent(folder / "knife-skills.json")],
            "issuers": issuers,
            "documents": documents,
            "at": "2026-11-30",
        },
    )

    assert answer.status_code == 200, answer.text
    assert answer.text == expected
    assert answer.json()["assurance"] == "verified"


def test_nothing_is_fetched_where_the_operator_has_not_allowed_it(
    client: TestClient, key: dict[str, str]
) -> None:
    """A request must not make the service ask addresses that stand in a stranger's badge."""
    body = {"badges": [{"name": "b.json", "json": BADGE}], "online": True}

    answer = client.post("/v1/badges/verify", headers=key, json=body)

    assert answer.status_code == 422
    assert "SKILLMATCH_ONLINE" in answer.json()["detail"]


def test_few_credentials_at_a_time_may_ask_the_web(matching: Services, key: dict[str, str]) -> None:
    """Slow hosts that a stranger's badges name must not hold the service for minutes."""
    library = replace(matching.settings.library, allow_network=True)
    settings = replace(matching.settings, library=library)
    badges = [{"name": f"{place}.json", "json": BADGE} for place in range(MAX_ONLINE + 1)]

    with TestClient(create_app(replace(matching, settings=settings))) as client:
        answer = client.post(
            "/v1/badges/verify", headers=key, json={"badges": badges, "online": True}
        )

    assert answer.status_code == 422
    assert f"at most {MAX_ONLINE}" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("accept", "form"), [("application/json", "json"), ("application/sarif+json", "sarif")]
)
def test_the_lint_has_the_bytes_of_the_command_in_each_form(
    client: TestClient, key: dict[str, str], tmp_path: Path, accept: str, form: str
) -> None:
    """Several files are judged as a folder of them is, and SARIF comes by ``Accept``."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(BADGE))
    (folder / "b.json").write_text("{")
    (tmp_path / "rules.toml").write_text('[off]\nB10 = "no versions here"\n')
    expected = printed(
        "badge", "lint", str(folder), "--rules", str(tmp_path / "rules.toml"),
        "--review-by", "2026-11-30", "--format", form,
    )  # fmt: skip

    answer = client.post(
        "/v1/badges/lint",
        headers={**key, "Accept": accept},
        json={
            "badges": [sent(folder / "b.json"), sent(folder / "a.json")],
            "off": {"B10": "no versions here"},
            "review_by": "2026-11-30",
        },
    )

    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == accept
    assert answer.text == expected


def test_a_rule_that_there_is_not_cannot_be_switched_off(
    client: TestClient, key: dict[str, str]
) -> None:
    """All faults at once, as in a rules file."""
    body = {"badges": [{"name": "b.json", "json": BADGE}], "off": {"Z9": "no", "B10": " "}}

    answer = client.post("/v1/badges/lint", headers=key, json=body)

    assert answer.status_code == 422
    assert "Z9" in answer.json()["detail"]
    assert "B10 has no reason" in answer.json()["detail"]


def test_alignments_have_the_bytes_of_the_command(
    client: TestClient, key: dict[str, str], command_line: CommandLine, tmp_path: Path
) -> None:
    """A badge that has an alignment already: both what is proposed and what is questioned."""
    (tmp_path / "stock.json").write_text(json.dumps(BADGE))
    expected = command_line("badge", "align", str(tmp_path / "stock.json"), "--json", "--top", "3")

    answer = client.post(
        "/v1/badges/align",
        headers=key,
        json={"badges": [sent(tmp_path / "stock.json")], "top": 3},
    )

    assert answer.status_code == 200, answer.text
    assert answer.text == expected
    assert answer.json()["badges"][0]["proposals"]
    assert answer.json()["badges"][0]["findings"][0]["state"] == "questioned"


def test_a_sheet_of_outcomes_is_aligned_beside_badges(
    client: TestClient, key: dict[str, str]
) -> None:
    """A provider has both; a file that is neither is a note and no reason to refuse the others."""
    sheet = "course,outcome\nWarehouse,Earners pick orders\n"
    files = [
        {"name": "courses.csv", "text": sheet},
        {"name": "stock.json", "json": BADGE},
        {"name": "stock.json", "json": BADGE},
        {"name": "notes.json", "json": {"a": 1}},
    ]

    answer = client.post("/v1/badges/align", headers=key, json={"badges": files})

    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [one["name"] for one in found["badges"]] == ["Warehouse", "Stock"]
    assert [one.partition(" ")[0] for one in found["notes"]] == ["notes.json"]
    assert tempfile.gettempdir() not in answer.text


def test_demand_has_the_bytes_of_the_command(
    client: TestClient,
    key: dict[str, str],
    command_line: CommandLine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Postings and a sheet of offers as files, once as JSON and once as the chart."""
    monkeypatch.chdir(tmp_path)
    Path("job.txt").write_text("Requirements:\n- Python 3\n- order picking\n")
    Path("empty.txt").write_text("Hello.\n")
    Path("offers.csv").write_text("id,name,skills\nstock-1,Stock,order picking\n")
    arguments = (
        "demand",
        "job.txt",
        "empty.txt",
        "--catalogue",
        "offers.csv",
        "--at",
        "2026-11-22",
    )
    body = {
        "postings": [sent(Path("job.txt")), sent(Path("empty.txt"))],
        "catalogue": [sent(Path("offers.csv"))],
        "at": "2026-11-22",
    }

    as_json = client.post("/v1/demand", headers=key, json=body)
    as_chart = client.post("/v1/demand", headers={**key, "Accept": "image/svg+xml"}, json=body)

    assert as_json.status_code == 200, as_json.text
    assert as_json.text == command_line(*arguments, "--json")
    assert as_chart.text == command_line(*arguments, "--format", "svg")
    assert as_json.json()["skills"][0]["examples"][0]["source"] == "job.txt"


def test_postings_that_ask_for_nothing_are_no_demand(
    client: TestClient, key: dict[str, str]
) -> None:
    """Nothing readable must never look like nothing asked for."""
    body = {
        "postings": [{"name": "hello.txt", "text": "Hello."}],
        "catalogue": [{"name": "o.csv", "text": "id,name,skills\na,A,order picking\n"}],
    }

    answer = client.post("/v1/demand", headers=key, json=body)

    assert answer.status_code == 422
    assert "hello.txt" in answer.json()["detail"]
    assert tempfile.gettempdir() not in answer.text


def test_files_lie_under_their_own_names_and_nowhere_else(tmp_path: Path) -> None:
    """Names come from strangers: none may leave the folder, hide a file, or overwrite another."""
    names = [
        "../../etc/passwd", "..", "", "a.json", "A.JSON", "c:\\windows\\a.json", ".hidden",
        "x" * 500 + ".csv", "\u0633" * 300, "a\0b.json", "CON", "\N{GRINNING FACE}" * 100 + ".md",
    ]  # fmt: skip
    files = [NamedBytes(name=name, data=name.encode()) for name in names]

    with placed(files) as at:
        lying = sorted(at.folder.rglob("*"))
        found = [hashlib.sha256(path.read_bytes()).digest() for path in at.paths]

    assert lying == sorted(at.paths)
    assert found == [hashlib.sha256(name.encode()).digest() for name in names]
    assert all(path.parent == at.folder and not path.name.startswith(".") for path in at.paths)
    assert at.paths[7].suffix == ".csv"
    assert not at.folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_an_error_does_not_name_the_folder_of_the_server() -> None:
    """Where the service keeps files for a moment is nobody's business."""
    with (
        pytest.raises(Exception, match=r"^a\.json: no good$") as caught,
        placed([NamedBytes(name="a.json", data=b"")]) as at,
    ):
        raise AbsentError(f"{at.paths[0]}: no good")

    assert "/" not in str(caught.value)
