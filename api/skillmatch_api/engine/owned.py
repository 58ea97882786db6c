"""Plans and postings that somebody asked to keep: whose they are, and which come next.

What a person keeps is theirs alone; what a caller who is nobody in particular keeps belongs to the
organisation, and such callers share it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import delete, select, tuple_
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import AbsentError, UnauthenticatedError
from skillmatch_api.store.tables import Person, StoredPlan, StoredPosting

Kept = TypeVar("Kept", StoredPlan, StoredPosting)


@dataclass(frozen=True, slots=True)
class Owned(Generic[Kept]):
    """What one caller keeps of one kind."""

    session: Session
    kind: type[Kept]
    caller: Principal

    @property
    def owner(self) -> str:
        """Person that it belongs to; empty for the organisation."""
        return self.caller.person_id or ""

    def keep(self, row: Kept) -> None:
        """Keep one more.

        Raises:
            UnauthenticatedError: Its person was erased while it was made.
        """
        person = (Person.tenant_id == self.caller.tenant_id, Person.id == self.owner)
        # Held until the transaction ends, so that an erasure comes before or sees the row.
        asked = select(Person.id).where(*person).with_for_update(read=True)
        if self.owner and self.session.scalar(asked) is None:
            raise UnauthenticatedError("whoever this key belonged to is not here any more")
        self.session.add(row)

    def get(self, identity: str) -> Kept:
        """Return one of them.

        Raises:
            AbsentError: There is none, or it is somebody else's.
        """
        found = self.session.get(self.kind, (self.caller.tenant_id, identity))
        if found is None or found.owner != self.owner:
            raise AbsentError("there is no such thing; GET the list to see what there is")
        return found

    def remove(self, identity: str) -> None:
        """Forget one of them.

        Raises:
            AbsentError: There is none, or it is somebody else's.
        """
        self.get(identity)
        self.session.execute(
            delete(self.kind).where(
                self.kind.tenant_id == self.caller.tenant_id, self.kind.id == identity
            )
        )

    def page(self, *, limit: int, after: tuple[datetime, str] | None) -> Sequence[Kept]:
        """Return the newest first, after a moment and id; equal moments by id.

        One more than ``limit`` is returned where there is more.
        """
        kind = self.kind
        wanted = select(kind).where(
            kind.tenant_id == self.caller.tenant_id, kind.owner == self.owner
        )
        if after is not None:
            wanted = wanted.where(tuple_(kind.created_at, kind.id) < tuple_(*after))
        wanted = wanted.order_by(kind.created_at.desc(), kind.id.desc()).limit(limit + 1)
        return self.session.scalars(wanted).all()
