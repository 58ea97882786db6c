"""Registering people, reading, changing and claiming their records."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.people.inviting import invite
from skillmatch_api.people.registering import get_person
from skillmatch_api.store import Store
from skillmatch_api.store.tables import AuditEntry, Person
from tests.api.candidate_steps import ADA, bearer, registered
from tests.api.conftest import NOW, Authorised


def _code(store: Store, person_id: str, **how: int) -> str:
    with store.writing() as session:
        tenant = tenant_named(session, DEFAULT, at=NOW)
        return invite(session, get_person(session, person_id, tenant_id=tenant.id), at=NOW, **how)


def test_who_registers_gets_their_own_key_and_sees_their_record(
    client: TestClient, authorised: Authorised
) -> None:
    """The key that anybody may register with opens nobody's record."""
    made = client.post("/v1/candidates", json=ADA, headers=authorised(Scope.LEARNER))

    own = client.get(made.headers["Location"], headers=bearer(made.json()["key"]))
    assert (made.status_code, own.status_code) == (201, 200)
    assert own.json()["name"] == "Ada Example"
    assert own.json()["seen_as"] == "own"
    assert not own.json()["consented"]
    assert made.headers["Cache-Control"] == "no-store"


def test_a_record_made_by_the_organisation_has_no_key_and_shows_nothing(
    client: TestClient, authorised: Authorised
) -> None:
    """Who made it knows it by their own name for it; what it says is the person's."""
    headers = authorised(Scope.RECRUITER)

    made = client.post("/v1/candidates", json={**ADA, "external_id": "p-1"}, headers=headers)

    assert made.status_code == 201
    assert made.json()["claimed"] is False
    assert not {"key", "name", "contact"} & set(made.json())
    assert client.get(made.headers["Location"], headers=headers).status_code == 404


@pytest.mark.parametrize(
    ("scopes", "body", "status"),
    [
        ((Scope.LEARNER,), {"myself": False}, 403),
        ((Scope.RECRUITER,), {"myself": True}, 403),
        ((Scope.LEARNER,), {"external_id": "p-1"}, 422),
        ((Scope.LEARNER,), {"languages": ["no tag"]}, 422),
        ((Scope.LEARNER,), {"name": "two\nlines"}, 422),
        ((Scope.LEARNER,), {"nickname": "x"}, 422),
    ],
)
def test_a_registration_that_makes_no_sense_is_refused(
    client: TestClient,
    authorised: Authorised,
    scopes: tuple[Scope, ...],
    body: dict[str, object],
    status: int,
) -> None:
    """Each with one clear problem."""
    answer = client.post("/v1/candidates", json=body, headers=authorised(*scopes))

    assert answer.status_code == status, answer.text


def test_nobody_registers_twice_with_their_own_key(
    client: TestClient, authorised: Authorised
) -> None:
    """A key is bound to one person."""
    ada = registered(client, authorised)

    answer = client.post("/v1/candidates", json=ADA, headers=ada.headers)

    assert answer.status_code == 409


def test_a_change_leaves_what_is_not_named(client: TestClient, authorised: Authorised) -> None:
    """And nobody overwrites what they have not seen."""
    ada = registered(client, authorised)
    tag = client.get(ada.path, headers=ada.headers).headers["ETag"]

    new = client.patch(ada.path, json={"place": "Graz"}, headers={**ada.headers, "If-Match": tag})
    stale = client.patch(ada.path, json={"place": "Linz"}, headers={**ada.headers, "If-Match": tag})

    assert (new.json()["place"], new.json()["name"]) == ("Graz", "Ada Example")
    assert stale.status_code == 412
    assert client.get(ada.path, headers=ada.headers).json()["place"] == "Graz"


def test_the_organisation_changes_a_record_until_its_person_claims_it(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """A wrong address can be mended before the invitation goes out, and never after."""
    admin = authorised(Scope.ADMIN)
    made = client.post("/v1/candidates", json=ADA, headers=admin).json()
    path = f"/v1/candidates/{made['id']}"
    before = client.patch(path, json={"contact": "ada@new.example"}, headers=admin)

    claimed = client.post("/v1/candidates/claim", json={"code": _code(store, made["id"])})

    after = client.patch(path, json={"contact": "mallory@example.org"}, headers=admin)
    assert before.status_code == 200
    assert (claimed.status_code, claimed.json()["contact"]) == (201, "ada@new.example")
    assert after.status_code == 403


def test_an_invitation_works_once(client: TestClient, authorised: Authorised, store: Store) -> None:
    """Whoever finds it later finds nothing."""
    made = client.post("/v1/candidates", json=ADA, headers=authorised(Scope.ADMIN)).json()
    code = _code(store, made["id"])

    first = client.post("/v1/candidates/claim", json={"code": code})
    second = client.post("/v1/candidates/claim", json={"code": code})

    assert (first.status_code, second.status_code) == (201, 401)
    own = client.get(f"/v1/candidates/{made['id']}", headers=bearer(first.json()["key"]))
    assert own.json()["seen_as"] == "own"


def test_expired_replaced_and_unknown_invitations_are_refused_alike(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """The answer does not tell which of them it was."""
    made = client.post("/v1/candidates", json=ADA, headers=authorised(Scope.ADMIN)).json()
    replaced = _code(store, made["id"])
    expired = _code(store, made["id"], days=1)
    with store.writing() as session:
        from skillmatch_api.store.tables import Invitation

        for one in session.scalars(select(Invitation)):
            one.expires_at = NOW - timedelta(seconds=1)

    answers = [
        client.post("/v1/candidates/claim", json={"code": code})
        for code in (replaced, expired, "skmi_guessed")
    ]

    assert {one.status_code for one in answers} == {401}
    assert len({one.json()["detail"] for one in answers}) == 1


def test_to_be_invited_again_ends_the_keys_of_before(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """A person who lost their key gets a new one, and whoever found the old one has nothing."""
    ada = registered(client, authorised)

    again = client.post("/v1/candidates/claim", json={"code": _code(store, ada.id)})

    assert again.status_code == 201
    assert client.get(ada.path, headers=ada.headers).status_code == 401


def test_external_ids_are_unique_in_an_organisation(
    client: TestClient, authorised: Authorised
) -> None:
    """Another organisation may call somebody else the same."""
    body = {"external_id": "p-1"}
    answers = [
        client.post("/v1/candidates", json=body, headers=authorised(Scope.ADMIN, tenant=tenant))
        for tenant in ("one", "two", "one")
    ]

    assert [one.status_code for one in answers] == [201, 201, 409]


def test_unknown_foreign_and_hidden_people_look_the_same(
    client: TestClient, authorised: Authorised
) -> None:
    """So that nobody learns by trying who is here."""
    ada = registered(client, authorised)
    callers = [
        authorised(Scope.ADMIN, tenant="other"),
        authorised(Scope.RECRUITER),
        authorised(Scope.PROVIDER),
        authorised(Scope.LEARNER),
        registered(client, authorised).headers,
    ]
    unknown = ada.path[:-12] + "000000000000"

    answers = [
        (one.status_code, one.json()["detail"])
        for headers in callers
        for path in (ada.path, unknown, "/v1/candidates/x")
        for one in (
            client.get(path, headers=headers),
            client.patch(path, json={}, headers=headers),
            client.delete(path, headers=headers),
        )
    ]

    assert set(answers) == {(404, "no such candidate, or none that you may see")}


def test_administrators_list_records_and_read_nothing_in_them(
    client: TestClient, authorised: Authorised
) -> None:
    """They manage records; what a record says is the person's."""
    people = [registered(client, authorised) for _ in range(3)]
    admin = authorised(Scope.ADMIN)

    first = client.get("/v1/candidates?limit=2", headers=admin).json()
    second = client.get(
        "/v1/candidates", params={"limit": 2, "cursor": first["next"]}, headers=admin
    ).json()

    items = [*first["items"], *second["items"]]
    assert [one["id"] for one in items] == sorted(one.id for one in people)
    assert (first["total"], second["next"]) == (3, None)
    assert "Ada" not in str(items)


def test_a_recruiter_who_is_a_candidate_themselves_lists_candidates(
    client: TestClient, authorised: Authorised
) -> None:
    """What they are for others does not change what they may see of others."""
    own = registered(client, authorised)
    both = authorised(Scope.RECRUITER, Scope.LEARNER, person_id=own.id)

    assert client.get("/v1/candidates", headers=both).json()["total"] == 0
    assert client.get(own.path, headers=both).json()["seen_as"] == "own"
    assert client.get("/v1/candidates", headers=own.headers).json()["items"][0]["id"] == own.id


def test_the_log_names_people_by_id_only(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """What they wrote of themselves stands nowhere in it."""
    ada = registered(client, authorised)
    client.patch(ada.path, json={"name": "Ada Changed"}, headers=ada.headers)

    with store.reading() as session:
        entries = session.scalars(select(AuditEntry)).all()
        people = session.scalars(select(Person.id)).all()

    actions = [(one.action, one.subject) for one in entries if one.action.startswith("candidate.")]
    assert sorted(actions) == [("candidate.change", ada.id), ("candidate.create", ada.id)]
    assert people == [ada.id]
    assert "Ada" not in " ".join(str(one.details) for one in entries)
