"""``ETag`` and 304: whoever has an answer already need not get it again.

What a route tags itself (``wire.answers.etags``) keeps its tag; other answers to GET get one from
their bytes. Streams get none.
"""

from __future__ import annotations

import hashlib

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch_api.wire.answers.etags import names

_KEPT = frozenset({"etag", "cache-control", "vary", "content-location", "expires", "date"})
"""Headers that a 304 repeats."""


class Revalidation:
    """Tags answers to GET and HEAD, and says 304 where the client has the same."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, with 304 where nothing changed."""
        if scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}:
            known = Headers(scope=scope).get("if-none-match", "")
            send = _Tagging(known, send).send
        await self.app(scope, receive, send)


class _Tagging:
    """Holds the head of an answer back until it knows the body, where that comes in one piece."""

    def __init__(self, known: str, send: Send) -> None:
        self._known, self._send = known, send
        self._head: Message | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self._head = message
            return
        head, self._head = self._head, None
        if head is None:
            await self._send(message)
            return
        headers = MutableHeaders(scope=head)
        whole = message["type"] == "http.response.body" and not message.get("more_body", False)
        if whole and "etag" not in headers:
            # Weak: gzip may change the bytes, not what they mean.
            headers["ETag"] = f'W/"{hashlib.sha256(message.get("body", b"")).hexdigest()[:32]}"'
        if whole and self._known and names(self._known, headers.get("etag", "")):
            kept = [(k, v) for k, v in headers.raw if k.decode("latin-1").lower() in _KEPT]
            head = {"type": "http.response.start", "status": 304, "headers": kept}
            message = {"type": "http.response.body", "body": b""}
        await self._send(head)
        await self._send(message)
