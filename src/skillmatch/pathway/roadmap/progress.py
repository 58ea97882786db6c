"""The gap at the start of a roadmap, now, and when all of its steps are done."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.requirement import Checklist
from skillmatch.model.roadmap import Roadmap, RoadmapGoal, RoadmapStep, StepState, Tracked
from skillmatch.model.roadmap_status import GoalLine, Measure, RequirementProgress
from skillmatch.pathway.planning.closures import as_evidence
from skillmatch.pathway.planning.targets import Target, left_of, merge, shares
from skillmatch.pathway.roadmap.dates import lapses

_STATES = (
    GapState.PROVEN,
    GapState.CLAIMED,
    GapState.BELOW_LEVEL,
    GapState.RELATED,
    GapState.NOT_ACCEPTED,
    GapState.MISSING,
)


def checklist_of(goal: RoadmapGoal) -> Checklist:
    """Return a goal as what a gap is compared with."""
    return Checklist(
        source=goal.source,
        title=goal.title,
        requirements=tuple(one.requirement for one in goal.requirements),
        frameworks=goal.frameworks,
    )


def source_of(step: RoadmapStep) -> str:
    """Return what a step is called as a source of evidence."""
    return f"“{step.name}”"


def claimed(step: RoadmapStep, badge: Sequence[Evidence], *, at: date) -> tuple[Evidence, ...]:
    """Return what a step that is done shows beside its badge: the person's word.

    Args:
        step: Done.
        badge: What its badge shows; a skill that it names is not claimed a second time.
        at: The day; what the step awarded may have lapsed by then.
    """
    named = {one.uri for one in badge}
    assurance, reason = Assurance.CLAIMED, "you say that you have done it; its badge would prove it"
    until = lapses(step)
    if until is not None and until <= at:
        assurance, reason = Assurance.INVALID, f"it lapsed on {until}; renew it"
    return tuple(
        replace(
            as_evidence(award, source_of(step)),
            kind=EvidenceKind.CLAIM,
            assurance=assurance,
            issued=step.ended,
            reason=reason,
        )
        for award in step.awards
        if award.uri not in named
    )


def promised(steps: Iterable[RoadmapStep]) -> tuple[Evidence, ...]:
    """Return what the steps that are still to be done will show."""
    return tuple(
        as_evidence(award, source_of(step)) for step in steps if step.open for award in step.awards
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moments:
    """One requirement of all goals at three moments: parts left in [0, 1], and states."""

    target: Target
    left: tuple[float, float, float]
    states: tuple[GapState, GapState, GapState]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What a comparison at two moments, and the record of a third, say of the requirements."""

    goals: tuple[GoalLine, ...]
    start: Measure
    now: Measure
    end: Measure
    requirements: tuple[RequirementProgress, ...]


def progress_of(roadmap: Roadmap, now: Sequence[GapResult], end: Sequence[GapResult]) -> Progress:
    """Return every requirement once, at the start, now and at the end.

    Args:
        roadmap: Its goals say where the person stood at the start.
        now: One comparison a goal, with what is shown now.
        end: The same with what all steps will show, too.
    """
    parts = shares([goal.weight for goal in roadmap.goals]) if roadmap.goals else ()
    begun = [{one.requirement.uri: one for one in goal.requirements} for goal in roadmap.goals]
    ending = [{one.requirement.uri: one for one in result.gaps} for result in end]
    moments = [
        _moments(target, begun, ending, prove=roadmap.request.prove) for target in merge(now, parts)
    ]
    return Progress(
        goals=tuple(_goal(goal, result) for goal, result in zip(roadmap.goals, now, strict=True)),
        start=_measure(moments, 0),
        now=_measure(moments, 1),
        end=_measure(moments, 2),
        requirements=tuple(_requirement(one, roadmap.steps) for one in moments),
    )


def met_by(roadmap: Roadmap, now: Sequence[GapResult]) -> float:
    """Return the part of what is asked for that is met, in [0, 1]."""
    return progress_of(roadmap, now, now).now.met


def _moments(
    target: Target,
    begun: Sequence[dict[ConceptUri, Tracked]],
    ending: Sequence[dict[ConceptUri, Gap]],
    *,
    prove: bool,
) -> _Moments:
    first = target.members[0]
    uri = first.gap.requirement.uri
    before = [begun[one.goal].get(one.gap.requirement.uri) for one in target.members]
    after = [ending[one.goal][one.gap.requirement.uri] for one in target.members]
    needs = [one.need for one in target.members]
    return _Moments(
        target=target,
        left=(
            _mean(needs, [1.0 if one is None else one.left for one in before]),
            target.before(prove=prove),
            _mean(needs, [left_of(one, prove=prove) for one in after]),
        ),
        states=(
            GapState.MISSING if before[0] is None else before[0].state,
            target.state,
            ending[first.goal][uri].state,
        ),
    )


def _mean(needs: Sequence[float], left: Sequence[float]) -> float:
    total = math.fsum(needs)
    weighed = math.fsum(need * one for need, one in zip(needs, left, strict=True))
    return min(1.0, weighed / total) if total else 0.0


def _measure(moments: Sequence[_Moments], place: int) -> Measure:
    total = math.fsum(one.target.need for one in moments)
    met = math.fsum(one.target.need * (1 - one.left[place]) for one in moments)
    proven = math.fsum(
        one.target.need * (1 - one.left[place])
        for one in moments
        if one.states[place] is GapState.PROVEN
    )
    counts = tuple((state, sum(one.states[place] is state for one in moments)) for state in _STATES)
    if not total:
        return Measure(met=1.0 if moments else 0.0, proven=0.0, states=counts)
    return Measure(met=min(1.0, met / total), proven=min(1.0, proven / total), states=counts)


def _goal(goal: RoadmapGoal, result: GapResult) -> GoalLine:
    targets = merge([result], (1.0,))
    total = math.fsum(one.need for one in targets)
    left = math.fsum(one.need * one.before(prove=False) for one in targets)
    return GoalLine(
        source=goal.source,
        title=goal.title,
        weight=goal.weight,
        requirements=len(goal.requirements),
        met=1 - left / total if total else 1.0,
    )


def _requirement(moments: _Moments, steps: Iterable[RoadmapStep]) -> RequirementProgress:
    target = moments.target
    uris = {one.gap.requirement.uri for one in target.members}
    start, now, end = (1 - one for one in moments.left)
    return RequirementProgress(
        uri=target.uri,
        label=target.label,
        necessity=target.necessity,
        start=moments.states[0],
        now=moments.states[1],
        end=moments.states[2],
        met_start=start,
        met_now=now,
        met_end=end,
        priority=target.need * moments.left[1],
        reason=target.members[0].gap.reason,
        steps=tuple(
            one.id
            for one in steps
            if one.state is not StepState.DROPPED and any(it.uri in uris for it in one.closes)
        ),
    )
