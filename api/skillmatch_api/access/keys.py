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
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import UnauthenticatedError
from skillmatch_api.store.tables import ApiKey

_KEY = re.compile(r"skm_([0-9a-f]{32})_([A-Za-z0-9_-]{43})", re.ASCII)
_REFUSED = "this key is unknown, expired or revoked; ask your administrator for a new one"


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


def principal_of_key(session: Session, key: str, *, at: datetime) -> Principal:
    """Return whom a key stands for.

    The same work is done for an unknown id and for a wrong secret, and secrets are compared in
    constant time, so that neither the answer nor its time tells which it was.

    Raises:
        UnauthenticatedError: It is malformed, unknown, expired or revoked.
    """
    match = _KEY.fullmatch(key)
    identity = str(uuid.UUID(match[1])) if match else ""
    row = session.scalar(select(ApiKey).where(ApiKey.id == identity))
    given = hashlib.sha256((match[2] if match else "").encode("ascii")).digest()
    right = hmac.compare_digest(given, row.digest if row else bytes(32))
    if row is None or not right or not _is_live(row, at):
        raise UnauthenticatedError(_REFUSED)
    return Principal(
        tenant_id=row.tenant_id,
        caller=f"key:{row.id}",
        scopes=frozenset(map(Scope, row.scopes)),
        person_id=row.person_id,
    )


def note_use(session: Session, key_id: str, *, at: datetime) -> None:
    """Write down that a key was used."""
    session.execute(update(ApiKey).where(ApiKey.id == key_id).values(last_used_at=at))


def _is_live(row: ApiKey, at: datetime) -> bool:
    return row.revoked_at is None and (row.expires_at is None or at < row.expires_at)
