"""The names of the offers that a plan mentions by their ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from skillmatch.model.offer import Offer
from skillmatch.model.plan import Plan, PlanStep


def names_of(plan: Plan, offers: Iterable[Offer]) -> tuple[tuple[str, str], ...]:
    """Return id and name of each offer that a plan mentions, by id."""
    mentioned = set(_mentioned(plan))
    return tuple(sorted((one.id, one.name) for one in offers if one.id in mentioned))


def _mentioned(plan: Plan) -> Iterator[str]:
    request = plan.request
    yield from (*request.without, *request.commit)
    yield from (one.offer for one in request.under_way)
    for step in (*plan.steps, *(step for one in plan.alternatives for step in one.steps)):
        yield from _of_step(step)
    for gap in plan.open:
        yield from gap.offers
    for effect in plan.filters:
        yield from effect.offers
    for point in plan.curve:
        yield from point.offers


def _of_step(step: PlanStep) -> Iterator[str]:
    yield step.offer
    yield from step.after
    yield from step.completes
    yield from (one.offer for one in step.instead_of)
