"""``/v1/postings``: a posting is kept only when somebody asks for it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from skillmatch.model.requirement import Checklist
from skillmatch_api.engine.owned import Owned
from skillmatch_api.routes.kept import KeptId, KeptList, forget, keep, listed
from skillmatch_api.store.tables import StoredPosting
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.asked import MAX_TEXT, POSTING, Title, requirements_of
from skillmatch_api.wire.given.documents import DocumentIn, read_posting_in
from skillmatch_api.wire.limits.admission import heavy, light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone

router = APIRouter(tags=["postings"])
_CHECKLIST = TypeAdapter(Checklist)


class PostingIn(BaseModel):
    """A posting to keep."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"posting": POSTING, "title": "Backend developer"}]},
    )

    posting: Annotated[str, Field(max_length=MAX_TEXT)] | DocumentIn
    title: Annotated[Title, Field(description="Made of its text by default.")] = ""


class PostingOut(BaseModel):
    """A posting that was kept, with what it asks for."""

    id: str
    title: str
    text: str
    language: str
    created_at: datetime
    checklist: Checklist | None


@router.post(
    "/v1/postings",
    status_code=201,
    dependencies=[Depends(heavy)],
    responses=declared(401, 403, 413, 422, 429, 503),
)
def keep_posting(
    body: PostingIn, caller: Anyone, services: ServicesHere, response: Response
) -> PostingOut:
    """Read a posting and keep it with its checklist, for whoever sends it."""
    posting = read_posting_in(body.posting)
    with services.matchers.lent() as matcher:
        checklist = requirements_of(matcher, posting)
    found: dict[str, Any] = _CHECKLIST.dump_python(checklist, mode="json")
    row = StoredPosting(
        tenant_id=caller.tenant_id,
        id=str(uuid.uuid4()),
        owner=caller.person_id or "",
        title=" ".join((body.title or posting.title).split()),
        text=posting.text,
        language=posting.language,
        checklist=found,
        created_at=services.clock(),
    )
    keep(row, caller, services)
    response.headers["Location"] = f"/v1/postings/{row.id}"
    return _shown(row)


@router.get(
    "/v1/postings", dependencies=[Depends(light)], responses=declared(401, 403, 422, 429, 503)
)
def list_postings(
    caller: Anyone, services: ServicesHere, limit: Limit = 50, cursor: Cursor = None
) -> KeptList:
    """List the postings that you keep, newest first."""
    return listed(StoredPosting, caller, services, limit=limit, cursor=cursor)


@router.get(
    "/v1/postings/{posting}",
    dependencies=[Depends(light)],
    responses=declared(401, 403, 404, 422, 429, 503),
)
def get_posting(posting: KeptId, caller: Anyone, services: ServicesHere) -> PostingOut:
    """Return a posting that you keep."""
    with services.store.reading() as session:
        return _shown(Owned(session, StoredPosting, caller).get(posting))


@router.delete(
    "/v1/postings/{posting}",
    status_code=204,
    dependencies=[Depends(light)],
    responses=declared(401, 403, 404, 422, 429, 503),
)
def delete_posting(posting: KeptId, caller: Anyone, services: ServicesHere) -> None:
    """Forget a posting that you keep."""
    forget(StoredPosting, posting, caller, services)


def _shown(row: StoredPosting) -> PostingOut:
    return PostingOut(
        id=row.id,
        title=row.title,
        text=row.text,
        language=row.language,
        created_at=row.created_at,
        checklist=None if row.checklist is None else _CHECKLIST.validate_python(row.checklist),
    )
