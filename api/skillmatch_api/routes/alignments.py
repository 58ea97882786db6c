"""``/v1/alignments``: proposals for badges, decided on by reviewers, and the badges that result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch.issuing.write_back_sssom import UNSPECIFIED_LICENSE
from skillmatch.linking.alignment.deciding import open_places
from skillmatch.model.alignment import BadgeAlignment, Review, ReviewBadge
from skillmatch.quality.batch import LintResult
from skillmatch.service.writing_back import WriteAs, WriteOptions
from skillmatch_api.errors import ConflictError, TooLargeError
from skillmatch_api.reviews import queue
from skillmatch_api.reviews.deciding import Asked, Choice, Lookup
from skillmatch_api.reviews.queue import Decider, Which
from skillmatch_api.reviews.results import archive_of, files_of, lookup_of
from skillmatch_api.reviews.storing import badge_of, lint_of, run_of
from skillmatch_api.store.tables import StoredAlignment
from skillmatch_api.wire.answers import cursors, etags
from skillmatch_api.wire.answers.listing import Cursor, Limit, moment_in
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.passing.idempotency import IDEMPOTENT
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import Provider

router = APIRouter(tags=["alignments"])
MAX_DECISIONS = 500
MAX_EXPORT = 2_000
"""Badges in one archive."""
_ERRORS = declared(401, 403, 404, 422, 429, 503)
_TAGGED = {"headers": {"ETag": {"schema": {"type": "string"}}}}

AlignmentId = Annotated[str, Path(max_length=36, description="Id of the alignment.")]
State = Annotated[
    Literal["open", "reviewed"] | None,
    Query(description="`open`: something in it still needs a decision."),
]
OfJob = Annotated[str | None, Query(max_length=36, description="Only those of this job.")]
Form = Annotated[
    WriteAs,
    Query(
        alias="as",
        description="`badge` (in its own version), `ob3`, `ob2`, `endorsement` or `sssom`.",
    ),
]
Proposed = Annotated[
    bool, Query(description="Also write what nobody has decided on, marked as such.")
]
License = Annotated[
    str,
    Query(max_length=500, pattern=r"^\S*$", description="URL of the licence of SSSOM mappings."),
]
Text = Annotated[str, Field(max_length=2_000)]


class AlignmentItem(BaseModel):
    """A badge in the queue."""

    id: str
    job: str | None = Field(description="The job that proposed.")
    source: str = Field(description="Name of the file; `!` stands before a member of an archive.")
    title: str = Field(description="Name of the badge.")
    state: Literal["open", "reviewed"]
    revision: int
    created_at: datetime


class AlignmentList(BaseModel):
    """Badges, the oldest first, those of one job in its order."""

    items: list[AlignmentItem]
    next: str | None = Field(description="Cursor of the page behind this one.")
    total: int = Field(description="How many there are in all pages.")


class AlignmentOut(AlignmentItem):
    """A badge with what was proposed, what was decided, and what is wrong with it."""

    frameworks: tuple[str, ...]
    open: int = Field(description="How many statements still need a decision.")
    badge: BadgeAlignment
    review: ReviewBadge
    lint: LintResult


class DecisionIn(BaseModel):
    """What is right for one statement."""

    model_config = ConfigDict(extra="forbid")

    at: Text = Field(description="`at` of the statement.")
    digest: Text = Field(description="`digest` of the statement.")
    decision: Choice = Field(
        description="`accept`, `reject` or `pending` an entry, `replace` it with another concept, "
        "`add` one, or only `comment` it."
    )
    concept: Text = Field(
        "",
        description="`uri` of the entry. Without one the first open entry is meant, and `reject` "
        "means all open ones.",
    )
    replacement: Text = Field("", description="URI of the concept that is right instead.")
    note: Text = Field("", description="Comment beside the decision.")

    def asked(self) -> Asked:
        """Return the decision as the reviews take it."""
        return Asked(
            at=self.at,
            digest=self.digest,
            choice=self.decision,
            concept=self.concept,
            replacement=self.replacement,
            note=self.note,
        )


_DECISIONS: dict[str, Any] = {
    "examples": [
        {
            "decisions": [
                {
                    "at": "/criteria/narrative",
                    "digest": "t1f0d8c0d8b7a6e55",
                    "decision": "accept",
                    "concept": "http://data.europa.eu/esco/skill/"
                    "ccd0a1d9-afda-43d9-b901-96344886e14d",
                    "note": "our course covers it",
                }
            ],
            "reviewer": "Ada",
        }
    ]
}


class DecisionsIn(BaseModel):
    """Decisions of one reviewer; all of them count, or none."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_DECISIONS)

    decisions: list[DecisionIn] = Field(min_length=1, max_length=MAX_DECISIONS)
    reviewer: str = Field(
        "", max_length=200, description="Name that is kept beside each, and in SSSOM mappings."
    )


@router.get("/v1/alignments", dependencies=[Depends(light)], responses=_ERRORS)
def list_alignments(  # noqa: PLR0917 - one for each parameter of the address
    caller: Provider,
    services: ServicesHere,
    state: State = None,
    job: OfJob = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> AlignmentList:
    """List badges under review, the oldest first."""
    after = None
    if cursor is not None:
        at, place, identity = cursors.decode(cursor, (str, int, str))
        after = (moment_in(at), int(place or 0), str(identity))
    which = Which(state=state, job_id=job)
    with services.store.reading() as session:
        found = queue.listed(
            session, tenant_id=caller.tenant_id, which=which, limit=limit + 1, after=after
        )
        total = queue.counted(session, tenant_id=caller.tenant_id, which=which)
    last = found[limit - 1] if len(found) > limit else None
    return AlignmentList(
        items=[AlignmentItem(**_columns(one)) for one in found[:limit]],
        next=cursors.encode((last.created_at.isoformat(), last.place, last.id)) if last else None,
        total=total,
    )


@router.get(
    "/v1/alignments/export",
    dependencies=[Depends(light)],
    response_class=Response,
    responses={
        **declared(401, 403, 409, 413, 422, 429, 503),
        200: {
            "description": "A zip of the files, `NOTES.md` and `review.yaml`.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
    },
)
def export_alignments(  # noqa: PLR0917 - one for each parameter of the address
    caller: Provider,
    services: ServicesHere,
    form: Form = WriteAs.BADGE,
    state: State = None,
    job: OfJob = None,
    proposed: Proposed = False,
    license: License = "",  # noqa: A002 - its name in the address
) -> Response:
    """Download the badges with what was decided, as `skillmatch badge write` writes them.

    `NOTES.md` says what to do with each file; `review.yaml` is the review file of the command line.
    """
    which = Which(state=state, job_id=job)
    with services.store.reading() as session:
        rows = queue.exported(
            session, tenant_id=caller.tenant_id, which=which, limit=MAX_EXPORT + 1
        )
        reviewed = [(badge_of(row), queue.review(session, row)) for row in rows[:MAX_EXPORT]]
    if len(rows) > MAX_EXPORT:
        raise TooLargeError(f"there are more than {MAX_EXPORT:,} badges; name a job or a state")
    options = _options(form, license, proposed=proposed)
    made = files_of(reviewed, services.settings.library, options)
    if not made.files:
        raise ConflictError(_nothing(made.notes))
    return _file(archive_of(reviewed, made, services.clock()), "alignments.zip", "application/zip")


@router.get(
    "/v1/alignments/{alignment_id}",
    dependencies=[Depends(light)],
    responses={**_ERRORS, 200: {"description": "The badge.", **_TAGGED}},
)
def read_alignment(
    alignment_id: AlignmentId, caller: Provider, services: ServicesHere, response: Response
) -> AlignmentOut:
    """Show a badge: its statements, the concepts proposed for each, the decisions, the lint."""
    with services.store.reading() as session:
        row = queue.found(session, tenant_id=caller.tenant_id, alignment_id=alignment_id)
        shown = _shown(row, queue.review(session, row))
    response.headers["ETag"] = etags.tag_of(shown.revision)
    return shown


@router.post(
    "/v1/alignments/{alignment_id}/decisions",
    dependencies=[Depends(light)],
    openapi_extra={IDEMPOTENT: True},
    responses={
        **_ERRORS,
        **declared(412, 413),
        200: {"description": "The badge after the decisions.", **_TAGGED},
    },
)
def decide(  # noqa: PLR0917 - what FastAPI gives
    alignment_id: AlignmentId,
    body: DecisionsIn,
    caller: Provider,
    services: ServicesHere,
    request: Request,
    response: Response,
) -> AlignmentOut:
    """Decide on proposals; a later decision on the same entry takes the place of an earlier one.

    A decision means the same as in a review file of `skillmatch badge align --review`.
    """
    who = Decider(by=caller.caller, reviewer=body.reviewer, at=services.clock())
    asked = [one.asked() for one in body.decisions]
    with _lookup(services, asked) as lookup, services.store.writing() as session:
        row = queue.found(
            session, tenant_id=caller.tenant_id, alignment_id=alignment_id, to_change=True
        )
        etags.check(request, row.revision)
        review = queue.decide(session, row, asked, who, lookup)
        shown = _shown(row, review)
    response.headers["ETag"] = etags.tag_of(shown.revision)
    return shown


@router.get(
    "/v1/alignments/{alignment_id}/badge",
    dependencies=[Depends(light)],
    response_class=Response,
    responses={
        **_ERRORS,
        **declared(409),
        200: {
            "description": "The badge, an endorsement body, or SSSOM rows.",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/tab-separated-values": {"schema": {"type": "string"}},
            },
        },
    },
)
def read_badge(  # noqa: PLR0917 - one for each parameter of the address
    alignment_id: AlignmentId,
    caller: Provider,
    services: ServicesHere,
    form: Form = WriteAs.BADGE,
    proposed: Proposed = False,
    license: License = "",  # noqa: A002 - its name in the address
) -> Response:
    """Download the badge with the accepted alignments, as `skillmatch badge write` writes it.

    Where no decision changes the badge there is nothing to write (409).
    """
    with services.store.reading() as session:
        row = queue.found(session, tenant_id=caller.tenant_id, alignment_id=alignment_id)
        reviewed = [(badge_of(row), queue.review(session, row))]
    options = _options(form, license, proposed=proposed)
    made = files_of(reviewed, services.settings.library, options)
    if not made.files:
        raise ConflictError(_nothing(made.notes))
    sheet = form is WriteAs.SSSOM
    media = "text/tab-separated-values; charset=utf-8" if sheet else "application/json"
    return _file(made.texts[0].encode("utf-8"), made.files[0].file, media)


@router.delete(
    "/v1/alignments/{alignment_id}", status_code=204, responses={**_ERRORS, **declared(412)}
)
def delete_alignment(
    alignment_id: AlignmentId, caller: Provider, services: ServicesHere, request: Request
) -> None:
    """Delete a badge from the queue, with all that was decided on it."""
    with services.store.writing() as session:
        row = queue.found(
            session, tenant_id=caller.tenant_id, alignment_id=alignment_id, to_change=True
        )
        etags.check(request, row.revision)
        queue.delete(session, row, by=caller.caller, at=services.clock())


@contextmanager
def _lookup(services: Services, asked: Sequence[Asked]) -> Iterator[Lookup]:
    """Yield what finds a concept; nothing is opened where no decision names a new one."""
    if not any(one.replacement for one in asked):
        yield lambda _uri: None
        return
    with lookup_of(services.settings.library) as found:
        yield found


def _options(form: WriteAs, license: str, *, proposed: bool) -> WriteOptions:  # noqa: A002 - as above
    return WriteOptions(form=form, proposed=proposed, license=license or UNSPECIFIED_LICENSE)


def _nothing(notes: Sequence[str]) -> str:
    reasons = f": {'; '.join(notes[:3])}" if notes else ""
    return (
        f"no decision changes a badge, so there is nothing to write{reasons}; accept something "
        "first, or ask for proposed=true"
    )


def _file(data: bytes, name: str, media: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media, headers=headers)


def _columns(row: StoredAlignment) -> dict[str, Any]:
    return {
        "id": row.id,
        "job": row.job_id,
        "source": row.source,
        "title": row.title,
        "state": row.state,
        "revision": row.revision,
        "created_at": row.created_at,
    }


def _shown(row: StoredAlignment, review: Review) -> AlignmentOut:
    run = run_of(row)
    return AlignmentOut(
        **_columns(row),
        frameworks=run.frameworks,
        open=sum(1 for _ in open_places(review)),
        badge=run.badges[0],
        review=review.badges[0],
        lint=lint_of(row),
    )
