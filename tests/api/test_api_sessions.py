"""Browsers: a key is traded for a cookie, and a cookie alone changes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, select, update
from starlette.requests import HTTPConnection

from skillmatch_api.access.failed_logins import MOST, REMEMBERED, WINDOW, FailedLogins
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.sessions import COOKIE
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.people.registering import Details, register
from skillmatch_api.store import Store
from skillmatch_api.store.tables import ApiKey, AuditEntry, BrowserSession, Person
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.who.callers import CSRF_HEADER
from skillmatch_api.wire.who.origins import network_of
from tests.api.conftest import NOW, Authorised


def _key(header: dict[str, str]) -> str:
    return header["Authorization"].removeprefix("Bearer ")


def _log_in(client: TestClient, header: dict[str, str]) -> str:
    """Log in and return the CSRF token."""
    answer = client.post("/v1/session", json={"key": _key(header)})
    assert answer.status_code == 201, answer.text
    csrf: str = answer.json()["csrf"]
    return csrf


def test_a_key_is_traded_for_a_cookie_that_scripts_cannot_read(
    client: TestClient, authorised: Authorised
) -> None:
    """What runs in a page, were it hostile, cannot carry the login away."""
    answer = client.post("/v1/session", json={"key": _key(authorised(Scope.LEARNER))})

    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 201
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert "Secure" not in cookie
    assert client.get("/v1/session").json() == answer.json()


@pytest.mark.parametrize("base", ["https://127.0.0.1", "http://skills.example.org"])
def test_off_this_machine_the_cookie_travels_encrypted_only(
    matching: Services, authorised: Authorised, base: str
) -> None:
    """Over plain http everybody on the way could take it."""
    with TestClient(create_app(matching), base_url=base) as client:
        answer = client.post("/v1/session", json={"key": _key(authorised(Scope.LEARNER))})

    assert "; Secure" in answer.headers["set-cookie"]


def test_the_database_holds_the_hash_of_a_cookie_alone(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """Who reads it cannot take a login over."""
    _log_in(client, authorised(Scope.LEARNER))

    cookie = client.cookies[COOKIE]
    with store.reading() as session:
        row = session.scalars(select(BrowserSession)).one()
    assert len(cookie) == 43
    assert row.id == hashlib.sha256(cookie.encode()).hexdigest()
    assert cookie not in repr(vars(row))


def test_a_cookie_changes_nothing_without_the_token_of_its_page(
    client: TestClient, authorised: Authorised
) -> None:
    """A browser sends the cookie for whoever asks it to."""
    csrf = _log_in(client, authorised(Scope.LEARNER))

    without = client.delete("/v1/session")
    wrong = client.delete("/v1/session", headers=[(CSRF_HEADER.encode(), b"\xe9" + csrf.encode())])
    right = client.delete("/v1/session", headers={CSRF_HEADER: csrf})

    assert [one.status_code for one in (without, wrong, right)] == [403, 403, 204]
    assert client.get("/v1/session").status_code == 401


def test_the_token_of_another_login_does_not_count(
    matching: Services, authorised: Authorised
) -> None:
    """Otherwise anybody with a key could write forms for others."""
    app = create_app(matching)
    with TestClient(app, base_url="http://127.0.0.1") as mine:
        theirs = TestClient(app, base_url="http://127.0.0.1")
        token = _log_in(theirs, authorised(Scope.LEARNER))
        _log_in(mine, authorised(Scope.LEARNER))

        assert mine.delete("/v1/session", headers={CSRF_HEADER: token}).status_code == 403


def test_a_login_begins_with_a_new_id_and_ends_the_one_before(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """An id that somebody set on the browser beforehand must lead nowhere."""
    client.cookies.set(COOKIE, "A" * 43, domain="127.0.0.1")
    _log_in(client, authorised(Scope.LEARNER))
    first = client.cookies[COOKIE]
    _log_in(client, authorised(Scope.RECRUITER))

    assert len({"A" * 43, first, client.cookies[COOKIE]}) == 3
    assert client.get("/v1/session").json()["scopes"] == ["recruiter"]
    with store.reading() as session:
        assert len(session.scalars(select(BrowserSession)).all()) == 1


def test_a_login_ends_at_its_hour_however_much_it_is_used(
    matching: Services, authorised: Authorised
) -> None:
    """A browser that was left open somewhere does not stay in for ever."""
    times = [NOW]
    services = replace(matching, clock=lambda: times[0])
    with TestClient(create_app(services), base_url="http://127.0.0.1") as client:
        _log_in(client, authorised(Scope.LEARNER))
        cookie = client.cookies[COOKIE]
        answers = []
        for minutes in (0, 360, 719, 720):
            times[0] = NOW + timedelta(minutes=minutes)
            header = {"Cookie": f"{COOKIE}={cookie}"}
            answers.append(client.get("/v1/session", headers=header).status_code)

    assert answers == [200, 200, 200, 401]


@pytest.mark.parametrize("column", ["revoked_at", "expires_at"])
def test_a_login_ends_with_its_key(
    client: TestClient, authorised: Authorised, store: Store, column: str
) -> None:
    """Revoking a key shuts its browsers out, too."""
    _log_in(client, authorised(Scope.LEARNER))
    with store.writing() as session:
        session.execute(update(ApiKey).values({column: NOW}))

    assert client.get("/v1/session").status_code == 401


def test_a_login_and_a_key_end_with_their_person(
    client: TestClient, authorised: Authorised, store: Store
) -> None:
    """Nobody acts for a person who was erased, even if a key of theirs were left behind."""
    with store.writing() as session:
        tenant_id = tenant_named(session, DEFAULT, at=NOW).id
        person = register(session, Details(), tenant_id=tenant_id, at=NOW)
    header = authorised(Scope.LEARNER, person_id=person.id)
    _log_in(client, header)
    before = client.get("/v1/session").json()["person"]
    with store.writing() as session:
        session.execute(delete(Person))

    assert before == person.id
    assert client.get("/v1/session").status_code == 401
    client.cookies.clear()
    assert client.get("/v1/session", headers=header).status_code == 401


def test_a_bad_key_in_the_header_is_not_made_good_by_a_cookie(
    client: TestClient, authorised: Authorised
) -> None:
    """Who sends a key means that key."""
    _log_in(client, authorised(Scope.LEARNER))

    assert client.get("/v1/session", headers={"Authorization": "Bearer x"}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:81"},
        {"Origin": "http://[::1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_no_page_of_another_site_logs_anybody_in(
    client: TestClient, authorised: Authorised, headers: dict[str, str]
) -> None:
    """What is done afterwards would be done under the attacker's name, and seen by them."""
    body = {"key": _key(authorised(Scope.LEARNER))}

    answer = client.post("/v1/session", json=body, headers=headers)

    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


def test_the_own_page_logs_in(client: TestClient, authorised: Authorised) -> None:
    """It sends its own address."""
    headers = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    body = {"key": _key(authorised(Scope.LEARNER))}

    assert client.post("/v1/session", json=body, headers=headers).status_code == 201


def test_logins_that_keep_failing_have_to_wait(client: TestClient, authorised: Authorised) -> None:
    """Even the right key waits then: otherwise waiting would tell which one it is."""
    statuses = [client.post("/v1/session", json={"key": "x"}).status_code for _ in range(MOST + 1)]
    answer = client.post("/v1/session", json={"key": _key(authorised(Scope.LEARNER))})

    assert statuses == [401] * MOST + [429]
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "300")


def test_failures_are_forgotten_after_their_window() -> None:
    """Who mistyped comes in again; the window begins at the first failure."""
    failed = FailedLogins()
    for _ in range(MOST):
        failed.note("192.0.2.1", at=NOW)

    failed.check("192.0.2.2", at=NOW)
    with pytest.raises(BusyServiceError) as raised:
        failed.check("192.0.2.1", at=NOW + WINDOW - timedelta(seconds=0.5))
    failed.check("192.0.2.1", at=NOW + WINDOW)
    failed.note("192.0.2.1", at=NOW + WINDOW)
    failed.check("192.0.2.1", at=NOW + WINDOW)

    assert raised.value.retry_after == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff:2", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("testclient", "testclient", True),
    ],
)
def test_addresses_that_one_visitor_can_choose_from_are_one_network(
    one: str, other: str, *, same: bool
) -> None:
    """With IPv6 everybody has billions of them; with IPv4 neighbours are strangers."""
    seen = [
        network_of(HTTPConnection({"type": "http", "headers": [], "client": (host, 1)}))
        for host in (one, other)
    ]

    assert (seen[0] == seen[1]) == same


def test_failures_of_many_networks_do_not_fill_the_memory() -> None:
    """An attacker with addresses without end must not bring the service down."""
    failed = FailedLogins()
    for number in range(REMEMBERED + 5):
        failed.note(str(number), at=NOW)

    assert len(failed._counts) == REMEMBERED
    assert "4" not in failed._counts


def test_logins_are_written_down(client: TestClient, authorised: Authorised, store: Store) -> None:
    """Their beginning and end, by the name of the key."""
    csrf = _log_in(client, authorised(Scope.LEARNER))
    client.delete("/v1/session", headers={CSRF_HEADER: csrf})

    with store.reading() as session:
        key_id = session.scalars(select(ApiKey.id)).one()
        found = session.execute(select(AuditEntry.action, AuditEntry.by)).all()
    by = f"key:{key_id}"
    assert sorted(map(tuple, found)) == [("session.begin", by), ("session.end", by)]
