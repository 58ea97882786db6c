"""Roadmaps begin with a plan, from a posting or from one that was made before."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import UsageError
from skillmatch.model.gap import GapResult
from skillmatch.model.offer import Award, Catalogue, Offer
from skillmatch.model.plan import Plan, PlanRequest
from skillmatch.model.requirement import Requirement
from skillmatch.model.roadmap import (
    CatalogueRef,
    Event,
    EvidenceSources,
    HistoryEntry,
    Roadmap,
    RoadmapGoal,
    RoadmapStep,
    Tracked,
)
from skillmatch.pathway.planning.targets import left_of
from skillmatch.pathway.roadmap.progress import met_by
from skillmatch.pathway.roadmap.steps import steps_of
from skillmatch.report.plain import plural
from skillmatch.service.catalogue_names import CataloguePlaces
from skillmatch.service.catalogues import open_catalogue
from skillmatch.service.planning import PlanGoal, make_plan, what_is_shown
from skillmatch.service.roadmap_files import relative
from skillmatch.service.roadmap_standing import claims_of, compare_goals, digest, lead
from skillmatch.settings import Settings

if TYPE_CHECKING:
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.places import Progress
    from skillmatch.service.verifying import Verifier

_DIGITS = 4
"""Decimals of shares in the file: more say nothing to the person who reads it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a roadmap begins with.

    Attributes:
        digests: sha256 of each goal's file, empty for an occupation; as long as ``goals``.
        evidence: Paths relative to the roadmap's folder.
        catalogues: Names of imported catalogues, and paths relative to the roadmap's folder.
        at: The day.
    """

    goals: tuple[PlanGoal, ...]
    digests: tuple[str, ...]
    request: PlanRequest
    evidence: EvidenceSources
    catalogues: tuple[str, ...]
    at: date
    title: str = ""
    frameworks: tuple[str, ...] = ()


def begin(
    matcher: Matcher,
    beginning: Beginning,
    folder: Path,
    *,
    verifier: Verifier | None = None,
    progress: Progress | None = None,
) -> Roadmap:
    """Return a roadmap with the plan that closes most of the gaps.

    Args:
        matcher: Reads evidence, compares and plans.
        beginning: Goals, budgets and sources.
        folder: Where the roadmap will lie.
        verifier: Checks the badges; by default offline, and knowing no issuer.
        progress: Called while skills of offers are proposed.

    Raises:
        UsageError: There is no goal, or what is asked for contradicts itself.
        NotFoundError, DataError: A source is not there, or cannot be read.
    """
    led = lead(matcher, [one.checklist.frameworks for one in beginning.goals])
    shown, holdings = what_is_shown(
        led,
        have=claims_of(beginning.evidence.have, folder),
        evidence=[folder / one for one in beginning.evidence.files],
        verifier=verifier,
        at=beginning.at,
    )
    catalogue = catalogue_at(led, beginning.catalogues, folder, at=beginning.at, progress=progress)
    plan = make_plan(
        led,
        beginning.goals,
        shown=shown,
        holdings=holdings,
        catalogue=catalogue,
        request=beginning.request,
        at=beginning.at,
        alternatives=False,
        curve=False,
    )
    goals = tuple(map(_goal, beginning.goals, beginning.digests))
    results = compare_goals(led, goals, shown.evidence, at=beginning.at)
    offers = {one.id: one for one in catalogue.offers}
    asked = replace(beginning, request=_in_currency(beginning.request, plan))
    return _begun(asked, goals, results, steps_of(plan, offers), folder)


def begin_with(
    matcher: Matcher,
    plan: Plan,
    beginning: Beginning,
    folder: Path,
    *,
    verifier: Verifier | None = None,
) -> Roadmap:
    """Return a roadmap with a plan that was made before; ``beginning`` names no goal.

    The plan's requirements are those of all of its goals together. What its offers award beside
    them is known only where a catalogue is named, too.
    """
    goals = (_goal_of(plan),)
    led = lead(matcher, [one.frameworks for one in goals])
    shown, _ = what_is_shown(
        led,
        have=claims_of(beginning.evidence.have, folder),
        evidence=[folder / one for one in beginning.evidence.files],
        verifier=verifier,
        at=beginning.at,
    )
    offers: dict[str, Offer] = {}
    if beginning.catalogues:
        catalogue = catalogue_at(led, beginning.catalogues, folder, at=beginning.at)
        offers = {one.id: one for one in catalogue.offers}
    results = compare_goals(led, goals, shown.evidence, at=beginning.at)
    asked = replace(beginning, request=_in_currency(plan.request, plan))
    return _begun(asked, goals, results, steps_of(plan, offers), folder)


def _in_currency(request: PlanRequest, plan: Plan) -> PlanRequest:
    """Return a request whose budget names the currency that the plan counts in.

    Raises:
        UsageError: Nothing does.
    """
    cost = request.max_cost
    # Ids, since names that fit today may fit other offers tomorrow.
    request = replace(request, without=plan.request.without)
    currency = (cost.currency if cost else "") or request.currency or plan.totals.cost.currency
    if cost is None:
        return replace(request, currency=currency)
    if not currency:
        raise UsageError(f"--max-cost {cost.amount:g} names no currency, and no offer does either")
    return replace(request, currency=currency, max_cost=replace(cost, currency=currency))


def _begun(
    beginning: Beginning,
    goals: Sequence[RoadmapGoal],
    results: Sequence[GapResult],
    steps: tuple[RoadmapStep, ...],
    folder: Path,
) -> Roadmap:
    prove = beginning.request.prove
    tracked = tuple(
        _tracked(goal, result, prove=prove) for goal, result in zip(goals, results, strict=True)
    )
    roadmap = Roadmap(
        begun=beginning.at,
        title=beginning.title,
        frameworks=beginning.frameworks,
        request=replace(beginning.request, commit=(), under_way=()),
        goals=tracked,
        catalogues=tuple(reference(one, folder) for one in beginning.catalogues),
        evidence=beginning.evidence,
        steps=steps,
    )
    words = plural(len(steps), "step") + (f" to {roadmap.ends}" if steps else "")
    entry = HistoryEntry(
        on=beginning.at,
        event=Event.BEGUN,
        words=words,
        met=round(met_by(roadmap, results), _DIGITS),
    )
    return replace(roadmap, history=(entry,))


def catalogue_at(
    matcher: Matcher,
    named: Sequence[str],
    folder: Path,
    *,
    at: date,
    progress: Progress | None = None,
) -> Catalogue:
    """Return the catalogues of a roadmap, together.

    Raises:
        UsageError: None is named.
        NotFoundError: One is not there any more.
    """
    if not named:
        raise UsageError(
            "this needs a catalogue of offers; name one with --catalogue, an imported one or a file"
        )
    places = [folder / one if (folder / one).exists() else one for one in named]
    return open_catalogue(matcher, places, at=at, progress=progress)


def catalogue_name(named: str, folder: Path) -> str:
    """Return the name of an imported catalogue as it is, and a path relative to ``folder``.

    Raises:
        NotFoundError: There is neither.
    """
    places = CataloguePlaces.of(Settings.from_environ(os.environ))
    meant = places.meant(named)
    return named if meant.parent == places.folder else relative(meant, folder)


def awards_of(matcher: Matcher, named: Sequence[str]) -> tuple[Award, ...]:
    """Return the skills that names or URIs mean.

    Raises:
        UsageError: No skill has one of the names; all such names are listed.
    """
    found = {one: matcher.resolve(one) for one in named}
    unknown = [one for one, uri in found.items() if uri is None]
    if unknown:
        raise UsageError(
            "no skill is called "
            + ", ".join(f"“{one}”" for one in unknown)
            + "; `skillmatch search` finds names"
        )
    return tuple(
        Award(
            uri=uri,
            label=matcher.frameworks.pref_label(uri),
            framework=matcher.frameworks.framework_of(uri),
        )
        for uri in dict.fromkeys(one for one in found.values() if one is not None)
    )


def reference(named: str, folder: Path) -> CatalogueRef:
    """Return a catalogue with the digest of what it holds now.

    Raises:
        NotFoundError: There is none of that name.
    """
    path = folder / named
    if not path.exists():
        path = CataloguePlaces.of(Settings.from_environ(os.environ)).meant(named)
    return CatalogueRef(name=named, sha256=digest(path))


def _goal(goal: PlanGoal, sha256: str) -> RoadmapGoal:
    asked = goal.checklist
    return RoadmapGoal(
        source=goal.source or asked.source,
        title=goal.title or asked.title,
        weight=goal.weight,
        sha256=sha256,
        frameworks=asked.frameworks,
        # The posting's own words stay in the posting.
        requirements=tuple(
            Tracked(requirement=replace(one, mentions=(), how="")) for one in asked.requirements
        ),
    )


def _goal_of(plan: Plan) -> RoadmapGoal:
    if not plan.goals or not plan.changes:
        raise UsageError(
            "this plan names no goal or no requirement; make one with `skillmatch plan`"
        )
    return RoadmapGoal(
        source=" + ".join(one.source for one in plan.goals),
        title=" + ".join(one.title for one in plan.goals if one.title),
        requirements=tuple(
            Tracked(
                requirement=Requirement(
                    uri=one.uri,
                    label=one.label,
                    framework="",
                    necessity=one.necessity,
                    necessity_why="",
                )
            )
            for one in plan.changes
        ),
    )


def _tracked(goal: RoadmapGoal, result: GapResult, *, prove: bool) -> RoadmapGoal:
    gaps = {one.requirement.uri: one for one in result.gaps}
    return replace(
        goal,
        requirements=tuple(
            replace(
                one,
                state=gaps[one.requirement.uri].state,
                left=round(left_of(gaps[one.requirement.uri], prove=prove), _DIGITS),
            )
            for one in goal.requirements
        ),
    )
