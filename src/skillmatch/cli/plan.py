"""The command ``plan``: which credentials close the gap, in which order, at what cost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of, today
from skillmatch.cli.exits import Exit
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
    posting: Annotated[
        list[str] | None, typer.Argument(help="Postings to plan for, one or several; - for stdin.")
    ] = None,
    occupation: Annotated[
        list[str] | None, typer.Option(help="Plan for an occupation: URI or code; repeatable.")
    ] = None,
    requirements: Annotated[
        list[Path] | None, typer.Option(help="Plan for an edited checklist; repeatable.")
    ] = None,
    goal_weight: Annotated[
        list[float] | None,
        typer.Option(help="How much each goal counts, in their order; default 1 each."),
    ] = None,
    catalogue: Annotated[
        list[str] | None,
        typer.Option(help="Imported name, file, folder or zip; repeatable; default all imported."),
    ] = None,
    have: HaveOption = None,
    evidence: EvidenceOption = None,
    hold: Annotated[
        list[str] | None,
        typer.Option(help="Id or name of a credential on offer that you hold; repeatable."),
    ] = None,
    issuers: IssuersOption = None,
    documents: DocumentsOption = None,
    recipient: RecipientOption = None,
    online: OnlineOption = False,
    max_cost: Annotated[
        str | None, typer.Option(help="All steps together cost at most this: 500 or '500 EUR'.")
    ] = None,
    currency: Annotated[str, typer.Option(help="Currency of the plan, as in EUR.")] = "",
    rate: Annotated[
        list[str] | None,
        typer.Option(help="Worth of another currency in the plan's: USD=0.92; repeatable."),
    ] = None,
    hours_per_week: Annotated[float, typer.Option(help="Hours that you have free a week.")] = 6.0,
    max_weeks: Annotated[
        float | None, typer.Option(help="End within so many weeks of the first day.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="End by this day, YYYY-MM-DD.")] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="First day of the plan; default that of --at.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="Only offers in this language, as in en; repeatable.")
    ] = None,
    online_only: Annotated[
        bool, typer.Option("--online-only", help="Only offers that can be taken online.")
    ] = False,
    place: Annotated[
        list[str] | None, typer.Option(help="Attend only here; online offers stay; repeatable.")
    ] = None,
    access: Annotated[
        list[str] | None, typer.Option(help="Only offers that name this, as in captions.")
    ] = None,
    device: Annotated[
        list[str] | None, typer.Option(help="Only offers that need no other device; repeatable.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Leave this offer out, by id or name; repeatable.")
    ] = None,
    commit: Annotated[
        list[str] | None, typer.Option(help="Take this offer in any case; repeatable.")
    ] = None,
    prefer: Annotated[
        str, typer.Option(help="Among equals: cheapest, fastest or fewest.")
    ] = "cheapest",
    prove: Annotated[
        bool, typer.Option("--prove", help="Also plan to prove what is only claimed.")
    ] = False,
    alternatives: Annotated[
        bool, typer.Option("--alternatives/--no-alternatives", help="Look for other plans, too.")
    ] = True,
    curve: Annotated[
        bool, typer.Option("--curve/--no-curve", help="Show what less money would close.")
    ] = True,
    min_confidence: Annotated[
        float, typer.Option(help="Count skills proposed from an offer's words from here on.")
    ] = 0.5,
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
    framework: Annotated[
        list[str] | None, typer.Option(help="Use this framework only; may be repeated.")
    ] = None,
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
