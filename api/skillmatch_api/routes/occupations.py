"""``/v1/occupations``: find an occupation, and see what it asks for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import TypeAdapter

from skillmatch.errors import UsageError
from skillmatch.model.requirement import Checklist
from skillmatch.report.indented import indented_json
from skillmatch_api.errors import AbsentError
from skillmatch_api.routes.search import Limit, SearchResult, Words, found
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import anyone

router = APIRouter(tags=["occupations"], dependencies=[Depends(anyone), Depends(light)])
_CHECKLIST = TypeAdapter(Checklist)
_ERRORS = declared(401, 403, 404, 422, 429, 503)


@router.get("/v1/occupations", response_model=SearchResult, responses=_ERRORS)
def occupations(services: ServicesHere, query: Words, limit: Limit = 10) -> Response:
    """Find occupations by their titles, exact ones first."""
    return found(services, query, "occupation", [], limit)


@router.get("/v1/occupations/{occupation:path}", response_model=Checklist, responses=_ERRORS)
def occupation(
    services: ServicesHere,
    occupation: Annotated[
        str,
        Path(
            min_length=1,
            max_length=500,
            description="URI (percent-encoded) or code.",
            examples=["http://data.europa.eu/esco/occupation/bd272aee-adc9-4a06-a29c-a73b4b4a46af"],
        ),
    ],
) -> Response:
    """Return what an occupation asks for, by the framework's own relations or ratings.

    Give it to `/v1/gap` as `requirements`, edited or not, or name the occupation there.
    """
    with services.matchers.lent() as matcher:
        try:
            asked = matcher.occupation(occupation)
        except UsageError as error:
            raise AbsentError(str(error)) from error
    return json_text(indented_json(_CHECKLIST.dump_python(asked, mode="json")) + "\n")
