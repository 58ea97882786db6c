"""The command ``store check``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch_api.cli.store.opening import store_as_it_is

if TYPE_CHECKING:
    from skillmatch_api.store.checking import Checked, Finding


def check(
    profiles: Annotated[
        bool,
        typer.Option(
            "--profiles/--no-profiles", help="Also make every candidate's profile and compare."
        ),
    ] = True,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say whether the database is whole; exit code 1 with findings, 4 where it is damaged."""
    from skillmatch.cli.exits import Exit
    from skillmatch.cli.progress import shown_progress
    from skillmatch_api.people.profile_checking import stale_profiles
    from skillmatch_api.store.checking import check_store
    from skillmatch_api.wire.services import now

    with store_as_it_is(must_exist=True) as store, shown_progress(quiet=json_output) as progress:
        found = check_store(store)
        findings = list(found.findings)
        if profiles and found.revision == found.newest and not found.is_damaged:
            findings.extend(stale_profiles(store, at=now(), progress=progress))
    _print(found, findings, json_output=json_output)
    if found.is_damaged:
        raise typer.Exit(Exit.BAD_INPUT)
    if findings:
        raise typer.Exit(Exit.FINDINGS)


def _print(found: Checked, findings: list[Finding], *, json_output: bool) -> None:
    if json_output:
        told = {
            "revision": found.revision,
            "newest": found.newest,
            "rows": dict(found.rows),
            "findings": [{"about": one.about, "detail": one.detail} for one in findings],
        }
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
        return
    for finding in findings:
        typer.echo(f"{finding.about}: {finding.detail}")
    people = found.rows.get("persons", 0)
    who = f"{people:,} {'person' if people == 1 else 'people'}"
    some = f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}"
    verdict = some if findings else "All is well"
    typer.echo(f"{verdict}: {sum(found.rows.values()):,} rows, {who}.")
