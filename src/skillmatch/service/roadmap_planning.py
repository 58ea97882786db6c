"""A roadmap is planned anew, or takes in a step that no plan had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatch.errors import UsageError
from skillmatch.model.offer import Award, Catalogue, Offer
from skillmatch.model.plan import Plan, PlanRequest
from skillmatch.model.roadmap import Closes, Roadmap
from skillmatch.pathway.planning.closures import as_evidence
from skillmatch.pathway.planning.targets import left_of
from skillmatch.pathway.roadmap.progress import checklist_of, met_by
from skillmatch.pathway.roadmap.replan import (
    Conflict,
    Replanned,
    cannot_keep,
    conflicts_before,
    offers_of_steps,
    replanned,
    request_left,
)
from skillmatch.service.planning import PlanGoal, make_plan
from skillmatch.service.roadmap_standing import Standing, compare_goals, lead, standing
from skillmatch.service.roadmaps import catalogue_at, reference
from skillmatch.service.shown import Shown

if TYPE_CHECKING:
    from skillmatch.service.matcher import Matcher
    from skillmatch.service.places import Progress
    from skillmatch.service.verifying import Verifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Anew:
    """How to plan anew.

    Attributes:
        request: Budgets and filters that hold from now on.
        at: First day of the new plan.
        catalogues: In the place of those that the roadmap names; none keeps them.
        again: Ids of dropped steps that may be planned again.
        words: Which budgets were changed, for the history.
    """

    request: PlanRequest
    at: date
    catalogues: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    words: str = ""


def replan(
    matcher: Matcher,
    roadmap: Roadmap,
    folder: Path,
    anew: Anew,
    *,
    verifier: Verifier | None = None,
    progress: Progress | None = None,
) -> Replanned:
    """Return a new plan for what is left, beside the old one; nothing is written.

    Steps that are done stay done and their money stays spent; steps that were begun are finished;
    commitments are kept, or the answer is the conflict.

    Args:
        matcher: Compares and plans.
        roadmap: As it is.
        folder: Where it lies.
        anew: From when on, and within which budgets.
        verifier: Checks badges; by default offline, and knowing no issuer.
        progress: Called while skills of offers are proposed.

    Raises:
        UsageError: No catalogue is named, or what is asked for contradicts itself.
        NotFoundError: A catalogue is gone.
    """
    led = lead(matcher, [one.frameworks for one in roadmap.goals])
    current = replace(roadmap, request=anew.request)
    if anew.catalogues:
        named = tuple(reference(one, folder) for one in anew.catalogues)
        current = replace(current, catalogues=named)
    names = [one.name for one in current.catalogues]
    catalogue = with_own(current, catalogue_at(led, names, folder, at=anew.at, progress=progress))
    offers = {one.id: one for one in catalogue.offers}
    request = request_left(current, anew.at, offered=offers, again=anew.again)
    conflicts = conflicts_before(current, request, offers)
    if conflicts:
        return Replanned(roadmap=roadmap, conflicts=conflicts)
    stands = standing(led, current, folder, at=anew.at, verifier=verifier)
    plan = _plan(led, current, stands, catalogue, request)
    if not isinstance(plan, Plan):
        return Replanned(roadmap=roadmap, conflicts=plan)
    found = replanned(current, plan, offers, at=anew.at, words=anew.words)
    if found.conflicts:
        return replace(found, roadmap=roadmap)
    now = compare_goals(led, current.goals, stands.evidence, at=anew.at)
    return replace(found, roadmap=_measured(found.roadmap, met_by(current, now)))


def _plan(
    matcher: Matcher,
    roadmap: Roadmap,
    stands: Standing,
    catalogue: Catalogue,
    request: PlanRequest,
) -> Plan | tuple[Conflict, ...]:
    """Return the plan, or why no plan keeps the commitments."""
    goals = [PlanGoal(checklist=checklist_of(one), weight=one.weight) for one in roadmap.goals]
    try:
        return make_plan(
            matcher,
            goals,
            shown=Shown(evidence=stands.evidence),
            holdings=stands.holdings,
            catalogue=catalogue,
            request=request,
            at=request.start,
            alternatives=False,
            curve=False,
        )
    except UsageError as error:
        conflicts = cannot_keep(roadmap, str(error))
        if not conflicts:
            raise
        return conflicts


def with_own(roadmap: Roadmap, catalogue: Catalogue) -> Catalogue:
    """Return a catalogue with the steps that only the roadmap knows."""
    known = {one.id: one for one in catalogue.offers}
    own = offers_of_steps(roadmap, known)
    return replace(
        catalogue, offers=tuple(sorted((*catalogue.offers, *own), key=lambda one: one.id))
    )


def _measured(roadmap: Roadmap, met: float) -> Roadmap:
    last = replace(roadmap.history[-1], met=round(met, 4))
    return replace(roadmap, history=(*roadmap.history[:-1], last))


def find_offer(offers: Sequence[Offer], asked: str) -> Offer:
    """Return the offer of an id or a name.

    Raises:
        UsageError: There is none, or several have the name.
    """
    same = [one for one in offers if one.id == asked]
    same = same or [one for one in offers if asked in {one.name, *one.same_as}]
    if len(same) == 1:
        return same[0]
    what = "several offers are called" if same else "no offer at hand has the id or name"
    ids = f" ({', '.join(one.id for one in same[:5])})" if same else ""
    raise UsageError(f"{what} {asked!r}{ids}; `skillmatch catalogue list` shows the ids")


def closes_of(
    matcher: Matcher,
    roadmap: Roadmap,
    awards: Sequence[Award],
    folder: Path,
    *,
    at: date,
) -> tuple[Closes, ...]:
    """Return the requirements that awards close, whole or in part, as the gap counts it."""
    led = lead(matcher, [one.frameworks for one in roadmap.goals])
    shown = standing(led, roadmap, folder, at=at, verifier=None).evidence
    more = (*shown, *(as_evidence(one, "") for one in awards))
    found: dict[str, Closes] = {}
    before = compare_goals(led, roadmap.goals, shown, at=at)
    after = compare_goals(led, roadmap.goals, more, at=at)
    prove = roadmap.request.prove
    for old, new in zip(before, after, strict=True):
        left: Mapping[str, float] = {
            one.requirement.uri: left_of(one, prove=prove) for one in old.gaps
        }
        for gap in new.gaps:
            now = left_of(gap, prove=prove)
            if now < left[gap.requirement.uri]:
                asked = gap.requirement
                found.setdefault(asked.uri, Closes(uri=asked.uri, label=asked.label, left=now))
    return tuple(found.values())
