"""Consent: given and withdrawn by the person alone, for one purpose, some fields, and a time.

A consent counts at a moment when it was granted by then, is not withdrawn, and has not expired.
Nothing has to run for it to end: every reader asks for the moment. Withdrawn ones stay as proof.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from skillmatch.errors import UsageError
from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import ForbiddenError
from skillmatch_api.store.among import among
from skillmatch_api.store.tables import Consent, Person

OLDEST_FIRST: Final = (Consent.granted_at, Consent.id)
"""Order of a person's consents; of several live ones the last counts."""


class Purpose(StrEnum):
    """What a consent is for."""

    SEARCH = "candidate-search"


class Field(StrEnum):
    """What a person may share."""

    NAME = "name"
    CONTACT = "contact"
    PLACE = "place"
    LANGUAGES = "languages"
    AVAILABILITY = "availability"
    EVIDENCE = "evidence"


def is_the_person(caller: Principal, person_id: str) -> bool:
    """Tell whether the caller is this very person; whoever opens the service to all is nobody."""
    return caller.person_id == person_id and caller.via != "open"


def grant(
    session: Session,
    person: Person,
    *,
    caller: Principal,
    fields: Iterable[Field],
    expires_at: datetime | None,
    at: datetime,
    purpose: Purpose = Purpose.SEARCH,
) -> Consent:
    """Let a person consent; what they consented to before for this purpose is withdrawn.

    Raises:
        ForbiddenError: The caller is not the person.
        UsageError: It would have expired already.
    """
    _only_the_person(caller, person)
    if expires_at is not None and expires_at <= at:
        raise UsageError("expires_at lies in the past; give a later moment, or none")
    withdraw(session, person, caller=caller, at=at, purpose=purpose)
    given = Consent(
        tenant_id=person.tenant_id,
        person_id=person.id,
        id=str(uuid.uuid4()),
        purpose=purpose.value,
        fields=[one.value for one in Field if one in set(fields)],
        granted_at=at,
        expires_at=expires_at,
        withdrawn_at=None,
    )
    session.add(given)
    session.flush()
    return given


def withdraw(
    session: Session,
    person: Person,
    *,
    caller: Principal,
    at: datetime,
    purpose: Purpose = Purpose.SEARCH,
) -> int:
    """Withdraw what a person consented to, from now on; return how many consents that were.

    Raises:
        ForbiddenError: The caller is not the person.
    """
    _only_the_person(caller, person)
    ended = session.scalars(
        select(Consent).where(
            Consent.tenant_id == person.tenant_id,
            Consent.person_id == person.id,
            Consent.purpose == purpose.value,
            Consent.withdrawn_at.is_(None),
        )
    ).all()
    for one in ended:
        one.withdrawn_at = at
    session.flush()
    return len(ended)


def history(session: Session, person: Person) -> Sequence[Consent]:
    """Return all that a person ever consented to, oldest first."""
    return session.scalars(
        select(Consent)
        .where(Consent.tenant_id == person.tenant_id, Consent.person_id == person.id)
        .order_by(*OLDEST_FIRST)
    ).all()


def is_live(consent: Consent, *, at: datetime) -> bool:
    """Tell whether a consent counts at a moment."""
    return (
        consent.withdrawn_at is None
        and consent.granted_at <= at
        and (consent.expires_at is None or at < consent.expires_at)
    )


def live(*, at: datetime, purpose: Purpose = Purpose.SEARCH) -> ColumnElement[bool]:
    """Return ``is_live`` as a condition of a query on ``Consent``."""
    return and_(
        Consent.purpose == purpose.value,
        Consent.withdrawn_at.is_(None),
        Consent.granted_at <= at,
        or_(Consent.expires_at.is_(None), Consent.expires_at > at),
    )


def shared_fields(
    session: Session, person_ids: Sequence[str], *, tenant_id: str, at: datetime
) -> dict[str, frozenset[Field]]:
    """Return what each person shares now; who shares nothing at all is left out.

    Of several live consents the last one counts, as in ranking.
    """
    # Columns, not objects: this is done for everybody on a page.
    rows = session.execute(
        select(Consent.person_id, Consent.fields)
        .where(Consent.tenant_id == tenant_id, among(Consent.person_id, person_ids), live(at=at))
        .order_by(*OLDEST_FIRST)
    )
    return {one: shared_by(named) for one, named in rows}


def shared_by(fields: Iterable[str]) -> frozenset[Field]:
    """Return the fields that a consent names."""
    return _fields(tuple(fields))


@cache
def _fields(named: tuple[str, ...]) -> frozenset[Field]:
    return frozenset(map(Field, named))


def _only_the_person(caller: Principal, person: Person) -> None:
    if not (caller.tenant_id == person.tenant_id and is_the_person(caller, person.id)):
        raise ForbiddenError(
            "only the person consents or withdraws consent, with their own key or login"
        )
