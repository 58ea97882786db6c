"""Bodies of requests are read here, whole and within limits, before anything else looks at them.

So a body that is too large, too slow or packed costs no thread, no place in a lane and no
database connection, and everything behind finds it at hand. Of those whom the service does not know
only small ones are kept: reading megabytes of JSON or of a form keeps everybody else waiting, and
whoever has no key will be refused anyway.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch.errors import SkillmatchError, UsageError
from skillmatch_api.errors import (
    BusyServiceError,
    SlowError,
    TooLargeError,
    UnsupportedError,
)
from skillmatch_api.settings import Limits
from skillmatch_api.wire.answers import problems

MIB = 2**20

STRANGERS_BYTES = 64 * 1024
"""Of somebody unknown; the routes that are open to everybody take a key or a code."""

DRAINED_BYTES = 64 * MIB
DRAINED_SECONDS = 30.0
SILENT_SECONDS = 3.0
"""How much of a refused body is read and dropped, and how long nothing of it may come meanwhile. A
client that still writes when its connection is closed often never sees the answer, and a slow line
takes its time."""


class _Gone(Exception):  # noqa: N818 - it is no error: nobody is there to be answered
    """The client went away."""


IsKnown = Callable[[Request], Awaitable[bool]]


class Bodies:
    """Reads bodies, or refuses them; the rest of the application gets them in one piece.

    Attributes:
        is_known: Whether the service knows who sends a request; asked of large bodies only.
        held: Bytes of bodies that are held now.
    """

    def __init__(self, app: ASGIApp, *, limits: Limits, is_known: IsKnown) -> None:
        self.app = app
        self.is_known = is_known
        self.most = limits.body_mib * MIB
        self.most_held = limits.bodies_mib * MIB
        self.seconds = limits.read_seconds
        self.held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body of one request, or refuse it."""
        headers = Headers(scope=scope) if scope["type"] == "http" else Headers()
        if "transfer-encoding" not in headers and headers.get("content-length", "0") == "0":
            await self.app(scope, receive, send)
            return
        chunks: list[bytes] = []
        try:
            if not await self._read(scope, headers, receive, chunks):
                send = _closing(send)
            body = b"".join(chunks)
            scope["state"]["body"] = body
            await self.app(scope, replayed(body, receive), send)
        except _Refused as refused:
            await _refuse(refused.error, scope, receive, send)
        except _Gone:
            return
        finally:
            self._forget(chunks)

    def _forget(self, chunks: list[bytes]) -> None:
        self.held -= sum(map(len, chunks))
        chunks.clear()

    async def _read(
        self, scope: Scope, headers: Headers, receive: Receive, chunks: list[bytes]
    ) -> bool:
        """Read a body; False where it is dropped, so that the route refuses who sends it."""
        if "transfer-encoding" in headers and "content-length" in headers:
            # Where a proxy believes one and this server the other, what one takes for a body is
            # the next request to the other. Source: RFC 9112, section 6.1.
            raise _Refused(UsageError("send Content-Length or Transfer-Encoding, not both"))
        if headers.get("content-encoding", "identity").strip().lower() != "identity":
            raise _Refused(UnsupportedError("send the body as it is, without Content-Encoding"))
        declared = headers.get("content-length", "")
        if declared.isdecimal() and int(declared) > self.most:
            raise _Refused(self._too_large())
        try:
            async with asyncio.timeout(self.seconds):
                return await self._collect(scope, receive, chunks)
        except TimeoutError:
            error = SlowError(f"the body did not arrive in {self.seconds} s; send it again")
            raise _Refused(error) from None

    async def _collect(self, scope: Scope, receive: Receive, chunks: list[bytes]) -> bool:
        size, more, known = 0, True, False
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            chunk = message.get("body", b"")
            more = message.get("more_body", False)
            chunks.append(chunk)
            size += len(chunk)
            self.held += len(chunk)
            if size > self.most:
                raise _Refused(self._too_large())
            if self.held > self.most_held:
                raise _Refused(_full())
            if size > STRANGERS_BYTES and not known:
                known = await self._knows(scope)
                if not known:
                    self._forget(chunks)
                    if more:
                        await _drain(receive)
                    return False
        return True

    async def _knows(self, scope: Scope) -> bool:
        try:
            return await self.is_known(Request(scope))
        except BusyServiceError as busy:
            raise _Refused(busy) from None

    def _too_large(self) -> TooLargeError:
        return TooLargeError(
            f"the body is over {self.most // MIB} MiB; send less at once, or ask whoever runs "
            "this for a higher SKILLMATCH_BODY_MIB"
        )


class _Refused(Exception):  # noqa: N818 - it carries the error
    def __init__(self, error: SkillmatchError) -> None:
        super().__init__()
        self.error = error


def _full() -> BusyServiceError:
    return BusyServiceError(
        "too many bodies arrive at once; come again in a moment", retry_after=5, yours=False
    )


def replayed(body: bytes, receive: Receive) -> Receive:
    """Return a ``receive`` that gives a body at once, and then whatever ``receive`` gives."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


async def _refuse(error: SkillmatchError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer before the body is read, drop some of what still comes, and close the connection."""
    response = problems.answer_to(error, Request(scope))
    start = [*response.raw_headers, (b"connection", b"close")]
    await send({"type": "http.response.start", "status": response.status_code, "headers": start})
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    # A client that waits for "100 Continue" has sent nothing, and asking would invite it to.
    if "expect" not in Headers(scope=scope) and not isinstance(error, SlowError):
        await _drain(receive)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _closing(send: Send) -> Send:
    """Return a ``send`` that ends the connection: what is left of the body is read by nobody."""

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        await send(message)

    return closing


async def _drain(receive: Receive) -> None:
    dropped, more = 0, True
    try:
        async with asyncio.timeout(DRAINED_SECONDS):
            while more and dropped < DRAINED_BYTES:
                async with asyncio.timeout(SILENT_SECONDS):
                    message = await receive()
                dropped += len(message.get("body", b""))
                more = message.get("more_body", False)
    except TimeoutError:
        return
