"""Headers that keep browsers from doing more with an answer than was meant."""

from __future__ import annotations

from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    # JSON loads and frames nothing; pages say for themselves what they need.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}

IMPERSONAL = ("/v1/frameworks", "/v1/occupations", "/v1/catalogue", "/openapi.json")
"""What a browser may keep, asking each time whether it is still right; all else is kept nowhere."""


class SafeHeaders:
    """Adds headers where a route did not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request with safe headers."""

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if message["status"] == HTTPStatus.NO_CONTENT and "content-type" in headers:
                    del headers["content-type"]  # of nothing
                for name, value in DEFAULTS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", _caching(scope, message["status"]))
            await send(message)

        await self.app(scope, receive, adding if scope["type"] == "http" else send)


def _caching(scope: Scope, status: int) -> str:
    asked = scope["method"] in {"GET", "HEAD"} and status in {200, 304}
    return "private, no-cache" if asked and scope["path"].startswith(IMPERSONAL) else "no-store"
