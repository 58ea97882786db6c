"""Answers to writes, kept for a day under the ``Idempotency-Key`` that the client chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from skillmatch_api.store.tables import Replay

KEPT = timedelta(days=1)
"""How long an answer is given again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayKey:
    """Whose answer it is; the same key of another caller is another one."""

    tenant_id: str
    caller: str
    key: str

    @property
    def row(self) -> tuple[str, str, str]:
        """Return the primary key."""
        return self.tenant_id, self.caller, self.key


def begin(session: Session, key: ReplayKey, *, request: str, at: datetime) -> Replay | None:
    """Take a key for a request, or return what was kept of the request that took it before.

    ``request`` is a digest of all of it.
    """
    sweep(session, at=at)
    taken = Replay(
        tenant_id=key.tenant_id,
        caller=key.caller,
        key=key.key,
        request=request,
        status=None,
        headers=None,
        body=None,
        created_at=at,
    )
    try:
        with session.begin_nested():
            session.add(taken)
    except IntegrityError:
        return session.get_one(Replay, key.row)
    return None


def finish(
    session: Session, key: ReplayKey, *, status: int, headers: Mapping[str, Any], body: bytes | None
) -> None:
    """Keep the answer; nothing where the key was dropped meanwhile, as an erasure does."""
    row = session.get(Replay, key.row)
    if row is not None:
        row.status, row.headers, row.body = status, dict(headers), body


def drop(session: Session, key: ReplayKey) -> None:
    """Forget a key, so that it may be used again."""
    row = session.get(Replay, key.row)
    if row is not None:
        session.delete(row)


def sweep(session: Session, *, at: datetime) -> None:
    """Forget what is older than a day."""
    session.execute(delete(Replay).where(Replay.created_at <= at - KEPT))
