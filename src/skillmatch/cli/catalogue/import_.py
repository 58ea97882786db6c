"""The command ``catalogue import``: read what is on offer once, and keep it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from skillmatch.cli.catalogue.opening import (
    Framework,
    Json,
    Recipe,
    at_home,
    open_matcher,
    say,
    width,
)


def import_(
    source: Annotated[
        list[Path],
        typer.Argument(help="CTDL, Open Badges, CSV, XLSX, a folder or a zip; several become one."),
    ],
    name: Annotated[
        str, typer.Option(help="Name of the catalogue; made of the source by default.")
    ] = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of another of that name.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write it to this file instead of the data folder.")
    ] = None,
    framework: Framework = None,
    recipe: Recipe = "",
    json_output: Json = False,
) -> None:
    """Read credentials on offer, find the skills that they award, and keep them as a catalogue."""
    from skillmatch.cli.progress import shown_progress
    from skillmatch.report.catalogue import import_json, import_text
    from skillmatch.service.catalogue_import import ImportRequest, import_catalogue

    request = ImportRequest(sources=tuple(source), name=name, replace=replace, out=out)
    settings, _ = at_home()
    with (
        open_matcher(framework, recipe) as matcher,
        shown_progress(quiet=json_output) as progress,
    ):
        report = import_catalogue(matcher, request, settings=settings, progress=progress, warn=say)
    sys.stdout.write(import_json(report) if json_output else import_text(report, width=width()))
