"""Every requirement before and after a plan."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from skillmatch.model.evidence import Evidence
from skillmatch.model.gap import Gap, GapResult
from skillmatch.model.plan import StateChange
from skillmatch.pathway.planning.case import Case
from skillmatch.pathway.planning.closures import as_evidence, counted_awards
from skillmatch.pathway.planning.targets import Target

Compare = Callable[[Sequence[Evidence]], Sequence[GapResult]]
"""Compares all goals again, with this evidence added."""


def earned(case: Case, offers: Sequence[str]) -> tuple[Evidence, ...]:
    """Return what could be shown once some offers are done."""
    return tuple(
        as_evidence(award, one)
        for one in offers
        for award in counted_awards(case.offers[one], case.request.min_confidence)
    )


def changes(
    targets: Sequence[Target], case: Case, offers: Sequence[str], again: Compare
) -> tuple[StateChange, ...]:
    """Return each requirement before and after, in the order of the targets.

    Args:
        targets: All requirements of all goals, held ones too.
        case: What the plan has to do with.
        offers: What the plan takes.
        again: Compares all goals with more evidence.
    """
    results = again(earned(case, offers))
    after = [{_key(gap): gap for gap in result.gaps} for result in results]
    return tuple(_change(target, after) for target in targets)


def _change(target: Target, after: Sequence[dict[str, Gap]]) -> StateChange:
    first = target.members[0]
    then = [after[one.goal][_key(one.gap)] for one in target.members]
    left = math.fsum(
        one.need * gap.factors[-1].value for one, gap in zip(target.members, then, strict=True)
    )
    return StateChange(
        uri=target.uri,
        label=target.label,
        necessity=target.necessity,
        before=first.gap.state,
        after=then[0].state,
        coverage_before=first.gap.coverage.value,
        coverage_after=then[0].coverage.value,
        priority_before=round(target.priority, 6),
        priority_after=round(left, 6),
    )


def _key(gap: Gap) -> str:
    return repr(gap.requirement)
