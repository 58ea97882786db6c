"""The command ``demand``: many postings beside what a provider offers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of, today
from skillmatch.cli.exits import Exit
from skillmatch.cli.printing import SUFFIXES, colour, format_of, show, width
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.demand import Demand
    from skillmatch.report.demand import DemandFormat, Table

_SUFFIXES = {**SUFFIXES, ".csv": "csv"}


def demand(
    postings: Annotated[
        list[Path] | None,
        typer.Argument(help="Postings: files, folders of them, or .jsonl lines of {id, text}."),
    ] = None,
    catalogue: Annotated[
        list[str] | None,
        typer.Option(
            help="What you offer: an imported catalogue, file, folder or zip; repeatable."
        ),
    ] = None,
    occupation: Annotated[
        list[str] | None,
        typer.Option(
            help="Suggest stacks of offers for an occupation: its URI or code; repeatable."
        ),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Day that offers must still be open on; default today.")
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="Lines of each list.")] = 15,
    format: Annotated[
        str | None, typer.Option(help="text, json, csv, markdown, html or svg.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    table: Annotated[
        str, typer.Option(help="What csv holds: skills, offers, outcomes or stacks.")
    ] = "skills",
    output: Annotated[
        Path | None, typer.Option(help="Write the report here instead of printing it.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(help="Count skills proposed for an offer from this probability on.")
    ] = 0.5,
    framework: Annotated[
        list[str] | None, typer.Option(help="Use this framework only; may be repeated.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="Index recipe to use.")] = "",
) -> None:
    """Show which asked-for skills no offer closes, and which offers and outcomes are asked for."""
    chosen = _format("json" if json_output else format or format_of(output, _SUFFIXES))
    columns = _table(table)
    day = day_of(at, "--at") or today()
    if not catalogue:
        raise UsageError("name what you offer with --catalogue: a file, folder, zip, or a name")
    if not 0 <= min_confidence <= 1:
        raise UsageError(f"--min-confidence {min_confidence} is no probability from 0 to 1")
    from skillmatch.cli.progress import shown_progress
    from skillmatch.service.catalogues import open_catalogue
    from skillmatch.service.demanding import DemandRequest, find_demand
    from skillmatch.service.matcher import Matcher

    request = DemandRequest(
        postings=tuple(postings or ()),
        occupations=tuple(occupation or ()),
        at=day,
        min_confidence=min_confidence,
    )
    with Matcher.open(framework or (), recipe=recipe) as matcher, shown_progress() as progress:
        offered = open_catalogue(
            matcher,
            catalogue,
            at=day,
            progress=progress,
            warn=lambda note: typer.echo(note, err=True),
        )
        found = find_demand(matcher, offered, request, progress=progress)
    _stop_if_nothing_was_read(found)
    _show(found, chosen, columns, output, top)


def _stop_if_nothing_was_read(found: Demand) -> None:
    """Nothing readable must never look like nothing asked for."""
    if found.postings or not found.unread:
        return
    first = found.unread[0]
    typer.echo(
        f"skillmatch: none of {len(found.unread)} postings could be counted; the first is "
        f"{first.source}: {first.reason}",
        err=True,
    )
    raise typer.Exit(Exit.NOTHING_READABLE)


def _show(found: Demand, format: DemandFormat, table: Table, output: Path | None, top: int) -> None:
    from skillmatch.report.demand import render_demand

    text = render_demand(found, format, table=table, top=top, width=width(), colour=colour(output))
    show(text, output)


def _format(name: str) -> DemandFormat:
    from skillmatch.report.demand import DEMAND_FORMATS

    for known in DEMAND_FORMATS:
        if known == name:
            return known
    raise UsageError(f"no format {name!r}; there are {', '.join(DEMAND_FORMATS)}")


def _table(name: str) -> Table:
    from skillmatch.report.demand import TABLES

    for known in TABLES:
        if known == name:
            return known
    raise UsageError(f"no table {name!r}; there are {', '.join(TABLES)}")
