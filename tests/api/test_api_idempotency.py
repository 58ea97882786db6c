"""``Idempotency-Key``: a write that is sent twice is done once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import ROUTERS, create_app
from skillmatch_api.store import Store, replays
from skillmatch_api.store.replays import KEPT, ReplayKey
from skillmatch_api.store.tables import ApiKey, Person, Replay
from skillmatch_api.wire.passing.idempotency import is_write
from skillmatch_api.wire.passing.sealing import seal, unseal
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, Authorised

NEW_KEY = {"name": "careers page", "scopes": ["learner"]}


@pytest.fixture
def app(services: Services) -> FastAPI:
    """The application over an empty database."""
    return create_app(services)


@pytest.fixture
def asking(app: FastAPI) -> Iterator[TestClient]:
    """A client of it."""
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def keys_in(store: Store) -> int:
    """Count the keys that were made."""
    with store.reading() as session:
        return session.scalar(select(func.count()).select_from(ApiKey)) or 0


def kept(store: Store) -> list[Replay]:
    """Return all answers that are kept."""
    with store.reading() as session:
        return list(session.scalars(select(Replay)))


def test_a_write_that_is_sent_again_is_done_once_and_answered_alike(
    asking: TestClient, services: Services, store: Store, authorised: Authorised
) -> None:
    """A client whose connection broke asks again and gets what it missed, even after a restart."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "first try"}
    before = keys_in(store)

    first = asking.post("/v1/keys", json=NEW_KEY, headers=headers)
    again = asking.post("/v1/keys", json=NEW_KEY, headers=headers)
    with TestClient(create_app(services), base_url="http://127.0.0.1") as restarted:
        later = restarted.post("/v1/keys", json=NEW_KEY, headers=headers)

    assert first.status_code == 201
    for other in (again, later):
        assert (other.status_code, other.content) == (201, first.content)
        assert other.headers["Location"] == first.headers["Location"]
        assert other.headers["Content-Type"] == first.headers["Content-Type"]
        assert other.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert keys_in(store) == before + 1


def test_a_key_that_was_made_does_not_lie_in_the_database(
    asking: TestClient, store: Store, authorised: Authorised
) -> None:
    """Answers hold new keys and people's data; the database alone must not give them away."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "k"}

    made = asking.post("/v1/keys", json=NEW_KEY, headers=headers).json()

    (row,) = kept(store)
    assert made["key"].encode() not in (row.body or b"")
    assert b"careers page" not in (row.body or b"")
    assert made["id"] in str(row.headers)  # by which an erasure finds answers about a person


def test_a_key_stands_for_one_request(
    asking: TestClient, store: Store, authorised: Authorised
) -> None:
    """The same key with another body is a mistake, and doing either would hide it."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "k"}
    asking.post("/v1/keys", json=NEW_KEY, headers=headers)
    before = keys_in(store)

    other = asking.post("/v1/keys", json={**NEW_KEY, "name": "other"}, headers=headers)

    assert other.status_code == 422
    assert "another request" in other.json()["detail"]
    assert keys_in(store) == before


def test_the_same_key_of_two_callers_is_two_keys(
    asking: TestClient, authorised: Authorised
) -> None:
    """Nobody gets another's answer by guessing a key, not even in the same organisation."""
    mine, theirs = authorised(Scope.ADMIN), authorised(Scope.ADMIN)
    foreign = authorised(Scope.ADMIN, tenant="other")

    made = [
        asking.post("/v1/keys", json=NEW_KEY, headers=headers | {"Idempotency-Key": "1"})
        for headers in (mine, theirs, foreign)
    ]

    assert len({one.json()["id"] for one in made}) == 3
    assert all("Idempotency-Replayed" not in one.headers for one in made)


def test_while_the_first_request_runs_the_second_is_told_to_wait(
    asking: TestClient, store: Store, authorised: Authorised
) -> None:
    """Also after a crash: whether it was done is not known then, so it is not done again."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "k"}
    asking.post("/v1/keys", json=NEW_KEY, headers=headers)
    with store.writing() as session:
        session.scalars(select(Replay)).one().status = None
    before = keys_in(store)

    second = asking.post("/v1/keys", json=NEW_KEY, headers=headers)

    assert (second.status_code, second.json()["status"]) == (409, 409)
    assert keys_in(store) == before


def test_a_refused_request_may_be_sent_again_with_its_key(
    asking: TestClient, store: Store, authorised: Authorised
) -> None:
    """It changed nothing; who mends it need not invent another key."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "k"}

    refused = asking.post("/v1/keys", json={"scopes": []}, headers=headers)
    accepted = asking.post("/v1/keys", json=NEW_KEY, headers=headers)

    assert (refused.status_code, accepted.status_code) == (422, 201)
    assert len(kept(store)) == 1


def test_whoever_may_not_ask_gets_no_kept_answer(
    asking: TestClient, store: Store, authorised: Authorised
) -> None:
    """A key that was revoked meanwhile reads nothing any more."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "k"}
    asking.post("/v1/keys", json=NEW_KEY, headers=headers)
    with store.writing() as session:
        for row in session.scalars(select(ApiKey)):
            row.revoked_at = NOW

    again = asking.post("/v1/keys", json=NEW_KEY, headers=headers)
    nobody = asking.post("/v1/keys", json=NEW_KEY, headers={"Idempotency-Key": "k"})

    assert (again.status_code, nobody.status_code) == (401, 401)


def test_what_only_computes_is_not_kept(
    client: TestClient, store: Store, authorised: Authorised
) -> None:
    """Nothing of a posting is stored unless somebody asks for it, header or not."""
    headers = authorised(Scope.LEARNER) | {"Idempotency-Key": "k"}

    answer = client.post("/v1/link", json={"texts": ["cooking"]}, headers=headers)

    assert answer.status_code == 200
    assert kept(store) == []


def test_an_answer_is_kept_for_a_day(
    services: Services, store: Store, authorised: Authorised
) -> None:
    """After that the key is free, and its row is gone for good."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": "k"}
    with TestClient(create_app(services), base_url="http://127.0.0.1") as today:
        first = today.post("/v1/keys", json=NEW_KEY, headers=headers)

    tomorrow = replace(services, clock=lambda: NOW + KEPT)
    with TestClient(create_app(tomorrow), base_url="http://127.0.0.1") as later:
        second = later.post("/v1/keys", json=NEW_KEY, headers=headers)

    assert first.json()["id"] != second.json()["id"]
    assert [row.created_at for row in kept(store)] == [NOW + KEPT]


def test_old_answers_of_everybody_are_swept(store: Store, authorised: Authorised) -> None:
    """A caller who never comes back leaves nothing behind."""
    authorised(Scope.ADMIN)
    with store.writing() as session:
        tenant_id = session.scalars(select(ApiKey.tenant_id)).one()
        for hours in (0, 23, 24, 48):
            key = ReplayKey(tenant_id=tenant_id, caller="a", key=str(hours))
            at = NOW - timedelta(hours=hours)
            session.add(Replay(**_row(key), created_at=at))
        session.flush()

        replays.sweep(session, at=NOW)

    assert sorted(row.key for row in kept(store)) == ["0", "23"]


def _row(key: ReplayKey) -> dict[str, Any]:
    columns = {"tenant_id": key.tenant_id, "caller": key.caller, "key": key.key}
    return {**columns, "request": "", "status": None, "headers": None, "body": None}


@pytest.mark.parametrize("bad", ["", "k" * 256])
def test_a_key_has_a_decent_length(asking: TestClient, authorised: Authorised, bad: str) -> None:
    """An empty one is a forgotten one."""
    headers = authorised(Scope.ADMIN) | {"Idempotency-Key": bad}

    answer = asking.post("/v1/keys", json=NEW_KEY, headers=headers)

    assert (answer.status_code, "255" in answer.json()["detail"]) == (422, True)


def test_with_open_an_answer_lives_as_long_as_the_process(services: Services, store: Store) -> None:
    """Nobody sends a secret that it could be sealed with. It is not done twice all the same."""
    opened = replace(services, settings=replace(services.settings, open=True))
    person = {"name": "Ada Example", "myself": False}
    headers = {"Idempotency-Key": "k"}
    with TestClient(create_app(opened), base_url="http://127.0.0.1") as client:
        first = client.post("/v1/candidates", json=person, headers=headers)
        again = client.post("/v1/candidates", json=person, headers=headers)
    with TestClient(create_app(opened), base_url="http://127.0.0.1") as restarted:
        later = restarted.post("/v1/candidates", json=person, headers=headers)

    assert first.status_code == 201
    assert again.content == first.content
    assert later.status_code == 409
    assert "cannot be shown again" in later.json()["detail"]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Person)) == 1


@given(text=st.binary(max_size=200), secret=st.binary(max_size=40), context=st.binary(max_size=40))
def test_only_who_sealed_an_answer_can_read_it(text: bytes, secret: bytes, context: bytes) -> None:
    """Another key, another request or a changed byte opens nothing."""
    sealed = seal(text, secret=secret, context=context)

    assert unseal(sealed, secret=secret, context=context) == text
    assert unseal(sealed, secret=secret + b"x", context=context) is None
    assert unseal(sealed, secret=secret, context=context + b"x") is None
    assert unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), secret=secret, context=context) is None
    assert unseal(b"", secret=secret, context=context) is None


def test_all_that_changes_something_is_known_as_a_write() -> None:
    """A POST that answers 200 computes; PUT, PATCH and DELETE always write."""
    routes = [one for router in ROUTERS for one in router.routes if isinstance(one, APIRoute)]
    writes = {
        f"{method} {route.path}"
        for route in routes
        for method in route.methods or ()
        if is_write(route, method)
    }

    assert {"POST /v1/keys", "DELETE /v1/keys/{key_id}", "POST /v1/candidates"} <= writes
    assert not {one for one in writes if one.startswith("GET ")}
    assert writes.isdisjoint({"POST /v1/gap", "POST /v1/link", "POST /v1/badges/show"})
