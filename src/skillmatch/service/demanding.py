"""What a market asks for beside what a provider offers: the use case behind ``demand``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from skillmatch.errors import UsageError
from skillmatch.gap.coverage import Coverer
from skillmatch.model.demand import Demand, StackSuggestion
from skillmatch.model.offer import Catalogue, Offer
from skillmatch.model.plan import Plan, PlanRequest, Preference
from skillmatch.model.requirement import Checklist, Necessity
from skillmatch.pathway.demand import gather, market, offer_demand, skill_demand, unasked_outcomes
from skillmatch.pathway.stacks import reachable, stack_of
from skillmatch.service.many_postings import ManyPostings, read_many
from skillmatch.service.matcher import Matcher
from skillmatch.service.planning import MAX_HOURS, PlanGoal, make_plan
from skillmatch.service.shown import Shown

Progress: TypeAlias = Callable[[str, int, int], None]
STACKS = (Preference.FEWEST, Preference.CHEAPEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRequest:
    """What is asked.

    Attributes:
        postings: Files, folders and ``.jsonl`` files.
        occupations: URIs or codes that stacks are suggested for.
        at: Offers that can no longer be taken on this day are left out.
        min_confidence: Proposed skills of offers below it are not counted.
    """

    postings: tuple[Path, ...]
    occupations: tuple[str, ...] = ()
    at: date
    min_confidence: float = 0.5


def find_demand(
    matcher: Matcher, catalogue: Catalogue, request: DemandRequest, *, progress: Progress
) -> Demand:
    """Return what postings ask for, what the catalogue does for it, and suggested stacks.

    Raises:
        UsageError: Neither a posting nor an occupation is named.
        NotFoundError: A source or occupation does not exist.
        DataError: There are too many postings.
    """
    if not (request.postings or request.occupations):
        raise UsageError("name postings (files, folders, .jsonl), or --occupation for stacks")
    wanted = [matcher.occupation(one) for one in request.occupations]
    read = read_many(
        request.postings,
        matcher.requirements,
        progress=lambda done, total: progress("reading postings", done, total),
    )
    current = [one for one in catalogue.offers if _current(one, request.at)]
    demand = _demand(matcher, current, read, request, progress)
    stacks = [
        stack
        for checklist in wanted
        for stack in suggest_stacks(matcher, checklist, catalogue, request)
    ]
    gone = len(catalogue.offers) - len(current)
    notes = (*catalogue.notes, *read.notes, *_gone(gone, request.at), *matcher.frameworks.notes)
    return replace(
        demand,
        catalogue=catalogue.name,
        stacks=tuple(stacks),
        unread=read.unread,
        notes=notes,
        attribution=matcher.frameworks.attribution,
    )


def suggest_stacks(
    matcher: Matcher, occupation: Checklist, catalogue: Catalogue, request: DemandRequest
) -> tuple[StackSuggestion, ...]:
    """Return the sets of offers that cover what an occupation needs, for somebody with nothing.

    The first is that of the fewest offers, the second the cheapest where that is another one.
    """
    essential = replace(
        occupation,
        requirements=tuple(
            one for one in occupation.requirements if one.necessity is Necessity.MUST
        ),
    )
    if not essential.requirements:
        return ()
    led = matcher.led_by(occupation.frameworks)
    open_to_all = replace(catalogue, offers=reachable(catalogue.offers, led.frameworks))
    found: list[StackSuggestion] = []
    for prefer in STACKS:
        plan = _plan_for_nobody(led, essential, open_to_all, request, prefer)
        stack = stack_of(plan, prefer)
        if all(_offers(stack) != _offers(other) for other in found):
            found.append(stack)
    return tuple(found)


def _plan_for_nobody(
    matcher: Matcher,
    checklist: Checklist,
    catalogue: Catalogue,
    request: DemandRequest,
    prefer: Preference,
) -> Plan:
    """Return the plan of somebody with nothing to show and all the hours of a week."""
    goal = PlanGoal(checklist=checklist, source=checklist.source, title=checklist.title, weight=1.0)
    wishes = PlanRequest(
        start=request.at,
        hours_per_week=MAX_HOURS,
        prefer=prefer,
        min_confidence=request.min_confidence,
    )
    return make_plan(
        matcher,
        [goal],
        shown=Shown(),
        holdings=(),
        catalogue=catalogue,
        request=wishes,
        at=request.at,
        alternatives=False,
        curve=False,
    )


def _demand(
    matcher: Matcher,
    offers: Sequence[Offer],
    read: ManyPostings,
    request: DemandRequest,
    progress: Progress,
) -> Demand:
    asked = gather([matcher.with_twins(one) for one in read.checklists])
    found = market(
        asked,
        offers,
        Coverer(matcher.frameworks, matcher.frameworks),
        min_confidence=request.min_confidence,
        progress=lambda done, total: progress("comparing with offers", done, total),
    )
    count = len(read.checklists)
    skills = skill_demand(found, postings=count)
    return Demand(
        at=request.at.isoformat(),
        catalogue="",
        postings=count,
        skills=skills,
        offers=offer_demand(found, skills, postings=count) if count else (),
        unasked=unasked_outcomes(found) if count else (),
    )


def _current(offer: Offer, at: date) -> bool:
    """Tell whether an offer can still be taken."""
    ended = offer.available_until is not None and offer.available_until < at
    return not ended and not (offer.starts and max(offer.starts) < at and not offer.self_paced)


def _gone(count: int, at: date) -> tuple[str, ...]:
    if not count:
        return ()
    what = "1 offer" if count == 1 else f"{count} offers"
    verb = "counts" if count == 1 else "count"
    return (f"{what} can no longer be taken on {at} and {verb} for nothing here",)


def _offers(stack: StackSuggestion) -> frozenset[str]:
    return frozenset(one.offer for one in stack.offers)
