"""``HEAD``: what a GET would be answered with, without its body.

Monitors and ``curl -I`` ask so. Routes are written for GET alone, so only they are told that it is
one; whatever lies outside sees HEAD, and the server sends no body for it. A stream has no end that
could be waited for: there HEAD is refused like any other method that a route does not know.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send


class Heads:
    """Has HEAD answered by the route of GET; the innermost of all."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[APIRoute]) -> None:
        self.app = app
        self.streams = tuple(one for one in routes if _is_stream(one))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        # A scope of its own: the server looks at the other one to know that no body is due.
        looked: Scope = {**scope, "method": "GET"}
        if any(one.matches(looked)[0] is Match.FULL for one in self.streams):
            looked["method"] = "HEAD"
        try:
            await self.app(looked, receive, send)
        finally:
            if "route" in looked:  # which the log names
                scope["route"] = looked["route"]


def _is_stream(route: APIRoute) -> bool:
    return "text/event-stream" in route.responses.get(200, {}).get("content", {})
