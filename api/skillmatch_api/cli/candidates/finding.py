"""Whom a command is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch_api.settings import DEFAULT_TENANT

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from skillmatch_api.store.tables import Person

Tenant = Annotated[str, typer.Option(help="Organisation.")]
Whom = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="Id of the person, or their external_id.", show_default=False
    ),
]
OURS = DEFAULT_TENANT


def find(session: Session, whom: str, *, tenant: str, at: datetime, lock: bool = False) -> Person:
    """Return the person whom somebody means.

    Raises:
        AbsentError: There is no such organisation, or nobody of that id in it.
    """
    from skillmatch_api.access.tenants import get_tenant
    from skillmatch_api.errors import AbsentError
    from skillmatch_api.people.registering import by_external_id, get_person

    organisation = get_tenant(session, tenant, at=at)
    named = by_external_id(session, [whom], tenant_id=organisation.id)
    person_id = named[whom].id if whom in named else whom
    try:
        return get_person(session, person_id, tenant_id=organisation.id, lock=lock)
    except AbsentError as error:
        raise AbsentError(
            f"nobody of the organisation {tenant!r} has the id or external_id {whom!r}"
        ) from error
