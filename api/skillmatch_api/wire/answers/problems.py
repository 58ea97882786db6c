"""Errors as RFC 9457 problem documents; nobody else knows how they look over HTTP."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from skillmatch import errors as library
from skillmatch_api import errors as service
from skillmatch_api.wire.answers.faults import Fault, faults_of
from skillmatch_api.wire.answers.options import in_fields

_LOG = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
_MOST_FAULTS = 1_000
"""Rows of one table that are named; its message says how many there are."""

_STATUS: dict[type[library.SkillmatchError], HTTPStatus] = {
    service.UnauthenticatedError: HTTPStatus.UNAUTHORIZED,
    service.ForbiddenError: HTTPStatus.FORBIDDEN,
    service.AbsentError: HTTPStatus.NOT_FOUND,
    service.ConflictError: HTTPStatus.CONFLICT,
    service.PreconditionError: HTTPStatus.PRECONDITION_FAILED,
    service.SlowError: HTTPStatus.REQUEST_TIMEOUT,
    service.TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    service.UnsupportedError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    library.UsageError: HTTPStatus.UNPROCESSABLE_ENTITY,
    library.DataError: HTTPStatus.UNPROCESSABLE_ENTITY,
    library.NotFoundError: HTTPStatus.NOT_FOUND,
    library.IndexMismatchError: HTTPStatus.SERVICE_UNAVAILABLE,
    library.FetchError: HTTPStatus.BAD_GATEWAY,
    library.BusyError: HTTPStatus.SERVICE_UNAVAILABLE,
    library.StorageError: HTTPStatus.INSUFFICIENT_STORAGE,
}


_PLAINLY = {
    404: "there is nothing at this address; /openapi.json lists what there is",
    405: "this address does not answer to this method; Allow lists those that it does",
}
_UNREADABLE = "There was an error parsing the body"
"""What FastAPI says of JSON that its parser gives up on."""


_OURS: dict[type[library.SkillmatchError], str] = {
    service.DatabaseBusyError: "the database is away or busy; ask again in a moment",
    library.StorageError: "what this service stores cannot be read or written; whoever runs it "
    "finds why in its log",
}
"""What concerns nobody but the operator, and what others are told of it."""


class Problem(BaseModel):
    """An error, as RFC 9457 describes it."""

    type: str = Field(default="about:blank", description="What kind of problem it is.")
    title: str = Field(description="The same for every problem of this type.")
    status: int
    detail: str = Field(default="", description="What is wrong, and what to do.")
    instance: str = Field(default="", description="Id of the request, to be named in a question.")
    faults: list[Fault] = Field(default=[], description="All that is wrong, not only the first.")


def answer(
    status: int, detail: str, *, faults: list[Fault] | None = None, request: Request | None = None
) -> JSONResponse:
    """Return a problem as a response, in words of requests and not of the command line."""
    problem = Problem(
        title=HTTPStatus(status).phrase,
        status=status,
        detail=in_fields(detail),
        instance=getattr(request.state, "request_id", "") if request else "",
        faults=[Fault(pointer=one.pointer, detail=in_fields(one.detail)) for one in faults or ()],
    )
    return JSONResponse(problem.model_dump(), status_code=status, media_type=MEDIA_TYPE)


def status_of(error: library.SkillmatchError) -> HTTPStatus:
    """Return the status of an error: of the nearest of its classes that has one."""
    for kind in type(error).__mro__:
        if kind in _STATUS:
            return _STATUS[kind]
    return HTTPStatus.UNPROCESSABLE_ENTITY


def add_handlers(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem."""
    app.add_exception_handler(library.SkillmatchError, _known)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _plain)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return ``responses=`` of a route that may answer with these problems."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


def answer_to(error: library.SkillmatchError, request: Request) -> JSONResponse:
    """Return the problem that an error is."""
    if isinstance(error, service.BusyServiceError):
        status = HTTPStatus.TOO_MANY_REQUESTS if error.yours else HTTPStatus.SERVICE_UNAVAILABLE
        response = answer(status, told_of(error), request=request)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    rows = error.faults[:_MOST_FAULTS] if isinstance(error, library.RowError) else ()
    faults = [Fault(pointer="", detail=one[:500]) for one in rows]
    response = answer(status_of(error), told_of(error), faults=faults, request=request)
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def told_of(error: library.SkillmatchError) -> str:
    """Return what a client is told: of what is stored neither where it is nor as whom it is asked.

    That is written into the log instead, for whoever runs the service.
    """
    for kind, words in _OURS.items():
        if isinstance(error, kind):
            _LOG.warning(str(error))
            return words
    return str(error)


def unexpected(request: Request) -> JSONResponse:
    """Return the problem of an error that nobody foresaw; it tells nothing of it."""
    detail = "something went wrong here; it is written down under the id in instance"
    return answer(500, detail, request=request)


async def _known(request: Request, error: Exception) -> JSONResponse:
    known = error if isinstance(error, library.SkillmatchError) else library.SkillmatchError()
    return answer_to(known, request)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    faults = faults_of(found, getattr(error, "body", None))
    detail = "the request is not what it should be; faults names every place"
    return answer(422, detail, faults=faults, request=request)


async def _plain(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(getattr(error, "detail", ""))
    if detail == _UNREADABLE:
        detail = (
            "the body cannot be read as JSON: it is not UTF-8, is nested too deeply, or has a "
            "number that is too long"
        )
    if detail == HTTPStatus(status).phrase:
        detail = _PLAINLY.get(status, detail)
    response = answer(status, detail, request=request)
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response
