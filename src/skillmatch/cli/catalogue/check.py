"""The command ``catalogue check``: what to mend before anybody plans with a catalogue."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from skillmatch.cli.catalogue.opening import (
    At,
    Framework,
    Json,
    Recipe,
    all_imported,
    at_home,
    colour,
    day_of,
    open_matcher,
    open_shown,
    width,
)
from skillmatch.cli.exits import Exit
from skillmatch.errors import UsageError


def check(
    name: Annotated[
        list[str] | None,
        typer.Argument(help="Catalogues, files, folders or zips; all imported by default."),
    ] = None,
    at: At = None,
    fail_on: Annotated[
        str, typer.Option(help="Exit with 1 from this severity on: error, warning, note or never.")
    ] = "error",
    all_findings: Annotated[
        bool, typer.Option("--all", help="Spell out every finding, not the first ten of a rule.")
    ] = False,
    framework: Framework = None,
    recipe: Recipe = "",
    json_output: Json = False,
) -> None:
    """Report broken prerequisites, cycles, unknown skills, expired offers, duplicates and gaps."""
    from skillmatch.report.catalogue import check_json, check_text
    from skillmatch.service.catalogue_checking import check_with

    day, failing = day_of(at), _failing(fail_on)
    named = name or all_imported(at_home()[1])
    with open_matcher(framework, recipe) as matcher:
        catalogue = open_shown(matcher, named, day, quiet=json_output)
        found = check_with(matcher, catalogue, at=day)
    text = (
        check_json(found)
        if json_output
        else check_text(found, width=width(), colour=colour(), full=all_findings)
    )
    sys.stdout.write(text)
    if any(one.severity.value in failing for one in found.findings):
        raise typer.Exit(Exit.FINDINGS)


def _failing(fail_on: str) -> frozenset[str]:
    order = ("error", "warning", "note")
    if fail_on == "never":
        return frozenset()
    if fail_on not in order:
        raise UsageError(f"--fail-on {fail_on!r}: write error, warning, note or never")
    return frozenset(order[: order.index(fail_on) + 1])
