"""What a person can show: added and removed by the person, seen by recruiters where shared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Response
from sqlalchemy.orm import Session

from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import AbsentError, ForbiddenError
from skillmatch_api.people import adding
from skillmatch_api.people.changes import changed
from skillmatch_api.people.consents import Field
from skillmatch_api.people.documents import find_document, list_documents
from skillmatch_api.people.evidence_rows import count_of, page_of, rows_of
from skillmatch_api.people.keeping import Brings, EvidenceKeeper
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
from skillmatch_api.store.tables import EvidenceRow
from skillmatch_api.wire.answers import cursors
from skillmatch_api.wire.answers.listing import Cursor, Limit
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.given.brought import brought_of
from skillmatch_api.wire.limits.admission import heavy, light
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Anyone

router = APIRouter(tags=["candidates"])

_PATH = "/v1/candidates/{candidate_id}/evidence"
_FILE = "/v1/candidates/{candidate_id}/documents/{document_id}"
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
    keeper = EvidenceKeeper(
        store=services.store,
        settings=services.settings,
        lent=services.matchers.lent,
        clock=services.clock,
    )
    kept = keeper.keep(candidate_id, lambda: _brings(body), caller=caller)
    response.headers["Location"] = f"/v1/candidates/{candidate_id}/evidence"
    return EvidenceAdded(
        items=[EvidenceItem.of(own(row)) for row in kept.rows],
        documents=[DocumentItem.of(one) for one in kept.documents],
        unread=list(kept.unread),
        notes=list(kept.notes),
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
        deeds.record(session, caller, "evidence.remove", subject=person.id, at=services.clock())
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


def _brings(body: EvidenceIn) -> Brings:
    return Brings(have=body.claims(), documents=brought_of(body.documents), online=body.online)


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


def _as_attachment(name: str) -> dict[str, str]:
    # Anybody may have written the file: it is never shown as a page of this service.
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
