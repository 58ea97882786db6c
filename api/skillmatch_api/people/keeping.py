"""Keeping evidence that somebody brings: checked without a lock, then written whole or not at all.

Pages and routes bring evidence by the same steps: may the caller change this record, what does it
show, is the contact still the one that badges were checked for, add it, write it down.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from skillmatch.errors import NotFoundError, UsageError
from skillmatch.linking.evidence import Claim
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.principal import Principal
from skillmatch_api.people import adding
from skillmatch_api.people.adding import Brought
from skillmatch_api.people.changes import changed
from skillmatch_api.people.checking import verifier_for
from skillmatch_api.people.consents import shared_fields
from skillmatch_api.people.documents import DocumentFacts, list_documents
from skillmatch_api.people.registering import get_person
from skillmatch_api.people.seeing import may_change
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store, audit
from skillmatch_api.store.tables import EvidenceRow, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Brings:
    """What somebody brings.

    Attributes:
        have: Skills that are named.
        online: Whether to fetch what badges need, where the service may.
    """

    have: Sequence[Claim] = ()
    documents: Sequence[Brought] = ()
    online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept of it, in the order in which it was brought.

    Attributes:
        unread: Names of skills that no concept was found for.
        notes: What was left out and why.
    """

    rows: tuple[EvidenceRow, ...]
    documents: tuple[DocumentFacts, ...]
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKeeper:
    """Keeps evidence in records.

    Attributes:
        lent: Lends the matcher, for as long as reading takes.
    """

    store: Store
    settings: ServiceSettings
    lent: Callable[[], AbstractContextManager[Matcher]]
    clock: Callable[[], datetime]

    def keep(self, person_id: str, brings: Callable[[], Brings], *, caller: Principal) -> Kept:
        """Keep what the caller brings for a person of their organisation.

        Args:
            person_id: Whose evidence it is.
            brings: Reads it; called once the caller is known to be allowed to bring it.
            caller: The person, or whoever made their record, until it is claimed.

        Raises:
            AbsentError: There is no such person for the caller.
            ForbiddenError: Only the person may.
            ConflictError: The contact changed while badges were checked.
            TooLargeError: There would be more than a record holds.
            UnreadableError: A document holds nothing that can be read.
            UsageError: One is in a language that is not at hand, or something is to be fetched
                that may not be.
        """
        with self.store.reading() as session:
            contact = self._person(session, person_id, caller).contact
        brought = brings()
        reading = self._read(brought, contact)
        with self.store.writing() as session:
            now = self._person(session, person_id, caller, lock=True)
            adding.refuse_other_contact(now, checked_for=contact)
            added = adding.add(
                session, now, documents=brought.documents, found=reading.found, at=self.clock()
            )
            facts = {one.id: one for one in list_documents(session, now)}
            self._finish(session, now, caller, pieces=len(added.rows))
        return Kept(
            rows=added.rows,
            documents=tuple(facts[one.id] for one in added.documents),
            unread=reading.unread,
            notes=reading.notes,
        )

    def _person(
        self, session: Session, person_id: str, caller: Principal, *, lock: bool = False
    ) -> Person:
        """Return the person, if the caller may change their record."""
        tenant_id = caller.tenant_id
        person = get_person(session, person_id, tenant_id=tenant_id, lock=lock)
        shared = shared_fields(session, [person_id], tenant_id=tenant_id, at=self.clock())
        may_change(caller, person, shared.get(person_id))
        return person

    def _read(self, brought: Brings, contact: str) -> adding.Reading:
        verifier = verifier_for(
            self.settings, contact=contact, at=self.clock(), online=brought.online
        )
        try:
            with self.lent() as matcher:
                return adding.read(
                    matcher, have=brought.have, documents=brought.documents, verifier=verifier
                )
        except NotFoundError as error:
            raise UsageError(str(error)) from error

    def _finish(self, session: Session, person: Person, caller: Principal, *, pieces: int) -> None:
        audit.record(
            session,
            tenant_id=person.tenant_id,
            by=caller.caller,
            action="evidence.add",
            subject=person.id,
            details={"pieces": pieces},
            at=self.clock(),
        )
        changed(session, person, at=self.clock())
