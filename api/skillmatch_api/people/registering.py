"""Making and changing the record of a person.

A record that the organisation made is *unclaimed* until the person takes it over with an
invitation: they, and nobody else, consent to anything. From then on only they change it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from skillmatch_api.errors import AbsentError, ConflictError
from skillmatch_api.store.tables import Person, Tenant

ABSENT = "no such candidate, or none that you may see"
"""The one sentence for an unknown, a foreign and a hidden person, so that it tells nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says of themselves.

    Attributes:
        contact: E-mail address, or another identity that their badges were issued to.
        languages: BCP 47 tags.
    """

    name: str = ""
    contact: str = ""
    place: str = ""
    languages: tuple[str, ...] = ()
    available_from: date | None = None


def register(
    session: Session,
    details: Details,
    *,
    tenant_id: str,
    at: datetime,
    external_id: str | None = None,
    claimed: bool = False,
) -> Person:
    """Add a person, who is nobody's candidate until they consent.

    ``external_id`` is what the organisation calls them; ``claimed`` says that they register
    themselves.

    Raises:
        ConflictError: Somebody has that external id already.
    """
    if external_id and by_external_id(session, [external_id], tenant_id=tenant_id):
        raise ConflictError("somebody has this external_id already; import the list to update it")
    person = new_person(
        details,
        tenant_id=tenant_id,
        number=next_numbers(session, 1, tenant_id=tenant_id)[0],
        external_id=external_id,
        at=at,
    )
    person.claimed_at = at if claimed else None
    session.add(person)
    session.flush()
    return person


def new_person(
    details: Details, *, tenant_id: str, number: int, external_id: str | None, at: datetime
) -> Person:
    """Return the row of a new person, for the caller to add."""
    return Person(
        tenant_id=tenant_id,
        id=str(uuid.uuid4()),
        number=number,
        revision=1,
        created_at=at,
        updated_at=at,
        claimed_at=None,
        external_id=external_id,
        subject=None,
        name=details.name,
        contact=details.contact,
        place=details.place,
        languages=sorted(set(details.languages)),
        available_from=details.available_from,
    )


def next_numbers(session: Session, count: int, *, tenant_id: str) -> range:
    """Return the next ``count`` numbers of a tenant's people; no number is given twice.

    The tenant's row is held until the transaction ends.
    """
    last = session.scalar(
        update(Tenant)
        .where(Tenant.id == tenant_id)
        .values(people=Tenant.people + count)
        .returning(Tenant.people)
        .execution_options(synchronize_session=False)
    )
    if last is None:
        raise AbsentError("there is no such organisation")
    return range(last - count + 1, last + 1)


def get_person(session: Session, person_id: str, *, tenant_id: str, lock: bool = False) -> Person:
    """Return a person of this tenant; ``lock`` keeps others from changing the row meanwhile.

    Raises:
        AbsentError: There is none.
    """
    asked = select(Person).where(Person.tenant_id == tenant_id, Person.id == person_id)
    found = session.scalar(asked.with_for_update() if lock else asked)
    if found is None:
        raise AbsentError(ABSENT)
    return found


def by_external_id(
    session: Session, external_ids: Sequence[str], *, tenant_id: str, lock: bool = False
) -> dict[str, Person]:
    """Return who has these external ids; ``lock`` keeps others from changing them meanwhile."""
    found: dict[str, Person] = {}
    for start in range(0, len(external_ids), 500):
        asked = external_ids[start : start + 500]
        people = (
            select(Person)
            .where(Person.tenant_id == tenant_id, Person.external_id.in_(asked))
            .order_by(Person.id)
        )
        rows = session.scalars(people.with_for_update() if lock else people)
        found.update((row.external_id, row) for row in rows if row.external_id)
    return found


def apply(person: Person, details: Details) -> None:
    """Give a person's row these details."""
    person.name, person.contact, person.place = details.name, details.contact, details.place
    person.languages = sorted(set(details.languages))
    person.available_from = details.available_from


def details_of(person: Person) -> Details:
    """Return what a person's row says of them."""
    return Details(
        name=person.name,
        contact=person.contact,
        place=person.place,
        languages=tuple(person.languages),
        available_from=person.available_from,
    )
