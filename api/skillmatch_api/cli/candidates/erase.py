"""The command ``candidates erase``."""

from __future__ import annotations

from typing import Annotated

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant, Whom


def erase(
    whom: Whom,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    tenant: Tenant = OURS,
) -> None:
    """Erase a person everywhere, for good; restored backups obey it, too."""
    from skillmatch_api.cli.candidates.finding import find
    from skillmatch_api.cli.opening import OPERATOR, opened_store
    from skillmatch_api.people import erasing
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store):
        at = now()
        with store.writing() as session:
            person_id = find(session, whom, tenant=tenant, at=at).id
        if not yes:
            typer.confirm(f"Erase {person_id} and all that is kept about them?", abort=True)
        with store.writing() as session:
            person = find(session, person_id, tenant=tenant, at=at, lock=True)
            erasing.erase(session, person, by=OPERATOR, at=at)
        store.scrub()
    typer.echo(f"{person_id} is erased.", err=True)
