"""``Idempotency-Key``: a write that is sent twice is done once, and answered twice alike.

The key is taken before the route runs, and the answer is kept before it is sent. What only
computes (a POST that answers 200) keeps nothing: it may be sent again at any time, and nobody
asked for its text to be stored. Answers of 400 and above changed nothing and are not kept either.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.errors import SkillmatchError, UsageError
from skillmatch_api.access.sessions import COOKIE
from skillmatch_api.errors import ConflictError, ForbiddenError, UnauthenticatedError
from skillmatch_api.store import replays
from skillmatch_api.store.replays import ReplayKey
from skillmatch_api.store.tables import Replay
from skillmatch_api.wire.limits.bodies import replayed
from skillmatch_api.wire.passing.sealing import seal, unseal
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.who import callers

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
"""Header of an answer that is given again."""

IDEMPOTENT = "x-idempotency-key"
"""Extension of an operation: whether an ``Idempotency-Key`` counts, or ``WHERE_MADE``."""

WHERE_MADE = "201"
"""It counts where the answer says that something was made; what was only computed is not kept."""

MAX_KEY = 255
MAX_BODY = 2**20
"""Size of an answer that is kept; of a longer one only that it was given."""

_KEPT_HEADERS = ("content-type", "location", "etag")
_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_log = logging.getLogger(__name__)


def is_write(route: APIRoute, method: str) -> bool:
    """Return whether a route changes something; a POST that does makes something, and says 201.

    A route for which that is not so says it: ``openapi_extra={IDEMPOTENT: True}``, or
    ``WHERE_MADE`` where the body decides.
    """
    return method in _UNSAFE and bool(_counts(route, method))


def _counts(route: APIRoute, method: str) -> object:
    makes = method != "POST" or (route.status_code or 200) != 200
    return (route.openapi_extra or {}).get(IDEMPOTENT, makes)


@dataclass(slots=True)
class _Write:
    """A write that carries a key."""

    key: ReplayKey
    digest: str
    secret: bytes
    where_made: bool
    context: bytes = field(init=False)

    def __post_init__(self) -> None:
        self.context = "\n".join((*self.key.row, self.digest)).encode()


class Idempotency:
    """Does writes that carry a key once."""

    def __init__(self, app: ASGIApp, *, routes: Sequence[APIRoute]) -> None:
        self.app = app
        self.routes = routes
        # Where nobody sends a secret (--open), answers live as long as this process.
        self._own_secret = os.urandom(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with an earlier answer where there is one."""
        given = Headers(scope=scope).get(HEADER) if scope["type"] == "http" else None
        route = None if given is None else self._written_to(scope)
        if given is None or route is None:
            await self.app(scope, receive, send)
            return
        # An answer that is given again passes no router, and is logged as one of its route still.
        scope["route"] = route
        body: bytes = scope["state"].get("body", b"")
        if not 0 < len(given) <= MAX_KEY:
            raise UsageError(f"{HEADER} has 1 to {MAX_KEY} characters")
        try:
            caller = await callers.asking(Request(scope, replayed(body, receive)))
        except (UnauthenticatedError, ForbiddenError, HTTPException):
            # The route refuses it in the same words; a form that cannot be read, too.
            await self.app(scope, receive, send)
            return
        key = ReplayKey(tenant_id=caller.tenant_id, caller=caller.caller, key=given)
        where_made = _counts(route, scope["method"]) == WHERE_MADE
        write = _Write(key, _digest(scope, body), self._secret(scope), where_made)
        services: Services = scope["app"].state.services
        earlier = await run_in_threadpool(_begin, services, write)
        if earlier is not None:
            await _again(earlier, write)(scope, receive, send)
            return
        await self._first(write, scope, receive, send)

    def _written_to(self, scope: Scope) -> APIRoute | None:
        for route in self.routes:
            if route.matches(scope)[0] is Match.FULL:
                return route if is_write(route, scope["method"]) else None
        return None

    async def _first(self, write: _Write, scope: Scope, receive: Receive, send: Send) -> None:
        answer = _Answer(send)
        services: Services = scope["app"].state.services
        try:
            await self.app(scope, receive, answer.send)
        except Exception:
            await run_in_threadpool(_drop, services, write)
            raise
        try:
            await run_in_threadpool(_keep, services, write, answer, scope["path"])
        except SkillmatchError:
            _log.warning("an answer could not be kept for its Idempotency-Key")
        await answer.pass_on()

    def _secret(self, scope: Scope) -> bytes:
        request = Request(scope)
        sent = request.headers.get("authorization") or request.cookies.get(COOKIE)
        return sent.encode("utf-8", "surrogateescape") if sent else self._own_secret


class _Answer:
    """Holds an answer back until it is kept; a stream is passed on as it comes."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._head: Message | None = None
        self._streamed = False
        self.body = b""

    @property
    def status(self) -> int:
        """0 where there is nothing to be kept."""
        return 0 if self._head is None or self._streamed else int(self._head["status"])

    @property
    def headers(self) -> Headers:
        return Headers(raw=self._head["headers"] if self._head else [])

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
            self._streamed = self.headers.get("content-type", "").startswith("text/event-stream")
        if self._streamed:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def pass_on(self) -> None:
        if self._head is not None and not self._streamed:
            await self._send(self._head)
            await self._send({"type": "http.response.body", "body": self.body})


def _digest(scope: Scope, body: bytes) -> str:
    parts = (scope["method"].encode(), scope["path"].encode(), scope["query_string"], body)
    hashed = hashlib.sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big") + part)
    return hashed.hexdigest()


def _begin(services: Services, write: _Write) -> Replay | None:
    at = services.clock()
    return services.store.write(
        lambda session: replays.begin(session, write.key, request=write.digest, at=at)
    )


def _drop(services: Services, write: _Write) -> None:
    services.store.write(lambda session: replays.drop(session, write.key))


def _keep(services: Services, write: _Write, answer: _Answer, path: str) -> None:
    if not 200 <= answer.status < 400 or (write.where_made and answer.status != 201):
        _drop(services, write)
        return
    headers: dict[str, object] = {
        name: answer.headers[name] for name in _KEPT_HEADERS if name in answer.headers
    }
    # By these the erasure of a person finds it: sealed, the answer tells nobody whom it is about.
    # An empty answer is about nobody, and the one to an erasure must not bring the id back.
    told = path.encode() + b" " + answer.body if answer.body else b""
    found = {one.decode() for one in _ID.findall(told)}
    headers["ids"] = sorted(found)
    sealed = seal(answer.body, secret=write.secret, context=write.context)
    body = sealed if len(sealed) <= MAX_BODY else None
    services.store.write(
        lambda session: replays.finish(
            session, write.key, status=answer.status, headers=headers, body=body
        )
    )


def _again(earlier: Replay, write: _Write) -> Response:
    """Return the kept answer.

    Raises:
        UsageError: It belongs to another request.
        ConflictError: There is none to be given.
    """
    if earlier.request != write.digest:
        raise UsageError(f"this {HEADER} was used for another request; take a new one for this")
    if earlier.status is None:
        raise ConflictError(
            f"a request with this {HEADER} is not finished; ask again in a moment. If it stays so, "
            "look whether it was done, and take a new key"
        )
    body = unseal(earlier.body or b"", secret=write.secret, context=write.context)
    if body is None:
        raise ConflictError(
            f"the request with this {HEADER} was done, and its answer cannot be shown again; "
            "look for what it made"
        )
    kept = {name: str(value) for name, value in (earlier.headers or {}).items() if name != "ids"}
    response = Response(body, status_code=earlier.status)
    headers = MutableHeaders(raw=response.raw_headers)
    headers.update({**kept, REPLAYED: "true"})
    return response
