"""Logins of browsers: a cookie that a page's scripts cannot read, traded for a key or a token.

The cookie holds 256 random bits, of which only the SHA-256 is kept: who reads the database cannot
take a login over. A login ends at a fixed moment however much it is used, and before that with its
key, with its person, or when its browser says so.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, select
from sqlalchemy.orm import Session

from skillmatch_api.access.keys import counts
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.store.tables import ApiKey, BrowserSession, Person

COOKIE = "skillmatch_session"
"""Name of the cookie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A browser that is known.

    Attributes:
        principal: Whom it stands for; ``via`` is ``session``, ``caller`` that of the key or token
            it was traded for, so that the audit log and rates know one name.
        csrf: What every unsafe request must repeat (``X-CSRF-Token``, or a form's field).
        expires_at: When it ends by itself.
    """

    principal: Principal
    csrf: str
    expires_at: datetime


def make(
    session: Session, principal: Principal, *, at: datetime, until: datetime
) -> tuple[str, Login]:
    """Begin a login and return what its cookie holds, which nobody can read again.

    Every login has an id of its own: one that was set on a browser beforehand is never taken over.
    Logins of this organisation that ended by themselves are swept out.
    """
    cookie, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    kind, _, name = principal.caller.partition(":")
    session.execute(
        delete(BrowserSession).where(
            BrowserSession.tenant_id == principal.tenant_id, BrowserSession.expires_at <= at
        )
    )
    row = BrowserSession(
        tenant_id=principal.tenant_id,
        id=_id_of(cookie),
        key_id=name if kind == "key" else None,
        subject=name if kind == "oidc" else None,
        scopes=sorted(principal.scopes),
        person_id=principal.person_id,
        csrf=csrf,
        created_at=at,
        expires_at=until,
    )
    session.add(row)
    session.flush()
    return cookie, _login(row)


def find(session: Session, cookie: str, *, at: datetime) -> Login | None:
    """Return the login of a cookie; None when it is unknown or over.

    It is over, too, once its key is revoked, expired or gone, or its person is erased.
    """
    query = (
        select(BrowserSession, ApiKey, Person.id)
        .outerjoin(
            ApiKey,
            and_(ApiKey.tenant_id == BrowserSession.tenant_id, ApiKey.id == BrowserSession.key_id),
        )
        .outerjoin(
            Person,
            and_(
                Person.tenant_id == BrowserSession.tenant_id,
                Person.id == BrowserSession.person_id,
            ),
        )
        .where(BrowserSession.id == _id_of(cookie))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, key, person_id = found
    orphaned = row.person_id is not None and person_id is None
    lost = row.key_id is not None and not (key is not None and counts(key, at))
    return None if at >= row.expires_at or orphaned or lost else _login(row)


def end(session: Session, cookie: str) -> bool:
    """End the login of a cookie and return whether there was one."""
    gone = session.scalars(
        delete(BrowserSession)
        .where(BrowserSession.id == _id_of(cookie))
        .returning(BrowserSession.id)
    )
    return gone.one_or_none() is not None


def end_of_key(session: Session, *, tenant_id: str, key_id: str) -> None:
    """End every login that a key was traded for."""
    session.execute(
        delete(BrowserSession).where(
            BrowserSession.tenant_id == tenant_id, BrowserSession.key_id == key_id
        )
    )


def until(at: datetime, hours: int) -> datetime:
    """Return when a login of this moment ends."""
    return at + timedelta(hours=hours)


def _id_of(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "surrogateescape")).hexdigest()


def _login(row: BrowserSession) -> Login:
    caller = f"key:{row.key_id}" if row.key_id is not None else f"oidc:{row.subject}"
    return Login(
        principal=Principal(
            tenant_id=row.tenant_id,
            caller=caller,
            scopes=frozenset(map(Scope, row.scopes)),
            person_id=row.person_id,
            via="session",
        ),
        csrf=row.csrf,
        expires_at=row.expires_at,
    )
