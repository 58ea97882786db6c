"""The command ``roadmap init``: a plan becomes a file that one can follow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillmatch.cli.asked import day_of
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
    posting: PostingArgument = None,
    plan: Annotated[
        Path | None, typer.Option(help="Follow this plan, as `plan --json` wrote it.")
    ] = None,
    file: FileOption = DEFAULT_FILE,
    title: Annotated[str, typer.Option(help="A name for the roadmap.")] = "",
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
    min_confidence: MinConfidenceOption = 0.5,
    at: AtOption = None,
    framework: FrameworkOption = None,
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
