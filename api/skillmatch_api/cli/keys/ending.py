"""The commands ``keys revoke`` and ``keys rotate``."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from skillmatch_api.store.tables import ApiKey

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY",
        help="Id of the key as keys list shows it, or the key itself.",
        show_default=False,
    ),
]


def revoke(key: Key) -> None:
    """Let a key count no longer, at once; browsers that logged in with it are out."""
    from skillmatch_api.access import key_life
    from skillmatch_api.cli.opening import OPERATOR, opened_store
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store), store.writing() as session:
        row = _known(session, key)
        key_life.revoke_key(session, row, by=OPERATOR, at=now())
    typer.echo(f"Key {row.id} counts no longer.", err=True)


def rotate(
    key: Key,
    grace: Annotated[
        int,
        typer.Option(
            min=0, max=24 * 90, metavar="HOURS", help="Hours that the old key still counts."
        ),
    ] = 24,
) -> None:
    """Make and print a key that takes the place of another."""
    from skillmatch_api.access import key_life
    from skillmatch_api.cli.keys.telling import ending, tell_new
    from skillmatch_api.cli.opening import OPERATOR, opened_store
    from skillmatch_api.store.tables import Tenant
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store), store.writing() as session:
        row = _known(session, key)
        new, secret = key_life.rotate_key(
            session, row, grace=timedelta(hours=grace), by=OPERATOR, at=now()
        )
        organisation = session.get_one(Tenant, row.tenant_id).name
    typer.echo(f"Key {row.id} is replaced; {ending(row.expires_at)}.", err=True)
    tell_new(new, secret, organisation=organisation)


def _known(session: Session, key: str) -> ApiKey:
    """Return the row of a key that is to end, locked; say where to look for one that is none."""
    from skillmatch_api.access import key_life
    from skillmatch_api.access.keys import id_in
    from skillmatch_api.errors import AbsentError

    try:
        return key_life.get_key(session, id_in(key), lock=True)
    except AbsentError as error:
        raise AbsentError("there is no such key; skillmatch keys list shows all") from error
