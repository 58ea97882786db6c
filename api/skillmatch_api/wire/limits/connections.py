"""Connections that are not waited for endlessly.

uvicorn times out between two requests, but neither while the head of one arrives byte by byte nor
while nobody reads the answer; either would hold a connection for as long as somebody likes.
"""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from skillmatch_api.settings import Limits

UNREAD_SECONDS = 30.0
"""How long an answer may wait for a client that does not read."""

HEAD_BYTES = 32 * 1024
"""Size of the head of a request."""

_SLOW = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\n"
    b"Connection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"
)


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
        """Forget the connection."""
        _stop(self._head)
        _stop(self._unread)
        self._head = self._unread = None
        super().connection_lost(exc)

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
