"""The command ``roadmap status``: where am I."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmatch.cli.printing import colour, format_of, show, width
from skillmatch.cli.roadmap.arguments import (
    DEFAULT_FILE,
    AtOption,
    FileOption,
    RecipeOption,
    day_or_today,
    open_matcher,
    verifier_of,
)
from skillmatch.cli.shown import DocumentsOption, IssuersOption, OnlineOption, RecipientOption


def status(
    file: FileOption = DEFAULT_FILE,
    at: AtOption = None,
    format: Annotated[str | None, typer.Option(help="text, json, markdown or html.")] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the report here instead of printing it.")
    ] = None,
    issuers: IssuersOption = None,
    documents: DocumentsOption = None,
    recipient: RecipientOption = None,
    online: OnlineOption = False,
    recipe: RecipeOption = "",
) -> None:
    """Show where you are: what is met, which step is next, pace, money, renewals, history."""
    from skillmatch.readers.roadmaps import read_roadmap
    from skillmatch.report.roadmap import check_format, render_roadmap
    from skillmatch.service.roadmap_status import check_clock, roadmap_status

    day = day_or_today(at, "--at")
    chosen = check_format("json" if json_output else format or format_of(output))
    roadmap = read_roadmap(file)
    check_clock(roadmap, day)
    checks = verifier_of(
        roadmap.evidence,
        file.parent,
        day,
        issuers=issuers,
        documents=documents,
        recipient=recipient,
        online=online,
    )
    with open_matcher(roadmap, recipe) as matcher:
        found = roadmap_status(matcher, roadmap, file.parent, at=day, verifier=checks)
    show(render_roadmap(found, chosen, width=width(), colour=colour(output)), output)
