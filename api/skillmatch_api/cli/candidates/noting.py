"""Writing down what an operator looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal
from skillmatch_api.cli.opening import OPERATOR
from skillmatch_api.people.views import record_views
from skillmatch_api.store.tables import Person


def note_invitation(session: Session, person: Person, *, at: datetime) -> None:
    """Write into the log that the operator made a code: whoever has it acts as the person."""
    deeds.record(session, _operator(person), "candidate.invite", subject=person.id, at=at)


def note_export(session: Session, person: Person, *, at: datetime) -> None:
    """Write down, for the log and for the person, that the operator exported a record."""
    operator = _operator(person)
    entry = deeds.record(session, operator, "candidate.export", subject=person.id, at=at)
    record_views(
        session,
        caller=operator,
        person_ids=[person.id],
        action="candidate.export",
        search_id=entry,
        blind=False,
        at=at,
    )
    session.flush()


def _operator(person: Person) -> Principal:
    """Return who runs the service, as one of the person's organisation."""
    return Principal(tenant_id=person.tenant_id, caller=OPERATOR, scopes=frozenset())
