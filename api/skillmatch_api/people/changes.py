"""What every change of a person's record ends with: a new revision, and a new profile."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from skillmatch_api.ranking import profiles
from skillmatch_api.store.tables import Person


def changed(session: Session, person: Person, *, at: datetime) -> None:
    """Raise a person's revision and let searches see the change, in the caller's transaction."""
    person.revision += 1
    person.updated_at = at
    session.flush()
    profiles.refresh(session, tenant_id=person.tenant_id, person_id=person.id, at=at)
