"""Connections that are not waited for endlessly, and what is counted as it arrives over them.

uvicorn times out between two requests, but neither while the head of one arrives byte by byte nor
while nobody reads the answer; either would hold a connection for as long as somebody likes. Nor
does it count the bytes of a head that arrives at once, or the chunks of a body: two megabytes in
chunks of two bytes keep it busy for six seconds, during which nobody else is answered.
"""

from __future__ import annotations

import asyncio

import h11
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

from skillmatch_api.settings import Limits

UNREAD_SECONDS = 30.0
"""How long an answer may wait for a client that does not read."""

HEAD_BYTES = 32 * 1024
"""Size of the head of a request."""

FREE_CHUNKS = 10_000
CHUNK_BYTES = 64
"""How many chunks a body may have, and one more for so many bytes of it."""

_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"Connection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"
)


class _Counting(h11.Connection):
    """Reads requests, and refuses those that take long to be read."""

    _chunks = _bytes = 0

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Return what was read next.

        Raises:
            RemoteProtocolError: The head is too long, or the chunks are too many for their size.
        """
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._chunks = self._bytes = 0
            if _size_of(event) > HEAD_BYTES:
                raise h11.RemoteProtocolError("the head is too long")
        elif isinstance(event, h11.Data):
            self._chunks += event.chunk_start
            self._bytes += len(event.data)
            if self._chunks > FREE_CHUNKS + self._bytes // CHUNK_BYTES:
                raise h11.RemoteProtocolError("the chunks are too small")
        return event


def _size_of(head: h11.Request) -> int:
    """Return how many bytes a head had, line ends included."""
    lines = sum(len(name) + len(value) + 4 for name, value in head.headers)
    return lines + len(head.method) + len(head.target) + 13


def is_gone(scope: Scope) -> bool:
    """Tell whether the client of a request left without its answer."""
    return bool(scope["state"].get("gone"))


class BoundedProtocol(H11Protocol):
    """HTTP/1.1 with limits of time and number; ``bounded`` sets them.

    Attributes:
        limits: Those that hold.
        unread_seconds: See ``UNREAD_SECONDS``; tests set it.
    """

    limits = Limits()
    unread_seconds = UNREAD_SECONDS
    _head: asyncio.TimerHandle | None = None
    _unread: asyncio.TimerHandle | None = None
    _heard = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn does
        """Take a connection, or send it away where there are too many."""
        self.conn = _Counting(h11.SERVER, HEAD_BYTES)
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            transport.write(_FULL)
            transport.close()
            return
        self._watch_head()

    def data_received(self, data: bytes) -> None:
        """Read some of a request."""
        self._heard = True
        super().data_received(data)
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection, and let whoever works on its request know."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.scope["state"]["gone"] = True
        _stop(self._head)
        _stop(self._unread)
        self._head = self._unread = None
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request; where an answer is on its way already, that one ends."""
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            super().send_400_response(msg)
        else:
            self.transport.close()

    def pause_writing(self) -> None:
        """Wait for the client to read."""
        super().pause_writing()
        self._unread = self.loop.call_later(self.unread_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client has read."""
        _stop(self._unread)
        self._unread = None
        super().resume_writing()

    def _watch_head(self) -> None:
        """Let time run while the head of a request is not complete, and stop it once it is."""
        waits = self.conn.their_state is h11.IDLE and not self.transport.is_closing()
        if not waits:
            _stop(self._head)
            self._head = None
        elif self._head is None:
            self._head = self.loop.call_later(self.limits.head_seconds, self._give_up)

    def _give_up(self) -> None:
        self._head = None
        if self._heard and not self.transport.is_closing():
            self.transport.write(_SLOW)
        self.transport.close()


def bounded(limits: Limits) -> type[BoundedProtocol]:
    """Return the protocol with these limits."""
    return type("Bounded", (BoundedProtocol,), {"limits": limits})


def _stop(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
