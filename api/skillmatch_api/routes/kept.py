"""Plans and postings are kept, listed and forgotten alike; what is in them, their routes know."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel

from skillmatch_api.access import deeds
from skillmatch_api.access.principal import Principal
from skillmatch_api.engine.owned import Kept, Owned
from skillmatch_api.store.tables import StoredPlan, StoredPosting
from skillmatch_api.wire.answers.listing import cursor_behind, place_in
from skillmatch_api.wire.services import Services

_NAMES: dict[type[StoredPlan | StoredPosting], str] = {
    StoredPlan: "plan",
    StoredPosting: "posting",
}
"""What the audit log calls them."""

KeptId = Annotated[
    str,
    Path(min_length=36, max_length=36, examples=["0b6f3a52-4c1e-4a53-9b7e-0d2f6a1c9e55"]),
]


class KeptItem(BaseModel):
    """Something that was kept, in a list."""

    id: str
    title: str
    created_at: datetime


class KeptList(BaseModel):
    """What was kept, newest first."""

    items: list[KeptItem]
    next: str | None = None


def keep(row: Kept, caller: Principal, services: Services) -> None:
    """Keep one more.

    Raises:
        UnauthenticatedError: Its person was erased while it was made.
    """
    kind = type(row)
    with services.store.writing() as session:
        Owned(session, kind, caller).keep(row)
        deeds.record(session, caller, f"{_NAMES[kind]}.keep", subject=row.id, at=row.created_at)


def listed(
    kind: type[Kept], caller: Principal, services: Services, *, limit: int, cursor: str | None
) -> KeptList:
    """Return a page of what somebody keeps, newest first.

    Raises:
        UsageError: The cursor is none of such a list.
    """
    with services.store.reading() as session:
        found = Owned(session, kind, caller).page(limit=limit, after=place_in(cursor))
    shown = found[:limit]
    last = shown[-1] if len(found) > limit else None
    return KeptList(
        items=[KeptItem(id=one.id, title=one.title, created_at=one.created_at) for one in shown],
        next=cursor_behind(last.created_at, last.id) if last else None,
    )


def forget(kind: type[Kept], identity: str, caller: Principal, services: Services) -> None:
    """Forget one of them.

    Raises:
        AbsentError: There is none, or it is somebody else's.
    """
    with services.store.writing() as session:
        Owned(session, kind, caller).remove(identity)
        at = services.clock()
        deeds.record(session, caller, f"{_NAMES[kind]}.delete", subject=identity, at=at)
