"""``skillmatch tenants``: the organisations that one service keeps apart."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Organisations of the service: make and list.", no_args_is_help=True)


@app.command()
def create(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of the organisation.", show_default=False)
    ],
) -> None:
    """Make an organisation; what belongs to one is never shown to another."""
    from skillmatch_api.access.tenants import create_tenant
    from skillmatch_api.cli.opening import OPERATOR, opened_store
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store), store.writing() as session:
        create_tenant(session, name, by=OPERATOR, at=now())
    typer.echo(
        f"Organisation {name!r} is made. Its first key: skillmatch keys create --scope admin "
        f"--tenant {name!r}",
        err=True,
    )


@app.command("list")
def list_(
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the organisations by name."""
    import json

    from skillmatch_api.access.tenants import tenants
    from skillmatch_api.cli.keys.telling import minute, table
    from skillmatch_api.cli.opening import opened_store

    with opened_store() as (_, store), store.reading() as session:
        found = tenants(session)
    if json_output:
        items = [
            {"id": one.id, "name": one.name, "created_at": one.created_at.isoformat()}
            for one in found
        ]
        typer.echo(json.dumps({"items": items}, ensure_ascii=False, indent=2))
        return
    rows = [(one.id, one.name, minute(one.created_at)) for one in found]
    typer.echo(table(("ORGANISATION", "NAME", "MADE"), rows), nl=False)
