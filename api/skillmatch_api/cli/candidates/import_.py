"""The command ``candidates import``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant

if TYPE_CHECKING:
    from skillmatch_api.routes.candidate_import import ImportReport


def import_(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="CSV with a header; - reads standard input."),
    ],
    invitations: Annotated[
        Path | None,
        typer.Option(metavar="OUT", help="Write an invitation for everybody who claimed nothing."),
    ] = None,
    days: Annotated[
        int, typer.Option(min=1, max=365, metavar="DAYS", help="How long invitations hold.")
    ] = 30,
    tenant: Tenant = OURS,
    json_output: Annotated[
        bool, typer.Option("--json", help="Print JSON, as POST /v1/candidates/import answers.")
    ] = False,
) -> None:
    """Make or update the records of a list of people; each of them still consents, or does not."""
    from skillmatch_api.cli.candidates.importing import import_list
    from skillmatch_api.cli.candidates.invitations import write_invitations

    imported = import_list(file, tenant=tenant, days=days if invitations else None)
    if invitations is not None:
        write_invitations(invitations, imported.invited)
        typer.echo(
            f"{len(imported.invited)} invitations written to {invitations}; send each to its "
            "person, and delete the file",
            err=True,
        )
    report = imported.report
    typer.echo(report.model_dump_json(indent=2) if json_output else _text(report))


def _text(report: ImportReport) -> str:
    lines = [
        f"{report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.claimed} left as they are because their person claimed them"
    ]
    lines += [
        f"line {one.line}: no skill was found for {', '.join(one.unread)}"
        for one in report.rows
        if one.unread
    ]
    return "\n".join(lines)
