"""What a person can ask for about their record, and what a recruiter takes along."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch_api.access import deeds
from skillmatch_api.people import exporting, lapsing, shortlists, views
from skillmatch_api.people.seeing import only_the_person
from skillmatch_api.routes.candidate_evidence_models import EvidenceItem
from skillmatch_api.routes.candidate_models import ID, SharedCard
from skillmatch_api.routes.candidate_parts import CandidateId, known
from skillmatch_api.wire.answers.listing import Cursor, Limit, cursor_behind, place_in
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone, Recruiter

router = APIRouter(tags=["candidates"], dependencies=[Depends(light)])

MAX_LISTED = 200
LEFT_OUT = "Skillmatch-Left-Out"
"""Header of a shortlist in CSV: how many people share nothing any more."""
_CSV: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The shortlist.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
        "headers": {
            LEFT_OUT: {
                "description": "Of a CSV: how many share nothing any more.",
                "schema": {"type": "integer"},
            }
        },
    }
}


class ViewItem(BaseModel):
    """That a person was shown to somebody."""

    id: str = Field(examples=[ID])
    at: datetime
    by: str = Field(description="Key or login that looked, or `operator`: the command line.")
    by_name: str = Field(description="What the organisation calls that key.")
    action: str = Field(examples=["candidate.search"])
    blind: bool = Field(description="Whether name, contact, place and languages were hidden.")
    search_id: str | None = Field(description="Entry of the audit log that this belongs to.")


class ViewList(BaseModel):
    """Who looked, newest first."""

    items: list[ViewItem]
    next: str | None = Field(description="Cursor of the page behind this one.")
    total: int


class ShortlistIn(BaseModel):
    """Whom to take along."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"ids": [ID], "format": "csv"}]}
    )

    ids: Annotated[
        list[Annotated[str, Field(max_length=36)]], Field(min_length=1, max_length=MAX_LISTED)
    ] = Field(description="People, in the order wanted.")
    format: Literal["json", "csv"] = "json"
    blind: bool = Field(
        default=False,
        description="Hide whatever tells who it is or points at a protected trait.",
    )


class ListedOut(SharedCard):
    """A person on a shortlist."""

    evidence: list[EvidenceItem] = Field(description="Empty where it is not shared.")


class Shortlist(BaseModel):
    """People with what they share now."""

    items: list[ListedOut]
    left_out: list[str] = Field(description="Ids of those who share nothing, or are not here.")


@router.get("/v1/candidates/{candidate_id}/views", responses=declared(401, 403, 404, 422, 503))
def list_views(
    candidate_id: CandidateId,
    caller: Anyone,
    services: ServicesHere,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> ViewList:
    """Show who looked at you, when, how, and whether they saw who you are."""
    after = place_in(cursor)
    with services.store.reading() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services)
        only_the_person(caller, person, shared, what="see who looked at them")
        rows = views.page_of(session, person, after=after, limit=limit + 1)
        names = views.names_of_callers(
            session, [one.by for one in rows], tenant_id=caller.tenant_id
        )
        total = views.count_of(session, person)
    last = rows[limit - 1] if len(rows) > limit else None
    return ViewList(
        items=[
            ViewItem(
                id=one.id,
                at=one.at,
                by=one.by,
                by_name=names.get(one.by, ""),
                action=one.action,
                blind=one.blind,
                search_id=one.search_id,
            )
            for one in rows[:limit]
        ],
        next=cursor_behind(last.at, last.id) if last else None,
        total=total,
    )


@router.get(
    "/v1/candidates/{candidate_id}/export",
    response_class=Response,
    responses={
        200: {
            "description": "All that is kept about the person.",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
            },
        },
        **declared(401, 403, 404, 422, 503),
    },
)
def export_candidate(
    candidate_id: CandidateId,
    caller: Anyone,
    services: ServicesHere,
    form: Annotated[
        Literal["json", "zip"], Query(alias="format", description="With files in it or beside it.")
    ] = "json",
) -> Response:
    """Give you everything that is kept about you, machine-readable, consents and views included."""
    at = services.clock()
    with services.store.writing() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services)
        only_the_person(caller, person, shared, what="export all that is kept about them")
        deeds.record(
            session, caller, "candidate.export", subject=person.id, details={"format": form}, at=at
        )
        lapsing.lapse(session, tenant_id=caller.tenant_id, at=at, among=[person.id])
        session.flush()
        found = exporting.everything(session, person, at=at)
    content = exporting.as_zip(found) if form == "zip" else exporting.as_json(found)
    return Response(
        content,
        media_type=f"application/{form}",
        headers={
            "Content-Disposition": f'attachment; filename="candidate.{form}"',
            "Cache-Control": "no-store",
        },
    )


@router.post(
    "/v1/candidates/export",
    response_model=Shortlist,
    responses={**_CSV, **declared(401, 403, 422, 503)},
)
def export_shortlist(
    body: ShortlistIn, caller: Recruiter, services: ServicesHere
) -> Shortlist | Response:
    """Take a shortlist along, as JSON or for a spreadsheet: what these people share, and no more.

    It is a copy: what is withdrawn later must be deleted from it by whoever keeps it. That they
    were exported is written down, for them to see.
    """
    at = services.clock()
    with services.store.writing() as session:
        listed, left_out = shortlists.take_along(
            session, body.ids, caller=caller, blind=body.blind, at=at
        )
    if body.format == "csv":
        return _as_file(listed, left_out=len(left_out))
    items = [
        ListedOut(
            **dict(SharedCard.of(one.card)),
            evidence=[EvidenceItem.of(each) for each in one.evidence],
        )
        for one in listed
    ]
    return Shortlist(items=items, left_out=list(left_out))


def _as_file(listed: Sequence[shortlists.Listed], *, left_out: int) -> Response:
    return Response(
        shortlists.as_csv(listed).encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="shortlist.csv"',
            "Cache-Control": "no-store",
            LEFT_OUT: str(left_out),
        },
    )
