"""Logins of browsers: a key is traded for a cookie."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch_api.access.principal import Scope
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.passing.idempotency import IDEMPOTENT
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone, csrf_token
from skillmatch_api.wire.who.logins import clear_cookie, log_in, log_out, set_cookie

router = APIRouter(tags=["session"])


class SessionIn(BaseModel):
    """What a browser logs in with."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"key": "skm_" + "0" * 32 + "_" + "A" * 43}]},
    )

    key: Annotated[str, Field(min_length=1, max_length=16_384)] = Field(
        description="A key, or a token of OpenID Connect where the service takes them."
    )


class SessionOut(BaseModel):
    """Who is logged in.

    A browser that is logged in repeats ``csrf`` in the header ``X-CSRF-Token`` of every request
    that changes something.
    """

    scopes: tuple[Scope, ...] = Field(description="What the key is for, sorted.")
    person: str | None = Field(description="Whom the key is bound to.")
    csrf: str = Field(description="Empty where no cookie logs in.")
    expires_at: datetime | None = Field(description="When the login ends; null without a cookie.")


@router.post(
    "/v1/session",
    status_code=201,
    responses=declared(401, 403, 422, 429),
    # An answer that is given again would come without its cookie.
    openapi_extra={IDEMPOTENT: False},
)
def begin_session(
    body: SessionIn, request: Request, response: Response, services: ServicesHere
) -> SessionOut:
    """Trade a key for a cookie."""
    value, login = log_in(request, services, body.key)
    set_cookie(response, request, value, login)
    response.headers["Location"] = "/v1/session"
    response.headers["Cache-Control"] = "no-store"
    who = login.principal
    return SessionOut(
        scopes=tuple(sorted(who.scopes)),
        person=who.person_id,
        csrf=login.csrf,
        expires_at=login.expires_at,
    )


@router.get("/v1/session", responses=declared(401, 403))
def read_session(caller: Anyone, request: Request, response: Response) -> SessionOut:
    """Tell who is asking, and what a page must repeat."""
    response.headers["Cache-Control"] = "no-store"
    login = getattr(request.state, "login", None)
    return SessionOut(
        scopes=tuple(sorted(caller.scopes)),
        person=caller.person_id,
        csrf=csrf_token(request),
        expires_at=login.expires_at if login is not None else None,
    )


@router.delete("/v1/session", status_code=204, responses=declared(401, 403))
def end_session(_: Anyone, request: Request, services: ServicesHere) -> Response:
    """End the login of this browser, and take its cookie."""
    log_out(request, services)
    response = Response(status_code=204)
    clear_cookie(response, request)
    return response
