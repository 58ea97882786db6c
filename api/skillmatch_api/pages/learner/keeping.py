"""The learner's own record: what is in it counts, and what is given can be kept there.

Only a caller who is bound to a person has one. Recruiters see nothing of it before the person
consents.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from skillmatch.model.evidence import Evidence
from skillmatch_api.access.principal import Principal
from skillmatch_api.pages.learner.given import Given
from skillmatch_api.pages.learner.reading import Desk, claims_of
from skillmatch_api.people import adding
from skillmatch_api.people.changes import changed
from skillmatch_api.people.checking import verifier_for
from skillmatch_api.people.evidence_rows import of_row, rows_of
from skillmatch_api.people.lapsing import keep_up
from skillmatch_api.people.registering import get_person
from skillmatch_api.store import Store, audit
from skillmatch_api.wire.given.documents import DocumentIn, read_all

MEDIA_TYPES = {
    "json": "application/json",
    "jsonld": "application/ld+json",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "zip": "application/zip",
}


def own_evidence(store: Store, caller: Principal, *, at: datetime) -> tuple[Evidence, ...]:
    """Return what is in the caller's own record at a moment, in the order in which it was added."""
    if caller.person_id is None:
        return ()
    keep_up(store, tenant_id=caller.tenant_id, at=at)
    with store.reading() as session:
        person = get_person(session, caller.person_id, tenant_id=caller.tenant_id)
        return tuple(map(of_row, rows_of(session, person)))


def keep(given: Given, desk: Desk, store: Store, caller: Principal) -> int:
    """Keep the files and skills of a form in the caller's own record; all of it, or nothing.

    Returns:
        How many pieces of evidence were kept.

    Raises:
        ConflictError: The contact changed while badges were checked.
        TooLargeError: There would be more than a record holds.
        UnreadableError: A document holds nothing that can be read.
    """
    if caller.person_id is None:
        return 0
    with store.reading() as session:
        person = get_person(session, caller.person_id, tenant_id=caller.tenant_id)
    brought = _brought(given.documents)
    reading = adding.read(
        desk.matcher,
        have=claims_of(given.skills),
        documents=brought,
        verifier=verifier_for(desk.settings, contact=person.contact, at=desk.at),
    )
    with store.writing() as session:
        now = get_person(session, person.id, tenant_id=person.tenant_id, lock=True)
        adding.refuse_other_contact(now, checked_for=person.contact)
        added = adding.add(session, now, documents=brought, found=reading.found, at=desk.at)
        audit.record(
            session,
            tenant_id=person.tenant_id,
            by=caller.caller,
            action="evidence.add",
            subject=now.id,
            details={"pieces": len(added.rows)},
            at=desk.at,
        )
        changed(session, now, at=desk.at)
    return len(added.rows)


def together(given: Sequence[Evidence], own: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Return what was given and what is in the record; what is in both is said once."""
    said = {(one.uri, one.source, one.text) for one in given}
    return (*given, *(one for one in own if (one.uri, one.source, one.text) not in said))


def _brought(documents: Sequence[DocumentIn]) -> tuple[adding.Brought, ...]:
    return tuple(
        adding.Brought(
            name=one.name,
            media_type=MEDIA_TYPES.get(
                one.name.rpartition(".")[2].lower(), "application/octet-stream"
            ),
            content=one.data,
            read=read,
        )
        for one, read in zip(documents, read_all(documents), strict=True)
    )
