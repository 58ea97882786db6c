"""Keys over HTTP: admins make, list, rotate and revoke those of their own organisation."""

from __future__ import annotations

import hashlib
import hmac
import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import event, select, update
from sqlalchemy.exc import OperationalError

from skillmatch_api.access import keys as checking
from skillmatch_api.access.key_life import KeyWish, make_key
from skillmatch_api.access.keys import id_in, principal_of_key
from skillmatch_api.access.last_use import REMEMBERED, LastUses
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.store import Store
from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _make(client: TestClient, admin: dict[str, str], **body: object) -> dict[str, Any]:
    answer = client.post("/v1/keys", json={"scopes": ["learner"], **body}, headers=admin)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_an_admin_makes_a_key_that_works_at_once(
    client: TestClient, authorised: Authorised
) -> None:
    """The answer that holds it is the only one, and is kept by nobody on the way."""
    admin = authorised(Scope.ADMIN)

    body = {"name": "careers page", "scopes": ["recruiter", "learner"], "expires_days": 30}
    answer = client.post("/v1/keys", json=body, headers=admin)

    made = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"] == f"/v1/keys/{made['id']}"
    who = client.get("/v1/session", headers=_bearer(made["key"])).json()
    assert who["scopes"] == ["learner", "recruiter"]
    assert made["expires_at"] == "2026-12-22T12:00:00Z"
    assert client.get(answer.headers["location"], headers=admin).json() == {
        **{name: value for name, value in made.items() if name != "key"},
        "last_used_at": "2026-11-22T12:00:00Z",
    }


def test_a_key_ends_after_a_year_where_nothing_is_said(
    client: TestClient, authorised: Authorised
) -> None:
    """A key that nobody remembers must not open doors for ever."""
    made = _make(client, authorised(Scope.ADMIN))

    assert made["expires_at"] == "2027-11-22T12:00:00Z"


@pytest.mark.parametrize(
    "body",
    [
        {"scopes": []},
        {"scopes": ["root"]},
        {"scopes": ["learner"], "person": "7c9e6679-7425-40de-944b-e07fc1f90ae7"},
        {"scopes": ["learner"], "person_id": "7c9e6679-7425-40de-944b-e07fc1f90ae7"},
        {"scopes": ["learner"], "tenant": "another"},
        {"scopes": ["learner"], "expires_days": 0},
        {"scopes": ["learner"], "expires_days": 3651},
        {"scopes": ["learner"], "name": "two\nlines"},
        {"scopes": ["learner"], "name": "n" * 201},
    ],
)
def test_a_key_that_an_admin_may_not_make_is_refused(
    client: TestClient, authorised: Authorised, body: dict[str, Any]
) -> None:
    """Above all one that is bound to a person: only people act for themselves."""
    admin = authorised(Scope.ADMIN)

    answer = client.post("/v1/keys", json=body, headers=admin)

    assert answer.status_code == 422
    assert len(client.get("/v1/keys", headers=admin).json()["items"]) == 1


def test_no_list_holds_a_key_or_what_is_kept_of_it(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """Admins manage keys; they do not impersonate."""
    admin = authorised(Scope.ADMIN)
    made = _make(client, admin)

    text = client.get("/v1/keys", headers=admin).text

    with store.reading() as session:
        digests = [row.digest for row in session.scalars(select(ApiKey))]
    secret = made["key"].split("_", 2)[2]
    assert secret not in text
    assert not any(digest.hex() in text for digest in digests)
    assert hashlib.sha256(secret.encode()).digest() in digests


def test_keys_are_listed_page_by_page_the_newest_first(
    services: Services, store: Store, authorised: Authorised
) -> None:
    """Equal moments are ordered by id, so that no key is left out between two pages."""
    admin = authorised(Scope.ADMIN)
    with store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=NOW).id
        wish = KeyWish(scopes=[Scope.LEARNER], days=1)
        for number in range(6):
            at = NOW - timedelta(days=number // 3)
            make_key(session, wish, tenant_id=tenant_id, by="operator", at=at)
    with TestClient(create_app(services)) as client:
        seen, cursor = [], None
        while True:
            params: dict[str, Any] = {"limit": 2, **({"cursor": cursor} if cursor else {})}
            page = client.get("/v1/keys", params=params, headers=admin).json()
            seen += [(one["created_at"], one["id"]) for one in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break

    assert len(seen) == 7
    assert seen == sorted(set(seen), reverse=True)


@pytest.mark.parametrize("cursor", ["x", "WyJ4IiwieSJd", "WzEsMl0", "WyIyMDI2LTExLTIyIiwieSJd"])
def test_a_cursor_that_is_none_is_refused(
    client: TestClient, authorised: Authorised, cursor: str
) -> None:
    """It is said, instead of beginning at the first page again."""
    for path in ("/v1/keys", "/v1/audit"):
        answer = client.get(path, params={"cursor": cursor}, headers=authorised(Scope.ADMIN))

        assert answer.status_code == 422


def test_a_revoked_key_counts_no_longer(client: TestClient, authorised: Authorised) -> None:
    """From the next request on; revoking it again changes nothing."""
    admin = authorised(Scope.ADMIN)
    made = _make(client, admin)
    path = f"/v1/keys/{made['id']}"

    first = client.delete(path, headers=admin)
    again = client.delete(path, headers=admin)

    assert (first.status_code, again.status_code) == (204, 204)
    assert client.get("/v1/session", headers=_bearer(made["key"])).status_code == 401
    assert client.get(path, headers=admin).json()["state"] == "revoked"


def test_a_rotated_key_counts_on_for_its_grace(services: Services, authorised: Authorised) -> None:
    """Whoever uses it has the time to take the new one."""
    times = [NOW]
    with TestClient(create_app(replace(services, clock=lambda: times[0]))) as client:
        admin = authorised(Scope.ADMIN)
        old = _make(client, admin, name="shop", scopes=["provider"], expires_days=10)
        times[0] = NOW + timedelta(days=3)

        answer = client.post(f"/v1/keys/{old['id']}/rotate", json={"grace_hours": 2}, headers=admin)
        new = answer.json()
        statuses = []
        for minutes in (0, 119, 120):
            times[0] = NOW + timedelta(days=3, minutes=minutes)
            statuses.append(
                [
                    client.get("/v1/session", headers=_bearer(one["key"])).status_code
                    for one in (old, new)
                ]
            )

    assert answer.status_code == 201
    assert (new["name"], new["scopes"]) == ("shop", ["provider"])
    assert new["expires_at"] == "2026-12-05T12:00:00Z"
    assert statuses == [[200, 200], [200, 200], [401, 200]]


def test_a_key_that_is_over_is_not_rotated(client: TestClient, authorised: Authorised) -> None:
    """Otherwise it would come back to life."""
    admin = authorised(Scope.ADMIN)
    made = _make(client, admin)
    client.delete(f"/v1/keys/{made['id']}", headers=admin)

    answer = client.post(f"/v1/keys/{made['id']}/rotate", json={}, headers=admin)

    assert answer.status_code == 409


def test_rotating_does_not_prolong_the_old_key(client: TestClient, authorised: Authorised) -> None:
    """A grace that is longer than what is left of it ends with it."""
    admin = authorised(Scope.ADMIN)
    old = _make(client, admin, expires_days=1)

    client.post(f"/v1/keys/{old['id']}/rotate", json={"grace_hours": 48}, headers=admin)

    shown = client.get(f"/v1/keys/{old['id']}", headers=admin).json()
    assert shown["expires_at"] == old["expires_at"]


def test_people_see_rotate_and_revoke_their_own_keys_and_no_other(
    client: TestClient, authorised: Authorised
) -> None:
    """Who finds their key in the wrong hands need not ask, and nobody else learns what there is."""
    admin, careers = authorised(Scope.ADMIN), authorised(Scope.LEARNER)
    ada, bob = (client.post("/v1/candidates", json={}, headers=careers).json() for _ in range(2))
    hers, his = ({"Authorization": f"Bearer {one['key']}"} for one in (ada, bob))
    (own,) = client.get("/v1/keys", headers=hers).json()["items"]

    new = client.post(f"/v1/keys/{own['id']}/rotate", json={"grace_hours": 0}, headers=hers)
    after = {"Authorization": f"Bearer {new.json()['key']}"}
    others = [one["id"] for one in client.get("/v1/keys", headers=admin).json()["items"]]
    others = [one for one in others if one not in {own["id"], new.json()["id"]}]
    refused = set()
    for key_id, who in [*((one, after) for one in others), (own["id"], his)]:
        path = f"/v1/keys/{key_id}"
        refused.add(client.get(path, headers=who).status_code)
        refused.add(client.delete(path, headers=who).status_code)
        refused.add(client.post(f"{path}/rotate", headers=who, json={}).status_code)

    assert own["person"] == ada["id"]
    assert (new.status_code, new.json()["person"]) == (201, ada["id"])
    assert client.get("/v1/keys", headers=hers).status_code == 401
    assert client.get(f"/v1/candidates/{ada['id']}", headers=after).json()["seen_as"] == "own"
    assert (len(others), refused) == (3, {404})
    assert client.get("/v1/keys", headers=careers).json()["items"] == []
    assert client.delete(f"/v1/keys/{new.json()['id']}", headers=after).status_code == 204
    assert client.get("/v1/keys", headers=after).status_code == 401


def test_no_admin_gets_the_next_key_of_a_person(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """Who held it could consent in their name."""
    admin = authorised(Scope.ADMIN)
    authorised(Scope.LEARNER, person_id=str(uuid.uuid4()))
    with store.reading() as session:
        bound = session.scalars(select(ApiKey.id).where(ApiKey.person_id.is_not(None))).one()

    answer = client.post(f"/v1/keys/{bound}/rotate", json={}, headers=admin)

    assert answer.status_code == 403


def test_what_becomes_of_keys_is_written_down(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """By whom, to which key, and nothing that would open a door."""
    admin = authorised(Scope.ADMIN)
    made = _make(client, admin)
    new = client.post(f"/v1/keys/{made['id']}/rotate", json={}, headers=admin).json()
    client.delete(f"/v1/keys/{made['id']}", headers=admin)

    entries = client.get("/v1/audit", params={"action": "key."}, headers=admin).json()["items"]

    with store.reading() as session:
        mine = session.scalars(select(ApiKey.id).order_by(ApiKey.created_at)).all()
    assert {one["by"] for one in entries} <= {f"key:{key_id}" for key_id in mine}
    assert sorted((one["action"], one["subject"]) for one in entries) == [
        ("key.create", made["id"]),
        ("key.revoke", made["id"]),
        ("key.rotate", made["id"]),
    ]
    rotation = next(one for one in entries if one["action"] == "key.rotate")
    assert rotation["details"]["new"] == new["id"]
    assert made["key"] not in str(entries)


def test_under_open_nobody_makes_a_key(services: Services) -> None:
    """It would still count when the service is open no longer."""
    opened = replace(services, settings=replace(services.settings, open=True))
    with TestClient(create_app(opened), base_url="http://127.0.0.1") as client:
        assert client.get("/v1/keys").status_code == 200
        assert client.post("/v1/keys", json={"scopes": ["admin"]}).status_code == 403


def test_the_last_use_is_written_once_a_minute(
    services: Services, authorised: Authorised, store: Store
) -> None:
    """A write for each request would cost more than the request."""
    times = [NOW]
    written: list[datetime | None] = []
    with TestClient(create_app(replace(services, clock=lambda: times[0]))) as client:
        key = authorised(Scope.LEARNER)
        for seconds in (0, 59, 60, 61):
            times[0] = NOW + timedelta(seconds=seconds)
            client.get("/v1/session", headers=key)
            with store.reading() as session:
                written.append(session.scalars(select(ApiKey.last_used_at)).one())

    minute = NOW + timedelta(minutes=1)
    assert written == [NOW, NOW, minute, minute]


def test_a_request_that_is_refused_is_a_use_too(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """A key that tries doors is in use."""
    assert client.get("/v1/keys", headers=authorised(Scope.PROVIDER)).status_code == 403

    with store.reading() as session:
        assert session.scalars(select(ApiKey.last_used_at)).one() == NOW


def test_another_process_that_wrote_the_use_is_not_overwritten_within_the_minute(
    store: Store, authorised: Authorised
) -> None:
    """Several processes share one database, and each knows its own notes only."""
    authorised(Scope.LEARNER)
    with store.reading() as session:
        key_id = session.scalars(select(ApiKey.id)).one()

    LastUses().note(store, f"key:{key_id}", at=NOW)
    LastUses().note(store, f"key:{key_id}", at=NOW + timedelta(seconds=30))

    with store.reading() as session:
        assert session.scalars(select(ApiKey.last_used_at)).one() == NOW


def test_a_use_that_cannot_be_written_fails_no_request(
    services: Services,
    authorised: Authorised,
    store: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is a note, not a condition."""
    key = authorised(Scope.LEARNER)

    def refuse(*given: object) -> None:
        if str(given[2]).startswith("UPDATE api_keys"):
            raise OperationalError("", {}, Exception("disk full"))

    event.listen(store.engine, "before_cursor_execute", refuse)
    with TestClient(create_app(services)) as client:
        answer = client.get("/v1/session", headers=key)

    assert answer.status_code == 200
    assert "the last use of a key was not written" in caplog.text


def test_notes_of_many_keys_do_not_fill_the_memory() -> None:
    """The oldest is forgotten; the database remembers."""
    uses = LastUses()
    for number in range(REMEMBERED + 5):
        assert uses._take_turn(str(number), NOW)

    assert len(uses._noted) == REMEMBERED


def _bad_keys(store: Store) -> dict[str, str]:
    """Return a key of each kind that does not count."""
    with store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=NOW).id
        wish = KeyWish(scopes=[Scope.ADMIN], days=1)
        made = {
            name: make_key(session, wish, tenant_id=tenant_id, by="operator", at=NOW)
            for name in ("wrong secret", "expired", "revoked")
        }
        session.execute(
            update(ApiKey).where(ApiKey.id == made["expired"][0].id).values(expires_at=NOW)
        )
        session.execute(
            update(ApiKey).where(ApiKey.id == made["revoked"][0].id).values(revoked_at=NOW)
        )
    good = made["wrong secret"][1]
    return {
        "malformed": "hello",
        "unknown id": f"skm_{uuid.uuid4().hex}_{good.split('_', 2)[2]}",
        "wrong secret": good[:-1] + ("A" if good[-1] != "A" else "B"),
        "expired": made["expired"][1],
        "revoked": made["revoked"][1],
        "not ascii": good[:-1] + "é",
        "long": "skm_" + "0" * 100_000,
    }


def test_all_keys_that_do_not_count_are_refused_in_the_same_words(
    client: TestClient, store: Store
) -> None:
    """Whether a key was ever one is told to nobody."""
    answers = {
        (answer.status_code, answer.headers["www-authenticate"], answer.json()["detail"])
        for name, key in _bad_keys(store).items()
        for answer in [
            client.get("/v1/keys", headers=[(b"Authorization", b"Bearer " + key.encode())])
        ]
    }

    assert len(answers) == 1
    assert next(iter(answers))[0] == 401


def test_the_same_work_is_done_whatever_is_wrong_with_a_key(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted, not timed: the same query, one hash and one comparison in constant time.

    What differs is no more than whether the database found a row, of an id that is no secret.
    """
    work: list[str] = []

    def compare(one: bytes, other: bytes) -> bool:
        work.append(f"compare {len(one)} {len(other)}")
        return hmac.compare_digest(one, other)

    def sha256(data: bytes) -> object:
        work.append("sha256")
        return hashlib.sha256(data)

    bad = _bad_keys(store)
    event.listen(
        store.engine, "before_cursor_execute", lambda *given: work.append(f"query {given[2]}")
    )
    monkeypatch.setattr(checking, "hmac", type("", (), {"compare_digest": compare}))
    monkeypatch.setattr(checking, "hashlib", type("", (), {"sha256": sha256}))
    seen = {}
    for name, key in bad.items():
        work.clear()
        with store.reading() as session, pytest.raises(UnauthenticatedError):
            principal_of_key(session, key, at=NOW)
        seen[name] = tuple(work)

    assert len(set(seen.values())) == 1
    assert sum("SELECT" in line for line in seen["malformed"]) == 1
    assert {"sha256", "compare 32 32"} <= set(seen["malformed"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3a9f5e43-6415-4da8-876e-a8e928a32791", "3a9f5e43-6415-4da8-876e-a8e928a32791"),
        (" 3A9F5E4364154DA8876EA8E928A32791\n", "3a9f5e43-6415-4da8-876e-a8e928a32791"),
        (
            "skm_3a9f5e4364154da8876ea8e928a32791_" + "_" * 43,
            "3a9f5e43-6415-4da8-876e-a8e928a32791",
        ),
        ("nothing", "nothing"),
    ],
)
def test_a_key_is_meant_by_its_id_or_by_itself(text: str, found: str) -> None:
    """Who revokes a key that they found somewhere has nothing else."""
    assert id_in(text) == found
