"""Erasure, tested by searching for what was erased: in the file's bytes, and in every table."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import make_url, select

from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.engine.owned import Owned
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.people.inviting import invite
from skillmatch_api.store import Store
from skillmatch_api.store.tables import (
    AuditEntry,
    Base,
    BrowserSession,
    Departure,
    Erasure,
    Job,
    Person,
    StoredPlan,
    StoredPosting,
)
from tests.api.candidate_steps import Registered, badge, bearer, consented, registered
from tests.api.conftest import NOW, Authorised

_WORDS = {
    "name": "Zebedee-Marker-Name",
    "contact": "zebedee.marker@contact.example",
    "place": "Zebedee-Marker-Place",
    "languages": ["zxx-zebemark"],
    "available_from": "2031-07-13",
}
_MARKS = (
    "Zebedee-Marker-Name",
    "zebedee.marker@contact.example",
    "Zebedee-Marker-Place",
    "zxx-zebemark",
    "2031-07-13",
    "zebedee-file-marker.txt",
    "zebedee-cv-marker",
    "Zebedee-Badge-Marker",
    "zebedee-subject-marker",
    "zebedee-posting-marker",
    "zebedee-plan-marker",
    "zebedee-job-marker",
    "zebedee-result-marker",
    "zebedee-session-marker",
)


@pytest.fixture
def zebedee(client: TestClient, authorised: Authorised, store: Store) -> Registered:
    """Somebody with a mark in every field of every table that can hold one."""
    person = registered(client, authorised, _WORDS)
    again = {**person.headers, "Idempotency-Key": "zebedee-1"}
    added = client.post(
        f"{person.path}/evidence",
        json={
            "have": ["Java; expert; 7 years"],
            "documents": [
                {"name": "zebedee-file-marker.txt", "text": "I use Git. zebedee-cv-marker"},
                {"name": "b.json", "json": badge("Zebedee-Badge-Marker")},
            ],
        },
        headers=again,
    )
    assert added.status_code == 201
    consented(client, person)
    _look(client, authorised, person)
    with store.writing() as session:
        row = session.scalars(select(Person).where(Person.id == person.id)).one()
        row.subject = "https://login.example zebedee-subject-marker"
        invite(session, row, at=NOW)
        session.add_all(_owned(row))
    return person


def _look(client: TestClient, authorised: Authorised, person: Registered) -> None:
    recruiter = authorised(Scope.RECRUITER)
    client.get(person.path, headers=recruiter)
    client.get("/v1/candidates", headers=recruiter)
    client.get(f"{person.path}/evidence", headers=recruiter)
    client.get(person.path, headers=authorised(Scope.ADMIN))


def _owned(person: Person) -> list[Base]:
    """Return what a person may own in the rooms of others, and a job that names them."""
    mine = {"tenant_id": person.tenant_id, "created_at": NOW}
    job = {"kind": "test", "state": "done", "request": b"", "total": 0, "done": 0, **mine}
    named = str(uuid.uuid4())
    return [
        StoredPosting(
            id=str(uuid.uuid4()),
            owner=person.id,
            title="zebedee-posting-marker",
            text="",
            language="en",
            checklist=None,
            **mine,
        ),
        StoredPlan(
            id=str(uuid.uuid4()),
            owner=person.id,
            title="",
            body="zebedee-plan-marker",
            **mine,
        ),
        BrowserSession(
            id="zebedee-session-marker",
            key_id=None,
            subject=person.subject,
            scopes=["learner"],
            person_id=person.id,
            csrf="x",
            expires_at=NOW,
            **mine,
        ),
        Job(
            id=str(uuid.uuid4()),
            by=f"oidc:{person.subject}",
            **{**job, "request": b"zebedee-job-marker"},
        ),
        Job(id=named, by="key:other", result=f"zebedee-result-marker {person.id}", **job),
        Job(id=str(uuid.uuid4()), by="key:other", result="somebody else", **job),
        AuditEntry(
            tenant_id=person.tenant_id,
            id=str(uuid.uuid4()),
            at=NOW,
            by=f"oidc:{person.subject}",
            action="test.act",
            subject="",
            details={"people": [person.id]},
        ),
    ]


def _traces(store: Store, marks: list[str]) -> list[str]:
    """Return where any mark still stands: tables row by row, and a SQLite file byte by byte."""
    found = []
    with store.reading() as session:
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)):
                text = " ".join(_text(value) for value in row)
                found += [f"{table.name}: {mark}" for mark in marks if mark in text]
    if store.is_sqlite:
        path = Path(str(make_url(str(store.engine.url)).database))
        for file in sorted(path.parent.glob(f"{path.name}*")):
            data = file.read_bytes()
            found += [f"{file.suffix}: {mark}" for mark in marks if mark.encode() in data]
    return found


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _ids(person: Registered) -> list[str]:
    key = person.headers["Authorization"].removeprefix("Bearer skm_")[:32]
    return [person.id, str(uuid.UUID(key)), key]


def test_every_mark_of_a_person_can_be_found_before(store: Store, zebedee: Registered) -> None:
    """Otherwise the test of erasure would find nothing whatever is left."""
    found = {one.partition(": ")[2] for one in _traces(store, [*_MARKS, zebedee.id])}

    assert found == {*_MARKS, zebedee.id}


@pytest.mark.parametrize("by", ["the person", "an administrator"])
def test_nothing_of_an_erased_person_can_be_found(
    client: TestClient, authorised: Authorised, store: Store, zebedee: Registered, by: str
) -> None:
    """Rows, keys, logins, files, jobs, kept answers and the log; the write-ahead log included."""
    ids = _ids(zebedee)
    headers = zebedee.headers if by == "the person" else authorised(Scope.ADMIN)

    answer = client.delete(zebedee.path, headers={**headers, "Idempotency-Key": "erase-1"})

    assert answer.status_code == 204, answer.text
    assert _traces(store, [*_MARKS, *ids]) == []
    assert client.get(zebedee.path, headers=zebedee.headers).status_code == 401


def test_a_login_that_was_given_up_leaves_no_trace_either(
    client: TestClient, zebedee: Registered, store: Store
) -> None:
    """Who was invited again has another key, and the log still knows what their login did."""
    with store.writing() as session:
        row = session.scalars(select(Person).where(Person.id == zebedee.id)).one()
        code = invite(session, row, at=NOW)
    claimed = client.post("/v1/candidates/claim", json={"code": code})
    assert claimed.status_code == 201

    erased = client.delete(zebedee.path, headers=bearer(claimed.json()["key"]))

    assert erased.status_code == 204
    with store.reading() as session:
        assert [one for one in session.scalars(select(AuditEntry.by)) if "zebedee" in one] == []
        assert [one for one in session.scalars(select(Job.by)) if "zebedee" in one] == []


def test_an_erasure_leaves_others_and_the_log_of_what_was_done(
    client: TestClient, authorised: Authorised, store: Store, zebedee: Registered
) -> None:
    """Who else is here stays whole, and the log keeps that somebody was looked at."""
    ada = registered(client, authorised)
    with store.reading() as session:
        before = len(session.scalars(select(AuditEntry)).all())

    client.delete(zebedee.path, headers=zebedee.headers)

    assert client.get(ada.path, headers=ada.headers).status_code == 200
    with store.reading() as session:
        entries = session.scalars(select(AuditEntry)).all()
        jobs = session.scalars(select(Job.result)).all()
    assert len(entries) == before + 1
    assert [one.by for one in entries if one.action == "candidate.erase"] == ["erased"]
    assert jobs == ["somebody else"]


def test_the_ledger_and_the_index_learn_of_an_erasure(
    client: TestClient, store: Store, zebedee: Registered
) -> None:
    """A restored backup is cleaned by the digest, and an index lets go of the number."""
    with store.reading() as session:
        person = session.scalars(select(Person).where(Person.id == zebedee.id)).one()
        number, digest = person.number, f"{person.tenant_id}/{person.id}"

    client.delete(zebedee.path, headers=zebedee.headers)

    with store.reading() as session:
        assert session.scalars(select(Departure.number)).all() == [number]
        assert session.scalars(select(Erasure.digest)).all() == [
            hashlib.sha256(digest.encode()).hexdigest()
        ]


def test_a_search_that_knew_a_person_finds_nobody_after_an_erasure(
    client: TestClient, authorised: Authorised, zebedee: Registered
) -> None:
    """The index in memory lets go before the next search is answered."""
    recruiter = authorised(Scope.RECRUITER)
    query = {"skills": [{"text": "Java"}]}

    before = client.post("/v1/candidates/search", json=query, headers=recruiter).json()
    client.delete(zebedee.path, headers=zebedee.headers)
    after = client.post("/v1/candidates/search", json=query, headers=recruiter).json()

    assert [one["id"] for one in before["candidates"]] == [zebedee.id]
    assert (after["candidates"], after["total"]) == ([], 0)


def test_recruiters_and_strangers_erase_nobody(
    client: TestClient, authorised: Authorised, zebedee: Registered
) -> None:
    """Not even a person whom they see."""
    others = [
        authorised(Scope.RECRUITER),
        authorised(Scope.PROVIDER),
        authorised(Scope.LEARNER),
        authorised(Scope.ADMIN, tenant="other"),
        registered(client, authorised).headers,
    ]

    statuses = [client.delete(zebedee.path, headers=one).status_code for one in others]

    assert statuses == [404] * 5
    assert client.get(zebedee.path, headers=zebedee.headers).status_code == 200


def test_removed_evidence_leaves_no_trace_in_the_file(
    client: TestClient, store: Store, zebedee: Registered
) -> None:
    """Whoever takes back a CV takes back its words."""
    documents = client.get(f"{zebedee.path}/evidence", headers=zebedee.headers).json()["documents"]
    cv = next(one["id"] for one in documents if one["name"] == "zebedee-file-marker.txt")

    client.delete(f"{zebedee.path}/evidence/{cv}", headers=zebedee.headers)

    assert _traces(store, ["zebedee-cv-marker", "zebedee-file-marker"]) == []


def test_nothing_is_kept_for_somebody_who_was_erased_meanwhile(store: Store) -> None:
    """A plan takes a moment to make; an erasure in that moment would miss it."""
    with store.writing() as session:
        tenant = tenant_named(session, DEFAULT, at=NOW)
    gone = Principal(
        tenant_id=tenant.id,
        caller="key:gone",
        scopes=frozenset({Scope.LEARNER}),
        person_id=str(uuid.uuid4()),
    )
    row = StoredPlan(
        tenant_id=tenant.id,
        id=str(uuid.uuid4()),
        owner=gone.person_id,
        title="",
        body="",
        created_at=NOW,
    )

    with store.writing() as session, pytest.raises(UnauthenticatedError):
        Owned(session, StoredPlan, gone).keep(row)

    with store.reading() as session:
        assert session.scalars(select(StoredPlan)).all() == []
