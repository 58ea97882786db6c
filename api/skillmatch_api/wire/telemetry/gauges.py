"""Numbers that are asked for when somebody reads them: frameworks in use, jobs by state."""

from __future__ import annotations

from sqlalchemy import func, select

from skillmatch.errors import SkillmatchError
from skillmatch_api.store.tables import Job
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.telemetry.metrics import Metrics


def add_gauges(metrics: Metrics, services: Services) -> None:
    """Let ``metrics`` tell what ``services`` has."""
    metrics.gauge_of(
        "skillmatch_framework",
        "Frameworks that requests are answered with now.",
        ("framework",),
        lambda: _frameworks(services),
    )
    metrics.gauge_of(
        "skillmatch_jobs", "Jobs by kind and state.", ("kind", "state"), lambda: _jobs(services)
    )


def _frameworks(services: Services) -> dict[tuple[str, ...], float]:
    if not services.matchers.is_open:
        return {}
    try:
        with services.matchers.lent() as matcher:
            return {(one,): 1.0 for one in matcher.frameworks.ids}
    except SkillmatchError:  # it was closed in between
        return {}


def _jobs(services: Services) -> dict[tuple[str, ...], float]:
    try:
        with services.store.reading() as session:
            counted = select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)
            return {(kind, state): float(count) for kind, state, count in session.execute(counted)}
    except SkillmatchError:  # the other numbers are wanted most when the database is away
        return {}
