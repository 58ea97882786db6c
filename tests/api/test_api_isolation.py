"""No organisation learns of another: every route, on both databases; and nobody comes in unasked.

``isolation_table`` has a line for each route. What is asked for once belongs to another
organisation and once to nobody; the two answers must be the same.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import update
from starlette.routing import Route

from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.sessions import COOKIE
from skillmatch_api.app import ROUTERS, create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.limits.admission import Lane
from skillmatch_api.wire.services import Services
from tests.api.conftest import NOW, on_server
from tests.api.isolation_table import CALLS, OPEN, Call
from tests.api.isolation_world import Header, Names, Settled, World, settled, unknown
from tests.api.route_scopes import scopes_of_route

ROUTES = {
    f"{method} {route.path}": route
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
}
GUARDED = sorted(set(ROUTES) - set(OPEN))
_REFUSED = re.compile(r'this (page )?needs a key with the scope \w+( or \w+)*[;"<\n]')
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture(scope="module", params=["sqlite", pytest.param("pg", marks=pytest.mark.postgres)])
def world_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Address of a database that these tests alone use, one after the other."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('isolation') / 'service.sqlite'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    on_server(server, "CREATE DATABASE isolation TEMPLATE template0")
    yield server + "isolation"
    on_server(server, "DROP DATABASE isolation WITH (FORCE)")


class _KeptOpen(MatcherHolder):
    """Lends the matcher of all tests."""

    def exchange(self) -> None:
        """Keep it: it is the newest there is."""

    def close(self) -> None:
        """Leave it to the other tests."""


@pytest.fixture(scope="module")
def world(world_url: str, mini_settings: Settings, mini_matcher: Matcher) -> Iterator[World]:
    """Two organisations that have the same kinds of things."""
    store = Store.open(world_url)
    upgrade(store)
    holder = _KeptOpen(opening=lambda: mini_matcher)
    MatcherHolder.exchange(holder)
    settings = ServiceSettings(library=mini_settings, database=world_url)
    limits = replace(settings.limits, rate=0)
    services = Services(
        settings=replace(settings, limits=limits, job_workers=0),
        store=store,
        matchers=holder,
        clock=lambda: NOW,
    )
    with TestClient(
        create_app(services), base_url="http://127.0.0.1", follow_redirects=False
    ) as client:
        a, b = settled(client, services, "Acmeish"), settled(client, services, "Birchen")
        yield World(client=client, services=services, a=a, b=b)


def _filled(value: Any, names: Names) -> Any:  # noqa: ANN401 - JSON
    """Return a value with the names in their places."""
    if isinstance(value, str):
        return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], value)
    if isinstance(value, Mapping):
        return {key: _filled(each, names) for key, each in value.items()}
    return [_filled(each, names) for each in value] if isinstance(value, list) else value


def _ask(world: World, route: str, call: Call, headers: Header, names: Names) -> Response:
    method, _, template = route.partition(" ")
    at = {name: _filled(value, names) for name, value in call.at.items()}
    path = re.sub(r"\{(\w+)(?::path)?\}", lambda found: at[found[1]], template)
    body: dict[str, Any] = {}
    if call.json is not None:
        body["json"] = _filled(call.json, names)
    if call.form is not None:
        body["data"] = _filled(call.form, names)
    world.client.cookies.clear()
    try:
        return world.client.request(
            method, path, params=_filled(call.query, names), headers=headers, **body
        )
    finally:
        world.client.cookies.clear()


def _names(world: World) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of what is the other's, and of what is nobody's."""
    theirs = {**world.a.names, "word": world.a.word}
    return theirs, unknown(theirs)


def _told(answer: Response, names: Names) -> tuple[int, str, list[str]]:
    """Return what an answer tells beside what it was asked, and what is chance."""
    text = answer.text
    for name, value in sorted(names.items(), key=lambda one: -len(one[1])):
        text = text.replace(value, f"<{name}>")
    return answer.status_code, _ID.sub("<id>", text), sorted(answer.headers)


def test_every_route_has_its_line(world: World) -> None:
    """A new route is called here before anybody else calls it."""
    app = world.client.app
    assert isinstance(app, FastAPI)
    beside = {f"GET {one.path}" for one in app.routes if type(one) is Route}

    assert set(CALLS) | set(OPEN) == set(ROUTES) | beside
    assert not set(CALLS) & set(OPEN)


@pytest.mark.parametrize("route", sorted(OPEN))
def test_what_is_open_to_everybody_tells_nothing_of_anybody(world: World, route: str) -> None:
    """Health, the way to the login, and what proves in another way who asks."""
    names = {**world.a.names, "word": world.a.word}

    answer = _ask(world, route, OPEN[route], {}, names)

    assert answer.status_code == OPEN[route].status, answer.text
    assert not [mark for mark in (*world.a.marks, *world.b.marks) if mark in answer.text]


OWNED = {
    route
    for route, call in CALLS.items()
    if route.startswith("GET") and call.at and "{word}" not in call.at.values()
}
"""Routes that show one thing of an organisation; frameworks are everybody's."""

LISTS = {
    "GET /v1/keys": "key",
    "GET /v1/audit": "candidate",
    "GET /v1/candidates": "candidate",
    "GET /v1/jobs": "job",
    "GET /v1/alignments": "alignment",
    "GET /v1/catalogue": "catalogue",
    "GET /v1/postings": "posting",
    "GET /v1/plans": "plan",
    "POST /v1/candidates/search": "candidate",
    "POST /v1/candidates/export": "candidate",
}


LOGS = frozenset({"GET /v1/audit", "GET /admin/audit"})
"""What an organisation did itself, whatever names it used for it."""


@pytest.mark.parametrize("route", sorted(LISTS))
def test_a_list_holds_ones_own_and_nothing_of_the_other(world: World, route: str) -> None:
    """Both organisations see theirs, where both have the same numbers, names apart."""
    for mine, other in ((world.a, world.b), (world.b, world.a)):
        names = {**mine.names, "word": mine.word}
        call = replace(CALLS[route], query={})

        text = _ask(world, route, call, mine.staff, names).text

        assert mine.names[LISTS[route]] in text
        assert not [mark for mark in _marks(other, route) if mark in text]


@pytest.mark.parametrize("route", GUARDED)
@pytest.mark.parametrize("who", ["staff", "person"])
def test_what_is_anothers_is_answered_like_what_never_was(
    world: World, route: str, who: str
) -> None:
    """Word for word, to whoever works there and to whoever is a person there."""
    call = CALLS[route]
    headers = world.b.staff if who == "staff" else world.b.person
    theirs, nobodys = _names(world)
    before = None if route.startswith("GET") else world.rows_of_a()

    answers = [_ask(world, route, call, headers, names) for names in (theirs, nobodys)]

    told = [_told(one, names) for one, names in zip(answers, (theirs, nobodys), strict=True)]
    if _given(call, theirs):
        assert told[0] == told[1]
    if call.undo is not None:
        for names in (theirs, nobodys):
            _ask(world, call.undo, Call(at=call.at), headers, names)
    if who == "staff":
        assert answers[0].status_code == call.status, answers[0].text
    for answer, names in zip(answers, (theirs, nobodys), strict=True):
        seen = answer.text + str(answer.headers)
        for value in _given(call, names):
            seen = seen.replace(value, "")
        assert not [mark for mark in _marks(world.a, route) if mark in seen]
    assert before is None or world.rows_of_a() == before


def _given(call: Call, names: Names) -> list[str]:
    """Return the names that stand in a request, longest first: an answer may repeat them."""
    used = set(re.findall(r"\{(\w+)\}", str((call.at, call.query, call.json, call.form))))
    return sorted((names[name] for name in used if name in names), key=lambda one: -len(one))


@pytest.mark.parametrize("route", sorted(OWNED))
def test_what_is_ones_own_is_there(world: World, route: str) -> None:
    """Otherwise the test above would compare nothing with nothing."""
    call = CALLS[route]
    names = {**world.a.names, "word": world.a.word}

    statuses = {
        _ask(world, route, call, headers, names).status_code
        for headers in (world.a.staff, world.a.person)
    }

    assert statuses & {200, 409}


def test_a_cursor_of_one_leads_the_other_to_nothing_of_theirs(world: World) -> None:
    """A cursor is a place in an order, not a key."""
    for route in sorted(set(LISTS) - {"GET /v1/catalogue", "POST /v1/candidates/export"}):
        names = {**world.a.names, "word": world.a.word}
        call = replace(CALLS[route], query={"limit": "1"})
        if route.startswith("POST"):
            call = replace(call, query={}, json={**call.json, "limit": 1})
        cursor = _ask(world, route, call, world.a.staff, names).json().get("next")
        if cursor is None:
            continue
        going_on = replace(call, query={**call.query, "cursor": cursor})
        if route.startswith("POST"):
            going_on = replace(call, json={**call.json, "cursor": cursor})

        answer = _ask(world, route, going_on, world.b.staff, names)

        seen = answer.text.replace(cursor, "")
        assert not [mark for mark in _marks(world.a, route) if mark in seen]


def _marks(other: Settled, route: str) -> list[str]:
    """Return what nothing but the other organisation's own rows can tell.

    Another test lets each use the other's name of a catalogue itself, as its own log then says.
    """
    own = other.names["catalogue"] if route in LOGS else ""
    return [mark for mark in other.marks if mark != own]


def test_a_repeated_write_of_another_organisation_is_no_repetition(world: World) -> None:
    """The same ``Idempotency-Key`` in two organisations is two keys, whatever it was kept for."""
    body = {"name": "of nobody", "scopes": ["learner"]}
    made = [
        world.client.post("/v1/keys", json=body, headers={**one.staff, "Idempotency-Key": "same"})
        for one in (world.a, world.b, world.a)
    ]
    first, other, again = (one.json()["id"] for one in made)

    assert [one.status_code for one in made] == [201, 201, 201]
    assert (first == again, first == other) == (True, False)


@pytest.fixture(scope="module")
def bad_keys(world: World) -> dict[str, Header]:
    """Keys of every scope that do not count, and no key at all."""
    made = {name: world.key(*Scope) for name in ("expired", "revoked", "forged")}
    ids = {name: str(uuid.UUID(one["Authorization"].split("_")[1])) for name, one in made.items()}
    ended = {"expired": {"expires_at": NOW}, "revoked": {"revoked_at": NOW - timedelta(days=1)}}
    with world.services.store.writing() as session:
        for name, values in ended.items():
            session.execute(update(ApiKey).where(ApiKey.id == ids[name]).values(values))
    secret = made["forged"]["Authorization"]
    forged = secret[:-1] + ("A" if secret[-1] != "A" else "B")
    return {
        **made,
        "forged": {"Authorization": forged},
        "no key": {},
    }


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_may_call_what_one_of_its_scopes_may_and_nothing_else(
    world: World, scope: Scope
) -> None:
    """What is refused is refused before anything is looked for, and says which scope it takes."""
    headers = world.key(scope)
    nothing = unknown({**world.a.names, "word": world.a.word})
    wrong = {}
    for route in sorted(set(GUARDED) - {"POST /v1/session"}):
        answer = _ask(world, route, CALLS[route], headers, nothing)
        refused = answer.status_code == 403 and _REFUSED.search(answer.text) is not None
        if refused == (scope in scopes_of_route(ROUTES[route])):
            wrong[route] = answer.text

    assert wrong == {}


@pytest.mark.parametrize("route", sorted(set(GUARDED) - {"POST /v1/session"}))
def test_nobody_comes_in_without_a_key_that_counts(
    world: World, bad_keys: dict[str, Header], route: str
) -> None:
    """And is told the same for each that does not; a page sends its reader to the login."""
    call = CALLS[route]
    names = {**world.b.names, "word": world.b.word}

    answers = {name: _ask(world, route, call, headers, names) for name, headers in bad_keys.items()}

    assert {one.status_code for one in answers.values()} == {call.nobody}
    if route.partition(" ")[2].startswith(("/v1", "/metrics")):
        kinds = ("expired", "revoked", "forged")
        assert len({answers[name].json()["detail"] for name in kinds}) == 1
    if call.nobody == 303:
        assert all(one.headers["location"].startswith("/login") for one in answers.values())


@pytest.fixture
def full_lanes(world: World) -> Iterator[list[Lane]]:
    """The lanes of work without a place, and without room to wait for one."""
    app = world.client.app
    assert isinstance(app, FastAPI)
    lanes = [app.state.lanes.heavy, app.state.lanes.light]
    free = [(lane.running, lane.queue) for lane in lanes]
    for lane in lanes:
        lane.running, lane.queue = lane.places, 0
    yield lanes
    for lane, (running, queue) in zip(lanes, free, strict=True):
        lane.running, lane.queue = running, queue


def test_who_is_refused_asks_for_no_place(
    world: World, bad_keys: dict[str, Header], full_lanes: list[Lane]
) -> None:
    """Otherwise a crowd without a key would fill the queue, and keep out those who have one."""
    one_scope = {scope: world.key(scope) for scope in Scope}
    nothing = unknown({**world.b.names, "word": world.b.word})
    shed = [lane.shed for lane in full_lanes]
    wrong = {}
    for route in sorted(set(GUARDED) - {"POST /v1/session"}):
        call, others = CALLS[route], set(Scope) - scopes_of_route(ROUTES[route])
        asked = {name: (bad_keys[name], call.nobody) for name in ("no key", "forged")}
        asked |= {scope: (one_scope[scope], 403) for scope in sorted(others)[:1]}
        for who, (headers, status) in asked.items():
            answer = _ask(world, route, call, headers, nothing)
            if answer.status_code != status:
                wrong[route, who] = answer.text

    assert wrong == {}
    assert [lane.shed for lane in full_lanes] == shed


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": f"Bearer skm_{'0' * 32}_{'A' * 43}"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer"},
        {"Cookie": f"{COOKIE}={'A' * 43}"},
        {"Cookie": f"{COOKIE}="},
    ],
)
@pytest.mark.parametrize("route", ["GET /v1/keys", "POST /v1/gap", "GET /learn"])
def test_what_looks_like_a_proof_is_none(world: World, route: str, headers: Header) -> None:
    """A key that was made up, another scheme, nothing, and a cookie of nobody."""
    call = CALLS[route]

    answer = _ask(world, route, call, headers, {**world.b.names, "word": world.b.word})

    assert answer.status_code == call.nobody
