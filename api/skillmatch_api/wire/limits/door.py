"""How many requests may be without an answer: one more is refused before anything is done for it.

Lanes bound the work of each kind. What takes no lane, and who asks, is looked up in threads and
over connections that all share; behind the door so few can wait for them that each gets one soon.
"""

from __future__ import annotations

import time

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch_api.errors import BusyServiceError
from skillmatch_api.wire.answers import problems
from skillmatch_api.wire.limits.admission import Lane, Place

HEALTH = frozenset({"/healthz", "/readyz"})
"""Always let in: a service that is busy must not be taken for one that is dead."""


class Door:
    """Lets in as many at a time as ``lane`` has places; a stream counts until it begins."""

    def __init__(self, app: ASGIApp, *, lane: Lane) -> None:
        self.app = app
        self.lane = lane

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it; ``state["came"]`` is when it was let in."""
        if scope["type"] != "http" or scope["path"] in HEALTH:
            await self.app(scope, receive, send)
            return
        try:
            place = await self.lane.enter()
        except BusyServiceError as error:
            await problems.answer_to(error, Request(scope))(scope, receive, send)
            return
        scope["state"]["came"] = time.monotonic()
        try:
            await self.app(scope, receive, _leaving(place, send))
        finally:
            place.leave()


def _leaving(place: Place, send: Send) -> Send:
    async def leaving(message: Message) -> None:
        place.leave()
        await send(message)

    return leaving
