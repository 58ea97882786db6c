"""The command ``store restore``."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from skillmatch_api.cli.store.opening import store_as_it_is


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `store backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Remove first what the database holds.")
    ] = False,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Put a backup into the database, wholly or not at all; stop the service first."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch_api.people.obeying import obey
    from skillmatch_api.store.snapshots.restoring import restore_snapshot
    from skillmatch_api.wire.services import now

    with store_as_it_is(must_exist=False) as store, shown_progress(quiet=json_output) as progress:
        done = restore_snapshot(
            store, file, replace=replace, obey=partial(obey, at=now()), progress=progress
        )
    if json_output:
        told = {
            "file": str(file),
            "made_at": done.manifest.made_at.isoformat(),
            "rows": {part.shape.name: part.rows for part in done.manifest.parts},
            "erased_again": done.erased,
            "unreadable": [one.name for one in done.unread],
        }
        typer.echo(json.dumps(told, indent=2))
        return
    typer.echo(
        f"{done.manifest.rows():,} rows of {done.manifest.made_at:%Y-%m-%d %H:%M} UTC are back."
    )
    if done.erased:
        typer.echo(f"{done.erased:,} people who were erased since did not come back.")
    for path in done.unread:
        typer.echo(f"{path} is damaged, so erasures that only it knows are not obeyed.", err=True)
