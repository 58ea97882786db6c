"""Invitations: how a person takes over the record that their organisation made of them.

Codes are made on the command line only, so that no key, however mighty, can make one, claim a
record with it and consent in the person's name.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError
from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Scope
from skillmatch_api.errors import ConflictError, UnauthenticatedError
from skillmatch_api.people.changes import changed
from skillmatch_api.people.registering import get_person
from skillmatch_api.store.tables import (
    ApiKey,
    AuditEntry,
    BrowserSession,
    Invitation,
    Job,
    Person,
    ReviewDecision,
    View,
)

PREFIX = "skmi_"
DAYS = 30
"""How long an invitation holds, unless told otherwise."""
MAX_DAYS = 365
KEY_NAME = "own key"
"""Name of the key of a person; it says nothing of them."""

_REFUSED = "this invitation is unknown, used or expired; ask your organisation for a new one"


def invite(session: Session, person: Person, *, at: datetime, days: int = DAYS) -> str:
    """Return a new code for a person; older ones of theirs that nobody used no longer count.

    Raises:
        UsageError: It would hold for less than a day or more than a year.
    """
    if not 1 <= days <= MAX_DAYS:
        raise UsageError(f"an invitation holds for 1 to {MAX_DAYS} days, not {days}")
    session.execute(
        delete(Invitation).where(
            Invitation.tenant_id == person.tenant_id,
            Invitation.person_id == person.id,
            Invitation.used_at.is_(None),
        )
    )
    code = PREFIX + secrets.token_urlsafe(32)
    session.add(
        Invitation(
            tenant_id=person.tenant_id,
            person_id=person.id,
            id=_digest(code),
            created_at=at,
            expires_at=at + timedelta(days=days),
            used_at=None,
        )
    )
    session.flush()
    return code


def claim(session: Session, code: str, *, at: datetime) -> tuple[Person, str]:
    """Trade an invitation for the person's own key; keys and logins of before end.

    Raises:
        UnauthenticatedError: It is unknown, used or expired; the message does not tell which.
    """
    found = session.scalar(
        select(Invitation).where(Invitation.id == _digest(code)).with_for_update()
    )
    if found is None or found.used_at is not None or at >= found.expires_at:
        raise UnauthenticatedError(_REFUSED)
    found.used_at = at
    person = get_person(session, found.person_id, tenant_id=found.tenant_id, lock=True)
    _end_access(session, person, at=at)
    person.claimed_at = person.claimed_at or at
    key = give_key(session, person, at=at)
    changed(session, person, at=at)
    return person, key


def give_key(session: Session, person: Person, *, at: datetime) -> str:
    """Return a new key that is bound to a person; nobody can read it again."""
    _, key = create_key(
        session,
        tenant_id=person.tenant_id,
        name=KEY_NAME,
        scopes=[Scope.LEARNER],
        at=at,
        person_id=person.id,
    )
    return key


def bind(session: Session, person: Person, subject: str) -> None:
    """Let a login of an identity provider be the person's own, from this moment on.

    Raises:
        ConflictError: It is somebody's already.
    """
    taken = session.scalar(
        select(Person.id).where(Person.tenant_id == person.tenant_id, Person.subject == subject)
    )
    if taken is not None:
        raise ConflictError(f"you are registered already: /v1/candidates/{taken}")
    person.subject = subject
    session.execute(
        update(BrowserSession)
        .where(BrowserSession.tenant_id == person.tenant_id, BrowserSession.subject == subject)
        .values(person_id=person.id)
    )
    session.flush()


def _end_access(session: Session, person: Person, *, at: datetime) -> None:
    """End what opened the record before: whoever is invited again lost it, or fears so."""
    held = session.scalars(
        select(ApiKey).where(
            ApiKey.tenant_id == person.tenant_id,
            ApiKey.person_id == person.id,
            ApiKey.revoked_at.is_(None),
        )
    )
    for one in held:
        one.revoked_at = at
    session.execute(
        delete(BrowserSession).where(
            BrowserSession.tenant_id == person.tenant_id, BrowserSession.person_id == person.id
        )
    )
    _let_go_of_login(session, person)


def _let_go_of_login(session: Session, person: Person) -> None:
    """Unbind a login; what it did is the person's from now on, so that an erasure finds it."""
    if person.subject is None:
        return
    for table in (AuditEntry, Job, ReviewDecision, View):
        session.execute(
            update(table)
            .where(table.tenant_id == person.tenant_id, table.by == f"oidc:{person.subject}")
            .values(by=f"person:{person.id}")
        )
    person.subject = None


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()
