"""Organisations."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch_api.store.tables import Tenant

DEFAULT = "default"
"""Name of the organisation that is meant where none is named."""


def tenant_named(session: Session, name: str, *, at: datetime) -> Tenant:
    """Return the organisation of a name, made where there is none."""
    found = session.scalar(select(Tenant).where(Tenant.name == name))
    if found is None:
        found = Tenant(id=str(uuid.uuid4()), name=name, created_at=at, people=0, changes=0)
        session.add(found)
        session.flush()
    return found
