"""What a process does that writes as the service does, and says so after each commit.

Each line names what was acknowledged: ``person ID N`` for a person with N pieces of evidence, a
consent, a profile, a key and an entry in the audit log, all in one transaction; ``erased ID``.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from multiprocessing.connection import Connection

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.people import consents
from skillmatch_api.people.changes import changed
from skillmatch_api.people.erasing import erase
from skillmatch_api.people.evidence_rows import to_row
from skillmatch_api.people.registering import Details, get_person, register
from skillmatch_api.store import Store
from skillmatch_api.store.audit import record

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def write(url: str, seed: int, told: Connection) -> None:
    """Write until killed."""
    chance = random.Random(seed)  # noqa: S311 - the same writes each time
    store = Store.open(url)
    with store.writing() as session:
        tenant_id = tenant_named(session, "default", at=AT).id
    told.send("ready")
    mine: list[str] = []
    while True:
        if len(mine) > 2 and chance.random() < 0.2:
            person_id = mine.pop(chance.randrange(len(mine)))
            with store.writing() as session:
                person = get_person(session, person_id, tenant_id=tenant_id)
                erase(session, person, by="operator", at=AT)
            told.send(f"erased {person_id}")
            continue
        pieces = chance.randrange(1, 12)
        person_id = add(store, tenant_id, pieces)
        mine.append(person_id)
        told.send(f"person {person_id} {pieces}")


def add(store: Store, tenant_id: str, pieces: int) -> str:
    """Register a person with all that belongs to a candidate, in one transaction."""
    with store.writing() as session:
        person = register(session, Details(name="x" * 2000), tenant_id=tenant_id, at=AT)
        for place in range(pieces):
            evidence = Evidence(
                uri=ConceptUri(f"http://example.org/{place}"),
                label="skill",
                kind=EvidenceKind.CLAIM,
                assurance=Assurance.CLAIMED,
                source="--have",
            )
            session.add(
                to_row(evidence, tenant_id=tenant_id, person_id=person.id, place=place, at=AT)
            )
        caller = Principal(tenant_id=tenant_id, caller="", scopes=frozenset(), person_id=person.id)
        consents.grant(
            session, person, caller=caller, fields=consents.Field, expires_at=None, at=AT
        )
        create_key(
            session,
            tenant_id=tenant_id,
            name="",
            scopes=[Scope.LEARNER],
            at=AT,
            person_id=person.id,
        )
        changed(session, person, at=AT)
        record(
            session,
            tenant_id=tenant_id,
            by="writer",
            action="candidate.create",
            subject=person.id,
            at=AT,
        )
        return person.id
