"""``/v1/demand``: what postings ask for beside what a provider offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.model.demand import Demand
from skillmatch.model.offer import Catalogue
from skillmatch.readers.offers import catalogue_in
from skillmatch.report.demand import DemandFormat, Table, render_demand
from skillmatch.service.demanding import DemandRequest, find_demand
from skillmatch_api.access.principal import Principal
from skillmatch_api.engine.catalogues import Shelf, for_plan
from skillmatch_api.jobs.placed_files import PlacedFiles, placed
from skillmatch_api.routes.badge_requests import files_of
from skillmatch_api.wire.admission import heavy
from skillmatch_api.wire.asked import POSTING
from skillmatch_api.wire.callers import Anyone
from skillmatch_api.wire.documents import DocumentIn
from skillmatch_api.wire.forms import answer_in, described_forms, wanted
from skillmatch_api.wire.problems import declared
from skillmatch_api.wire.services import Services, ServicesHere

router = APIRouter(tags=["demand"])
MAX_POSTINGS = 500
_FORMS: tuple[DemandFormat, ...] = ("json", "svg", "csv", "html", "markdown", "text")
_OFFERS = "id,name,skills\npython-1,Python for beginners,Python (computer programming)\n"
_EXAMPLES: dict[str, Any] = {
    "examples": [
        {
            "postings": [{"name": "job.txt", "text": POSTING}],
            "catalogue": [{"name": "courses.csv", "text": _OFFERS}],
            "at": "2026-11-22",
        }
    ]
}


class DemandIn(BaseModel):
    """Postings, and what is on offer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_EXAMPLES)

    postings: list[DocumentIn] = Field(
        [], max_length=MAX_POSTINGS, description="Postings, or `.jsonl` lines of {id, text}."
    )
    catalogue: list[DocumentIn] = Field(
        [], max_length=100, description="What is on offer: files as `--catalogue` takes them."
    )
    catalogues: list[Annotated[str, Field(max_length=64)]] = Field(
        [], max_length=20, description="Names of catalogues that were imported (`/v1/catalogue`)."
    )
    occupations: list[Annotated[str, Field(max_length=500)]] = Field(
        [], max_length=20, description="Suggest stacks of offers for these: URI or code."
    )
    at: date | None = Field(None, description="Day that offers must be open on; today by default.")
    top: int = Field(15, ge=1, le=1000, description="Lines of each list, in every form but JSON.")
    table: Table = Field("skills", description="What CSV holds.")
    min_confidence: float = Field(
        0.5, ge=0, le=1, description="Count skills proposed for an offer from here on."
    )


@router.post(
    "/v1/demand",
    response_model=Demand,
    dependencies=[Depends(heavy)],
    responses={
        **declared(401, 403, 404, 406, 413, 422, 429, 503),
        **described_forms(_FORMS),
    },
)
def demand(body: DemandIn, caller: Anyone, services: ServicesHere, request: Request) -> Response:
    """Show which asked-for skills no offer closes, and which offers and outcomes are asked for.

    The answer is that of `skillmatch demand`: JSON, or by `Accept` a chart (SVG), CSV, HTML,
    Markdown or text.
    """
    form = wanted(request, _FORMS)
    if not (body.postings or body.occupations):
        raise UsageError("name postings, or occupations to suggest stacks of offers for")
    offered = _offered(body, caller, services)
    if not offered:
        raise UsageError("name what is on offer: catalogue (files) or catalogues (names)")
    found = _found(body, offered, services)
    return answer_in(form, render_demand(found, form, table=body.table, top=body.top))


def _offered(body: DemandIn, caller: Principal, services: Services) -> list[Catalogue]:
    files = [catalogue_in(one.data, Path(one.name)) for one in files_of(body.catalogue)]
    with services.store.reading() as session:
        shelf = Shelf(session, caller.tenant_id, services.settings.library)
        return [*files, *map(shelf.get, body.catalogues)]


def _found(body: DemandIn, offered: Sequence[Catalogue], services: Services) -> Demand:
    day = body.at or services.clock().date()
    with placed(files_of(body.postings)) as postings, services.matchers.lent() as matcher:
        request = DemandRequest(
            postings=postings.paths,
            occupations=tuple(body.occupations),
            at=day,
            min_confidence=body.min_confidence,
        )
        catalogue = for_plan(matcher, offered, at=day)
        found = find_demand(matcher, catalogue, request, progress=lambda *_: None)
    found = _without_folder(found, postings)
    if found.unread and not found.postings:
        first = found.unread[0]
        raise UnreadableError(
            f"none of {len(found.unread)} postings could be counted; the first is "
            f"{first.source}: {first.reason}"
        )
    return found


def _without_folder(found: Demand, postings: PlacedFiles) -> Demand:
    """Return the result with the names that the files were sent under."""
    skills = tuple(
        replace(
            skill,
            examples=tuple(
                replace(one, source=postings.shown(one.source)) for one in skill.examples
            ),
        )
        for skill in found.skills
    )
    unread = tuple(
        replace(one, source=postings.shown(one.source), reason=postings.shown(one.reason))
        for one in found.unread
    )
    return replace(found, skills=skills, unread=unread)
