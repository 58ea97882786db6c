"""Lists of people: read with all faults, written whole or not at all, and again."""

from __future__ import annotations

import csv
import json
import re
import stat
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from skillmatch.cli.main import app
from skillmatch.errors import DataError, NotFoundError, RowError
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.errors import AbsentError
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, EvidenceRow, Person, View
from skillmatch_api.wire.services import Services
from tests.api.candidate_steps import badge, bearer, consented, issuers_file, registered
from tests.api.conftest import NOW, Authorised

_LIST = (
    "external_id,name,contact,languages,available_from,skills\n"
    "p-1,Ada Example,ada@example.org,EN|de,2027-01-01,Java; expert; 3 years|no such skill\n"
    "p-2,,,,,Git\n"
)


def _import(client: TestClient, headers: dict[str, str], text: str = _LIST) -> dict[str, object]:
    answer = client.post("/v1/candidates/import", json={"csv": text}, headers=headers)
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_a_list_makes_records_that_nobody_sees(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """Each of them still consents, or does not."""
    report = _import(client, authorised(Scope.PROVIDER))

    with store.reading() as session:
        people = session.scalars(select(Person).order_by(Person.external_id)).all()
        skills = session.scalars(select(EvidenceRow.label).order_by(EvidenceRow.label)).all()
    assert (report["created"], report["updated"]) == (2, 0)
    assert [(one.name, one.languages) for one in people] == [
        ("Ada Example", ["de", "en"]),
        ("", []),
    ]
    assert skills == ["Java (computer programming)", "use version control"]
    seen = client.get("/v1/candidates", headers=authorised(Scope.RECRUITER)).json()
    assert (seen["items"], seen["total"]) == ([], 0)


def test_the_report_names_skills_that_mean_nothing_here(
    client: TestClient, authorised: Authorised
) -> None:
    """They are not lost without a word."""
    rows = _import(client, authorised(Scope.ADMIN))["rows"]

    assert isinstance(rows, list)
    assert [(one["line"], one["unread"]) for one in rows] == [(2, ["no such skill"]), (3, [])]


def test_the_same_list_again_changes_nothing(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """And a changed row changes its person, and nobody else."""
    admin = authorised(Scope.ADMIN)
    _import(client, admin)

    same = _import(client, admin)
    changed = _import(client, admin, _LIST.replace("|Git", "").replace(",Git", ",Python"))

    assert (same["unchanged"], same["created"]) == (2, 0)
    assert (changed["unchanged"], changed["updated"]) == (1, 1)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 2
        assert session.scalar(select(func.count()).select_from(EvidenceRow)) == 2


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "external_id,available_from,languages,skills\n"
            ",2027-13-01,not a tag,Java; 99 years of it; -1 years\n"
            "p-1,,,\n"
            "p-1,,,\n",
            ["line 2: external_id is empty", "line 2: languages", "line 2: available_from"],
        ),
        (
            "external_id,skills\np-0,SQL|Java; ninja\np-1,\np-1,\n",
            ["line 2: skills, number 2: level “ninja” is none that is known; there are beginner"],
        ),
    ],
)
def test_every_faulty_row_is_named_and_nothing_is_written(
    client: TestClient, authorised: Authorised, store: Store, text: str, faults: list[str]
) -> None:
    """One round of mending is enough."""
    answer = client.post(
        "/v1/candidates/import", json={"csv": text}, headers=authorised(Scope.ADMIN)
    )

    told = [one["detail"] for one in answer.json()["faults"]]
    assert answer.status_code == 422
    for fault in (*faults, "line 4: external_id stands in line 3, too"):
        assert any(one.startswith(fault) for one in told), (fault, told)
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("external_id,langauges\np-1,de\n", "langauges"),
        ("external_id,name,name\np-1,a,b\n", "twice"),
        ("name\nAda\n", "external_id"),
        ("external_id\n" + "".join(f"p-{n}\n" for n in range(5_001)), "5,001 rows"),
        (
            "external_id,skills\n"
            + "".join(f"p-{n},{'|'.join(f's{n}-{m}' for m in range(50))}\n" for n in range(21)),
            "1,050 skills",
        ),
    ],
)
def test_a_table_that_is_no_such_list_is_refused(
    client: TestClient, authorised: Authorised, text: str, told: str
) -> None:
    """A column with a slip of the pen would otherwise be lost without a word."""
    answer = client.post(
        "/v1/candidates/import", json={"csv": text}, headers=authorised(Scope.ADMIN)
    )

    assert answer.status_code == 422
    assert told in answer.json()["detail"]


def test_learners_import_nobody(client: TestClient, authorised: Authorised) -> None:
    """Lists are the organisation's."""
    answer = client.post(
        "/v1/candidates/import", json={"csv": _LIST}, headers=authorised(Scope.LEARNER)
    )

    assert answer.status_code == 403


@pytest.fixture
def command_line(
    database_url: str, monkeypatch: pytest.MonkeyPatch, mini_matcher: Matcher, tmp_path: Path
) -> None:
    """The commands work on the database of the test, its clock and the small framework."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(tmp_path))
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", database_url)
    monkeypatch.setattr("skillmatch_api.wire.services.now", lambda: NOW)
    monkeypatch.setattr(Matcher, "open", lambda **_: nullcontext(mini_matcher))


def _run(*arguments: str, typed: str = "") -> Result:
    done = CliRunner().invoke(app, ["candidates", *arguments], catch_exceptions=False, input=typed)
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.usefixtures("command_line")
def test_an_imported_person_claims_consents_and_is_left_alone_by_the_next_import(
    client: TestClient, authorised: Authorised, tmp_path: Path
) -> None:
    """The whole way from a list to a candidate."""
    listed, out = tmp_path / "people.csv", tmp_path / "invitations.csv"
    listed.write_text(_LIST, encoding="utf-8")
    report = json.loads(_run("import", str(listed), "--invitations", str(out), "--json").stdout)
    codes = {
        row["external_id"]: row
        for row in csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    }

    claimed = client.post("/v1/candidates/claim", json={"code": codes["p-1"]["code"]}).json()
    headers = bearer(claimed["key"])
    path = f"/v1/candidates/{claimed['id']}"
    client.put(f"{path}/consent", json={"fields": ["name"]}, headers=headers)
    listed.write_text(_LIST.replace("Ada Example", "Somebody Else"), encoding="utf-8")
    again = json.loads(_run("import", str(listed), "--json").stdout)

    assert (report["created"], again["claimed"], again["unchanged"]) == (2, 1, 1)
    assert codes["p-1"]["contact"] == "ada@example.org"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    seen = client.get("/v1/candidates", headers=authorised(Scope.RECRUITER)).json()
    assert [one["name"] for one in seen["items"]] == ["Ada Example"]


@pytest.mark.usefixtures("command_line")
def test_every_code_that_an_operator_makes_is_in_the_audit_log(
    store: Store, tmp_path: Path
) -> None:
    """Whoever has a code can act as that person, so it must be seen that there was one."""
    listed = tmp_path / "people.csv"
    listed.write_text(_LIST, encoding="utf-8")

    _run("import", str(listed), "--invitations", str(tmp_path / "out.csv"))
    _run("invite", "p-2")

    with store.reading() as session:
        ids = {one.external_id: one.id for one in session.scalars(select(Person))}
        invited = session.execute(
            select(AuditEntry.subject, AuditEntry.by).where(AuditEntry.action == "candidate.invite")
        ).all()
    assert sorted(one.subject for one in invited) == sorted([ids["p-1"], ids["p-2"], ids["p-2"]])
    assert {one.by for one in invited} == {"operator"}


@pytest.mark.usefixtures("command_line")
def test_operators_show_the_state_of_a_record_and_not_what_it_says(
    client: TestClient, authorised: Authorised
) -> None:
    """Enough to help somebody on the telephone."""
    ada = registered(client, authorised)
    consented(client, ada, ["name", "evidence"])

    shown = _run("show", ada.id, "--json").stdout

    assert json.loads(shown)["shares"] == ["name", "evidence"]
    assert "Ada" not in shown
    assert "consented" in _run("show", ada.id).stdout


@pytest.mark.usefixtures("command_line")
def test_an_export_holds_everything_and_is_seen_by_the_person(
    client: TestClient, authorised: Authorised, store: Store, tmp_path: Path
) -> None:
    """Also where somebody asked for it by letter."""
    ada = registered(client, authorised)
    out = tmp_path / "ada.zip"

    exported = json.loads(_run("export", ada.id).stdout)
    _run("export", ada.id, "--output", str(out))

    assert exported["person"]["name"] == "Ada Example"
    assert out.read_bytes()[:2] == b"PK"
    with store.reading() as session:
        assert session.scalars(select(View.by)).all() == ["operator", "operator"]


@pytest.mark.usefixtures("command_line")
def test_an_erasure_asks_first(client: TestClient, authorised: Authorised, store: Store) -> None:
    """It cannot be taken back."""
    ada, bob = (registered(client, authorised) for _ in range(2))

    refused = CliRunner().invoke(app, ["candidates", "erase", ada.id], input="n\n")
    _run("erase", ada.id, typed="y\n")
    _run("erase", bob.id, "--yes")

    assert refused.exit_code != 0
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 0


@pytest.mark.usefixtures("command_line")
@pytest.mark.parametrize("command", ["show", "invite", "export", "erase"])
def test_commands_about_nobody_say_so(command: str) -> None:
    """With the id that was given, and the organisation that was looked in."""
    with pytest.raises(AbsentError, match="'p-9'"):
        CliRunner().invoke(app, ["candidates", command, "p-9"], catch_exceptions=False)


@pytest.mark.usefixtures("command_line")
def test_a_faulty_or_missing_file_ends_with_its_own_error(tmp_path: Path) -> None:
    """Errors become exit codes at the rim: 4 for faulty rows, 5 for what is not there."""
    (faulty := tmp_path / "faulty.csv").write_text("external_id\n \n", encoding="utf-8")
    (other := tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    for path, error in ((faulty, RowError), (other, DataError), (tmp_path / "no", NotFoundError)):
        with pytest.raises(error, match=re.escape(str(path))):
            CliRunner().invoke(app, ["candidates", "import", str(path)], catch_exceptions=False)


def test_a_list_with_another_contact_lets_badges_prove_nothing(
    matching: Services, authorised: Authorised, tmp_path: Path
) -> None:
    """A badge is verified for the contact that it names, however the contact is changed."""
    path = tmp_path / "issuers.toml"
    path.write_text(issuers_file(), encoding="utf-8")
    services = replace(matching, settings=replace(matching.settings, issuers=path))
    with TestClient(create_app(services), base_url="http://127.0.0.1") as client:
        staff = authorised(Scope.PROVIDER)
        _import(client, staff, "external_id,contact\np-1,ada@example.org\n")
        with services.store.reading() as session:
            found = session.scalars(select(Person.id)).one()
        client.post(
            f"/v1/candidates/{found}/evidence",
            json={"documents": [{"name": "badge.json", "json": badge()}]},
            headers=staff,
        ).raise_for_status()

        before = _assurances(services.store)
        _import(client, staff, "external_id,contact\np-1,mallory@example.org\n")

    assert before == ["verified"]
    assert _assurances(services.store) == ["documented"]


def _assurances(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(EvidenceRow.assurance)))
