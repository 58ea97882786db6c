"""Requirements minus evidence, as one pure function."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from skillmatch.errors import UsageError
from skillmatch.gap.assurance import best_assurance
from skillmatch.gap.coverage import NOTHING, Coverer, coverage_key
from skillmatch.gap.pieces import Piece, SortKey, evidence_key, level_rank, pieces_for
from skillmatch.gap.ports import Hierarchy, Nearness
from skillmatch.gap.priority import heaviest_weight, need_factors, priority, shortfall_factor
from skillmatch.gap.reasons import explain, explain_shortfall
from skillmatch.giving_up import go_on
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.gap import Gap, GapResult, GapState
from skillmatch.model.link import Mention
from skillmatch.model.requirement import Checklist, Dropped, Gate, Necessity, Requirement

SCHEMA_VERSION = "gap-1"
_NECESSITY_ORDER = tuple(Necessity)


def compare(
    checklist: Checklist,
    evidence: Sequence[Evidence],
    *,
    hierarchy: Hierarchy,
    nearness: Nearness,
    at: date,
) -> GapResult:
    """Set each requirement beside the best that a person can show for it.

    More evidence never widens a gap, on no axis; neither the order of the evidence nor that of
    the requirements changes the result, whose checklist is in text order.

    Args:
        checklist: What is asked for.
        evidence: What can be shown. Pieces issued after ``at`` are not counted; they are among
            ``unused``, with the reason.
        hierarchy: Skills and their broader skills.
        nearness: Closeness in meaning, for concepts that the hierarchy does not relate.
        at: The day that the comparison holds for.

    Raises:
        UsageError: A weight is negative or not a number.
        BusyError: Nobody waits for it any more (``giving_up``).
    """
    checklist = in_text_order(checklist)
    requirements = checklist.requirements
    _check_weights(requirements)
    counted = [one for one in set(evidence) if one.issued is None or one.issued <= at]
    coverer = Coverer(hierarchy, nearness)
    heaviest = heaviest_weight(requirements)
    gaps = []
    for requirement in requirements:
        go_on()
        gaps.append(_gap(requirement, pieces_for(requirement, counted, coverer), heaviest))
    future = tuple(_not_yet(one, at) for one in set(evidence).difference(counted))
    used = {one for gap in gaps for one in gap.evidence}
    unused = (*(one for one in counted if one not in used), *future)
    return GapResult(
        schema_version=SCHEMA_VERSION,
        at=at.isoformat(),
        checklist=checklist,
        gaps=tuple(sorted(gaps, key=_gap_key)),
        unused=tuple(sorted(unused, key=evidence_key)),
        notes=_future_note(len(future), at),
    )


def in_text_order(checklist: Checklist) -> Checklist:
    """Return the checklist with every part in text order, ties by URI and then by content."""

    def requirement_key(requirement: Requirement) -> SortKey:
        first = requirement.mentions[0].span.start if requirement.mentions else math.inf
        return (first, requirement.uri, repr(requirement))

    requirements = (
        replace(one, mentions=tuple(sorted(one.mentions, key=_place)))
        for one in checklist.requirements
    )
    return replace(
        checklist,
        requirements=tuple(sorted(requirements, key=requirement_key)),
        gates=tuple(sorted(checklist.gates, key=_place)),
        dropped=tuple(sorted(checklist.dropped, key=_place)),
        unlinked=tuple(sorted(checklist.unlinked, key=_place)),
    )


def _place(part: Mention | Gate | Dropped) -> SortKey:
    return (part.span.start, part.span.end, repr(part))


def _gap(requirement: Requirement, pieces: tuple[Piece, ...], heaviest: float) -> Gap:
    accepted = [piece for piece in pieces if piece.accepted]
    covering = [piece for piece in pieces if piece.covers]
    coverage = min((piece.coverage for piece in accepted), key=coverage_key, default=NOTHING)
    vouching = covering or [piece for piece in pieces if not piece.accepted]
    level = min((piece.level for piece in covering), key=level_rank, default=None)
    left = min((piece.shortfall for piece in accepted), default=1.0)
    factors = (
        *need_factors(requirement, heaviest),
        shortfall_factor(left, explain_shortfall(coverage, accepted)),
    )
    return Gap(
        requirement=requirement,
        state=pieces[0].state if pieces else GapState.MISSING,
        coverage=coverage,
        assurance=best_assurance(piece.evidence.assurance for piece in vouching),
        level_shortfall=None if level is None else level.value,
        priority=priority(factors),
        factors=factors,
        evidence=tuple(piece.evidence for piece in pieces),
        reason=explain(pieces),
    )


def _gap_key(gap: Gap) -> SortKey:
    necessity = _NECESSITY_ORDER.index(gap.requirement.necessity)
    confidence = -gap.requirement.confidence
    return (-gap.priority, necessity, confidence, gap.requirement.uri, repr(gap))


def _check_weights(requirements: Sequence[Requirement]) -> None:
    faults = [
        f"{requirement.label!r} has weight {requirement.weight}"
        for requirement in requirements
        if not (math.isfinite(requirement.weight) and requirement.weight >= 0)
    ]
    if faults:
        raise UsageError("a weight must be a number of at least 0: " + "; ".join(sorted(faults)))


def _not_yet(evidence: Evidence, at: date) -> Evidence:
    return replace(
        evidence,
        assurance=Assurance.INVALID,
        reason=f"issued {evidence.issued}, after {at}: not counted",
    )


def _future_note(count: int, at: date) -> tuple[str, ...]:
    if not count:
        return ()
    what = "One piece of evidence is" if count == 1 else f"{count} pieces of evidence are"
    return (f"{what} dated after {at} and not counted.",)
