"""``/v1/demand``: what postings ask for beside what a provider offers."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch.model.demand import Demand
from skillmatch.report.demand import DemandFormat, Table, render_demand
from skillmatch_api.jobs.demanding import DemandAsked, DemandDesk, demand_of
from skillmatch_api.wire.answers.forms import answer_in, described_forms, wanted
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.asked import POSTING
from skillmatch_api.wire.given.documents import DocumentIn, files_of
from skillmatch_api.wire.limits.admission import heavy
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone

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
    asked = DemandAsked(
        postings=files_of(body.postings),
        catalogue=files_of(body.catalogue),
        catalogues=tuple(body.catalogues),
        occupations=tuple(body.occupations),
        at=body.at or services.clock().date(),
        min_confidence=body.min_confidence,
    )
    desk = DemandDesk(
        store=services.store,
        matchers=services.matchers,
        settings=services.settings,
        tenant_id=caller.tenant_id,
    )
    found = demand_of(asked, desk)
    return answer_in(form, render_demand(found, form, table=body.table, top=body.top))
