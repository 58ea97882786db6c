"""What was done in an organisation, for its admins."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from skillmatch_api.store import audit
from skillmatch_api.store.audit import AuditFilter
from skillmatch_api.wire.answers import cursors
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Admin

router = APIRouter(tags=["audit"])


class AuditEntryOut(BaseModel):
    """Something that was done."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                    "at": "2026-11-22T12:00:00Z",
                    "by": "operator",
                    "action": "key.create",
                    "subject": "0f8fad5b-d9cb-469f-a165-70867728950e",
                    "details": {"scopes": ["recruiter"]},
                }
            ]
        }
    )

    id: str
    at: datetime
    by: str = Field(description="`key:ID`, `oidc:ISSUER SUBJECT`, `open` or `operator`.")
    action: str = Field(description="Dotted words, the thing first.")
    subject: str = Field(description="Id of what it was done to; may be empty.")
    details: dict[str, Any] = Field(description="Numbers, ids and words of the program.")


class AuditList(BaseModel):
    """Entries, the newest first."""

    items: list[AuditEntryOut]
    next: str | None = Field(description="Cursor of the page behind this one.")


Action = Annotated[
    str | None,
    Query(
        max_length=100,
        pattern=r"^[a-z0-9_.-]+$",
        description="An action (`key.create`), or a family with its dot (`key.`).",
    ),
]
Since = Annotated[AwareDatetime | None, Query(alias="from", description="First moment.")]
Until = Annotated[AwareDatetime | None, Query(description="First moment that no longer counts.")]


@router.get("/v1/audit", responses=declared(401, 403, 422))
def read_audit(  # noqa: PLR0917 - one for each parameter of the address
    caller: Admin,
    services: ServicesHere,
    action: Action = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AuditList:
    """List what was done, the newest first."""
    after = None
    if cursor is not None:
        at, identity = cursors.decode(cursor, (str, str))
        after = (str(at), str(identity))
    with services.store.reading() as session:
        page = audit.entries(
            session,
            tenant_id=caller.tenant_id,
            limit=limit,
            after=after,
            where=AuditFilter(action=action, since=since, until=until),
        )
    items = [
        AuditEntryOut(
            id=one.id,
            at=one.at,
            by=one.by,
            action=one.action,
            subject=one.subject,
            details=one.details,
        )
        for one in page.entries
    ]
    return AuditList(items=items, next=cursors.encode(page.next) if page.next else None)
