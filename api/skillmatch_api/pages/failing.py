"""What went wrong, as a page; also where a request is refused before any page is made."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from skillmatch_api.pages.shell import Shell
from skillmatch_api.wire.answers import problems
from skillmatch_api.wire.answers.forms import wanted
from skillmatch_api.wire.services import Services

NO_PAGES = ("/v1/", "/assets/", "/healthz", "/readyz", "/metrics", "/openapi.json")
"""What these begin is for programs, whatever they accept."""
UNFORESEEN = 500
LATER = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
"""Nothing is wrong with what was asked: the same will do in a moment."""


def error_page(request: Request, status: int, said: str = "") -> HTMLResponse:
    """Return the page of an error in the reader's language.

    Args:
        request: That is answered; who sent it may not be known yet.
        status: Of the answer.
        said: What the service says of it.
    """
    services: Services = request.app.state.services
    caller = getattr(request.state, "principal", None)
    shell = Shell(request=request, services=services, caller=caller)
    key = f"base.error_{status}"
    looked = request.method in {"GET", "HEAD"}
    return shell.page(
        "error.html.j2",
        status=status,
        code=status,
        heading=key if key in shell.t.texts else "base.error_other",
        words="" if status in LATER else said,
        # Going back brings back what was typed; who only looked, looks again.
        looked=looked,
        identity=getattr(request.state, "request_id", "") if status == UNFORESEEN else "",
        again=request.url.path if looked and status in LATER else "",
    )


class PagesForProblems:
    """Answers people with a page where what lies below answers with a problem document.

    Bodies that are too large, a full house and late answers are refused before a page has its say.
    Headers of the refusal stay, but for those that speak of its body.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and not scope["path"].startswith(NO_PAGES):
            send = _Turning(scope, send).send
        await self.app(scope, receive, send)


class _Turning:
    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._start: Message | None = None

    async def send(self, message: Message) -> None:
        """Pass an answer on; a problem for people is held until its words are there."""
        if message["type"] == "http.response.start" and self._for_people(message):
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            page = error_page(Request(self._scope), start["status"], _said(start, message))
            await self._send({**start, "headers": _headers(start, page)})
            message = {**message, "body": page.body}
        await self._send(message)

    def _for_people(self, start: Message) -> bool:
        kind = Headers(raw=start["headers"]).get("content-type", "")
        return kind.startswith(problems.MEDIA_TYPE) and _prefers_pages(Request(self._scope))


def _prefers_pages(request: Request) -> bool:
    try:
        return wanted(request, ("json", "html")) == "html"
    except HTTPException:
        return False


def _said(start: Message, body: Message) -> str:
    """Return the words of a problem; none where it is packed, which only a long one is."""
    if "content-encoding" in Headers(raw=start["headers"]):
        return ""
    return str(json.loads(body.get("body") or b"{}").get("detail", ""))


def _headers(start: Message, page: HTMLResponse) -> list[tuple[bytes, bytes]]:
    kept = MutableHeaders(raw=list(start["headers"]))
    for name in ("content-encoding", "transfer-encoding"):
        if name in kept:
            del kept[name]
    for name, value in page.headers.items():
        kept[name] = value
    return kept.raw
