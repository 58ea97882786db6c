"""Whether profiles say what the rows of their people say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from skillmatch_api.ranking import profiles
from skillmatch_api.store import Store
from skillmatch_api.store.checking import Finding
from skillmatch_api.store.tables import Consent, Person, Profile

AT_ONCE = 200
"""People whose profiles are made in one transaction, which keeps other writers waiting."""

_Place = tuple[str, str]


def stale_profiles(
    store: Store, *, at: datetime, progress: Callable[[str, int, int], None]
) -> Iterator[Finding]:
    """Yield a finding for each profile that would be another one if it were made now.

    Nothing is changed: what was made is rolled back.
    """
    with store.reading() as session:
        total = session.scalar(select(func.count()).select_from(Person)) or 0
    after: _Place = ("", "")
    done = 0
    while True:
        with store.writing() as session:
            some = _people(session, after)
            stale = [place for place in some if _is_stale(session, place, at)]
            session.rollback()
        if not some:
            return
        for tenant_id, person_id in stale:
            yield Finding(
                about="profile",
                detail=f"the profile of person {person_id} (organisation {tenant_id}) is not what "
                "their rows say; any change of their record makes it anew",
            )
        after, done = some[-1], done + len(some)
        progress("profiles", done, total)


def _people(session: Session, after: _Place) -> list[_Place]:
    key = (Person.tenant_id, Person.id)
    found = session.execute(select(*key).where(tuple_(*key) > after).order_by(*key).limit(AT_ONCE))
    return [(row[0], row[1]) for row in found]


def _is_stale(session: Session, place: _Place, at: datetime) -> bool:
    row = session.get(Profile, place)
    before = row.packed if row is not None else None
    profiles.refresh(session, tenant_id=place[0], person_id=place[1], at=at)
    now = session.get_one(Profile, place).packed
    if now is None and before is not None:
        # A consent that ran out needs no new profile: the old one carries the day.
        return not _ran_out(session, place, at)
    return now != before


def _ran_out(session: Session, place: _Place, at: datetime) -> bool:
    found = select(Consent.id).where(
        Consent.tenant_id == place[0],
        Consent.person_id == place[1],
        Consent.purpose == profiles.PURPOSE,
        Consent.withdrawn_at.is_(None),
        Consent.expires_at <= at,
    )
    return session.scalar(found.limit(1)) is not None
