"""``/v1/gap``: what is asked for beside what can be shown; ``/v1/requirements``: the first half."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from skillmatch.model.gap import GapResult
from skillmatch.model.requirement import Checklist
from skillmatch.report import render
from skillmatch.report.indented import indented_json
from skillmatch_api.wire.answers.forms import GAP_FORMS, answer_in, described_forms, wanted
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.asked import (
    MAX_TEXT,
    POSTING,
    AskedIn,
    Day,
    Probability,
    ShownIn,
    asking,
    requirements_of,
)
from skillmatch_api.wire.given.documents import DocumentIn, read_all, read_posting_in
from skillmatch_api.wire.limits.admission import heavy
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import anyone

router = APIRouter(tags=["gap"])
_CHECKLIST = TypeAdapter(Checklist)
_ERRORS = declared(401, 403, 404, 413, 422, 429, 503)


class GapIn(AskedIn, ShownIn):
    """A posting, an occupation or a checklist, and what a person can show."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"posting": POSTING, "have": ["Python"], "at": "2026-11-22"},
                {
                    "posting": {"name": "job.txt", "text": POSTING},
                    "evidence": [{"name": "cv.txt", "text": "Five years of SQL."}],
                },
            ]
        },
    )

    at: Annotated[
        Day | None, Field(description="Day the comparison holds for; today by default.")
    ] = None
    min_confidence: Annotated[
        Probability | None,
        Field(description="Take only what was understood with this probability."),
    ] = None


class RequirementsIn(BaseModel):
    """A posting to be read."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"posting": POSTING}]}
    )

    posting: Annotated[str, Field(max_length=MAX_TEXT)] | DocumentIn
    min_confidence: Probability | None = None


@router.post(
    "/v1/gap",
    response_model=GapResult,
    dependencies=[Depends(anyone), Depends(heavy)],
    responses={**_ERRORS, **declared(406), **described_forms(GAP_FORMS)},
)
def gap(body: GapIn, services: ServicesHere, request: Request) -> Response:
    """Set what a job asks for beside what can be shown.

    The JSON is that of `skillmatch gap --json`; `Accept` asks for Markdown, HTML, SVG or text.
    Nothing of the request is kept.
    """
    form = wanted(request, GAP_FORMS)
    at = body.at or services.clock().date()
    checks = body.verifier(services.settings, at)
    claims, evidence, posting = body.claims(), read_all(body.evidence), body.text()
    with services.matchers.lent() as lent:
        matcher = asking(lent, body.min_confidence)
        asked = body.checklist(matcher, posting)
        result = matcher.gap(asked, have=claims, evidence=evidence, at=at, verifier=checks)
    return answer_in(form, render(result, form, posting_text=posting.text if posting else None))


@router.post(
    "/v1/requirements",
    response_model=Checklist,
    dependencies=[Depends(anyone), Depends(heavy)],
    responses=_ERRORS,
)
def requirements(body: RequirementsIn, services: ServicesHere) -> Response:
    """Read what a posting asks for: `checklist` of a gap.

    Edit it and give it to `/v1/gap` as `requirements`. An empty one is an answer, too: it tells
    what was looked at.
    """
    posting = read_posting_in(body.posting)
    with services.matchers.lent() as lent:
        found = requirements_of(asking(lent, body.min_confidence), posting)
    return json_text(indented_json(_CHECKLIST.dump_python(found, mode="json")) + "\n")
