"""Keys of an organisation for its admins, and of a person for themselves.

Nobody reads a key again, and no digest is shown.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict
from sqlalchemy.orm import Session

from skillmatch_api.access import key_life
from skillmatch_api.access.key_life import KeyWish
from skillmatch_api.access.keys import counts
from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.settings import MOST_KEY_DAYS
from skillmatch_api.store.tables import ApiKey
from skillmatch_api.wire.answers.listing import Cursor, Limit, cursor_behind, place_in
from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.services import ServicesHere
from skillmatch_api.wire.who.callers import Admin, KeyHolder

router = APIRouter(tags=["keys"])

_SHOWN: JsonDict = {
    "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "name": "careers page",
    "scopes": ["learner"],
    "person": None,
    "state": "live",
    "created_at": "2026-11-22T12:00:00Z",
    "expires_at": "2027-11-22T12:00:00Z",
    "last_used_at": None,
    "revoked_at": None,
}


class KeyIn(BaseModel):
    """A key to be made."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "careers page", "scopes": ["learner"]}]},
    )

    scopes: Annotated[list[Scope], Field(min_length=1, max_length=len(Scope))] = Field(
        description="What it is for."
    )
    name: Annotated[str, Field(max_length=200)] = Field(
        default="", description="What you will know it by."
    )
    expires_days: Annotated[int, Field(ge=1, le=MOST_KEY_DAYS)] | None = Field(
        default=None, description="Days that it counts; the service's own default without it."
    )


class RotationIn(BaseModel):
    """How a key is replaced."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"grace_hours": 24}]})

    grace_hours: Annotated[int, Field(ge=0, le=24 * 90)] = Field(
        default=24, description="Hours that the old key still counts."
    )


class KeyOut(BaseModel):
    """A key, without what proves it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_SHOWN]})

    id: str
    name: str
    scopes: tuple[Scope, ...]
    person: str | None = Field(description="Whom it is bound to: id of a candidate.")
    state: Literal["live", "expired", "revoked"]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = Field(description="Written at most once a minute.")
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """A key that was just made: the only answer that holds it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{**_SHOWN, "key": "skm_" + "0" * 32 + "_" + "A" * 43}]}
    )

    key: str = Field(description="Keep it; nobody can read it again.")


class KeyList(BaseModel):
    """Keys, the newest first."""

    items: list[KeyOut]
    next: str | None = Field(description="Cursor of the page behind this one.")


@router.get("/v1/keys", responses=declared(401, 403, 422))
def list_keys(
    caller: KeyHolder, services: ServicesHere, limit: Limit = 50, cursor: Cursor = None
) -> KeyList:
    """List the organisation's keys, those that are revoked or expired, too.

    An admin sees all of them, a person those that are bound to them.
    """
    after = place_in(cursor)
    with services.store.reading() as session:
        rows = key_life.keys(
            session,
            tenant_id=caller.tenant_id,
            limit=limit + 1,
            after=after,
            reach=key_life.reach_of(caller),
        )
    last = rows[limit - 1] if len(rows) > limit else None
    now = services.clock()
    return KeyList(
        items=[shown(row, now) for row in rows[:limit]],
        next=cursor_behind(last.created_at, last.id) if last else None,
    )


@router.post("/v1/keys", status_code=201, responses=declared(401, 403, 422))
def create_key(body: KeyIn, caller: Admin, services: ServicesHere, response: Response) -> NewKeyOut:
    """Make a key. None can be bound to a person this way: only people act for themselves."""
    key_life.refuse_unknown(caller)
    days = body.expires_days or services.settings.key_days
    wish = KeyWish(scopes=set(body.scopes), name=body.name, days=days)
    now = services.clock()
    with services.store.writing() as session:
        row, key = key_life.make_key(
            session, wish, tenant_id=caller.tenant_id, by=caller.caller, at=now
        )
    return _new(row, key, now, response)


@router.get("/v1/keys/{key_id}", responses=declared(401, 403, 404, 422))
def read_key(key_id: str, caller: KeyHolder, services: ServicesHere) -> KeyOut:
    """Show a key."""
    with services.store.reading() as session:
        row = _theirs(session, key_id, caller)
    return shown(row, services.clock())


@router.delete("/v1/keys/{key_id}", status_code=204, responses=declared(401, 403, 404, 422))
def revoke_key(key_id: str, caller: KeyHolder, services: ServicesHere) -> Response:
    """Let a key count no longer, at once; it stays in the list."""
    key_life.refuse_unknown(caller)
    with services.store.writing() as session:
        row = _theirs(session, key_id, caller, lock=True)
        key_life.revoke_key(session, row, by=caller.caller, at=services.clock())
    return Response(status_code=204)


@router.post(
    "/v1/keys/{key_id}/rotate", status_code=201, responses=declared(401, 403, 404, 409, 422)
)
def rotate_key(
    key_id: str, body: RotationIn, caller: KeyHolder, services: ServicesHere, response: Response
) -> NewKeyOut:
    """Make a key that takes the place of another, which counts on for a while.

    Only a person makes the next one of a key that is bound to them.
    """
    key_life.refuse_unknown(caller)
    now = services.clock()
    with services.store.writing() as session:
        row = _theirs(session, key_id, caller, lock=True)
        key_life.refuse_bound(row, person_id=caller.person_id)
        grace = timedelta(hours=body.grace_hours)
        new, key = key_life.rotate_key(session, row, grace=grace, by=caller.caller, at=now)
    return _new(new, key, now, response)


def _theirs(session: Session, key_id: str, caller: Principal, *, lock: bool = False) -> ApiKey:
    reach = key_life.reach_of(caller)
    return key_life.get_key(session, key_id, tenant_id=caller.tenant_id, reach=reach, lock=lock)


def _new(row: ApiKey, key: str, now: datetime, response: Response) -> NewKeyOut:
    response.headers["Location"] = f"/v1/keys/{row.id}"
    response.headers["Cache-Control"] = "no-store"
    return NewKeyOut(**dict(shown(row, now)), key=key)


def shown(row: ApiKey, now: datetime) -> KeyOut:
    """Return what may be shown of a key; ``keys list`` shows the same."""
    state: Literal["live", "expired", "revoked"] = "live" if counts(row, now) else "expired"
    return KeyOut(
        id=row.id,
        name=row.name,
        scopes=tuple(map(Scope, row.scopes)),
        person=row.person_id,
        state="revoked" if row.revoked_at is not None else state,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )
