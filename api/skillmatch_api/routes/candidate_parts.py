"""What all routes of people share: whose record it is, and that it was looked at."""

from __future__ import annotations

import uuid
from typing import Annotated, NamedTuple

from fastapi import Depends, Path, Query
from sqlalchemy.orm import Session

from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import AbsentError
from skillmatch_api.people import views
from skillmatch_api.people.consents import Field, shared_fields
from skillmatch_api.people.registering import ABSENT, get_person
from skillmatch_api.routes.candidate_models import ID
from skillmatch_api.store.tables import Person
from skillmatch_api.wire.services import Services


def _candidate_id(
    candidate_id: Annotated[
        str, Path(max_length=100, description="Id of a person.", examples=[ID])
    ],
) -> str:
    try:
        return str(uuid.UUID(candidate_id))
    except ValueError as error:
        raise AbsentError(ABSENT) from error


CandidateId = Annotated[str, Depends(_candidate_id)]
Blind = Annotated[
    bool, Query(description="Hide whatever tells who it is or points at a protected trait.")
]


class Known(NamedTuple):
    """A person, and what they share now; None without consent."""

    person: Person
    shared: frozenset[Field] | None


def known(
    session: Session,
    person_id: str,
    *,
    caller: Principal,
    services: Services,
    lock: bool = False,
) -> Known:
    """Return a person of the caller's organisation; what of them may be seen is another matter.

    Raises:
        AbsentError: There is none.
    """
    person = get_person(session, person_id, tenant_id=caller.tenant_id, lock=lock)
    shared = shared_fields(session, [person_id], tenant_id=caller.tenant_id, at=services.clock())
    return Known(person, shared.get(person_id))


def note_sight(
    session: Session,
    person_ids: list[str],
    *,
    caller: Principal,
    services: Services,
    action: str,
    blind: bool,
) -> None:
    """Write down that people were shown to somebody else: in the log, and for themselves."""
    views.note_sight(
        session, person_ids, caller=caller, action=action, blind=blind, at=services.clock()
    )
