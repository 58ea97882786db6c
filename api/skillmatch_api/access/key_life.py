"""What becomes of keys: made, listed, rotated and revoked, each time written down.

A key that is revoked or expired stays in the list, so that its
entries in the audit log keep a name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, select, true, tuple_
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError
from skillmatch_api.access import sessions
from skillmatch_api.access.keys import counts, create_key
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import AbsentError, ConflictError, ForbiddenError
from skillmatch_api.store import audit
from skillmatch_api.store.tables import ApiKey, Person

GRACE = timedelta(hours=24)
"""How long a rotated key still counts unless said otherwise."""

MOST_CHARACTERS = 200
"""Length of a key's name."""

_ABSENT = "no such key"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyWish:
    """A key as somebody wants it.

    Attributes:
        name: What it is for, in the words of who makes it; may be empty.
        days: How long it counts.
        person_id: Whom it is bound to; only the command line asks for that.
    """

    scopes: Collection[Scope]
    name: str = ""
    days: int
    person_id: str | None = None


def refuse_unknown(caller: Principal) -> None:
    """Let nobody make, revoke or rotate keys whom the service does not know.

    Raises:
        ForbiddenError: The service is open to everybody.
    """
    if caller.via == "open":
        raise ForbiddenError(
            "with --open nobody is known, and a key would outlast that; "
            "make it with: skillmatch keys create"
        )


def reach_of(caller: Principal) -> ColumnElement[bool]:
    """Return which keys of an organisation a caller may see and end.

    An admin all of them, a person those that are bound to them, and nobody else any: a key that
    lies in a page or a program must not be able to prolong itself.
    """
    if Scope.ADMIN in caller.scopes:
        return true()
    return false() if caller.person_id is None else ApiKey.person_id == caller.person_id


def refuse_bound(row: ApiKey, *, person_id: str | None = None) -> None:
    """Let nobody but its person, who is ``person_id``, have the next key of a person.

    Raises:
        ForbiddenError: It is another person's.
    """
    if row.person_id not in {None, person_id}:
        raise ForbiddenError("this key is a person's own; nobody else may hold its next one")


def make_key(
    session: Session, wish: KeyWish, *, tenant_id: str, by: str, at: datetime
) -> tuple[ApiKey, str]:
    """Make a key and return its row and the key itself, which nobody can read again.

    Raises:
        UsageError: No scope, a person's key with another scope than ``learner``, or a name that
            cannot be shown on one line.
        AbsentError: There is no such person.
    """
    if not wish.scopes:
        raise UsageError(f"a key needs a scope: {', '.join(Scope)}")
    if len(wish.name) > MOST_CHARACTERS or not wish.name.isprintable():
        raise UsageError(f"the name of a key has at most {MOST_CHARACTERS} printable characters")
    if wish.person_id is not None:
        _check_person(session, wish, tenant_id)
    row, key = create_key(
        session,
        tenant_id=tenant_id,
        name=wish.name,
        scopes=set(wish.scopes),
        at=at,
        expires_at=at + timedelta(days=wish.days),
        person_id=wish.person_id,
    )
    _record(session, row, "key.create", by=by, at=at, details=_told(row))
    return row, key


def get_key(
    session: Session,
    key_id: str,
    *,
    tenant_id: str | None = None,
    reach: ColumnElement[bool] | None = None,
    lock: bool = False,
) -> ApiKey:
    """Return a key of a tenant; of any for None, which is the command line's.

    ``reach`` leaves out those that are not the caller's business. ``lock`` keeps others from
    changing it until the transaction ends.

    Raises:
        AbsentError: There is none.
    """
    query = select(ApiKey).where(ApiKey.id == key_id)
    if tenant_id is not None:
        query = query.where(ApiKey.tenant_id == tenant_id)
    if reach is not None:
        query = query.where(reach)
    found = session.scalar(query.with_for_update() if lock else query)
    if found is None:
        raise AbsentError(_ABSENT)
    return found


def keys(
    session: Session,
    *,
    tenant_id: str,
    limit: int | None = None,
    after: tuple[datetime, str] | None = None,
    reach: ColumnElement[bool] | None = None,
) -> tuple[ApiKey, ...]:
    """Return keys of a tenant, the newest first, equal moments by id.

    Args:
        session: Any.
        tenant_id: Whose.
        limit: How many at most; None for all.
        after: Moment and id of the last one that was shown.
        reach: Those that are the caller's business; None for all.
    """
    query = select(ApiKey).where(ApiKey.tenant_id == tenant_id)
    if reach is not None:
        query = query.where(reach)
    if after is not None:
        query = query.where(tuple_(ApiKey.created_at, ApiKey.id) < after)
    query = query.order_by(ApiKey.created_at.desc(), ApiKey.id.desc()).limit(limit)
    return tuple(session.scalars(query))


def revoke_key(session: Session, row: ApiKey, *, by: str, at: datetime) -> None:
    """Let a key count no longer, from this moment on; its browsers are logged out with it."""
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    sessions.end_of_key(session, tenant_id=row.tenant_id, key_id=row.id)
    _record(session, row, "key.revoke", by=by, at=at, details={})


def rotate_key(
    session: Session, row: ApiKey, *, grace: timedelta = GRACE, by: str, at: datetime
) -> tuple[ApiKey, str]:
    """Make a key that takes the place of ``row``, which counts on for ``grace``.

    The new one is for the same, by the same name, and counts as long as the old one did when it was
    made.

    Raises:
        ConflictError: The old one does not count any more.
    """
    if not counts(row, at):
        raise ConflictError("this key is expired or revoked; make a new one instead")
    new, key = create_key(
        session,
        tenant_id=row.tenant_id,
        name=row.name,
        scopes=map(Scope, row.scopes),
        at=at,
        expires_at=None if row.expires_at is None else at + (row.expires_at - row.created_at),
        person_id=row.person_id,
    )
    ends = at + grace
    row.expires_at = ends if row.expires_at is None else min(row.expires_at, ends)
    details = {**_told(new), "new": new.id, "old_expires_at": row.expires_at.isoformat()}
    _record(session, row, "key.rotate", by=by, at=at, details=details)
    return new, key


def _check_person(session: Session, wish: KeyWish, tenant_id: str) -> None:
    if set(wish.scopes) != {Scope.LEARNER}:
        raise UsageError("a person's key has the scope learner and no other")
    here = (Person.tenant_id == tenant_id, Person.id == wish.person_id)
    if session.scalar(select(Person.id).where(*here)) is None:
        raise AbsentError("no such person in this organisation")


def _told(row: ApiKey) -> dict[str, object]:
    return {
        "scopes": list(row.scopes),
        "expires_at": None if row.expires_at is None else row.expires_at.isoformat(),
        "bound": row.person_id is not None,
    }


def _record(
    session: Session,
    row: ApiKey,
    action: str,
    *,
    by: str,
    at: datetime,
    details: dict[str, object],
) -> None:
    audit.record(
        session,
        tenant_id=row.tenant_id,
        by=by,
        action=action,
        at=at,
        subject=row.id,
        details=details,
    )
