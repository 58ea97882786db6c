"""The command ``candidates export``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant, Whom


def export(
    whom: Whom,
    output: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it here; FILE.zip keeps files beside the JSON."),
    ] = None,
    tenant: Tenant = OURS,
) -> None:
    """Write everything that is kept about a person as JSON; the person can see that you did."""
    from skillmatch_api.cli.candidates.finding import find
    from skillmatch_api.cli.candidates.noting import note_export
    from skillmatch_api.cli.opening import opened_store
    from skillmatch_api.people import exporting
    from skillmatch_api.wire.services import now

    with opened_store() as (_, store):
        at = now()
        with store.writing() as session:
            person = find(session, whom, tenant=tenant, at=at)
            note_export(session, person, at=at)
            found = exporting.everything(session, person, at=at)
    if output is None:
        sys.stdout.write(exporting.as_json(found).decode("utf-8"))
        return
    from skillmatch.atomic import write_bytes

    zipped = output.suffix.lower() == ".zip"
    write_bytes(output, exporting.as_zip(found) if zipped else exporting.as_json(found))
    typer.echo(f"Export written to {output}", err=True)
