"""The command ``candidates invite``."""

from __future__ import annotations

from typing import Annotated

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant, Whom


def invite(
    whom: Whom,
    days: Annotated[
        int, typer.Option(min=1, max=365, metavar="DAYS", help="How long it holds.")
    ] = 30,
    tenant: Tenant = OURS,
) -> None:
    """Print a code by which a person takes their record over, once; older codes end."""
    from skillmatch_api.cli.candidates.finding import find
    from skillmatch_api.cli.candidates.noting import note_invitation
    from skillmatch_api.cli.opening import opened_store
    from skillmatch_api.people import inviting
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store):
        at = now()
        with store.writing() as session:
            person = find(session, whom, tenant=tenant, at=at, lock=True)
            code = inviting.invite(session, person, at=at, days=days)
            note_invitation(session, person, at=at)
            again = person.claimed_at is not None
    if again:
        typer.echo(
            "This record was claimed: whoever uses the code gets a new key, and the person's "
            "other keys end. Give it to nobody but the person.",
            err=True,
        )
    typer.echo(f"It holds for {days} days and works once: POST /v1/candidates/claim", err=True)
    typer.echo(code)
