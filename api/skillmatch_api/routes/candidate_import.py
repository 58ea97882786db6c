"""Many people at once, from a list that the organisation has."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.people import importing
from skillmatch_api.people.importing import Imported, Outcome
from skillmatch_api.routes.candidate_models import ID, language_tag
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import heavy
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import needs

router = APIRouter(tags=["candidates"])

MAX_CHARACTERS = 5_000_000
Staff = Annotated[Principal, Depends(needs(Scope.RECRUITER, Scope.PROVIDER, Scope.ADMIN))]
_CSV = (
    "external_id,name,contact,languages,skills\n"
    "p-17,Ada Example,ada@example.org,de|en,Python; advanced; 5 years|SQL\n"
)


class ImportIn(BaseModel):
    """A list of people."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"csv": _CSV}]})

    csv: Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)] = Field(
        description="Comma-separated, with a header: external_id, and any of name, contact, place, "
        "languages, available_from and skills; several languages or skills with | between them."
    )


class ImportedRow(BaseModel):
    """What became of a row."""

    line: int = Field(description="Line that the row begins on, the header being 1.")
    external_id: str
    id: str = Field(examples=[ID])
    outcome: Outcome = Field(
        description="claimed: its person has taken the record over, so it was left as it is."
    )
    unread: list[str] = Field(description="Skills that no concept was found for.")

    @classmethod
    def of(cls, one: Imported) -> ImportedRow:
        """Return what became of a row."""
        return cls(
            line=one.line,
            external_id=one.external_id,
            id=one.person_id,
            outcome=one.outcome,
            unread=list(one.unread),
        )


class ImportReport(BaseModel):
    """What became of a list, row by row."""

    created: int
    updated: int
    unchanged: int
    claimed: int
    rows: list[ImportedRow]

    @classmethod
    def of(cls, imported: tuple[Imported, ...]) -> ImportReport:
        """Return the report."""
        counts = Counter(one.outcome for one in imported)
        return cls(
            created=counts[Outcome.CREATED],
            updated=counts[Outcome.UPDATED],
            unchanged=counts[Outcome.UNCHANGED],
            claimed=counts[Outcome.CLAIMED],
            rows=[ImportedRow.of(one) for one in imported],
        )


@router.post(
    "/v1/candidates/import",
    status_code=201,
    dependencies=[Depends(heavy)],
    responses=declared(401, 403, 409, 413, 422, 503),
)
def import_candidates(
    body: ImportIn, caller: Staff, services: ServicesHere, response: Response
) -> ImportReport:
    """Make or update the records of a list of people, all of it or nothing.

    None of them becomes visible: each still takes their record over, with an invitation of
    `skillmatch candidates import` or `invite`, and consents. The same list can be sent again.
    """
    rows = importing.read_people(body.csv.encode("utf-8"), tag=language_tag)
    with services.matchers.lent() as matcher:
        skills = importing.link_skills(matcher, rows)
    at = services.clock()
    with services.store.writing() as session:
        imported = importing.write_people(session, rows, skills, tenant_id=caller.tenant_id, at=at)
        report = ImportReport.of(imported)
        deeds.record(
            session,
            caller,
            "candidate.import",
            details={
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "claimed": report.claimed,
            },
            at=at,
        )
    response.headers["Location"] = "/v1/candidates"
    return report
