"""The command ``candidates recheck``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch_api.cli.candidates.finding import OURS, Tenant

if TYPE_CHECKING:
    from skillmatch_api.people.recheck_runs import Run


def recheck(
    person: Annotated[
        str, typer.Option(metavar="ID", help="Only this person: their id or external_id.")
    ] = "",
    stale_days: Annotated[
        int,
        typer.Option(
            min=0, max=3650, metavar="DAYS", help="Only what was not checked for so long."
        ),
    ] = 0,
    since: Annotated[
        str,
        typer.Option(metavar="MOMENT", help="Pass over whoever was checked since; to go on."),
    ] = "",
    online: Annotated[
        bool,
        typer.Option("--online", help="Fetch what badges need; only with SKILLMATCH_ONLINE=1."),
    ] = False,
    tenant: Tenant = OURS,
    json_output: Annotated[
        bool, typer.Option("--json", help="Print JSON, as a job evidence.recheck comes to.")
    ] = False,
) -> None:
    """Check stored badges again: issuers, dates, what was taken back; exit code 1 if some were not.

    A badge that no longer holds up proves nothing from then on.
    """
    from skillmatch.cli.exits import Exit
    from skillmatch_api.cli.candidates.rechecking import cutoff, recheck_badges
    from skillmatch_api.wire.services import now

    before = cutoff(now(), since=since, stale_days=stale_days)
    found = recheck_badges(person, tenant=tenant, before=before, online=online, quiet=json_output)
    typer.echo(found.json_text() if json_output else _text(found))
    if found.skipped:
        raise typer.Exit(Exit.FINDINGS)


def _text(run: Run) -> str:
    found = run.outcome
    who = f"{run.people:,} {'person' if run.people == 1 else 'people'}"
    pieces = f"{found.pieces:,} {'piece' if found.pieces == 1 else 'pieces'}"
    lines = [
        f"{pieces} of evidence of {who} checked again: {found.changed:,} changed, "
        f"{found.lost:,} no longer proven, {found.won:,} newly proven"
    ]
    lines += [f"{one.person_id} was not checked: {one.reason}" for one in run.skipped]
    return "\n".join(lines)
