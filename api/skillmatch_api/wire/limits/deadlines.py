"""The time limit of an answer.

A thread that computes cannot be stopped, but it gives up between two batches of what it links.
When its time is over the client is told so, and the request keeps its place in its lane until the
thread has ended: otherwise late work would pile up. It gives up for a client that went away, too.

Only time in which the process could work counts: one that was stopped for a while, as containers
and machines are when they are moved or short of processors, answers what it was asked before.
"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.giving_up import until
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.wire.answers import problems
from skillmatch_api.wire.limits.admission import leave_places
from skillmatch_api.wire.limits.connections import is_gone

STEP = 1.0
"""Seconds that are counted in one go: standing still for longer than that counts as no more."""


class Deadlines:
    """Answers with 503 where the answer has not begun in time; then it may take longer."""

    def __init__(self, app: ASGIApp, *, seconds: float) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or say that it takes too long."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(scope, send)
        with until(answer.is_unwanted):
            task = asyncio.ensure_future(self.app(scope, receive, answer.send))
        try:
            if not await self._is_done(task) and answer.is_late():
                await self._tell(scope, receive, send)
            await task
        finally:
            answer.late = True
            if not task.done():  # the server stops, and waited long enough
                task.cancel()

    async def _is_done(self, task: asyncio.Future[None]) -> bool:
        """Wait for an answer, and return whether it came in time."""
        left = self.seconds
        while left > 0 and not task.done():
            # The clock may have leapt when the wait ends; the answer is then a few steps away.
            await asyncio.wait({task}, timeout=min(STEP, left))
            left -= STEP
        return task.done()

    async def _tell(self, scope: Scope, receive: Receive, send: Send) -> None:
        error = BusyServiceError(
            f"this took over {self.seconds:.0f} s; ask for less at once, or come again later",
            retry_after=30,
            yours=False,
        )
        await problems.answer_to(error, Request(scope))(scope, receive, send)


class _Answer:
    """Passes an answer on, unless it comes too late.

    Attributes:
        late: Whether nobody waits for it any more.
    """

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._begun = self.late = False

    def is_unwanted(self) -> bool:
        """Tell whether nobody would see it."""
        return self.late or is_gone(self._scope)

    def is_late(self) -> bool:
        """Drop the answer from here on, unless it has begun."""
        self.late = not self._begun
        return self.late

    async def send(self, message: Message) -> None:
        if self.is_unwanted():
            return
        if message["type"] == "http.response.start":
            self._begun = True
            leave_places(self._scope["state"])
        await self._send(message)
