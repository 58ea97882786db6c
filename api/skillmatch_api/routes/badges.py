"""``/v1/badges``: what badges say, what can be believed of them, what is wrong, what they mean."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from skillmatch.errors import UsageError
from skillmatch.linking.alignment.proposing import ProposalRules
from skillmatch.model.alignment import AlignmentRun
from skillmatch.quality.batch import LintResult
from skillmatch.report.lint import LintFormat
from skillmatch.report.verification import VerificationResult, VerificationResults
from skillmatch.report.wallet import WalletView
from skillmatch_api.jobs.aligning import align_files
from skillmatch_api.jobs.linting import lint_files
from skillmatch_api.routes.badge_requests import (
    BADGE,
    Badges,
    MinConfidence,
    Profile,
    SwitchedOff,
    Top,
    lint_options,
)
from skillmatch_api.wire.answers.forms import answer_in, described_forms, wanted
from skillmatch_api.wire.answers.made import json_text
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.badge_checks import BadgeChecks
from skillmatch_api.wire.given.documents import DocumentIn, files_of
from skillmatch_api.wire.limits.admission import heavy, light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import anyone

router = APIRouter(tags=["badges"])
MAX_ONLINE = 5
"""Credentials of one request that may ask the web: each may ask slow hosts twenty times."""
_ERRORS = declared(401, 403, 413, 422, 429, 503)
_LINT_FORMS: tuple[LintFormat, ...] = ("json", "sarif", "html", "markdown", "text")
_EXAMPLE: dict[str, Any] = {"examples": [{"badges": [BADGE]}]}


class ShowIn(BaseModel):
    """Badges, records and wallets to be read."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_EXAMPLE)

    badges: Badges
    recipient: Annotated[
        bool, Field(description="Also show whom they were awarded to, in full.")
    ] = False


class VerifyIn(BadgeChecks):
    """Badges to be checked, and what they are checked with."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_EXAMPLE)

    badges: Badges
    at: Annotated[
        datetime | None,
        Field(
            description="Day or moment to check for, UTC where it names no zone; now by default.",
            examples=["2026-11-30"],
        ),
    ] = None


class LintIn(BaseModel):
    """Badges to be judged."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_EXAMPLE)

    badges: Badges
    profile: Profile = "auto"
    off: SwitchedOff = {}
    review_by: Annotated[
        date | None, Field(description="List badges whose review is due by this day.")
    ] = None


class AlignIn(BaseModel):
    """Badges or sheets of outcomes to be aligned."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_EXAMPLE)

    badges: Badges
    top: Top = 5
    min_confidence: MinConfidence = 0.1


@router.post(
    "/v1/badges/show",
    response_model=WalletView,
    dependencies=[Depends(anyone), Depends(light)],
    responses=_ERRORS,
)
def show(body: ShowIn) -> Response:
    """Show what badges and records say: skills, outcomes, issuer, dates. Nothing is checked.

    The answer is that of `skillmatch badge show --json`; a file that holds no credential is listed
    in `unread`.
    """
    from skillmatch.model.credential import Wallet
    from skillmatch.report.wallet import wallet_json, wallet_view
    from skillmatch.service.named_files import named_in

    named = named_in(_named(body.badges))
    wallet = Wallet(credentials=named.credentials, unread=named.unread)
    return json_text(wallet_json(wallet_view(wallet, masked=not body.recipient)))


@router.post(
    "/v1/badges/verify",
    response_model=VerificationResult | VerificationResults,
    dependencies=[Depends(anyone), Depends(heavy)],
    responses=_ERRORS,
)
def verify(body: VerifyIn, services: ServicesHere) -> Response:
    """Check badges: shape, proof, issuer, dates, status, endorsements, each with its reason.

    The answer is that of `skillmatch badge verify --json`. Nothing is fetched from the web unless
    the operator allows it and the request asks for it.
    """
    from dataclasses import replace

    from skillmatch.report.verification import verification_json
    from skillmatch.service.named_files import named_in
    from skillmatch.service.verifying import Verifier, verify_files

    at = body.at or services.clock().replace(microsecond=0)
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    verifier = body.verifier(services.settings, None)
    verifier = Verifier(at=at) if verifier is None else replace(verifier, at=at)
    named = named_in(_named(body.badges))
    if body.online and len(named.credentials) > MAX_ONLINE:
        raise UsageError(
            f"at most {MAX_ONLINE} credentials at a time are checked online, and these are "
            f"{len(named.credentials)}; send fewer, or give what they need in documents"
        )
    return json_text(verification_json(verify_files(named, verifier)))


@router.post(
    "/v1/badges/lint",
    response_model=LintResult,
    dependencies=[Depends(anyone), Depends(heavy)],
    responses={**_ERRORS, **declared(406), **described_forms(_LINT_FORMS)},
)
def lint(body: LintIn, request: Request) -> Response:
    """Say what is wrong or vague in badges: which words, why it matters, and how to mend it.

    The answer is that of `skillmatch badge lint`: JSON, or by `Accept` SARIF, HTML, Markdown or
    text. Several files are judged as a folder of them is.
    """
    from skillmatch.report.lint import render_lint

    form = wanted(request, _LINT_FORMS)
    options = lint_options(body.profile, body.off)
    result = lint_files(files_of(body.badges), options, body.review_by)
    return answer_in(form, render_lint(result, form))


@router.post(
    "/v1/badges/align",
    response_model=AlignmentRun,
    dependencies=[Depends(anyone), Depends(heavy)],
    responses={**_ERRORS, **declared(404)},
)
def align(body: AlignIn, services: ServicesHere) -> Response:
    """Propose skills for what badges say their earners can do, and check what is aligned already.

    The answer is that of `skillmatch badge align --json`, and nothing is stored. To decide on the
    proposals here, post a job of the kind `badges.align`.
    """
    from skillmatch.report.alignment_json import alignment_json

    rules = ProposalRules(top=body.top, min_confidence=body.min_confidence)
    with services.matchers.lent() as matcher:
        found = align_files(matcher, services.settings.library, files_of(body.badges), rules=rules)
    return json_text(alignment_json(found.run))


def _named(documents: list[DocumentIn]) -> list[tuple[str, bytes]]:
    return [(one.name, one.data) for one in files_of(documents)]
