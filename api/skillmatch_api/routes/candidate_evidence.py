"""What a person can show: added and removed by the person, seen by recruiters where shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Response
from sqlalchemy.orm import Session

from skillmatch.errors import NotFoundError, UsageError
from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import AbsentError, ForbiddenError
from skillmatch_api.people import adding
from skillmatch_api.people.changes import changed
from skillmatch_api.people.checking import verifier_for
from skillmatch_api.people.consents import Field
from skillmatch_api.people.documents import find_document, list_documents
from skillmatch_api.people.evidence_rows import count_of, page_of, rows_of
from skillmatch_api.people.lapsing import keep_up
from skillmatch_api.people.seeing import Sight, may_change, sight
from skillmatch_api.people.showing import file_is_shared, for_others, own
from skillmatch_api.routes.candidate_evidence_models import (
    DocumentItem,
    EvidenceAdded,
    EvidenceIn,
    EvidenceItem,
    EvidenceList,
)
from skillmatch_api.routes.candidate_parts import Blind, CandidateId, Known, known, note_sight
from skillmatch_api.store import audit
from skillmatch_api.store.tables import EvidenceRow
from skillmatch_api.wire.answers import cursors
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.documents import DocumentIn, name_of, read_all
from skillmatch_api.wire.limits.admission import heavy, light
from skillmatch_api.wire.services import Services, ServicesHere
from skillmatch_api.wire.who.callers import Anyone

router = APIRouter(tags=["candidates"])

_PATH = "/v1/candidates/{candidate_id}/evidence"
_FILE = "/v1/candidates/{candidate_id}/documents/{document_id}"
_MEDIA = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "zip": "application/zip",
}
_PartId = Annotated[str, Path(max_length=100, description="Id of the evidence or document.")]


@router.post(
    _PATH,
    status_code=201,
    dependencies=[Depends(heavy)],
    responses=declared(401, 403, 404, 409, 413, 422, 502, 503),
)
def add_evidence(
    candidate_id: CandidateId,
    body: EvidenceIn,
    *,
    caller: Anyone,
    services: ServicesHere,
    response: Response,
) -> EvidenceAdded:
    """Add skills, badges and CVs; all of it, or nothing.

    Badges are checked with the issuers that the operator knows, and count as verified only if they
    were issued to the person's contact. To add one again is to check it again. Until the record is
    claimed its organisation may do this, too.
    """
    with services.store.reading() as session:
        person, shared = known(session, candidate_id, caller=caller, services=services)
        may_change(caller, person, shared)
    brought = _brought(body.documents)
    reading = _read(body, brought, contact=person.contact, services=services)
    with services.store.writing() as session:
        now, shared = known(session, candidate_id, caller=caller, services=services, lock=True)
        may_change(caller, now, shared)
        adding.refuse_other_contact(now, checked_for=person.contact)
        added = adding.add(
            session, now, documents=brought, found=reading.found, at=services.clock()
        )
        kept = {one.id: one for one in list_documents(session, now)}
        _note_change(session, now.id, caller, services, "evidence.add", pieces=len(added.rows))
        changed(session, now, at=services.clock())
    response.headers["Location"] = f"/v1/candidates/{candidate_id}/evidence"
    return EvidenceAdded(
        items=[EvidenceItem.of(own(row)) for row in added.rows],
        documents=[DocumentItem.of(kept[one.id]) for one in added.documents],
        unread=list(reading.unread),
        notes=list(reading.notes),
    )


@router.get(_PATH, dependencies=[Depends(light)], responses=declared(401, 403, 404, 422, 503))
def list_evidence(
    candidate_id: CandidateId,
    caller: Anyone,
    services: ServicesHere,
    *,
    limit: Limit = 50,
    cursor: Cursor = None,
    blind: Blind = False,
) -> EvidenceList:
    """Show what a person can show; to recruiters only where the person shares evidence.

    Each piece comes with the badge behind it, the state of its proof, and when that was found.
    """
    place, identity = cursors.decode(cursor, (int, str)) if cursor else (-1, "")
    after = (int(str(place)), str(identity))
    keep_up(services.store, tenant_id=caller.tenant_id, at=services.clock())
    with services.store.reading() as session:
        seen = known(session, candidate_id, caller=caller, services=services)
        if sight(caller, *seen) is Sight.OWN:
            return _own_page(session, seen, after, limit)
        _seen_by_recruiter(seen, caller)
    with services.store.writing() as session:
        seen = known(session, candidate_id, caller=caller, services=services)
        shared = _seen_by_recruiter(seen, caller)
        note_sight(
            session,
            [candidate_id],
            caller=caller,
            services=services,
            action="candidate.evidence",
            blind=blind,
        )
        if Field.EVIDENCE not in shared:
            return EvidenceList(items=[], documents=[], shared=False, next=None, total=0)
        rows = page_of(session, seen.person, after=after, limit=limit + 1)
        return EvidenceList(
            items=[EvidenceItem.of(for_others(one, shared, blind=blind)) for one in rows[:limit]],
            documents=[],
            shared=True,
            next=_next(rows, limit),
            total=count_of(session, seen.person),
        )


@router.delete(
    _PATH + "/{evidence_id}",
    status_code=204,
    dependencies=[Depends(light)],
    responses=declared(401, 403, 404, 422, 503),
)
def remove_evidence(
    candidate_id: CandidateId, evidence_id: _PartId, caller: Anyone, services: ServicesHere
) -> Response:
    """Remove a piece of evidence, or a document with all that it shows; searches forget it."""

    def work(session: Session) -> None:
        person, shared = known(session, candidate_id, caller=caller, services=services, lock=True)
        may_change(caller, person, shared)
        adding.remove(session, person, evidence_id)
        _note_change(session, person.id, caller, services, "evidence.remove")
        changed(session, person, at=services.clock())

    services.store.write(work)
    services.store.scrub()
    return Response(status_code=204)


@router.get(
    _FILE,
    dependencies=[Depends(light)],
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {"application/octet-stream": {}}},
        **declared(401, 403, 404, 422, 503),
    },
)
def read_document(
    candidate_id: CandidateId, document_id: _PartId, caller: Anyone, services: ServicesHere
) -> Response:
    """Give back a file, byte for byte.

    Recruiters get the files of badges only, and only where evidence, name and contact are shared,
    since a badge names whom it was issued to.
    """
    with services.store.writing() as session:
        seen = known(session, candidate_id, caller=caller, services=services)
        mine = sight(caller, *seen) is Sight.OWN
        found = find_document(session, seen.person, document_id)
        if not mine:
            shared = _seen_by_recruiter(seen, caller)
            if not file_is_shared(document_id, rows_of(session, seen.person), shared):
                found = None
        if found is None:
            raise AbsentError("there is no such document, or it is not shared")
        if not mine:
            note_sight(
                session,
                [candidate_id],
                caller=caller,
                services=services,
                action="candidate.document",
                blind=False,
            )
    name = found.name if mine else f"badge.{found.name.rpartition('.')[2]}"
    return Response(
        found.content, media_type="application/octet-stream", headers=_as_attachment(name)
    )


def _brought(documents: tuple[DocumentIn, ...]) -> tuple[adding.Brought, ...]:
    named = _named_apart(documents)
    return tuple(
        adding.Brought(
            name=one.name,
            media_type=_MEDIA.get(one.name.rpartition(".")[2].lower(), "application/octet-stream"),
            content=one.data,
            read=read,
        )
        for one, read in zip(named, read_all(named), strict=True)
    )


def _named_apart(documents: tuple[DocumentIn, ...]) -> list[DocumentIn]:
    """Return the documents under names that differ, so that evidence finds its own."""
    named: dict[str, DocumentIn] = {}
    for place, one in enumerate(documents):
        name = name_of(one, place)
        while name in named:
            stem, dot, ending = name.rpartition(".")
            name = f"{stem}-{place + 1}.{ending}" if dot else f"{name}-{place + 1}"
        named[name] = one.model_copy(update={"name": name})
    return list(named.values())


def _read(
    body: EvidenceIn, brought: tuple[adding.Brought, ...], *, contact: str, services: Services
) -> adding.Reading:
    at = services.clock()
    verifier = verifier_for(services.settings, contact=contact, at=at, online=body.online)
    try:
        with services.matchers.lent() as matcher:
            return adding.read(matcher, have=body.claims(), documents=brought, verifier=verifier)
    except NotFoundError as error:
        raise UsageError(str(error)) from error


def _own_page(session: Session, seen: Known, after: tuple[int, str], limit: int) -> EvidenceList:
    rows = page_of(session, seen.person, after=after, limit=limit + 1)
    documents = list_documents(session, seen.person)
    return EvidenceList(
        items=[EvidenceItem.of(own(row)) for row in rows[:limit]],
        documents=[DocumentItem.of(one) for one in documents],
        shared=Field.EVIDENCE in (seen.shared or ()),
        next=_next(rows, limit),
        total=count_of(session, seen.person),
    )


def _next(rows: Sequence[EvidenceRow], limit: int) -> str | None:
    if len(rows) <= limit:
        return None
    return cursors.encode([rows[limit - 1].place, rows[limit - 1].id])


def _seen_by_recruiter(seen: Known, caller: Principal) -> frozenset[Field]:
    """Return what is shared with a caller who is not the person.

    Raises:
        AbsentError: The caller may not know of the person.
        ForbiddenError: The caller manages the record, and reads nothing in it.
    """
    if sight(caller, *seen) is not Sight.SHARED or seen.shared is None:
        raise ForbiddenError(
            "administrators manage records and do not read what is in them; recruiters see what "
            "the person shares"
        )
    return seen.shared


def _note_change(
    session: Session,
    person_id: str,
    caller: Principal,
    services: Services,
    action: str,
    **details: int,
) -> None:
    audit.record(
        session,
        tenant_id=caller.tenant_id,
        by=caller.caller,
        action=action,
        subject=person_id,
        details=details,
        at=services.clock(),
    )


def _as_attachment(name: str) -> dict[str, str]:
    # Anybody may have written the file: it is never shown as a page of this service.
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
