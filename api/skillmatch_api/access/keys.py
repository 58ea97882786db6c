"""API keys: made once, shown once, kept as a hash.

A key is ``skm_<id>_<secret>``: the id finds the row, the secret has 256 random bits. Of those its
SHA-256 is kept; a slow password hash would add nothing to a secret that nobody can guess.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.store.tables import ApiKey, Person

_KEY = re.compile(r"skm_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", re.ASCII)
REFUSED = "this key or token is unknown, expired or revoked; ask your administrator for a new one"


def create_key(
    session: Session,
    *,
    tenant_id: str,
    name: str,
    scopes: Iterable[Scope],
    at: datetime,
    expires_at: datetime | None = None,
    person_id: str | None = None,
) -> tuple[ApiKey, str]:
    """Add a key and return its row and the key itself, which nobody can read again."""
    identity, secret = str(uuid.uuid4()), secrets.token_urlsafe(32)
    row = ApiKey(
        tenant_id=tenant_id,
        id=identity,
        name=name,
        scopes=sorted(scopes),
        person_id=person_id,
        digest=hashlib.sha256(secret.encode("ascii")).digest(),
        created_at=at,
        expires_at=expires_at,
        last_used_at=None,
        revoked_at=None,
    )
    session.add(row)
    return row, f"skm_{identity.replace('-', '')}_{secret}"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """Whom a key stands for, and until when; None for ever."""

    principal: Principal
    expires_at: datetime | None


def principal_of_key(session: Session, key: str, *, at: datetime) -> Principal:
    """Return whom a key stands for.

    Raises:
        UnauthenticatedError: It does not count.
    """
    return known_key(session, key, at=at).principal


def known_key(session: Session, key: str, *, at: datetime) -> KnownKey:
    """Return whom a key stands for, and how long.

    The same work is done whatever is wrong with a key: one hash, one query, and one comparison in
    constant time. Neither the answer nor its time tells which it was.

    Raises:
        UnauthenticatedError: It is malformed, unknown, expired or revoked, or its person is gone.
    """
    match = _KEY.fullmatch(key)
    identity = str(uuid.UUID(match[1])) if match else ""
    query = (
        select(ApiKey, Person.id)
        .outerjoin(
            Person, and_(Person.tenant_id == ApiKey.tenant_id, Person.id == ApiKey.person_id)
        )
        .where(ApiKey.id == identity)
    )
    row, person_id = session.execute(query).one_or_none() or (None, None)
    given = hashlib.sha256((match[2] if match else "").encode("ascii")).digest()
    right = hmac.compare_digest(given, row.digest if row is not None else bytes(32))
    if row is None or not right or not counts(row, at) or person_id != row.person_id:
        raise UnauthenticatedError(REFUSED)
    principal = Principal(
        tenant_id=row.tenant_id,
        caller=f"key:{row.id}",
        scopes=frozenset(map(Scope, row.scopes)),
        person_id=row.person_id,
    )
    return KnownKey(principal=principal, expires_at=row.expires_at)


def counts(row: ApiKey, at: datetime) -> bool:
    """Whether a key is neither revoked nor expired."""
    return row.revoked_at is None and (row.expires_at is None or at < row.expires_at)


def still_counts(session: Session, caller: Principal, *, at: datetime) -> bool:
    """Tell of somebody who was let in whether their key counts still.

    A login counts with the key it was traded for. Whoever has no key counts; a token of an identity
    provider is short-lived itself.
    """
    kind, _, identity = caller.caller.partition(":")
    if kind != "key":
        return True
    row = session.scalar(
        select(ApiKey).where(ApiKey.tenant_id == caller.tenant_id, ApiKey.id == identity)
    )
    return row is not None and counts(row, at)


def id_in(text: str) -> str:
    """Return the id that somebody means: written as such, or as a part of the key itself.

    Who revokes a key that they found somewhere has nothing but the key. A text that holds no id is
    returned as it is, and is the id of nothing.
    """
    words = text.strip().removeprefix("skm_")[:36].partition("_")[0]
    try:
        return str(uuid.UUID(words))
    except ValueError:
        return text
