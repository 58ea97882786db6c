"""Which credentials close the gaps of one or several goals: the use case behind ``plan``.

from datetime import date
from skillmatch import Matcher
from skillmatch.service.planning import PlanGoal, make_plan, what_is_shown
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skillmatch.errors import UsageError
from skillmatch.gap import compare
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Evidence
from skillmatch.model.gap import GapResult
from skillmatch.model.offer import Catalogue, Condition, NeedKind, Offer
from skillmatch.model.plan import Goal, Plan, PlanRequest, PlanStep
from skillmatch.model.requirement import Checklist
from skillmatch.pathway.planning.case import Case, Question, Relations, case, filter_effects
from skillmatch.pathway.planning.changes import changes
from skillmatch.pathway.planning.holdings import Holding
from skillmatch.pathway.planning.leaving_open import LeavingOpen
from skillmatch.pathway.planning.mentioned import names_of
from skillmatch.pathway.planning.naming import unknown_held, with_ids
from skillmatch.pathway.planning.notes import gate_notes, notes_of
from skillmatch.pathway.planning.planner import Planner
from skillmatch.pathway.planning.posing import bounds_of
from skillmatch.pathway.planning.remarks import remarks_of
from skillmatch.pathway.planning.steps import Draft, steps_of
from skillmatch.pathway.planning.targets import Target, merge, shares
from skillmatch.pathway.planning.totals import last_day, optimality_of, totals_of
from skillmatch.pathway.solver.problem import MILLIONTH
from skillmatch.service.matcher import Matcher
from skillmatch.service.plan_evidence import what_is_shown
from skillmatch.service.plan_relations import relations
from skillmatch.service.shown import Shown

__all__ = ["Holding", "PlanGoal", "make_plan", "what_is_shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanGoal:
    """What a plan works towards.

    Attributes:
        checklist: Of a posting, an occupation or a requirements file.
        source: As it was named; that of the checklist by default.
        weight: How much it counts beside other goals, at least 0.
    """

    checklist: Checklist
    source: str = ""
    title: str = ""
    weight: float = 1.0


def make_plan(  # noqa: PLR0913 - each part is named where it is called
    matcher: Matcher,
    goals: Sequence[PlanGoal],
    *,
    shown: Shown,
    holdings: Sequence[Holding],
    catalogue: Catalogue,
    request: PlanRequest,
    at: date,
    alternatives: bool = True,
    curve: bool = True,
) -> Plan:
    """Return the plan that closes most of the gaps within what the person set.

    The same input gives the same plan, in whatever order evidence and offers come.

    Args:
        matcher: Whose frameworks relate the skills.
        goals: At least one.
        shown: What the person can show, as ``what_is_shown`` reads it.
        holdings: The credentials that they have, from the same.
        catalogue: Aligned offers.
        request: Budgets, filters and wishes.
        at: Day that the gaps are compared for.
        alternatives: Whether to look for really different plans, too.
        curve: Whether to find the most that can be closed for less money, too.

    Raises:
        UsageError: There is no goal, an offer is named that is not there, or what is asked for
            contradicts itself.
    """
    _check(goals, request)
    compared = _Compared(matcher, tuple(goals), at)
    results = compared.again(shown.evidence)
    every = merge(results, shares([one.weight for one in goals]))
    asked = with_ids(request, catalogue.offers)
    question = Question(
        request=asked,
        offers=catalogue.offers,
        targets=[one for one in every if _is_open(one, asked)],
        evidence=_counted(shown.evidence, at),
        holdings=holdings,
        relations=_relations(matcher, every, catalogue.offers, shown.evidence),
    )
    planner = Planner.of(case(question))
    draft = planner.best()
    plan = _plan(compared, planner, draft, every, shown)
    plan = replace(
        plan,
        catalogue=catalogue.name,
        alternatives=planner.alternatives(draft) if alternatives else (),
        curve=planner.curve(draft) if curve else (),
        notes=(*plan.notes, *_of(catalogue), *_notes(results, shown, matcher, planner.case)),
        attribution=matcher.frameworks.attribution,
    )
    return replace(plan, names=names_of(plan, catalogue.offers))


@dataclass(frozen=True, slots=True)
class _Compared:
    """The goals, to be compared before and after a plan."""

    matcher: Matcher
    goals: tuple[PlanGoal, ...]
    at: date

    def again(self, evidence: Sequence[Evidence]) -> tuple[GapResult, ...]:
        frameworks = self.matcher.frameworks
        return tuple(
            compare(
                self.matcher.with_twins(one.checklist),
                evidence,
                hierarchy=frameworks,
                nearness=frameworks,
                at=self.at,
            )
            for one in self.goals
        )

    def named(self) -> tuple[Goal, ...]:
        return tuple(
            Goal(
                source=one.source or one.checklist.source,
                title=one.title or one.checklist.title,
                weight=one.weight,
                requirements=len(one.checklist.requirements),
            )
            for one in self.goals
        )


def _plan(
    compared: _Compared,
    planner: Planner,
    draft: Draft,
    every: Sequence[Target],
    shown: Shown,
) -> Plan:
    found = planner.case
    steps = steps_of(draft)
    changed = changes(
        every,
        found,
        [one.offer for one in steps if _holds(one, found.request)],
        lambda earned: compared.again((*shown.evidence, *earned)),
    )
    leaving = LeavingOpen(draft=draft, bounds=bounds_of(found), solve=planner.solve)
    return Plan(
        at=compared.at.isoformat(),
        goals=compared.named(),
        request=found.request,
        catalogue="",
        considered=len(found.offers),
        steps=steps,
        open=leaving.gaps({one.uri: one.after for one in changed}),
        totals=totals_of(draft, steps),
        optimality=optimality_of(draft),
        ends=last_day(steps),
        filters=filter_effects(found),
        changes=changed,
        remarks=remarks_of(found),
        notes=notes_of(found, taken=[one.offer for one in steps], ends=last_day(steps)),
    )


def _holds(step: PlanStep, request: PlanRequest) -> bool:
    """Tell whether what a step awards can still be shown on the last day of the plan."""
    until = step.valid_until
    return request.by is None or until is None or until >= request.by


def _check(goals: Sequence[PlanGoal], request: PlanRequest) -> None:
    if not goals:
        raise UsageError("a plan needs a goal: a posting, an occupation or requirements")
    if not MIN_HOURS <= request.hours_per_week <= MAX_HOURS:
        raise UsageError(
            f"--hours-per-week {request.hours_per_week:g}: say how many hours you have free, from "
            f"{MIN_HOURS} to {MAX_HOURS}"
        )
    if request.by is not None and request.by < request.start:
        raise UsageError(
            f"--by {request.by} is before the first day of the plan, {request.start}; give a later "
            "day, or an earlier --from"
        )
    if not 0 <= request.min_confidence <= 1:
        raise UsageError(f"--min-confidence {request.min_confidence} is no probability from 0 to 1")


def _is_open(target: Target, request: PlanRequest) -> bool:
    return round(target.need * target.before(prove=request.prove) * MILLIONTH) > 0


def _counted(evidence: Sequence[Evidence], at: date) -> tuple[Evidence, ...]:
    return tuple(one for one in evidence if one.issued is None or one.issued <= at)


def _relations(
    matcher: Matcher,
    every: Sequence[Target],
    offers: Sequence[Offer],
    evidence: Sequence[Evidence],
) -> Relations:
    awarded = {award.uri for offer in offers for award in offer.awards}
    held = {one.uri for one in evidence}
    asked = {
        uri
        for target in every
        for member in target.members
        for uri in (member.gap.requirement.uri, *member.gap.requirement.alternatives)
    }
    needed = {need for offer in offers for need in _skills(offer.requires)}
    return relations(matcher.frameworks, awarded | held, asked | needed)


def _skills(condition: Condition) -> Iterator[ConceptUri]:
    for need in condition.needs:
        if need.kind is NeedKind.SKILL and need.ref:
            yield ConceptUri(need.ref)
    for one in condition.conditions:
        yield from _skills(one)


def _notes(
    results: Sequence[GapResult], shown: Shown, matcher: Matcher, found: Case
) -> tuple[str, ...]:
    """Return what the goals, the evidence and the frameworks give rise to, each note once."""
    gates = [gate for one in results for gate in one.checklist.gates]
    said = {words for one in found.offers.values() for words in _texts(one.requires)}
    notes = [
        *gate_notes(gates, found),
        *unknown_held(found.request, tuple(found.offers.values()), frozenset(said)),
        *(f"No skill was found for “{one}”." for one in shown.unread),
        *(note for one in results for note in (*one.notes, *one.checklist.notes)),
        *shown.notes,
        *matcher.frameworks.notes,
    ]
    return tuple(dict.fromkeys(notes))


def _of(catalogue: Catalogue) -> tuple[str, ...]:
    """Return what a reader should know of the catalogue."""
    unread = len(catalogue.unread)
    if not unread:
        return catalogue.notes
    what = "One part of the catalogue" if unread == 1 else f"{unread} parts of the catalogue"
    return (*catalogue.notes, f"{what} could not be read; `skillmatch catalogue check` says why.")


def _texts(condition: Condition) -> Iterator[str]:
    yield from (word for need in condition.needs for word in (need.text, need.ref))
    for one in condition.conditions:
        yield from _texts(one)


MIN_HOURS, MAX_HOURS = 0.25, 168
"""Hours a week: a quarter of one, and all that there are."""
