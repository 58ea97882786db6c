"""The command ``roadmap add``: a step of a catalogue or of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of
from skillmatch.cli.progress import shown_progress
from skillmatch.cli.roadmap.arguments import (
    DEFAULT_FILE,
    AtOption,
    FileOption,
    RecipeOption,
    day_or_today,
    open_matcher,
    price_of,
)
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.roadmap import Roadmap, RoadmapStep
    from skillmatch.pathway.roadmap.steps import OwnStep


def add(
    offer: Annotated[
        str | None, typer.Argument(help="Id or name of an offer, or of a planned step.")
    ] = None,
    own: Annotated[str, typer.Option(help="Name of a step of your own instead.")] = "",
    hours: Annotated[
        float | None, typer.Option(help="Work in all, for a step of your own.")
    ] = None,
    starts: Annotated[str | None, typer.Option(help="First day, YYYY-MM-DD.")] = None,
    ends: Annotated[str | None, typer.Option(help="Last day, YYYY-MM-DD.")] = None,
    cost: Annotated[str | None, typer.Option(help="What it costs, as in 120 or '120 EUR'.")] = None,
    skill: Annotated[
        list[str] | None,
        typer.Option(help="A skill that a step of your own gives you; may be repeated."),
    ] = None,
    provider: Annotated[str, typer.Option(help="Who offers a step of your own.")] = "",
    url: Annotated[str, typer.Option(help="Web address of a step of your own.")] = "",
    file: FileOption = DEFAULT_FILE,
    at: AtOption = None,
    recipe: RecipeOption = "",
) -> None:
    """Take a step in and commit to it: every new plan keeps it."""
    from skillmatch.pathway.roadmap.changes import add_step
    from skillmatch.pathway.roadmap.steps import OwnStep
    from skillmatch.readers.roadmaps import read_roadmap
    from skillmatch.service.roadmap_files import change

    if bool(offer) == bool(own):
        raise UsageError('name an offer of the catalogue, or --own "a name": one of the two')
    today = day_or_today(at, "--at")
    days = (day_of(starts, "--starts"), day_of(ends, "--ends"))
    roadmap = read_roadmap(file)
    if own:
        wanted = OwnStep(
            name=own,
            hours=hours,
            starts=days[0],
            ends=days[1],
            cost=price_of(cost, "--cost", roadmap),
            provider=provider,
            url=url,
        )
        step = _own(roadmap, wanted, skill or [], today, file=file, recipe=recipe)
    else:
        step = _planned(roadmap, offer or "") or _offered(
            roadmap, offer or "", days, today, file=file, recipe=recipe
        )
    _, after = change(file, lambda current: add_step(current, step, at=today))
    _tell(step, after)


def _tell(step: RoadmapStep, after: Roadmap) -> None:
    from skillmatch.pathway.roadmap.money import over_budget

    typer.echo(f"“{step.name}”: committed, {step.starts} to {step.ends}")
    if step.closes:
        typer.echo("It closes " + ", ".join(one.label for one in step.closes))
    if words := over_budget(after):
        typer.echo(f"Note: {words}", err=True)


def _planned(roadmap: Roadmap, asked: str) -> RoadmapStep | None:
    """Return the planned step that is meant: adding it means committing to it."""
    same = [one for one in roadmap.steps if asked in {one.id, one.name} and one.open]
    return same[0] if same else None


def _own(
    roadmap: Roadmap, own: OwnStep, skills: list[str], today: date, *, file: Path, recipe: str
) -> RoadmapStep:
    from skillmatch.pathway.roadmap.steps import own_step
    from skillmatch.service.roadmap_planning import closes_of
    from skillmatch.service.roadmaps import awards_of

    if not skills:
        return own_step(roadmap, own, today)
    with open_matcher(roadmap, recipe) as matcher:
        awards = awards_of(matcher, skills)
        closes = closes_of(matcher, roadmap, awards, file.parent, at=today)
    return replace(own_step(roadmap, replace(own, awards=awards), today), closes=closes)


def _offered(
    roadmap: Roadmap,
    asked: str,
    days: tuple[date | None, date | None],
    today: date,
    *,
    file: Path,
    recipe: str,
) -> RoadmapStep:
    from skillmatch.pathway.roadmap.steps import offer_step
    from skillmatch.service.roadmap_planning import closes_of, find_offer
    from skillmatch.service.roadmap_standing import lead
    from skillmatch.service.roadmaps import catalogue_at

    names = [one.name for one in roadmap.catalogues]
    with open_matcher(roadmap, recipe) as opened, shown_progress() as progress:
        matcher = lead(opened, [one.frameworks for one in roadmap.goals])
        offers = catalogue_at(matcher, names, file.parent, at=today, progress=progress).offers
        found = find_offer(offers, asked)
        step = offer_step(roadmap, found, starts=days[0], ends=days[1], at=today)
        return replace(step, closes=closes_of(matcher, roadmap, step.awards, file.parent, at=today))
