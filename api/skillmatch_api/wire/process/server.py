"""The server: it listens before it says so, and ends what it began before it goes."""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable, Iterator

import uvicorn
from fastapi import FastAPI

from skillmatch.errors import UsageError
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.wire.limits.connections import bounded

KEEP_ALIVE_SECONDS = 20
"""How long a connection may be silent between two requests."""


def listen(host: str, port: int) -> socket.socket:
    """Take the address.

    Answers leave at once on its connections: their head and body are written one after the other,
    and a body that waits until the head is acknowledged waits for 40 ms with many clients.

    Raises:
        UsageError: It cannot be taken; the message says why.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        why = str(error.strerror or error).partition(" (")[0]
        raise UsageError(
            f"cannot listen at {host} port {port}: {why}; "
            "choose others with --host and --port (0 takes a free port)"
        ) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def address_of(listening: socket.socket) -> str:
    """Return the web address to open."""
    host, port = listening.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - it is read here
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run(
    app: FastAPI,
    settings: ServiceSettings,
    listening: socket.socket,
    *,
    started: Callable[[], None],
) -> None:
    """Answer requests until SIGTERM or SIGINT.

    Then nobody new is let in, and requests that run are answered first, as long as
    ``shutdown_seconds`` allow; a second SIGINT does not wait for them.

    Args:
        app: What answers.
        settings: Its limits.
        listening: What ``listen`` returned.
        started: Called once requests are answered.
    """
    config = uvicorn.Config(
        app,
        http=bounded(settings.limits),
        loop="asyncio",
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.limits.shutdown_seconds,
    )
    with _signals_spent():
        _Server(config, started).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, begun: Callable[[], None]) -> None:
        super().__init__(config)
        self._begun = begun

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._begun()


@contextlib.contextmanager
def _signals_spent() -> Iterator[None]:
    """End well after a signal: uvicorn raises it once more when it has stopped."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: None)
    with contextlib.suppress(KeyboardInterrupt):
        yield
