"""Organisations."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError
from skillmatch_api.errors import AbsentError, ConflictError
from skillmatch_api.settings import DEFAULT_TENANT
from skillmatch_api.store import audit
from skillmatch_api.store.tables import Tenant

DEFAULT = DEFAULT_TENANT

MOST_CHARACTERS = 200


def tenant_named(session: Session, name: str, *, at: datetime) -> Tenant:
    """Return the organisation of a name, made where there is none."""
    found = find_tenant(session, name)
    if found is not None:
        return found
    made = Tenant(id=str(uuid.uuid4()), name=name, created_at=at, people=0, changes=0)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        # Somebody else made it in between; PostgreSQL lets two writers in at a time.
        return session.scalars(select(Tenant).where(Tenant.name == name)).one()
    return made


def find_tenant(session: Session, name: str) -> Tenant | None:
    """Return the organisation of a name."""
    return session.scalar(select(Tenant).where(Tenant.name == name))


def get_tenant(session: Session, name: str, *, at: datetime) -> Tenant:
    """Return an organisation that somebody named; only the default one is made by naming it.

    Raises:
        AbsentError: There is none: a slip of the pen must not make one.
    """
    if name == DEFAULT:
        return tenant_named(session, name, at=at)
    found = find_tenant(session, name)
    if found is None:
        raise AbsentError(
            f"there is no organisation {name!r}; make it with: skillmatch tenants create"
        )
    return found


def create_tenant(session: Session, name: str, *, by: str, at: datetime) -> Tenant:
    """Make an organisation.

    Raises:
        UsageError: The name is empty, too long, or holds what cannot be printed.
        ConflictError: There is one of that name.
    """
    if not name.strip() or len(name) > MOST_CHARACTERS or not name.isprintable():
        raise UsageError(
            f"the name of an organisation has 1 to {MOST_CHARACTERS} printable characters"
        )
    if find_tenant(session, name) is not None:
        raise ConflictError(f"there is an organisation {name!r} already")
    made = tenant_named(session, name, at=at)
    audit.record(session, tenant_id=made.id, by=by, action="tenant.create", at=at, subject=made.id)
    return made


def tenants(session: Session) -> tuple[Tenant, ...]:
    """Return all organisations, by name."""
    return tuple(session.scalars(select(Tenant).order_by(Tenant.name, Tenant.id)))
