"""The command ``roadmap replan``: a new plan for what is left."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.exits import Exit
from skillmatch.cli.plan_options import (
    ByOption,
    LanguageOption,
)
from skillmatch.cli.printing import width
from skillmatch.cli.progress import shown_progress
from skillmatch.cli.roadmap.arguments import (
    DEFAULT_FILE,
    AtOption,
    FileOption,
    RecipeOption,
    day_or_today,
    open_matcher,
    price_of,
    verifier_of,
)
from skillmatch.cli.shown import DocumentsOption, IssuersOption, OnlineOption, RecipientOption
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.plan import PlanRequest, Preference
    from skillmatch.model.roadmap import Roadmap
    from skillmatch.pathway.roadmap.replan import Replanned
    from skillmatch.service.roadmap_planning import Anew
    from skillmatch.service.verifying import Verifier


def replan(
    file: FileOption = DEFAULT_FILE,
    yes: Annotated[bool, typer.Option("--yes", help="Write the new plan without asking.")] = False,
    max_cost: Annotated[
        str | None, typer.Option(help="Everything costs at most this, what was spent included.")
    ] = None,
    hours_per_week: Annotated[
        float | None, typer.Option(help="Hours that you have free a week.")
    ] = None,
    max_weeks: Annotated[
        float | None, typer.Option(help="End within so many weeks from today.")
    ] = None,
    by: ByOption = None,
    language: LanguageOption = None,
    online_only: Annotated[
        bool | None,
        typer.Option("--online-only/--not-online-only", help="Only offers that are taken online."),
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Leave this offer out, by id; repeatable.")
    ] = None,
    again: Annotated[
        list[str] | None, typer.Option(help="This dropped step may be planned again; repeatable.")
    ] = None,
    prefer: Annotated[
        str | None, typer.Option(help="Among equals: cheapest, fastest or fewest.")
    ] = None,
    catalogue: Annotated[
        list[str] | None, typer.Option(help="Choose from this catalogue from now on; repeatable.")
    ] = None,
    issuers: IssuersOption = None,
    documents: DocumentsOption = None,
    recipient: RecipientOption = None,
    online: OnlineOption = False,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    at: AtOption = None,
    recipe: RecipeOption = "",
) -> None:
    """Plan anew: what is done stays done, commitments stay, and the rest is shown before it is."""
    from skillmatch.cli.plan_request import limited
    from skillmatch.readers.roadmaps import read_roadmap

    today = day_or_today(at, "--at")
    roadmap = read_roadmap(file)
    asked = roadmap.request
    hours = asked.hours_per_week if hours_per_week is None else hours_per_week
    limits = limited(today, hours, by=by, weeks=max_weeks)
    request = replace(
        asked,
        hours_per_week=hours,
        by=limits.by or asked.by,
        max_cost=price_of(max_cost, "--max-cost", roadmap) or asked.max_cost,
        languages=asked.languages if language is None else tuple(language),
        online_only=asked.online_only if online_only is None else online_only,
        without=asked.without if without is None else (*asked.without, *without),
        prefer=asked.prefer if prefer is None else preference(prefer),
    )
    checks = verifier_of(
        roadmap.evidence,
        file.parent,
        today,
        issuers=issuers,
        documents=documents,
        recipient=recipient,
        online=online,
    )
    anew = _anew(roadmap, request, today, _catalogues(catalogue, file.parent), again)
    found = _planned(roadmap, anew, checks, file=file, recipe=recipe)
    _finish(file, roadmap, found, yes=yes, json_output=json_output)


def preference(name: str) -> Preference:
    """Return the preference of a name.

    Raises:
        UsageError: There is none.
    """
    from skillmatch.cli.plan_request import wished
    from skillmatch.model.plan import PlanRequest

    nothing = PlanRequest(start=date.min)
    return wished(nothing, commit=None, held=None, prefer=name).prefer


def _catalogues(named: Sequence[str] | None, folder: Path) -> tuple[str, ...]:
    from skillmatch.service.roadmaps import catalogue_name

    return tuple(catalogue_name(one, folder) for one in named or ())


def _anew(
    roadmap: Roadmap,
    request: PlanRequest,
    today: date,
    catalogues: tuple[str, ...],
    again: Sequence[str] | None,
) -> Anew:
    from skillmatch.pathway.roadmap.replan import budget_words
    from skillmatch.pathway.roadmap.steps import find_step
    from skillmatch.service.roadmap_planning import Anew
    from skillmatch.service.roadmap_status import check_clock

    check_clock(roadmap, today)
    return Anew(
        request=request,
        at=today,
        catalogues=catalogues,
        again=tuple(find_step(roadmap, one).id for one in again or ()),
        words=budget_words(roadmap.request, request),
    )


def _planned(
    roadmap: Roadmap, anew: Anew, checks: Verifier, *, file: Path, recipe: str
) -> Replanned:
    from skillmatch.service.roadmap_planning import replan as plan_anew

    with open_matcher(roadmap, recipe) as matcher, shown_progress() as progress:
        return plan_anew(matcher, roadmap, file.parent, anew, verifier=checks, progress=progress)


def _finish(
    file: Path, roadmap: Roadmap, found: Replanned, *, yes: bool, json_output: bool
) -> None:
    """Show the differences, and write them only where somebody said so."""
    from skillmatch.report.roadmap.changes import replanned_json, replanned_text

    text = replanned_json(found) if json_output else replanned_text(found, width=width())
    sys.stdout.write(text)
    if found.conflicts:
        typer.echo(f"Nothing was written; {file} is as it was", err=True)
        raise typer.Exit(Exit.NOTHING_READABLE)
    same = (roadmap.request, roadmap.catalogues) == (
        found.roadmap.request,
        found.roadmap.catalogues,
    )
    if same and not found.changes and not yes:
        return
    asks = not json_output and sys.stdin.isatty() and sys.stdout.isatty()
    if not (yes or (asks and typer.confirm(f"Write this plan to {file}?"))):
        typer.echo(f"Nothing was written to {file}; --yes writes it", err=True)
        return
    _write(file, roadmap, found.roadmap)
    typer.echo(f"New plan written to {file}", err=True)


def _write(file: Path, seen: Roadmap, made: Roadmap) -> None:
    from skillmatch.service.roadmap_files import change

    def swap(current: Roadmap) -> Roadmap:
        if current != seen:
            raise UsageError(
                f"{file} was changed while the plan was made; nothing was written, run it again"
            )
        return made

    change(file, swap)
