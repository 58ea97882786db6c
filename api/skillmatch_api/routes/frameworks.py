"""``/v1/frameworks``: what is installed, whose it is, and taking a new release into use."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi import Path as PathParameter
from pydantic import BaseModel, Field

from skillmatch.errors import DataError, IndexMismatchError, NotFoundError, UsageError
from skillmatch.model.framework import Count
from skillmatch.service.installed import show_framework
from skillmatch.service.places import Places
from skillmatch.store import Source
from skillmatch_api.errors import AbsentError
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import anyone, operator

router = APIRouter(tags=["frameworks"])


class FrameworkOut(BaseModel):
    """An installed release of a framework."""

    id: str
    title: str
    release: str = ""
    languages: tuple[str, ...] = ()
    licence: str = ""
    attribution: Annotated[str, Field(description="To be said wherever its data is shown.")] = ""
    digest: Annotated[str, Field(description="Of all that it says.")] = ""
    size_bytes: int = 0
    serving: Annotated[bool, Field(description="Whether requests are answered with it now.")] = (
        False
    )
    damaged: bool = False
    missing: Annotated[
        tuple[str, ...], Field(description="Parts of the official release that it lacks.")
    ] = ()
    reading: Annotated[
        tuple[Count, ...], Field(description="How much was read and kept when it was installed.")
    ] = ()
    sources: Annotated[tuple[Source, ...], Field(description="Files that it was made from.")] = ()


class Frameworks(BaseModel):
    """All installed frameworks, by id."""

    items: list[FrameworkOut]
    next: None = None


class Reloaded(BaseModel):
    """What requests are answered with from here on."""

    frameworks: tuple[str, ...]


@router.get(
    "/v1/frameworks",
    dependencies=[Depends(anyone), Depends(light)],
    responses=declared(401, 403, 429, 503),
)
def frameworks(services: ServicesHere) -> Frameworks:
    """List what is installed, without the counts and files that `GET` of one tells."""
    serving = _serving(services)
    ids = Places.of(services.settings.library).installed()
    found = (_described(services, one, serving=one in serving) for one in sorted(ids))
    brief = {"reading": (), "sources": ()}
    return Frameworks(items=[one.model_copy(update=brief) for one in found])


@router.post(
    "/v1/frameworks/reload",
    dependencies=[Depends(operator)],
    responses=declared(401, 403, 404, 429, 503),
)
def reload(services: ServicesHere) -> Reloaded:
    """Answer with what is installed now, without dropping a request.

    The service notices a new release by itself; this is for whoever does not want to wait. Where
    what is installed cannot be opened, requests are answered as before, and the problem says why.
    """
    services.matchers.exchange()
    return Reloaded(frameworks=_serving(services))


@router.get(
    "/v1/frameworks/{framework}",
    dependencies=[Depends(anyone), Depends(light)],
    responses=declared(401, 403, 404, 422, 429, 503),
)
def framework(
    services: ServicesHere,
    framework: Annotated[str, PathParameter(max_length=100, examples=["esco-1.1.1-open"])],
) -> FrameworkOut:
    """Tell where a framework comes from, what it holds and what it lacks."""
    places = Places.of(services.settings.library)
    try:
        places.get_database(framework)
    except (NotFoundError, UsageError) as error:
        raise AbsentError("no such framework is installed; GET /v1/frameworks lists all") from error
    return _described(services, framework, serving=framework in _serving(services))


def _serving(services: Services) -> tuple[str, ...]:
    if not services.matchers.is_open:
        return ()
    with services.matchers.lent() as matcher:
        return matcher.frameworks.ids


def _described(services: Services, framework_id: str, *, serving: bool) -> FrameworkOut:
    try:
        found = show_framework(Places.of(services.settings.library), framework_id)
    except (DataError, IndexMismatchError):
        # The message names a path of this machine, which is nobody else's business.
        return FrameworkOut(id=framework_id, title=framework_id, damaged=True)
    values = asdict(found)
    del values["path"]
    return FrameworkOut(**values, serving=serving)
