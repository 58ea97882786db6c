"""The command ``plan``: which credentials close the gap, in which order, at what cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of, today
from skillmatch.cli.exits import Exit
from skillmatch.cli.plan_options import (
    AccessOption,
    ByOption,
    CatalogueOption,
    CommitOption,
    CurrencyOption,
    DeviceOption,
    FrameworkOption,
    GoalWeightOption,
    HoldOption,
    HoursPerWeekOption,
    LanguageOption,
    MaxCostOption,
    MaxWeeksOption,
    MinConfidenceOption,
    OccupationOption,
    OnlineOnlyOption,
    PlaceOption,
    PostingArgument,
    PreferOption,
    ProveOption,
    RateOption,
    RequirementsOption,
    StartOption,
    WithoutOption,
)
from skillmatch.cli.printing import SUFFIXES, colour, format_of, show, width
from skillmatch.cli.shown import (
    DocumentsOption,
    EvidenceOption,
    HaveOption,
    IssuersOption,
    OnlineOption,
    RecipientOption,
    badge_verifier,
    claims,
)
from skillmatch.errors import UsageError

if TYPE_CHECKING:
    from skillmatch.model.plan import Plan

_SUFFIXES = {**SUFFIXES, ".ics": "ics"}


def plan(
    posting: PostingArgument = None,
    occupation: OccupationOption = None,
    requirements: RequirementsOption = None,
    goal_weight: GoalWeightOption = None,
    catalogue: CatalogueOption = None,
    have: HaveOption = None,
    evidence: EvidenceOption = None,
    hold: HoldOption = None,
    issuers: IssuersOption = None,
    documents: DocumentsOption = None,
    recipient: RecipientOption = None,
    online: OnlineOption = False,
    max_cost: MaxCostOption = None,
    currency: CurrencyOption = "",
    rate: RateOption = None,
    hours_per_week: HoursPerWeekOption = 6.0,
    max_weeks: MaxWeeksOption = None,
    by: ByOption = None,
    start: StartOption = None,
    language: LanguageOption = None,
    online_only: OnlineOnlyOption = False,
    place: PlaceOption = None,
    access: AccessOption = None,
    device: DeviceOption = None,
    without: WithoutOption = None,
    commit: CommitOption = None,
    prefer: PreferOption = "cheapest",
    prove: ProveOption = False,
    alternatives: Annotated[
        bool, typer.Option("--alternatives/--no-alternatives", help="Look for other plans, too.")
    ] = True,
    curve: Annotated[
        bool, typer.Option("--curve/--no-curve", help="Show what less money would close.")
    ] = True,
    min_confidence: MinConfidenceOption = 0.5,
    at: Annotated[
        str | None, typer.Option(help="Day the gap is compared for, YYYY-MM-DD; default today.")
    ] = None,
    format: Annotated[
        str | None, typer.Option(help="text, json, markdown, html, svg or ics.")
    ] = None,
    json_output: Annotated[bool, typer.Option("--json", help="Same as --format json.")] = False,
    output: Annotated[
        Path | None, typer.Option(help="Write the plan here instead of printing it.")
    ] = None,
    ics: Annotated[
        Path | None, typer.Option(help="Also write steps and deadlines as a calendar.")
    ] = None,
    framework: FrameworkOption = None,
    recipe: Annotated[str, typer.Option(help="Index recipe to use.")] = "",
) -> None:
    """Plan which credentials close the gap, in which order, at what cost, and what stays open."""
    from skillmatch.cli.plan_request import filtered, limited, priced, wished
    from skillmatch.cli.planning import Brought, Engine, aims_of, plan_for

    day = day_of(at, "--at") or today()
    chosen = _format("json" if json_output else format or format_of(output, _SUFFIXES))
    aims = aims_of(posting, occupation, requirements, goal_weight, catalogue)
    request = limited(day_of(start, "--from") or day, hours_per_week, by=by, weeks=max_weeks)
    request = priced(request, max_cost, currency, rate)
    request = filtered(
        request, languages=language, places=place, access=access, devices=device, without=without
    )
    request = replace(
        wished(request, commit=commit, held=hold, prefer=prefer),
        online_only=online_only,
        prove=prove,
        min_confidence=min_confidence,
    )
    brought = Brought(
        have=claims(have or ()),
        evidence=evidence or (),
        verifier=badge_verifier(day, documents, issuers, recipient or (), online=online),
    )
    engine = Engine(at=day, frameworks=framework or (), recipe=recipe)
    found = plan_for(aims, brought, request, engine, alternatives=alternatives, curve=curve)
    _show(found, chosen, output, ics)


def _format(name: str) -> str:
    from skillmatch.report.plan import PLAN_FORMATS

    if name not in PLAN_FORMATS:
        raise UsageError(f"no format {name!r}; there are {', '.join(PLAN_FORMATS)}")
    return name


def _show(found: Plan, format: str, output: Path | None, ics: Path | None) -> None:
    from skillmatch.report.plan import render_plan

    show(render_plan(found, format, width=width(), colour=colour(output)), output, what="Plan")
    if ics is not None:
        show(render_plan(found, "ics"), ics, what="Calendar")
    if found.steps or not found.open:
        return
    typer.echo(
        "skillmatch: nothing to plan: no offer that is left closes anything of this gap; “what "
        "stays open” and “what your filters left out” say why",
        err=True,
    )
    raise typer.Exit(Exit.NOTHING_READABLE)
