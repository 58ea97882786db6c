"""What is known of a request afterwards: one line of the log, and a few numbers.

Both hold the template of the route and never the address that was asked for, its query or a body.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.errors import SkillmatchError
from skillmatch_api.access.principal import Principal
from skillmatch_api.wire.answers import problems
from skillmatch_api.wire.limits.rates import Standing
from skillmatch_api.wire.telemetry.json_logs import described
from skillmatch_api.wire.telemetry.metrics import Metrics
from skillmatch_api.wire.telemetry.request_ids import HEADER, name_of
from skillmatch_api.wire.who.origins import SAFE_METHODS

_METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE"}
"""What the log names; any other word of a request line may be somebody's text."""

_log = logging.getLogger(__name__)

NOWHERE = "(none)"
"""Template of a request that no route answers."""


@dataclass(slots=True)
class _Answer:
    """What was answered so far; a status of 0 is nothing yet."""

    status: int = 0
    size: int = 0


class Observed:
    """Names, counts, times and logs requests, and answers errors that nobody else did."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app = app
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and write down how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})["request_id"] = name_of(scope)
        answer, begun = _Answer(), time.perf_counter()
        self.metrics.in_flight.inc()
        try:
            await self._answered(scope, receive, _noting(scope, answer, send), answer)
        finally:
            self.metrics.in_flight.dec()
            self._write_down(scope, answer, time.perf_counter() - begun)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, answer: _Answer) -> None:
        try:
            await self.app(scope, receive, send)
        except SkillmatchError as error:
            if answer.status:
                raise
            await problems.answer_to(error, Request(scope))(scope, receive, send)
        except Exception as error:
            self.metrics.errors.labels(type(error).__name__).inc()
            known = described(error)
            fields = {"request_id": scope["state"]["request_id"], **known}
            # Without exc_info: the message of an error may quote somebody.
            _log.error("a request failed: %s", known, extra={"fields": fields})
            if answer.status:
                raise
            await problems.unexpected(Request(scope))(scope, receive, send)

    def _write_down(self, scope: Scope, answer: _Answer, seconds: float) -> None:
        route, method = template(scope), scope["method"]
        self.metrics.note(route, method, answer.status, seconds)
        fields = {
            "request_id": scope["state"]["request_id"],
            "method": method if method in _METHODS else "other",
            "route": route,
            "status": answer.status,
            "ms": round(seconds * 1000, 1),
            "bytes": answer.size,
            "caller": _caller(scope),
        }
        _log.info("request", extra={"fields": fields})


def template(scope: Scope) -> str:
    """Return the template of the route that answers, such as ``/v1/plans/{plan_id}``."""
    path = getattr(scope.get("route"), "path_format", None)
    return path if isinstance(path, str) else NOWHERE


def _caller(scope: Scope) -> str:
    """Return which key asked; of a login with a name only that it was one."""
    known = scope["state"].get("principal")
    if not isinstance(known, Principal):
        return ""
    return known.caller if known.caller.startswith(("key:", "open")) else known.via


def _noting(scope: Scope, answer: _Answer, send: Send) -> Send:
    async def noting(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[HEADER] = scope["state"]["request_id"]
            standing = scope["state"].get("rate")
            if isinstance(standing, Standing):
                headers.update(standing.headers())
        elif message["type"] == "http.response.body":
            answer.size += len(message.get("body", b""))
        await send(message)

    return noting
