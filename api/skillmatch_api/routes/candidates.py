"""People: registered by themselves or by their organisation, read, changed, claimed, erased."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError
from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import AbsentError, ConflictError, ForbiddenError
from skillmatch_api.people import adding, erasing, inviting, listing, registering
from skillmatch_api.people.cards import card_of
from skillmatch_api.people.changes import changed
from skillmatch_api.people.consents import Field as Shared
from skillmatch_api.people.consents import shared_fields
from skillmatch_api.people.seeing import STAFF, Sight, may_change, may_erase, sight
from skillmatch_api.routes.candidate_models import (
    AnyRecord,
    CandidateIn,
    CandidateList,
    DetailsIn,
    ManagedRecord,
    OwnRecord,
    Registered,
    SharedCard,
)
from skillmatch_api.routes.candidate_parts import Blind, CandidateId, known, note_sight
from skillmatch_api.store import audit
from skillmatch_api.store.tables import Person
from skillmatch_api.wire.answers import cursors, etags
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.limits.admission import light
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import Anyone

router = APIRouter(tags=["candidates"], dependencies=[Depends(light)])


class CodeIn(BaseModel):
    """An invitation."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"code": "skmi_" + "A" * 43}]}
    )

    code: Annotated[str, Field(min_length=1, max_length=200)] = Field(
        description="What your organisation sent you."
    )


@router.post(
    "/v1/candidates",
    status_code=201,
    responses=declared(401, 403, 409, 422, 503),
    response_model=Registered | ManagedRecord,
)
def register_candidate(
    body: CandidateIn, caller: Anyone, services: ServicesHere, response: Response
) -> Registered | ManagedRecord:
    """Register yourself and get your own key, or make a record that its person is to claim.

    Neither makes anybody visible: that takes the person's own consent.
    """
    myself = _registers_themselves(body, caller)
    at = services.clock()
    with services.store.writing() as session:
        person = registering.register(
            session,
            body.over(registering.Details()),
            tenant_id=caller.tenant_id,
            at=at,
            external_id=body.external_id,
            claimed=myself,
        )
        key = _own_access(session, person, caller, services) if myself else None
        deeds.record(
            session,
            caller,
            "candidate.create",
            subject=person.id,
            details={"myself": myself},
            at=at,
        )
    response.headers["Location"] = f"/v1/candidates/{person.id}"
    response.headers["Cache-Control"] = "no-store"
    if not myself:
        return ManagedRecord.of(person, None)
    return Registered(**dict(OwnRecord.of(person, None)), key=key)


@router.post("/v1/candidates/claim", status_code=201, responses=declared(401, 422, 503))
def claim_candidate(body: CodeIn, services: ServicesHere, response: Response) -> Registered:
    """Take over the record that your organisation made of you; the invitation is the proof.

    Keys and logins that you had before end.
    """
    at = services.clock()
    with services.store.writing() as session:
        person, key = inviting.claim(session, body.code, at=at)
        shared = shared_fields(session, [person.id], tenant_id=person.tenant_id, at=at)
        audit.record(
            session,
            tenant_id=person.tenant_id,
            by=f"person:{person.id}",
            action="candidate.claim",
            subject=person.id,
            at=at,
        )
    response.headers["Location"] = f"/v1/candidates/{person.id}"
    response.headers["Cache-Control"] = "no-store"
    return Registered(**dict(OwnRecord.of(person, shared.get(person.id))), key=key)


@router.get("/v1/candidates", responses=declared(401, 403, 422, 503))
def list_candidates(
    caller: Anyone,
    services: ServicesHere,
    limit: Limit = 50,
    cursor: Cursor = None,
    blind: Blind = False,
) -> CandidateList:
    """List people by id: to recruiters those who consented, to administrators all records.

    A person finds themselves. With both scopes it is what a recruiter sees.
    """
    after = "" if cursor is None else str(cursors.decode(cursor, (str,))[0])
    if Scope.RECRUITER in caller.scopes:
        return _shared_cards(caller, services, after, limit, blind=blind)
    if Scope.ADMIN not in caller.scopes:
        if caller.person_id is not None:
            return _only_oneself(caller, services)
        raise ForbiddenError(
            "this needs a key with the scope recruiter or admin, or a person's own key"
        )
    with services.store.reading() as session:
        found = listing.everybody(session, tenant_id=caller.tenant_id, after=after, limit=limit)
        shared = _shared(session, found, caller, services)
        items: list[AnyRecord] = [
            ManagedRecord.of(one, shared.get(one.id)) for one in found.persons
        ]
    return CandidateList(items=items, next=_next(found), total=found.total)


@router.get("/v1/candidates/{candidate_id}", responses=declared(401, 404, 422, 503))
def read_candidate(
    candidate_id: CandidateId,
    caller: Anyone,
    services: ServicesHere,
    response: Response,
    blind: Blind = False,
) -> AnyRecord:
    """Show a person: their own record, or as much of it as you may see.

    To be shown to somebody else is written down, for the person to see.
    """
    with services.store.reading() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services)
        seen = sight(caller, person, shared)
    if seen is Sight.SHARED:
        return _shown_card(candidate_id, caller, services, blind=blind)
    response.headers["ETag"] = etags.tag_of(person.revision)
    if seen is Sight.OWN:
        return OwnRecord.of(person, shared)
    return ManagedRecord.of(person, shared)


@router.patch("/v1/candidates/{candidate_id}", responses=declared(401, 403, 404, 412, 422, 503))
def change_candidate(
    candidate_id: CandidateId,
    body: DetailsIn,
    *,
    request: Request,
    caller: Anyone,
    services: ServicesHere,
    response: Response,
) -> OwnRecord | ManagedRecord:
    """Change what a record says: the person's own, or the organisation's until it is claimed.

    Badges are checked against the contact, so a new one lets them prove nothing until they are
    added again.
    """
    at = services.clock()
    with services.store.writing() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services, lock=True)
        may_change(caller, person, shared)
        etags.check(request, person.revision)
        before = person.contact
        registering.apply(person, body.over(registering.details_of(person)))
        if person.contact != before:
            adding.doubt_badges(session, person)
        changed(session, person, at=at)
        deeds.record(
            session,
            caller,
            "candidate.change",
            subject=person.id,
            details={"fields": sorted(body.model_fields_set)},
            at=at,
        )
    response.headers["ETag"] = etags.tag_of(person.revision)
    if caller.person_id == person.id:
        return OwnRecord.of(person, shared)
    return ManagedRecord.of(person, shared)


@router.delete(
    "/v1/candidates/{candidate_id}",
    status_code=204,
    responses=declared(401, 404, 412, 422, 503),
)
def erase_candidate(
    candidate_id: CandidateId, request: Request, caller: Anyone, services: ServicesHere
) -> Response:
    """Erase a person everywhere, for good: by the person, or by an administrator."""

    def work(session: Session) -> None:
        person, _ = known(session, candidate_id, caller=caller, services=services, lock=True)
        may_erase(caller, person)
        etags.check(request, person.revision)
        erasing.erase(session, person, by=caller.caller, at=services.clock())

    services.store.write(work)
    services.store.scrub()
    services.indexes.catch_up(services.store, caller.tenant_id)
    return Response(status_code=204)


def _registers_themselves(body: CandidateIn, caller: Principal) -> bool:
    staff = bool(caller.scopes & STAFF)
    myself = not staff if body.myself is None else body.myself
    if not myself:
        if not staff:
            raise ForbiddenError("only recruiters, providers and admins register somebody else")
        return False
    if Scope.LEARNER not in caller.scopes:
        raise ForbiddenError("to register yourself takes a key or login with the scope learner")
    if caller.person_id is not None:
        raise ConflictError(f"you are registered already: /v1/candidates/{caller.person_id}")
    if body.external_id is not None:
        raise UsageError("external_id is what an organisation calls somebody; leave it away")
    return True


def _own_access(
    session: Session, person: Person, caller: Principal, services: Services
) -> str | None:
    """Bind a login of an identity provider to its person; return a key for everybody else."""
    subject = caller.caller.removeprefix("oidc:")
    if subject == caller.caller:
        return inviting.give_key(session, person, at=services.clock())
    inviting.bind(session, person, subject)
    return None


def _only_oneself(caller: Principal, services: Services) -> CandidateList:
    with services.store.reading() as session:
        person, shared = known(session, str(caller.person_id), caller=caller, services=services)
        return CandidateList(items=[OwnRecord.of(person, shared)], next=None, total=1)


def _shown_card(
    candidate_id: str, caller: Principal, services: Services, *, blind: bool
) -> SharedCard:
    with services.store.writing() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services)
        if shared is None:  # withdrawn since the first look
            raise AbsentError(registering.ABSENT)
        note_sight(
            session,
            [person.id],
            caller=caller,
            services=services,
            action="candidate.read",
            blind=blind,
        )
    return SharedCard.of(card_of(person, shared, blind=blind))


def _shared_cards(
    caller: Principal, services: Services, after: str, limit: int, *, blind: bool
) -> CandidateList:
    at = services.clock()
    with services.store.writing() as session:
        found = listing.candidates(
            session, tenant_id=caller.tenant_id, after=after, limit=limit, at=at
        )
        shared = _shared(session, found, caller, services)
        seen = [one for one in found.persons if one.id in shared]
        items: list[AnyRecord] = [
            SharedCard.of(card_of(one, shared[one.id], blind=blind)) for one in seen
        ]
        if items:
            note_sight(
                session,
                [one.id for one in seen],
                caller=caller,
                services=services,
                action="candidate.list",
                blind=blind,
            )
    return CandidateList(items=items, next=_next(found), total=found.total)


def _shared(
    session: Session, found: listing.People, caller: Principal, services: Services
) -> dict[str, frozenset[Shared]]:
    ids = [one.id for one in found.persons]
    return shared_fields(session, ids, tenant_id=caller.tenant_id, at=services.clock())


def _next(found: listing.People) -> str | None:
    return cursors.encode([found.persons[-1].id]) if found.more else None
