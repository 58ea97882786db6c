"""The command ``roadmap done``: a step ends well, with its badge or without."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of
from skillmatch.cli.printing import width
from skillmatch.cli.roadmap.arguments import (
    DEFAULT_FILE,
    AtOption,
    FileOption,
    OnOption,
    RecipeOption,
    StepArgument,
    day_or_today,
    open_matcher,
    price_of,
    verifier_of,
)
from skillmatch.cli.shown import DocumentsOption, IssuersOption, OnlineOption, RecipientOption

if TYPE_CHECKING:
    from skillmatch.model.roadmap import Roadmap
    from skillmatch.service.roadmap_badges import Done, Finished
    from skillmatch.service.verifying import Verifier


def done(
    step: StepArgument,
    badge: Annotated[
        Path | None, typer.Option(help="The badge that you earned; only its path is kept.")
    ] = None,
    file: FileOption = DEFAULT_FILE,
    on: OnOption = None,
    hours: Annotated[float | None, typer.Option(help="Hours that it took in all.")] = None,
    cost: Annotated[str | None, typer.Option(help="What it cost in the end, as in 120.")] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Keep a badge that seems to be about something else.")
    ] = False,
    issuers: IssuersOption = None,
    documents: DocumentsOption = None,
    recipient: RecipientOption = None,
    online: OnlineOption = False,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    at: AtOption = None,
    recipe: RecipeOption = "",
) -> None:
    """Mark a step done, check its badge, and say what you can now prove or claim."""
    from skillmatch.readers.roadmaps import read_roadmap
    from skillmatch.service.roadmap_badges import Done

    today = day_or_today(at, "--at")
    roadmap = read_roadmap(file)
    said = Done(
        step=step,
        on=day_of(on, "--on") or today,
        at=today,
        badge=badge,
        hours=hours,
        paid=price_of(cost, "--cost", roadmap),
        anyway=anyway,
        issuers=issuers,
        documents=documents,
    )
    checks = verifier_of(
        roadmap.evidence,
        file.parent,
        today,
        issuers=issuers,
        documents=documents,
        recipient=recipient,
        online=online,
        beside=True,
    )
    _show(_mark(file, roadmap, said, checks, recipe), json_output=json_output)


def _show(result: Finished, *, json_output: bool) -> None:
    from skillmatch.report.roadmap.changes import finished_json, finished_text

    before, after = result.before, result.after
    if json_output:
        sys.stdout.write(finished_json(result.step, before, after, result.notes))
        return
    for note in result.notes:
        typer.echo(f"Note: {note}", err=True)
    sys.stdout.write(finished_text(result.step, before, after, width=width()))


def _mark(file: Path, roadmap: Roadmap, said: Done, checks: Verifier, recipe: str) -> Finished:
    from skillmatch.service.roadmap_badges import finish
    from skillmatch.service.roadmap_files import change

    found: list[Finished] = []
    with open_matcher(roadmap, recipe) as matcher:

        def mark(current: Roadmap) -> Roadmap:
            found.append(finish(matcher, current, file.parent, said, verifier=checks))
            return found[-1].roadmap

        change(file, mark)
    return found[-1]
