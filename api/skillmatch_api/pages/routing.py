"""Routes of pages: what goes wrong is a page, too, and who is not known is sent to the login."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from skillmatch.errors import SkillmatchError
from skillmatch_api.errors import BusyServiceError, UnauthenticatedError
from skillmatch_api.pages.failing import error_page
from skillmatch_api.wire.answers.problems import status_of, told_of

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose errors people read."""

    def get_route_handler(self) -> Handler:
        """Return the handler, with errors turned into pages."""
        handle = super().get_route_handler()

        async def handle_for_people(request: Request) -> Response:
            try:
                return await handle(request)
            except UnauthenticatedError:
                if request.method in {"GET", "HEAD"}:
                    return to_login(request)
                return await run_in_threadpool(error_page, request, HTTPStatus.UNAUTHORIZED)
            except SkillmatchError as error:
                return await run_in_threadpool(_of_error, request, error)
            except RequestValidationError:
                return await run_in_threadpool(error_page, request, HTTPStatus.UNPROCESSABLE_ENTITY)
            except HTTPException as error:
                return await run_in_threadpool(error_page, request, error.status_code)

        return handle_for_people


def page_router() -> APIRouter:
    """Return a router for pages; they are no part of the HTTP API's description."""
    return APIRouter(route_class=PageRoute, include_in_schema=False)


def to_login(request: Request) -> RedirectResponse:
    """Send a browser to the login, and back here afterwards."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?next={quote(here, safe='/')}", status_code=303)


def _of_error(request: Request, error: SkillmatchError) -> Response:
    if isinstance(error, BusyServiceError):
        status = HTTPStatus.TOO_MANY_REQUESTS if error.yours else HTTPStatus.SERVICE_UNAVAILABLE
        response = error_page(request, status, told_of(error))
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    return error_page(request, status_of(error), told_of(error))
