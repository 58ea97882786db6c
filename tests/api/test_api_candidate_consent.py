"""Consent: nobody but the person makes anybody visible, and only what they share ever leaves."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Consent
from skillmatch_api.wire.services import Services
from tests.api.candidate_steps import EVERY_FIELD, Registered, consented, registered
from tests.api.conftest import NOW, Authorised

MARKED = {
    "name": "Mark-Name",
    "contact": "mark-contact@example.org",
    "place": "Mark-Place",
    "languages": ["qmr"],
    "available_from": "2033-03-13",
}
MARKS = {
    "name": "Mark-Name",
    "contact": "mark-contact@example.org",
    "place": "Mark-Place",
    "languages": '"qmr"',
    "availability": "2033-03-13",
}
"""What would stand in an answer that told a field."""
_SKILL = "http://example.org/esco/skill/java"
_NUMBERS = itertools.count()


@dataclass
class Clock:
    """A clock that the test sets; it never shows a moment twice."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        """Tell the time."""
        self.now += timedelta(microseconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The clock of the service under test."""
    return Clock()


@pytest.fixture
def client(matching: Services, clock: Clock) -> Iterator[TestClient]:
    """A client of a service whose clock the test sets."""
    services = replace(matching, clock=clock)
    with TestClient(create_app(services), base_url="http://127.0.0.1") as opened:
        yield opened


def _looks(client: TestClient, person: Registered, headers: dict[str, str]) -> list[Response]:
    """Return the answers of every route that could show a person to a recruiter."""
    query = {"skills": [{"concept": _SKILL}]}
    return [
        client.get(person.path, headers=headers),
        client.get("/v1/candidates", headers=headers),
        client.get(f"{person.path}/evidence", headers=headers),
        client.post("/v1/candidates/search", json=query, headers=headers),
        client.post("/v1/candidates/export", json={"ids": [person.id]}, headers=headers),
        client.post(
            "/v1/candidates/export", json={"ids": [person.id], "format": "csv"}, headers=headers
        ),
    ]


def _is_seen(client: TestClient, person: Registered, headers: dict[str, str]) -> set[bool]:
    """Return what the routes say on whether a person is there; more than one value is a leak."""
    card, listed, evidence, found, taken, _ = _looks(client, person, headers)
    return {
        card.status_code == 200,
        person.id in listed.text,
        evidence.status_code == 200,
        person.id in found.text,
        [person.id] == [one["id"] for one in taken.json()["items"]],
    }


def _somebody(client: TestClient, authorised: Authorised, tenant: str = "default") -> Registered:
    person = registered(client, authorised, MARKED, tenant=tenant)
    answer = client.post(f"{person.path}/evidence", json={"have": ["Java"]}, headers=person.headers)
    assert answer.status_code == 201
    return person


def test_consent_shows_and_its_withdrawal_hides_at_once(
    client: TestClient, authorised: Authorised
) -> None:
    """In every route, the search and its index included."""
    person, recruiter = _somebody(client, authorised), authorised(Scope.RECRUITER)

    before = _is_seen(client, person, recruiter)
    consented(client, person)
    during = _is_seen(client, person, recruiter)
    client.delete(f"{person.path}/consent", headers=person.headers)
    after = _is_seen(client, person, recruiter)

    assert (before, during, after) == ({False}, {True}, {False})


def test_an_expired_consent_hides_without_anything_being_written(
    client: TestClient, authorised: Authorised, clock: Clock
) -> None:
    """Nothing has to run for it, so nothing can fail to."""
    person, recruiter = _somebody(client, authorised), authorised(Scope.RECRUITER)
    consented(client, person, expires_at=(NOW + timedelta(hours=1)).isoformat())

    during = _is_seen(client, person, recruiter)
    clock.now = NOW + timedelta(hours=1)
    after = _is_seen(client, person, recruiter)

    assert (during, after) == ({True}, {False})


def test_what_was_consented_to_stays_as_proof(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """Each with its fields and times, the newest alone live."""
    person = _somebody(client, authorised)
    for fields in (["name"], ["name", "evidence"], []):
        consented(client, person, fields)

    told = client.get(f"{person.path}/consent", headers=person.headers).json()

    assert [one["fields"] for one in told["items"]] == [["name"], ["name", "evidence"], []]
    assert [one["live"] for one in told["items"]] == [False, False, True]
    assert told["live"] == told["items"][-1]
    with store.reading() as session:
        assert len(session.scalars(select(Consent)).all()) == 3


@pytest.mark.parametrize(
    "body",
    [
        {"fields": ["name"], "expires_at": "2020-01-01T00:00:00Z"},
        {"fields": ["name"], "expires_at": "2030-01-01T00:00:00"},
        {"fields": ["name"], "expires_at": "9999-12-31T23:59:59-14:00"},
        {"fields": ["shoe size"]},
        {"fields": ["name"], "purpose": "advertising"},
        {},
    ],
)
def test_a_consent_that_makes_no_sense_is_refused(
    client: TestClient, authorised: Authorised, body: dict[str, object]
) -> None:
    """What somebody agreed to must be plain."""
    person = _somebody(client, authorised)

    answer = client.put(f"{person.path}/consent", json=body, headers=person.headers)

    assert answer.status_code == 422


@pytest.mark.parametrize("field", [*MARKS, None])
def test_no_answer_holds_a_field_that_is_not_shared(
    client: TestClient, authorised: Authorised, field: str | None
) -> None:
    """Each field alone: its mark may stand in answers, and no other; none when blind."""
    person, recruiter = _somebody(client, authorised), authorised(Scope.RECRUITER)
    consented(client, person, [field] if field else [])

    answers = " ".join(one.text for one in _looks(client, person, recruiter))

    told = {name for name, mark in MARKS.items() if mark.strip('"') in answers}
    assert told == ({field} & set(MARKS))


def test_blind_answers_tell_nothing_that_points_at_a_person(
    client: TestClient, authorised: Authorised
) -> None:
    """Whatever is shared; when somebody can start is no trait."""
    person, recruiter = _somebody(client, authorised), authorised(Scope.RECRUITER)
    consented(client, person)
    query = {"skills": [{"concept": _SKILL}], "blind": True}
    taken = {"ids": [person.id], "blind": True}

    answers = [
        client.get(f"{person.path}?blind=true", headers=recruiter),
        client.get("/v1/candidates?blind=true", headers=recruiter),
        client.get(f"{person.path}/evidence?blind=true", headers=recruiter),
        client.post("/v1/candidates/search", json=query, headers=recruiter),
        client.post("/v1/candidates/export", json=taken, headers=recruiter),
        client.post("/v1/candidates/export", json={**taken, "format": "csv"}, headers=recruiter),
    ]

    assert {one.status_code for one in answers} == {200}
    text = " ".join(one.text for one in answers)
    told = {name for name, mark in MARKS.items() if mark.strip('"') in text}
    assert told <= {"availability"}


def test_a_person_sees_who_looked_and_how(client: TestClient, authorised: Authorised) -> None:
    """Every look is there, newest first, with the name of the key that looked."""
    person, recruiter = _somebody(client, authorised), authorised(Scope.RECRUITER)
    consented(client, person)
    _looks(client, person, recruiter)
    client.get(f"{person.path}?blind=true", headers=recruiter)

    first = client.get(f"{person.path}/views?limit=4", headers=person.headers).json()
    second = client.get(
        f"{person.path}/views", params={"cursor": first["next"]}, headers=person.headers
    ).json()

    views = [*first["items"], *second["items"]]
    assert [one["action"] for one in reversed(views)] == [
        "candidate.read",
        "candidate.list",
        "candidate.evidence",
        "candidate.search",
        "candidate.shortlist",
        "candidate.shortlist",
        "candidate.read",
    ]
    assert [one["blind"] for one in views] == [True, *[False] * 6]
    assert {one["by_name"] for one in views} == {"test"}
    assert (first["total"], second["next"]) == (7, None)


def test_views_consents_and_exports_are_the_person_s_own(
    client: TestClient, authorised: Authorised
) -> None:
    """Also for those who see the person."""
    person = _somebody(client, authorised)
    consented(client, person)
    others = {
        403: [authorised(Scope.RECRUITER), authorised(Scope.ADMIN)],
        404: [authorised(Scope.PROVIDER), authorised(Scope.LEARNER)],
    }

    for status, callers in others.items():
        for headers in callers:
            for part in ("views", "consent", "export"):
                answer = client.get(f"{person.path}/{part}", headers=headers)
                assert answer.status_code == status, (part, answer.text)


def test_an_export_holds_all_that_is_kept(client: TestClient, authorised: Authorised) -> None:
    """Consents and views included, and no secret by which somebody could act in their name."""
    person = _somebody(client, authorised)
    consented(client, person)
    client.get(person.path, headers=authorised(Scope.RECRUITER))

    answer = client.get(f"{person.path}/export", headers=person.headers)

    told = answer.json()
    assert all(told[part] for part in ("consents", "evidence", "views", "keys", "log"))
    assert told["person"]["name"] == "Mark-Name"
    assert not {"digest", "csrf"} & set(json.dumps(told).replace('"', " ").split())
    zipped = client.get(f"{person.path}/export?format=zip", headers=person.headers)
    assert zipped.content[:2] == b"PK"


def test_a_shortlist_has_no_cell_that_a_spreadsheet_would_calculate(
    client: TestClient, authorised: Authorised
) -> None:
    """A name may begin with an equals sign."""
    person = registered(client, authorised, {**MARKED, "name": "=HYPERLINK(1)"})
    consented(client, person)

    body = {"ids": [person.id, "unknown"], "format": "csv"}
    taken = client.post("/v1/candidates/export", json=body, headers=authorised(Scope.RECRUITER))

    assert ",'=HYPERLINK(1)," in taken.text
    assert taken.headers["Skillmatch-Left-Out"] == "1"


def test_a_service_that_is_open_to_all_lets_nobody_consent_for_another(
    matching: Services, authorised: Authorised
) -> None:
    """``--open`` is everybody and so nobody's person."""
    opened = replace(matching, settings=replace(matching.settings, open=True))
    with TestClient(create_app(opened), base_url="http://127.0.0.1") as client:
        person = _somebody(client, authorised)

        statuses = [
            client.put(f"{person.path}/consent", json={"fields": EVERY_FIELD}).status_code,
            client.delete(f"{person.path}/consent").status_code,
            client.get(f"{person.path}/consent").status_code,
        ]

        assert statuses == [403, 403, 403]
        assert client.get(person.path).json()["seen_as"] == "managed"
        assert client.get("/v1/candidates").json()["total"] == 0


Attack = Callable[[TestClient, Registered, dict[str, str]], Response]
ATTACKS: tuple[Attack, ...] = (
    lambda client, one, by: client.put(
        f"{one.path}/consent", json={"fields": EVERY_FIELD}, headers=by
    ),
    lambda client, one, by: client.delete(f"{one.path}/consent", headers=by),
    lambda client, one, by: client.patch(one.path, json={"name": "X"}, headers=by),
    lambda client, one, by: client.post(f"{one.path}/evidence", json={"have": ["Git"]}, headers=by),
    lambda client, one, by: client.post(
        "/v1/keys", json={"scopes": ["learner"], "person_id": one.id}, headers=by
    ),
    lambda client, one, by: client.post("/v1/candidates/claim", json={"code": one.id}, headers=by),
    lambda client, one, by: client.get(f"{one.path}/export", headers=by),
)
"""What somebody else may try; each must be refused."""


def test_no_sequence_of_calls_makes_anybody_visible_but_their_own_consent(
    client: TestClient, authorised: Authorised, clock: Clock
) -> None:
    """Whatever others try in whatever order, a recruiter sees what the person allows right now."""

    class Sequence(RuleBasedStateMachine):
        shared: frozenset[str] | None
        until: datetime | None

        @initialize()
        def begin(self) -> None:
            tenant = f"tenant-{next(_NUMBERS)}"
            self.person = _somebody(client, authorised, tenant)
            self.shared, self.until = None, None
            self.recruiter = authorised(Scope.RECRUITER, tenant=tenant)
            self.others = [
                self.recruiter,
                authorised(Scope.ADMIN, tenant=tenant),
                authorised(Scope.PROVIDER, Scope.LEARNER, tenant=tenant),
                authorised(*Scope, tenant=tenant),
                registered(client, authorised, {}, tenant=tenant).headers,
                authorised(Scope.ADMIN, Scope.RECRUITER, tenant="elsewhere"),
            ]

        @rule(
            fields=st.frozensets(st.sampled_from(EVERY_FIELD)), hours=st.none() | st.integers(1, 3)
        )
        def consent(self, fields: frozenset[str], hours: int | None) -> None:
            self.shared = fields
            self.until = clock.now + timedelta(hours=hours) if hours else None
            body = {"fields": sorted(fields)}
            if self.until:
                body["expires_at"] = self.until.isoformat()  # type: ignore[assignment]  # a moment beside a list
            path = f"{self.person.path}/consent"
            assert client.put(path, json=body, headers=self.person.headers).status_code == 200

        @rule()
        def withdraw(self) -> None:
            self.shared = None
            path = f"{self.person.path}/consent"
            assert client.delete(path, headers=self.person.headers).status_code == 204

        @rule(hours=st.integers(1, 2))
        def wait(self, hours: int) -> None:
            clock.now += timedelta(hours=hours)

        @rule(attack=st.sampled_from(ATTACKS), by=st.integers(0, 5))
        def try_something(self, attack: Attack, by: int) -> None:
            answer = attack(client, self.person, self.others[by])
            assert answer.status_code in {401, 403, 404, 422}, answer.text

        @invariant()
        def a_recruiter_sees_what_is_allowed(self) -> None:
            live = self.shared is not None and (self.until is None or clock.now < self.until)
            assert _is_seen(client, self.person, self.recruiter) == {live}
            text = client.get(self.person.path, headers=self.recruiter).text
            shared = self.shared if live and self.shared is not None else frozenset()
            told = {name for name, mark in MARKS.items() if mark in text}
            assert told == shared & set(MARKS)

    run_state_machine_as_test(
        Sequence,
        settings=settings(
            max_examples=settings().max_examples // 8,
            stateful_step_count=6,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
