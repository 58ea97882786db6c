"""``/v1/demand``: what postings ask for beside what a provider offers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from skillmatch.errors import UnreadableError, UsageError
from skillmatch.model.demand import Demand
from skillmatch.report.demand import DemandFormat, Table, render_demand
from skillmatch.service.catalogues import open_catalogue
from skillmatch.service.demanding import DemandRequest, find_demand
from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import AbsentError
from skillmatch_api.jobs.placed_files import NamedBytes, PlacedFiles, placed
from skillmatch_api.routes.badge_requests import files_of
from skillmatch_api.store.tables import StoredCatalogue
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
    offered = (*files_of(body.catalogue), *_imported(services, caller, body.catalogues))
    if not offered:
        raise UsageError("name what is on offer: catalogue (files) or catalogues (names)")
    found = _found(body, offered, services)
    return answer_in(form, render_demand(found, form, table=body.table, top=body.top))


def _found(body: DemandIn, offered: Sequence[NamedBytes], services: Services) -> Demand:
    day = body.at or services.clock().date()
    with (
        placed(files_of(body.postings)) as postings,
        placed(offered) as offers,
        services.matchers.lent() as matcher,
    ):
        request = DemandRequest(
            postings=postings.paths,
            occupations=tuple(body.occupations),
            at=day,
            min_confidence=body.min_confidence,
        )
        catalogue = open_catalogue(
            matcher, offers.paths, at=day, settings=services.settings.library
        )
        found = find_demand(matcher, catalogue, request, progress=lambda *_: None)
    found = _without_folders(found, postings, offers)
    if found.unread and not found.postings:
        first = found.unread[0]
        raise UnreadableError(
            f"none of {len(found.unread)} postings could be counted; the first is "
            f"{first.source}: {first.reason}"
        )
    return found


def _imported(
    services: Services, caller: Principal, names: Sequence[str]
) -> tuple[NamedBytes, ...]:
    """Return imported catalogues as the files that they would be."""
    found = []
    with services.store.reading() as session:
        for name in names:
            body = session.scalar(
                select(StoredCatalogue.body).where(
                    StoredCatalogue.tenant_id == caller.tenant_id, StoredCatalogue.name == name
                )
            )
            if body is None:
                raise AbsentError(f"there is no catalogue {name!r}")
            found.append(NamedBytes(name=f"{name}.json", data=body.encode("utf-8")))
    return tuple(found)


def _without_folders(found: Demand, postings: PlacedFiles, offers: PlacedFiles) -> Demand:
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
    notes = tuple(map(offers.shown, found.notes))
    return replace(found, skills=skills, unread=unread, notes=notes)
