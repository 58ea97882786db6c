"""Lanes, time limits and rates: what is too much is told so. All by counting, none by timing."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace

import anyio.to_thread
import httpx
import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from skillmatch_api.access.principal import Scope
from skillmatch_api.app import create_app
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.settings import CONNECTIONS, Limits
from skillmatch_api.wire.limits.admission import LOOKUPS, Lane, Place, heavy, light
from skillmatch_api.wire.limits.deadlines import Deadlines
from skillmatch_api.wire.limits.rates import MOST_BUCKETS, Rates
from skillmatch_api.wire.services import Services
from tests.api.conftest import Authorised


class _Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def several(lane: Lane, count: int) -> list[asyncio.Task[Place]]:
    """Let ``count`` requests ask for places, and all of them get as far as they can."""
    tasks = [asyncio.ensure_future(lane.enter()) for _ in range(count)]
    for _ in range(5):
        await asyncio.sleep(0)
    return tasks


def refused(tasks: list[asyncio.Task[Place]]) -> list[BusyServiceError]:
    """Return the refusals among them."""
    errors = [task.exception() for task in tasks if task.done()]
    return [error for error in errors if isinstance(error, BusyServiceError)]


def test_a_lane_works_on_a_few_lets_some_wait_and_sheds_the_rest() -> None:
    """At four times the load the queue stays as short as it is."""

    async def load() -> None:
        lane = Lane(places=2, queue=3, patience=60)

        tasks = await several(lane, 20)

        assert (lane.running, lane.waiting, lane.shed) == (2, 3, 15)
        assert len(refused(tasks)) == 15
        assert all(not error.yours and error.retry_after >= 1 for error in refused(tasks))
        for task in tasks[2:5]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(load())


@pytest.mark.parametrize("cores", [1, 2, 4, 8, 64])
def test_all_places_have_a_thread_and_a_connection(
    cores: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else those who were let in wait for each other, where nobody sees that they do."""
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(cores)), raising=False)

    async def threads() -> float:
        return anyio.to_thread.current_default_thread_limiter().total_tokens

    limits = Limits()

    places = limits.heavy + limits.light + LOOKUPS
    assert limits.heavy == min(cores, 8)
    assert places < min(asyncio.run(threads()), CONNECTIONS)


def test_a_lane_recovers_when_places_are_left() -> None:
    """Those who wait get in, in their order, and newcomers after them."""

    async def recover() -> None:
        lane = Lane(places=1, queue=2, patience=60)
        first, second, third = await several(lane, 3)

        first.result().leave()
        first.result().leave()  # twice counts once
        await second
        assert (lane.running, lane.waiting, third.done()) == (1, 1, False)
        second.result().leave()
        (await third).leave()

        assert (lane.running, lane.waiting) == (0, 0)
        (await lane.enter()).leave()
        assert lane.shed == 0

    asyncio.run(recover())


def test_a_lane_lets_nobody_wait_for_ever() -> None:
    """A client that waits longer than its patience has given up itself."""

    async def wait() -> None:
        lane = Lane(places=1, queue=5, patience=0.001)
        place = await lane.enter()

        with pytest.raises(BusyServiceError):
            await lane.enter()

        assert (lane.running, lane.waiting, lane.shed) == (1, 0, 1)
        place.leave()
        assert lane.running == 0

    asyncio.run(wait())


def test_who_waited_too_long_is_refused_and_the_next_gets_the_place() -> None:
    """An answer that nobody waits for any more would keep those who still do from theirs."""

    async def wait() -> None:
        clock = _Clock()
        lane = Lane(places=1, queue=5, patience=60, clock=clock)
        place = await lane.enter()
        early = asyncio.ensure_future(lane.enter())
        await asyncio.sleep(0)
        clock.now = 30
        late = asyncio.ensure_future(lane.enter())
        await asyncio.sleep(0)

        clock.now = 61
        place.leave()
        done = await asyncio.gather(early, late, return_exceptions=True)

        assert isinstance(done[0], BusyServiceError)
        assert isinstance(done[1], Place)
        assert (lane.running, lane.waiting, lane.shed) == (1, 0, 1)

    asyncio.run(wait())


def test_the_late_make_room_in_a_full_queue() -> None:
    """Those whose time is over are refused before somebody who has just come."""

    async def wait() -> None:
        clock = _Clock()
        lane = Lane(places=1, queue=1, patience=60, clock=clock)
        place = await lane.enter()
        early = asyncio.ensure_future(lane.enter())
        await asyncio.sleep(0)

        clock.now = 61
        late = asyncio.ensure_future(lane.enter())
        await asyncio.sleep(0)
        place.leave()

        with pytest.raises(BusyServiceError):
            await early
        assert isinstance(await late, Place)

    asyncio.run(wait())


def test_time_before_the_queue_counts() -> None:
    """A busy process reads a request late; its client has waited all the same."""

    async def wait() -> None:
        clock = _Clock()
        lane = Lane(places=1, queue=5, patience=60, clock=clock)
        place = await lane.enter()
        clock.now = 100

        with pytest.raises(BusyServiceError):
            await lane.enter(since=39)
        waits = asyncio.ensure_future(lane.enter(since=41))
        await asyncio.sleep(0)
        place.leave()

        assert isinstance(await waits, Place)
        assert (lane.running, lane.shed) == (1, 1)

    asyncio.run(wait())


def test_who_goes_away_while_waiting_takes_no_place() -> None:
    """Neither one who still waits nor one who was just given a place."""

    async def go() -> None:
        lane = Lane(places=1, queue=5, patience=60)
        place, first, second = await several(lane, 3)

        first.cancel()
        await asyncio.sleep(0)
        place.result().leave()
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)

        assert (lane.running, lane.waiting) == (0, 0)

    asyncio.run(go())


class _Gate:
    """Heavy work that goes on until the test lets it end."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Semaphore(0)

    def __call__(self) -> dict[str, str]:
        self.begun.release()
        assert self.open.wait(30)
        return {"done": "yes"}


def looked_up() -> dict[str, str]:
    """Answer at once."""
    return {}


def gated(services: Services, limits: Limits) -> tuple[FastAPI, _Gate]:
    """Return the application with a route that does heavy work, and one that does light work."""
    gate = _Gate()
    settings = replace(services.settings, limits=limits)
    app = create_app(replace(services, settings=settings))
    app.add_api_route("/probe/heavy", gate, dependencies=[Depends(heavy)])
    app.add_api_route("/probe/light", looked_up, dependencies=[Depends(light)])
    return app, gate


def test_light_work_is_answered_while_heavy_work_queues(services: Services) -> None:
    """Autocomplete goes on while postings wait; what is over the queue is told to come again."""
    app, gate = gated(services, Limits(heavy=1, queue=1, queue_seconds=60, rate=0))

    async def load() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            tasks = [asyncio.ensure_future(client.get("/probe/heavy")) for _ in range(8)]
            await asyncio.to_thread(gate.begun.acquire)
            while sum(task.done() for task in tasks) < 6:
                await asyncio.sleep(0.001)
            for _ in range(20):
                assert (await client.get("/probe/light")).status_code == 200
            gate.open.set()
            answers = await asyncio.gather(*tasks)
            assert (await client.get("/probe/heavy")).status_code == 200
            return list(answers)

    answers = asyncio.run(load())

    assert sorted(one.status_code for one in answers) == [200] * 2 + [503] * 6
    shed = next(one for one in answers if one.status_code == 503)
    assert int(shed.headers["Retry-After"]) >= 1
    assert shed.headers["Content-Type"] == "application/problem+json"
    lane = app.state.lanes.heavy
    assert (lane.running, lane.waiting, lane.shed) == (0, 0, 6)


def test_an_answer_that_takes_too_long_is_given_up_but_keeps_its_place(services: Services) -> None:
    """The thread still computes; if its place were free, late work would pile up."""
    app, gate = gated(services, Limits(heavy=1, queue=0, rate=0, request_seconds=1))
    heads: list[int] = []

    async def late() -> None:
        told = asyncio.Event()

        async def send(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                heads.append(int(str(message["status"])))
                told.set()

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = httpx_scope("/probe/heavy")
        task = asyncio.ensure_future(app(scope, receive, send))  # type: ignore[arg-type]  # plain ASGI
        await told.wait()
        assert (heads, app.state.lanes.heavy.running) == ([503], 1)
        gate.open.set()
        await task

    limit = next(one for one in app.user_middleware if one.cls is Deadlines)  # type: ignore[comparison-overlap]  # a factory to mypy
    limit.kwargs["seconds"] = 0.01  # its own setting has whole seconds
    asyncio.run(late())

    assert heads == [503]
    assert app.state.lanes.heavy.running == 0


def test_a_client_that_reads_slowly_holds_no_place(services: Services) -> None:
    """The work is done when the answer begins; how long it travels is up to the client."""
    app, gate = gated(services, Limits(heavy=1, queue=0, rate=0))
    gate.open.set()
    running: list[int] = []

    async def send(_message: dict[str, object]) -> None:
        running.append(app.state.lanes.heavy.running)

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    asyncio.run(app(httpx_scope("/probe/heavy"), receive, send))  # type: ignore[arg-type]  # plain ASGI

    assert running == [0, 0]  # at the head, and at the body


def test_who_left_while_waiting_is_not_worked_for(services: Services) -> None:
    """The place goes to the next, who is still there."""
    app, gate = gated(services, Limits(heavy=1, queue=0, rate=0))
    gate.open.set()
    scope = httpx_scope("/probe/heavy") | {"state": {"gone": True}}

    async def send(_message: dict[str, object]) -> None:
        raise AssertionError("nobody is there")

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]  # plain ASGI

    assert not gate.begun.acquire(blocking=False)
    assert app.state.lanes.heavy.running == 0


def test_a_full_house_refuses_before_anything_is_done(services: Services) -> None:
    """What waits for threads and connections is bounded, whatever it asks for; health is not."""
    limits = Limits(heavy=1, queue=9, queue_seconds=60, requests=2, rate=0)
    app, gate = gated(services, limits)
    app.add_api_route("/probe/other", looked_up)

    async def load() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            inside = [asyncio.ensure_future(client.get("/probe/heavy")) for _ in range(2)]
            await asyncio.to_thread(gate.begun.acquire)
            while app.state.lanes.door.running < 2:
                await asyncio.sleep(0.001)
            codes = [(await client.get(path)).status_code for path in ("/probe/other", "/healthz")]
            gate.open.set()
            await asyncio.gather(*inside)
            return [*codes, (await client.get("/probe/other")).status_code]

    assert asyncio.run(load()) == [503, 200, 200]
    assert (app.state.lanes.door.running, app.state.lanes.door.shed) == (0, 1)


def test_what_is_shed_costs_neither_a_thread_nor_the_database(
    matching: Services, authorised: Authorised, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At four times the load most requests are shed; were each looked up first, none would end."""
    settings = replace(matching.settings, limits=Limits(light=1, light_queue=0, rate=0))
    app = create_app(replace(matching, settings=settings))
    key = authorised(Scope.LEARNER)
    threads: list[object] = []
    asked: list[str] = []

    async def load() -> list[int]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1", headers=key
        ) as client:
            # The first one also has its key's use written down, which forgets whose it is.
            codes = [(await client.get("/v1/search?query=sql")).status_code for _ in range(2)]
            place = await app.state.lanes.light.enter()
            monkeypatch.setattr(anyio.to_thread, "run_sync", _noting(threads))
            event.listen(
                matching.store.engine, "before_cursor_execute", lambda *said: asked.append(said[2])
            )
            codes += [(await client.get("/v1/search?query=sql")).status_code for _ in range(3)]
            assert (threads, asked) == ([], [])
            place.leave()
            return [*codes, (await client.get("/v1/search?query=sql")).status_code]

    assert asyncio.run(load()) == [200, 200, 503, 503, 503, 200]
    assert len(threads) == 1, "the last one was answered, in a thread"


def test_a_crowd_without_a_key_takes_no_place(
    matching: Services, authorised: Authorised, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it cost a thread, so that those who have a key wait none the longer."""
    limits = Limits(heavy=1, queue=1, queue_seconds=60, rate=0)
    settings = replace(matching.settings, limits=limits)
    app = create_app(replace(matching, settings=settings))
    lane, key = app.state.lanes.heavy, authorised(Scope.LEARNER)
    threads: list[object] = []

    async def load() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:

            def keep(headers: dict[str, str] | None = None) -> asyncio.Task[httpx.Response]:
                body = {"posting": "You must know Git."}
                return asyncio.ensure_future(
                    client.post("/v1/postings", json=body, headers=headers)
                )

            place, waits = await lane.enter(), keep(key)
            while not lane.waiting:
                await asyncio.sleep(0.001)
            monkeypatch.setattr(anyio.to_thread, "run_sync", _noting(threads))
            crowd = await asyncio.gather(*(keep() for _ in range(20)))
            assert (threads, lane.waiting, lane.shed) == ([], 1, 0)
            late = await keep(key)
            place.leave()
            return [*crowd, late, await waits]

    *crowd, late, waited = asyncio.run(load())

    assert {one.status_code for one in crowd} == {401}
    assert (late.status_code, int(late.headers["Retry-After"]) >= 1) == (503, True)
    assert waited.status_code == 201
    assert (lane.running, lane.waiting) == (0, 0)


def _noting(threads: list[object]) -> Callable[..., Awaitable[object]]:
    really: Callable[..., Awaitable[object]] = anyio.to_thread.run_sync

    async def run_sync(work: Callable[..., object], *args: object, **options: bool) -> object:
        threads.append(work)
        return await really(work, *args, **options)

    return run_sync


def httpx_scope(path: str) -> dict[str, object]:
    """Return the scope of a plain GET."""
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }


@given(
    per_minute=st.integers(1, 5_000),
    steps=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 40)), max_size=15),
)
def test_nobody_gets_more_than_burst_and_flow(
    per_minute: int, steps: list[tuple[float, int]]
) -> None:
    """Whatever the rhythm, over any time a caller gets a bucket and what flows in."""
    clock = _Clock()
    rates = Rates(per_minute, clock=clock)
    allowed = 0

    for pause, requests in steps:
        clock.now += pause
        standings = [rates.take("a") for _ in range(requests)]
        allowed += sum(one.allowed for one in standings)
        assert all(0 <= one.left <= one.burst for one in standings)

    burst = max(1, per_minute // 6)
    assert allowed <= burst + clock.now * per_minute / 60 + 1e-6


def test_a_caller_who_waits_as_told_gets_in() -> None:
    """``wait`` is true, and one caller's haste costs another nothing."""
    clock = _Clock()
    rates = Rates(6, clock=clock)  # a token each ten seconds, one in the bucket

    assert rates.take("a").allowed
    told = rates.take("a")
    assert (told.allowed, told.left, told.wait) == (False, 0, 10)
    assert rates.take("b").allowed
    clock.now += told.wait - 0.01
    assert not rates.take("a").allowed
    clock.now += 0.02
    assert rates.take("a").allowed
    assert rates.refused == 2


def test_the_rates_of_many_callers_take_bounded_memory() -> None:
    """Callers that are long gone are forgotten, the longest first."""
    rates = Rates(6, clock=_Clock())

    for number in range(MOST_BUCKETS + 5):
        rates.take(str(number))

    assert len(rates._buckets) == MOST_BUCKETS
    assert "0" not in rates._buckets


@pytest.fixture
def hurried(matching: Services) -> Iterator[TestClient]:
    """A client of an application that lets each caller in three times at once."""
    settings = replace(matching.settings, limits=Limits(rate=18))
    app = create_app(replace(matching, settings=settings))
    app.state.rates.clock = _Clock()
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def test_a_key_that_asks_too_often_is_told_when_to_come_again(
    hurried: TestClient, authorised: Authorised
) -> None:
    """Every answer says how one stands; another key is not held up."""
    mine, other = authorised(Scope.LEARNER), authorised(Scope.LEARNER)

    answers = [hurried.get("/v1/frameworks", headers=mine) for _ in range(5)]

    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert [one.headers["RateLimit"] for one in answers[:3]] == [
        '"caller";r=2;t=4', '"caller";r=1;t=7', '"caller";r=0;t=10',
    ]  # fmt: skip
    assert answers[0].headers["RateLimit-Policy"] == '"caller";q=3;w=10'
    assert answers[3].headers["Retry-After"] == "4"
    assert answers[3].json()["title"] == "Too Many Requests"
    assert hurried.get("/v1/frameworks", headers=other).status_code == 200
    assert hurried.get("/healthz").status_code == 200


def test_an_idempotency_key_is_no_way_around_the_rate(
    hurried: TestClient, authorised: Authorised
) -> None:
    """Who asks is found before the route here, and counted there all the same."""
    mine = authorised(Scope.ADMIN) | {"Idempotency-Key": "one"}
    body = {"name": "page", "scopes": ["learner"]}

    codes = [hurried.post("/v1/keys", headers=mine, json=body).status_code for _ in range(5)]

    assert codes == [201, 201, 201, 429, 429]


def test_a_request_leaves_no_place_behind(services: Services) -> None:
    """Errors, too, leave their place; a lane that leaks ends the service slowly."""
    app, gate = gated(services, Limits(heavy=1, queue=0, rate=0))
    gate.open.set()

    def failing() -> None:
        raise ZeroDivisionError

    app.add_api_route("/probe/failing", failing, dependencies=[Depends(heavy)])
    with TestClient(app, base_url="http://127.0.0.1") as client:
        codes = [client.get(path).status_code for path in ("/probe/failing", "/probe/heavy") * 3]

    assert codes == [500, 200] * 3
    assert app.state.lanes.heavy.running == 0
