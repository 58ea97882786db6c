"""Badges of one person checked again, exactly as when they are added, at this moment.

It changes how far evidence is believed, never which skills there are: to have a badge read anew,
its owner adds it again. Checking takes a moment and may fetch what badges need, so it holds no
lock; what became of the record meanwhile is looked at before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from skillmatch.gap.assurance import PROVES
from skillmatch.model.evidence import Assurance
from skillmatch.service.matcher import Matcher
from skillmatch.service.verifying import Verifier
from skillmatch_api.errors import AbsentError, ConflictError
from skillmatch_api.people.adding import Found, refuse_other_contact
from skillmatch_api.people.changes import changed
from skillmatch_api.people.checking import shown_by
from skillmatch_api.people.documents import documents_of
from skillmatch_api.people.evidence_rows import rows_of
from skillmatch_api.people.registering import get_person
from skillmatch_api.people.stored_badges import StoredBadges
from skillmatch_api.store import Store, audit
from skillmatch_api.store.tables import EvidenceRow

ACTION: Final = "evidence.recheck"
TRIES: Final = 3
"""How often a person is begun anew because their contact changed meanwhile."""
_NOT_FOUND: Final = (
    "its badge could not be checked again: the kept file no longer shows this skill here; "
    "add the badge again"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a person's evidence with a badge behind it, in pieces.

    Attributes:
        changed: For which the state of the proof, or its reason, is another one now.
        lost: That were proven before and are not now; part of ``changed``.
        won: That are proven now and were not before.
    """

    pieces: int = 0
    changed: int = 0
    lost: int = 0
    won: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rechecker:
    """Checks badges again.

    Attributes:
        verifier: The operator's issuers and documents, as ``checking.open_verifier`` reads them.
        by: Who asked for it, as the audit log names them.
    """

    store: Store
    matcher: Matcher
    verifier: Verifier
    clock: Callable[[], datetime]
    by: str

    def person(self, tenant_id: str, person_id: str) -> Outcome | None:
        """Check all badges of a person again, and write down what was found.

        Returns:
            None where there is no such person, or not any more.

        Raises:
            ConflictError: The contact changed each time while badges were checked.
        """
        for _ in range(TRIES - 1):
            try:
                return self._try(tenant_id, person_id)
            except ConflictError:
                continue
        return self._try(tenant_id, person_id)

    def _try(self, tenant_id: str, person_id: str) -> Outcome | None:
        at = self.clock()
        try:
            with self.store.reading() as session:
                person = get_person(session, person_id, tenant_id=tenant_id)
                rows = rows_of(session, person)
                documents = documents_of(session, person)
            verifier = shown_by(self.verifier, contact=person.contact, at=at)
            judged = StoredBadges.of(documents).judge(rows, self.matcher, verifier)
            found = _Checked(contact=person.contact, at=at, judged=judged)
            return self.store.write(lambda s: self._write(s, tenant_id, person_id, found))
        except AbsentError:
            return None

    def _write(self, session: Session, tenant_id: str, person_id: str, found: _Checked) -> Outcome:
        person = get_person(session, person_id, tenant_id=tenant_id, lock=True)
        refuse_other_contact(person, checked_for=found.contact)
        outcome = Outcome()
        for row in rows_of(session, person):
            # A badge that was added again meanwhile has another row, which is newer than this.
            if row.id in found.judged:
                outcome = _with(outcome, row, found.judged[row.id], found.at)
        if outcome.changed:
            changed(session, person, at=found.at)
        audit.record(
            session,
            tenant_id=tenant_id,
            by=self.by,
            action=ACTION,
            subject=person_id,
            details={"pieces": outcome.pieces, "changed": outcome.changed, "lost": outcome.lost},
            at=found.at,
        )
        return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """What was found, for whom, and of which moment it is."""

    contact: str
    at: datetime
    judged: dict[str, Found | None]


def _with(outcome: Outcome, row: EvidenceRow, found: Found | None, at: datetime) -> Outcome:
    """Write what was found into a row, and count it."""
    before, proved = _said(row), _proves(row)
    if found is not None:
        said = found.evidence
        row.assurance, row.reason, row.issuer = said.assurance.value, said.reason, said.issuer
        row.lapses_at = None if said.assurance is Assurance.INVALID else found.lapses_at
    elif proved:
        row.assurance, row.reason = Assurance.DOCUMENTED.value, _NOT_FOUND
    row.added_at = at
    proves = _proves(row)
    return replace(
        outcome,
        pieces=outcome.pieces + 1,
        changed=outcome.changed + (_said(row) != before),
        lost=outcome.lost + (proved and not proves),
        won=outcome.won + (proves and not proved),
    )


def _said(row: EvidenceRow) -> tuple[str, str, str]:
    return row.assurance, row.reason, row.issuer


def _proves(row: EvidenceRow) -> bool:
    return Assurance(row.assurance) in PROVES
