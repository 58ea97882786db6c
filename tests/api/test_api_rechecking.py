"""Stored badges checked again: what was taken back counts no more, and nothing else changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from skillmatch.cli.main import app as program
from skillmatch.errors import UsageError
from skillmatch.issuing.signing import sign_data_integrity
from skillmatch.service.matcher import Matcher
from skillmatch.service.verifying import Verifier
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.errors import AbsentError
from skillmatch_api.people.adding import Found
from skillmatch_api.people.recheck_runs import RecheckRun, Run, Whose
from skillmatch_api.people.stored_badges import StoredBadges
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, EvidenceRow, Person, StoredDocument
from skillmatch_api.wire.process.working import workers_of
from skillmatch_api.wire.services import Services
from tests.api.candidate_steps import (
    SKILLS,
    Registered,
    badge,
    consented,
    issuers_file,
    registered,
)
from tests.api.conftest import NOW, Authorised
from tests.api.job_steps import Clock
from tests.issuing.issuing_samples import award, credential, draft, key
from tests.trust.test_trust_status import LIST_URL, encoded, entry, status_list

LATER = NOW + timedelta(days=3)
BADGE = {"name": "badge.json", "json": badge()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """The files and the clock of whoever runs the service.

    Attributes:
        issuers: File of known issuers.
        documents: Map of documents.
    """

    services: Services
    clock: Clock
    issuers: Path
    documents: Path

    def forgets_the_issuer(self) -> None:
        """Take the issuer of ``badge`` out of the known ones."""
        other = '[[issuer]]\nid = "https://other.example/issuer"\nname = "Another School"\n'
        self.issuers.write_text(other, encoding="utf-8")

    def lists(self, *revoked: int) -> None:
        """Put a status list that marks some places among the documents."""
        made = {**status_list(encodedList=encoded(*revoked)), "issuer": key().did}
        text = json.dumps(sign_data_integrity(made, key(), created=_SIGNED))
        self.documents.with_name("list.json").write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        entry_ = {LIST_URL: {"path": "list.json", "sha256": digest}}
        self.documents.write_text(json.dumps(entry_), encoding="utf-8")

    def checks(self, person_id: str = "", *, before: datetime | None = None) -> Run:
        """Check everybody again, or one person."""
        store = self.services.store
        with store.writing() as session:
            tenant_id = tenant_named(session, "default", at=NOW).id
        run = RecheckRun(
            store=store,
            settings=self.services.settings,
            matcher=self.services.matchers.opening(),
            clock=self.clock,
            by="operator",
        )
        whose = Whose(tenant_id=tenant_id, person_id=person_id, before=before or self.clock())
        return run.check(whose, lambda *_: None)


_SIGNED = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def operator(matching: Services, tmp_path: Path) -> Operator:
    """One who knows the issuer of ``badge`` and has a list that revokes nothing."""
    clock = Clock(NOW)
    issuers, documents = tmp_path / "issuers.toml", tmp_path / "documents.json"
    issuers.write_text(issuers_file(), encoding="utf-8")
    settings = replace(matching.settings, issuers=issuers, badge_documents=documents)
    services = replace(matching, settings=settings, clock=clock)
    made = Operator(services=services, clock=clock, issuers=issuers, documents=documents)
    made.lists()
    return made


@pytest.fixture
def client(operator: Operator) -> Iterator[TestClient]:
    """A client of the operator's service."""
    with TestClient(create_app(operator.services), base_url="http://127.0.0.1") as opened:
        yield opened


@pytest.fixture
def ada(client: TestClient, authorised: Authorised) -> Registered:
    """Somebody who may be found, with a verified badge for Python."""
    person = registered(client, authorised)
    consented(client, person)
    _add(client, person, BADGE)
    return person


def _add(client: TestClient, person: Registered, *documents: dict[str, Any]) -> None:
    answer = client.post(
        f"{person.path}/evidence", json={"documents": list(documents)}, headers=person.headers
    )
    assert answer.status_code == 201, answer.text


def _pieces(client: TestClient, person: Registered) -> list[dict[str, Any]]:
    answer = client.get(f"{person.path}/evidence", headers=person.headers)
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def _revocable() -> dict[str, Any]:
    """A badge whose place in the status list is 7."""
    meant = {"type": "Alignment", "targetName": "Python", "targetUrl": f"{SKILLS}python"}
    made = credential(of=draft("Python course", meant), to=award("ada@example.org"))
    return sign_data_integrity({**made, "credentialStatus": entry()}, key(), created=_SIGNED)


def test_a_badge_that_was_revoked_is_refused_from_the_next_check_on(
    client: TestClient, authorised: Authorised, operator: Operator
) -> None:
    """An issuer takes back what was wrong; nobody may be ranked by it for ever."""
    ada = registered(client, authorised)
    consented(client, ada)
    _add(client, ada, {"name": "badge.json", "json": _revocable()})
    asked = {"skills": [{"concept": f"{SKILLS}python"}]}
    recruiter = authorised(Scope.RECRUITER)
    before = client.post("/v1/candidates/search", json=asked, headers=recruiter).json()

    operator.lists(7)
    operator.clock.now = LATER
    run = operator.checks()
    after = client.post("/v1/candidates/search", json=asked, headers=recruiter).json()

    assert before["candidates"][0]["skills"][0]["state"] == "proven"
    assert after["total"] == 0
    assert (run.people, run.outcome.pieces, run.outcome.lost) == (1, 1, 1)
    (piece,) = _pieces(client, ada)
    assert piece["assurance"] == "invalid"
    assert "status" in piece["reason"]


def test_a_badge_of_an_issuer_who_is_believed_no_more_proves_nothing_until_it_is_again(
    client: TestClient, ada: Registered, operator: Operator
) -> None:
    """In both directions it is as if the badge were added at that moment."""
    first = _pieces(client, ada)
    known = operator.issuers.read_text(encoding="utf-8")

    operator.forgets_the_issuer()
    operator.clock.now = LATER
    lost = operator.checks()
    doubted = _pieces(client, ada)
    operator.issuers.write_text(known, encoding="utf-8")
    operator.clock.now = LATER + timedelta(days=1)
    won = operator.checks()

    assert [one["assurance"] for one in doubted] == ["documented"]
    assert (lost.outcome.lost, won.outcome.won) == (1, 1)
    again = _pieces(client, ada)
    assert again == [{**first[0], "checked_at": "2026-11-26T12:00:00Z"}]


def test_a_check_finds_what_adding_again_finds(
    client: TestClient, ada: Registered, operator: Operator
) -> None:
    """There is one way to judge a badge, whoever asks for it."""
    operator.forgets_the_issuer()
    operator.clock.now = LATER

    operator.checks()
    (checked,) = _pieces(client, ada)
    _add(client, ada, BADGE)
    (added,) = _pieces(client, ada)

    assert {**checked, "id": ""} == {**added, "id": ""}


def test_a_check_that_finds_nothing_new_changes_only_its_day(
    client: TestClient, ada: Registered, operator: Operator
) -> None:
    """Whoever edits their record meanwhile is not told that somebody else changed it."""
    before = client.get(ada.path, headers=ada.headers)
    (first,) = _pieces(client, ada)

    operator.clock.now = LATER
    run = operator.checks()

    (piece,) = _pieces(client, ada)
    assert piece == {**first, "checked_at": "2026-11-25T12:00:00Z"}
    assert client.get(ada.path, headers=ada.headers).headers["etag"] == before.headers["etag"]
    assert (run.outcome.pieces, run.outcome.changed) == (1, 0)


def test_claims_and_documents_are_not_checked(
    client: TestClient, authorised: Authorised, operator: Operator
) -> None:
    """Nobody vouches for them, so there is nothing to look at."""
    bob = registered(client, authorised)
    client.post(f"{bob.path}/evidence", json={"have": ["Java"]}, headers=bob.headers)
    _add(client, bob, {"name": "cv.txt", "text": "I use Git every day."})
    before = _pieces(client, bob)

    operator.clock.now = LATER
    run = operator.checks()

    assert run.people == 0
    assert _pieces(client, bob) == before


Judge = Callable[[StoredBadges, list[EvidenceRow], Matcher, Verifier], dict[str, "Found | None"]]


def _meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """Let something happen after badges were checked and before that is written."""
    judge: Judge = StoredBadges.judge

    def slowly(
        badges: StoredBadges, rows: list[EvidenceRow], matcher: Matcher, verifier: Verifier
    ) -> dict[str, Found | None]:
        found = judge(badges, rows, matcher, verifier)
        happens()
        return found

    monkeypatch.setattr(StoredBadges, "judge", slowly)


def test_a_contact_that_changes_while_badges_are_checked_is_checked_for_instead(
    client: TestClient, ada: Registered, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a badge of the old contact would prove something of the new one.

    That the contact can be changed at that moment shows, too, that checking holds no lock.
    """
    body = {"contact": "mallory@example.org"}
    _meanwhile(monkeypatch, lambda: client.patch(ada.path, json=body, headers=ada.headers))

    operator.clock.now = LATER
    run = operator.checks()

    assert run.skipped == ()
    (piece,) = _pieces(client, ada)
    assert piece["assurance"] in {"documented", "invalid"}
    assert "the contact has changed" not in piece["reason"]


def test_somebody_whose_contact_changes_all_the_time_is_skipped_and_named(
    client: TestClient, ada: Registered, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written that was found for another contact."""
    contacts = iter(f"ada{number}@example.org" for number in range(9))
    _meanwhile(
        monkeypatch,
        lambda: client.patch(ada.path, json={"contact": next(contacts)}, headers=ada.headers),
    )

    operator.clock.now = LATER
    run = operator.checks()

    assert [one.person_id for one in run.skipped] == [ada.id]
    (piece,) = _pieces(client, ada)
    assert piece["reason"].startswith("the contact has changed")


def test_a_badge_that_is_added_again_meanwhile_keeps_what_that_found(
    client: TestClient, ada: Registered, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newer of two checks counts."""
    known = operator.issuers.read_text(encoding="utf-8")

    def believed_again() -> None:
        operator.issuers.write_text(known, encoding="utf-8")
        _add(client, ada, BADGE)

    _meanwhile(monkeypatch, believed_again)
    operator.forgets_the_issuer()
    operator.clock.now = LATER

    operator.checks()

    assert [one["assurance"] for one in _pieces(client, ada)] == ["verified"]


def test_somebody_who_is_erased_meanwhile_is_none_of_it(
    client: TestClient, ada: Registered, operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither counted nor written down."""
    _meanwhile(monkeypatch, lambda: client.delete(ada.path, headers=ada.headers))

    operator.clock.now = LATER
    run = operator.checks()

    assert (run.people, run.skipped) == (0, ())


def test_files_of_one_name_and_versions_of_one_badge_keep_apart(
    client: TestClient, ada: Registered, operator: Operator
) -> None:
    """Each piece is checked with its own file, also where another version counts before it."""
    _add(client, ada, {"name": "badge.json", "json": badge(name="Second course")})
    _add(client, ada, {"name": "badge.json", "json": badge(until=NOW + timedelta(days=1))})
    before = _pieces(client, ada)

    operator.clock.now = NOW + timedelta(hours=1)
    run = operator.checks()

    assert len(before) == 3
    assert (run.outcome.pieces, run.outcome.changed) == (3, 0)
    operator.clock.now = LATER
    operator.checks()
    assert [one["assurance"] for one in _pieces(client, ada)] == ["verified", "verified", "invalid"]


def test_a_badge_whose_file_can_no_longer_be_read_proves_nothing(
    client: TestClient, ada: Registered, operator: Operator
) -> None:
    """What cannot be looked at again cannot be vouched for."""
    with operator.services.store.writing() as session:
        session.execute(update(StoredDocument).values(content=b"{"))

    operator.clock.now = LATER
    run = operator.checks()

    (piece,) = _pieces(client, ada)
    assert (piece["assurance"], run.outcome.lost) == ("documented", 1)
    assert "add the badge again" in piece["reason"]


def test_whoever_was_checked_since_a_moment_is_passed_over(
    client: TestClient, ada: Registered, authorised: Authorised, operator: Operator
) -> None:
    """So a run that was stopped is gone on with."""
    bob = registered(client, authorised, {"contact": "bob@example.org"})
    _add(client, bob, BADGE)

    operator.clock.now = LATER
    one = operator.checks(ada.id)
    operator.clock.now = LATER + timedelta(hours=1)
    rest = operator.checks(before=LATER)
    nobody = operator.checks(before=LATER)

    assert [one.people, rest.people, nobody.people] == [1, 1, 0]


def test_each_check_is_in_the_audit_log_without_a_word_of_the_person(
    ada: Registered, operator: Operator, store: Store
) -> None:
    """Who asked, about whom, and how much of it changed."""
    operator.forgets_the_issuer()
    operator.clock.now = LATER

    operator.checks()

    with store.reading() as session:
        (found,) = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "evidence.recheck")
        ).all()
    assert (found.by, found.subject) == ("operator", ada.id)
    assert found.details == {"pieces": 1, "changed": 1, "lost": 1}


@pytest.fixture
def command_line(
    database_url: str,
    operator: Operator,
    monkeypatch: pytest.MonkeyPatch,
    mini_matcher: Matcher,
    tmp_path: Path,
) -> None:
    """The commands work on the database of the test and its files, three days later."""
    monkeypatch.setenv("SKILLMATCH_DATA", str(tmp_path))
    monkeypatch.setenv("SKILLMATCH_DATABASE_URL", database_url)
    monkeypatch.setenv("SKILLMATCH_ISSUERS", str(operator.issuers))
    monkeypatch.setattr("skillmatch_api.wire.services.now", lambda: LATER)
    monkeypatch.setattr("skillmatch_api.cli.candidates.rechecking.now", lambda: LATER)
    monkeypatch.setattr(Matcher, "open", lambda **_: nullcontext(mini_matcher))


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(
        program, ["candidates", "recheck", *arguments], catch_exceptions=False
    )


@pytest.mark.usefixtures("ada", "command_line")
def test_the_command_says_in_a_sentence_what_came_of_it(operator: Operator) -> None:
    """And again as JSON, where there is nothing left to change."""
    operator.forgets_the_issuer()

    text, told = _run(), _run("--json", "--stale-days", "0", "--since", "2026-11-25")

    assert text.stdout == (
        "1 piece of evidence of 1 person checked again: 1 changed, 1 no longer proven, "
        "0 newly proven\n"
    )
    assert json.loads(told.stdout) == {
        "began_at": "2026-11-25T12:00:00+00:00",
        "people": 0,
        "pieces": 0,
        "changed": 0,
        "no_longer_proven": 0,
        "newly_proven": 0,
        "skipped": [],
    }


@pytest.mark.usefixtures("command_line")
def test_the_command_checks_one_person_and_refuses_what_makes_no_sense(
    client: TestClient, ada: Registered, authorised: Authorised
) -> None:
    """With the option that is at fault."""
    bob = registered(client, authorised)
    _add(client, bob, BADGE)

    one = json.loads(_run("--person", ada.id, "--json").stdout)

    assert one["people"] == 1
    for error, arguments in (
        (AbsentError, ["--person", "p-9"]),
        (UsageError, ["--since", "yesterday"]),
        (UsageError, ["--since", "2026-11-22", "--stale-days", "3"]),
        (UsageError, ["--online"]),
    ):
        with pytest.raises(error):
            _run(*arguments)


@pytest.mark.usefixtures("command_line")
def test_the_command_ends_with_1_where_somebody_was_skipped(
    client: TestClient, ada: Registered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A timer that runs it every night must be able to tell."""
    contacts = iter(f"ada{number}@example.org" for number in range(9))
    _meanwhile(
        monkeypatch,
        lambda: client.patch(ada.path, json={"contact": next(contacts)}, headers=ada.headers),
    )

    ended = _run()

    assert ended.exit_code == 1
    assert f"{ada.id} was not checked" in ended.stdout


@pytest.mark.usefixtures("ada", "command_line")
def test_a_run_that_is_stopped_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million people take a while."""

    def stopped() -> None:
        raise KeyboardInterrupt

    _meanwhile(monkeypatch, stopped)

    ended = CliRunner().invoke(program, ["candidates", "recheck"])

    assert "--since 2026-11-25T12:00:00+00:00" in ended.stderr


def test_administrators_ask_for_the_same_as_a_job(
    client: TestClient, ada: Registered, authorised: Authorised, operator: Operator
) -> None:
    """Nobody else may; the result is what the command prints."""
    asked = {"kind": "evidence.recheck", "person": ada.id}
    admin = authorised(Scope.ADMIN)
    operator.forgets_the_issuer()
    operator.clock.now = LATER

    refused = [
        client.post("/v1/jobs", json=asked, headers=authorised(scope)).status_code
        for scope in (Scope.PROVIDER, Scope.RECRUITER)
    ]
    place = client.post("/v1/jobs", json=asked, headers=admin).headers["location"]
    workers_of(operator.services).run_one()

    assert refused == [403, 403]
    assert client.get(f"{place}/result", headers=admin).json()["no_longer_proven"] == 1
    assert [one["assurance"] for one in _pieces(client, ada)] == ["documented"]


def test_a_job_checks_nobody_of_another_organisation(
    client: TestClient, ada: Registered, authorised: Authorised, operator: Operator
) -> None:
    """Not even where it names them."""
    admin = authorised(Scope.ADMIN, tenant="other")
    operator.forgets_the_issuer()
    operator.clock.now = LATER

    asked = {"kind": "evidence.recheck", "person": ada.id}
    place = client.post("/v1/jobs", json=asked, headers=admin).headers["location"]
    workers_of(operator.services).run_one()

    assert client.get(f"{place}/result", headers=admin).json()["people"] == 0
    assert [one["assurance"] for one in _pieces(client, ada)] == ["verified"]


def test_a_person_without_a_contact_proves_nothing_when_checked_again(
    ada: Registered, client: TestClient, operator: Operator, store: Store
) -> None:
    """As when a badge is added: nobody knows whose it is."""
    with store.writing() as session:
        session.execute(update(Person).values(contact=""))

    operator.clock.now = LATER
    operator.checks()

    (piece,) = _pieces(client, ada)
    assert piece["assurance"] in {"documented", "invalid"}
