"""Stored badges checked again as a job."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from skillmatch_api.jobs import claims
from skillmatch_api.jobs.context import JobContext, Outcome
from skillmatch_api.people.recheck_runs import RecheckRun, Whose

_BEGAN = "began"


def recheck_job(request: bytes, context: JobContext) -> Outcome:
    """Check the badges of an organisation's people again.

    Each person is written by themselves. Doing one twice does no harm, and whoever was checked
    since the job began is passed over by the worker that takes it over.

    Raises:
        UsageError: Something is to be fetched and this service fetches nothing.
        DataError: A file of the operator is not what it should be.
        InterruptedJobError: The work is to stop.
    """
    asked = json.loads(request)
    whose = Whose(
        tenant_id=context.claim.tenant_id,
        person_id=asked["person"],
        before=_began(context) - timedelta(days=asked["stale_days"]),
    )
    with context.matchers.lent() as matcher:
        run = RecheckRun(
            store=context.store,
            settings=context.settings,
            matcher=matcher,
            clock=context.clock,
            by=context.claim.by,
            online=asked["online"],
        )
        return Outcome(result=run.check(whose, context.steps).json_text())


def _began(context: JobContext) -> datetime:
    """Return when the first worker of the job began."""
    kept = claims.part(context.store, context.claim, _BEGAN)
    if kept is None:
        kept = context.clock().isoformat()
        claims.keep(context.store, context.claim, _BEGAN, kept)
    return datetime.fromisoformat(kept)
