"""Whether the service lives, and whether it can answer; open to everybody."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from skillmatch.errors import StorageError
from skillmatch_api.wire.services import ServicesHere

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """That the process answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """Whether what answers need is at hand."""

    database: bool
    matcher: bool
    stale: Annotated[
        bool,
        Field(
            description="Requests are answered with an older release, since what is installed now "
            "could not be opened; the log says why."
        ),
    ] = False


@router.get("/healthz")
def healthz() -> Health:
    """Tell that the process lives."""
    return Health()


@router.get(
    "/readyz",
    response_model_exclude_defaults=True,
    responses={503: {"model": Readiness, "description": "Not ready."}},
)
def readyz(services: ServicesHere, response: Response) -> Readiness:
    """Tell whether the database answers and the frameworks are open."""
    try:
        with services.store.reading() as session:
            session.execute(text("SELECT 1"))
        database = True
    except (SQLAlchemyError, StorageError):
        database = False
    matchers = services.matchers
    found = Readiness(
        database=database, matcher=matchers.is_open, stale=matchers.is_open and matchers.stale
    )
    if not (found.database and found.matcher):
        response.status_code = 503
    return found
