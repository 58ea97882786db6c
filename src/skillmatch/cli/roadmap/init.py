"""The command ``roadmap init``: a plan becomes a file that one can follow."""

from __future__ import annotations

from dataclasses import replace
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
    verifier_of,
)
from skillmatch.cli.shown import (
    DocumentsOption,
    EvidenceOption,
    HaveOption,
    IssuersOption,
    OnlineOption,
    RecipientOption,
)

if TYPE_CHECKING:
    from skillmatch.cli.roadmap.beginning import Aims, Heading
    from skillmatch.model.plan import PlanRequest
    from skillmatch.model.roadmap import EvidenceSources, Roadmap
    from skillmatch.service.verifying import Verifier


def init(
    posting: Annotated[
        list[str] | None, typer.Argument(help="Postings to plan for, one or several; - for stdin.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(help="Follow this plan, as `plan --json` wrote it.")
    ] = None,
    file: FileOption = DEFAULT_FILE,
    title: Annotated[str, typer.Option(help="A name for the roadmap.")] = "",
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
    min_confidence: Annotated[
        float, typer.Option(help="Count skills proposed from an offer's words from here on.")
    ] = 0.5,
    at: AtOption = None,
    framework: Annotated[
        list[str] | None, typer.Option(help="Use this framework only; may be repeated.")
    ] = None,
    recipe: RecipeOption = "",
) -> None:
    """Make a plan and keep it in one file, with everything that is needed to follow it."""
    from skillmatch.cli.plan_request import filtered, limited, priced, wished
    from skillmatch.cli.roadmap.beginning import Aims, Heading, sources_of

    day = day_or_today(at, "--at")
    aims = Aims.of(posting, occupation, requirements, goal_weight, catalogue, plan=plan)
    first = day_of(start, "--from") or day
    request = limited(first, hours_per_week, by=by, weeks=max_weeks)
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
    sources = sources_of(file.parent, have, evidence, issuers, documents, recipient)
    checks = verifier_of(
        sources,
        file.parent,
        day,
        issuers=issuers,
        documents=documents,
        recipient=recipient,
        online=online,
    )
    heading = Heading(at=day, title=title, frameworks=tuple(framework or ()))
    _tell(_begin(aims, request, sources, heading, checks, file=file, recipe=recipe), file)


def _begin(
    aims: Aims,
    request: PlanRequest,
    sources: EvidenceSources,
    heading: Heading,
    checks: Verifier,
    *,
    file: Path,
    recipe: str,
) -> Roadmap:
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.roadmap_files import create, refuse_existing

    refuse_existing(file)
    with (
        Matcher.open(heading.frameworks, recipe=recipe) as matcher,
        shown_progress() as progress,
    ):
        return create(
            file,
            lambda: aims.begin(
                matcher,
                request,
                sources,
                heading,
                folder=file.parent,
                verifier=checks,
                progress=progress,
            ),
        )


def _tell(roadmap: Roadmap, file: Path) -> None:
    typer.echo(f"Roadmap written to {file}: {roadmap.history[0].words}", err=True)
    if not roadmap.steps:
        typer.echo(
            "No offer closes anything within what you set; `skillmatch plan` says why, and "
            "`skillmatch roadmap add --own` takes in a step of your own.",
            err=True,
        )
    typer.echo("See where you are with: skillmatch roadmap status", err=True)
