"""Why a new plan goes without a step of the old one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillmatch.model.plan import Plan
from skillmatch.model.roadmap import RoadmapStep

_NAMED = 3
"""Skills that a reason names."""


def why_removed(step: RoadmapStep, plan: Plan) -> str:
    """Return why a step goes: what keeps it out, else what became of all that it was to close."""
    hidden = [one.filter for one in plan.filters if step.id in one.offers]
    if hidden:
        return f"{', '.join(hidden)} {'leaves' if len(hidden) == 1 else 'leave'} it out"
    if not step.closes:
        return "no step of the new plan asks for it first"
    name = f"“{step.name}” "
    own = [one.why.removeprefix(name) for one in plan.open if one.why.startswith(name)]
    own += [one.why for taken in plan.steps for one in taken.instead_of if one.offer == step.id]
    reasons = [f"it {own[0].removeprefix('it ')}"] if own else [*_open(step, plan)]
    return "; ".join(one.rstrip(".") for one in (*reasons, *_closed(step, plan)))


def _open(step: RoadmapStep, plan: Plan) -> Iterator[str]:
    """Yield why what it was to close stays open, once for all skills of one reason."""
    asked = {one.uri for one in step.closes}
    by_reason: dict[str, list[str]] = {}
    for one in plan.open:
        if one.uri in asked:
            by_reason.setdefault(one.why, []).append(one.label)
    for why, labels in by_reason.items():
        yield f"{_listed(labels)} {'stays' if len(labels) == 1 else 'stay'} open: {why}"


def _closed(step: RoadmapStep, plan: Plan) -> Iterator[str]:
    """Yield which other steps close what it was to close, and what needs no closing any more."""
    still_open = {one.uri for one in plan.open}
    left = {one.uri: one.label for one in step.closes if one.uri not in still_open}
    for taken in plan.steps:
        closed = [one.uri for one in taken.closes if one.counted and one.uri in left]
        if closed:
            yield f"“{taken.name}” closes {_listed([left.pop(one) for one in closed])}"
    if left:
        yield f"you meet {_listed([*left.values()])} without it"


def _listed(labels: Sequence[str]) -> str:
    more = len(labels) - _NAMED
    named = ", ".join(f"“{one}”" for one in labels[:_NAMED])
    return named + (f" and {more} more" if more > 0 else "")
