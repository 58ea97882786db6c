"""The command ``store migrate``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from skillmatch_api.cli.store.opening import store_as_it_is


def migrate(
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring the database to the newest revision, as `serve` does at its start."""
    from skillmatch_api.store.migrating import current, newest, upgrade

    with store_as_it_is(must_exist=False) as store:
        before = current(store)
        upgrade(store)
    if json_output:
        typer.echo(json.dumps({"before": before, "revision": newest()}))
    elif before == newest():
        typer.echo(f"The database is at the newest revision, {newest()}, already.")
    else:
        typer.echo(f"The database went from {before or 'nothing'} to revision {newest()}.")
