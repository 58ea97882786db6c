"""Consent: given, withdrawn and read by the person, and by nobody else."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request, Response

from skillmatch_api.access import deeds
from skillmatch_api.people import consents
from skillmatch_api.people.changes import changed
from skillmatch_api.people.seeing import only_the_person
from skillmatch_api.routes.candidate_models import ConsentHistory, ConsentIn, ConsentOut
from skillmatch_api.routes.candidate_parts import CandidateId, known
from skillmatch_api.wire.answers import etags
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone

router = APIRouter(tags=["candidates"], dependencies=[Depends(light)])

_PATH = "/v1/candidates/{candidate_id}/consent"


@router.get(_PATH, responses=declared(401, 403, 404, 422, 503))
def read_consent(
    candidate_id: CandidateId, caller: Anyone, services: ServicesHere
) -> ConsentHistory:
    """Show all that you ever consented to; withdrawn and expired consents stay as proof."""
    at = services.clock()
    with services.store.reading() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services)
        only_the_person(caller, person, shared, what="read their consents")
        rows = consents.history(session, person)
    items = [ConsentOut.of(row, at=at) for row in rows]
    return ConsentHistory(items=items, live=next((one for one in items if one.live), None))


@router.put(_PATH, responses=declared(401, 403, 404, 412, 422, 503))
def give_consent(
    candidate_id: CandidateId,
    body: ConsentIn,
    *,
    request: Request,
    caller: Anyone,
    services: ServicesHere,
) -> ConsentOut:
    """Let recruiters of this organisation find you, and see the fields that you name.

    It takes the place of what you consented to before, from this moment on. Nobody else can do
    this in your name.
    """
    at = services.clock()
    with services.store.writing() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services, lock=True)
        only_the_person(caller, person, shared, what="consent")
        etags.check(request, person.revision)
        row = consents.grant(
            session,
            person,
            caller=caller,
            fields=body.fields,
            expires_at=body.expires_at,
            at=at,
        )
        changed(session, person, at=at)
        deeds.record(
            session,
            caller,
            "consent.grant",
            subject=person.id,
            details={"purpose": row.purpose, "fields": row.fields},
            at=at,
        )
    return ConsentOut.of(row, at=at)


@router.delete(_PATH, status_code=204, responses=declared(401, 403, 404, 412, 422, 503))
def withdraw_consent(
    candidate_id: CandidateId, request: Request, caller: Anyone, services: ServicesHere
) -> Response:
    """Withdraw your consent: from this moment no recruiter finds you or sees anything of you."""
    at = services.clock()
    with services.store.writing() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services, lock=True)
        only_the_person(caller, person, shared, what="withdraw their consent")
        etags.check(request, person.revision)
        ended = consents.withdraw(session, person, caller=caller, at=at)
        if ended:
            changed(session, person, at=at)
            deeds.record(session, caller, "consent.withdraw", subject=person.id, at=at)
    return Response(status_code=204)
