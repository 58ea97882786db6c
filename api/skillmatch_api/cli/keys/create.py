"""The command ``keys create``."""

from __future__ import annotations

from typing import Annotated

import typer

from skillmatch_api.access.principal import Scope
from skillmatch_api.settings import DEFAULT_TENANT, MOST_KEY_DAYS


def create(
    scope: Annotated[
        list[Scope], typer.Option(help="What the key is for; may be repeated.", show_default=False)
    ],
    tenant: Annotated[
        str, typer.Option(help="Organisation; made before with: skillmatch tenants create.")
    ] = DEFAULT_TENANT,
    name: Annotated[str, typer.Option(help="What you will know it by.")] = "",
    expires: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_KEY_DAYS, metavar="DAYS", help="Days that it counts."),
    ] = None,
    person: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Bind it to this person, who may consent with it."),
    ] = None,
) -> None:
    """Make a key and print it, once: it cannot be read again."""
    from skillmatch_api.access.key_life import KeyWish, make_key
    from skillmatch_api.access.tenants import get_tenant
    from skillmatch_api.cli.keys.telling import tell_new
    from skillmatch_api.cli.opening import OPERATOR, opened_store
    from skillmatch_api.wire.services import now

    with opened_store() as (settings, store):
        wish = KeyWish(
            scopes=set(scope), name=name, days=expires or settings.key_days, person_id=person
        )
        at = now()
        with store.writing() as session:
            organisation = get_tenant(session, tenant, at=at)
            row, key = make_key(session, wish, tenant_id=organisation.id, by=OPERATOR, at=at)
    tell_new(row, key, organisation=organisation.name)
