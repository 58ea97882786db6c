"""Who sees what of a person, and who may change it.

The person sees all of their own. Before they consent nobody else sees a single field: recruiters
then see the fields that are shared, and the organisation's administrators see at all times that
there is a record, whether it was claimed, and what they themselves call it. Whoever may see
nothing is told the same as for a person that does not exist.
"""

from __future__ import annotations

from enum import StrEnum

from skillmatch_api.access.principal import Principal, Scope
from skillmatch_api.errors import AbsentError, ForbiddenError
from skillmatch_api.people.consents import Field, is_the_person
from skillmatch_api.people.registering import ABSENT
from skillmatch_api.store.tables import Person

STAFF = frozenset({Scope.RECRUITER, Scope.PROVIDER, Scope.ADMIN})
"""Scopes of those who work for the organisation."""


class Sight(StrEnum):
    """As what a caller sees a person."""

    OWN = "own"
    SHARED = "shared"
    MANAGED = "managed"


def sight(caller: Principal, person: Person, shared: frozenset[Field] | None) -> Sight:
    """Return as what the caller sees a person.

    ``shared`` is what the person's live consent shares, None where there is none.

    Raises:
        AbsentError: Not at all.
    """
    if is_the_person(caller, person.id):
        return Sight.OWN
    if Scope.RECRUITER in caller.scopes and shared is not None:
        return Sight.SHARED
    if Scope.ADMIN in caller.scopes:
        return Sight.MANAGED
    raise AbsentError(ABSENT)


def may_change(caller: Principal, person: Person, shared: frozenset[Field] | None) -> None:
    """Let the person pass, and the organisation while the record is unclaimed.

    Raises:
        AbsentError: The caller may not even know that there is such a person.
        ForbiddenError: The caller knows of the person, and only the person may do this.
    """
    if is_the_person(caller, person.id):
        return
    if person.claimed_at is None and caller.scopes & STAFF:
        return
    sight(caller, person, shared)
    raise ForbiddenError("this record was claimed by its person, and only they change it")


def only_the_person(
    caller: Principal, person: Person, shared: frozenset[Field] | None, *, what: str
) -> None:
    """Let nobody pass but the person.

    Raises:
        AbsentError: The caller may not even know that there is such a person.
        ForbiddenError: The caller knows of the person.
    """
    if is_the_person(caller, person.id):
        return
    sight(caller, person, shared)
    raise ForbiddenError(f"only the person may {what}, with their own key or login")


def may_erase(caller: Principal, person: Person) -> None:
    """Let the person and the organisation's administrators pass.

    Raises:
        AbsentError: Everybody else.
    """
    if not (is_the_person(caller, person.id) or Scope.ADMIN in caller.scopes):
        raise AbsentError(ABSENT)
