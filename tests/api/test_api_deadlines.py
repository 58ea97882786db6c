"""The time limit of an answer: what counts is time in which the process could have worked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from fastapi import FastAPI
from starlette.types import Message, Receive, Scope, Send

from skillmatch_api.wire.limits import deadlines
from skillmatch_api.wire.limits.deadlines import Deadlines


def answered(work: Callable[[asyncio.Event], Awaitable[None]], *, seconds: float) -> list[int]:
    """Return the status of each answer that a client saw to a request that does ``work``.

    The work is given an event that is set once the client has its answer.
    """
    seen: list[int] = []
    told = asyncio.Event()

    async def inner(_scope: Scope, _receive: Receive, send: Send) -> None:
        await work(told)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            seen.append(message["status"])
            told.set()

    scope = {"type": "http", "method": "GET", "path": "/", "headers": [], "state": {}}
    asyncio.run(Deadlines(inner, seconds=seconds)(scope | {"app": FastAPI()}, receive, send))
    return seen


def test_a_process_that_stood_still_answers_what_it_was_asked_before() -> None:
    """Whoever moves or stops a machine for a minute finds that nothing was refused for it."""

    async def stand_still(_told: asyncio.Event) -> None:
        loop = asyncio.get_running_loop()
        clock = loop.time
        loop.time = lambda: clock() + 3_600  # type: ignore[method-assign]  # the clock leaps
        for _ in range(20):  # and the work has a few steps to go
            await asyncio.sleep(0)

    seen = answered(stand_still, seconds=60)

    assert seen == [204]


def test_time_that_is_counted_in_steps_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise a request that takes for ever would be waited for as long."""
    monkeypatch.setattr(deadlines, "STEP", 0.001)
    steps: list[float | None] = []
    wait = asyncio.wait

    async def counted(
        tasks: set[asyncio.Future[None]], *, timeout: float | None = None
    ) -> tuple[set[asyncio.Future[None]], set[asyncio.Future[None]]]:
        steps.append(timeout)
        return await wait(tasks, timeout=timeout)

    async def without_end(told: asyncio.Event) -> None:
        await told.wait()

    monkeypatch.setattr(asyncio, "wait", counted)

    seen = answered(without_end, seconds=0.0045)

    assert seen == [503]
    assert [round(one or 0, 6) for one in steps] == [0.001, 0.001, 0.001, 0.001, 0.0005]
