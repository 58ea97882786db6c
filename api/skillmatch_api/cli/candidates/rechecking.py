"""Checking stored badges again from the command line, with what to do where it is stopped."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import typer

from skillmatch.cli.progress import shown_progress
from skillmatch.errors import UsageError
from skillmatch.service.matcher import Matcher
from skillmatch_api.access.tenants import get_tenant
from skillmatch_api.cli.candidates.finding import find
from skillmatch_api.cli.opening import OPERATOR, opened_store
from skillmatch_api.people.recheck_runs import RecheckRun, Run, Whose
from skillmatch_api.store import Store
from skillmatch_api.wire.services import now


def cutoff(at: datetime, *, since: str, stale_days: int) -> datetime:
    """Return the moment before which a check is too old; without a wish this one.

    Raises:
        UsageError: ``since`` is no moment, or both are given.
    """
    if not since:
        return at - timedelta(days=stale_days)
    if stale_days:
        raise UsageError("--since and --stale-days say the same in two ways; give one of them")
    try:
        moment = datetime.fromisoformat(since)
    except ValueError as error:
        raise UsageError(
            f"--since {since!r} is no moment; write it as 2026-11-22 or 2026-11-22T10:00:00+00:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def recheck_badges(person: str, *, tenant: str, before: datetime, online: bool, quiet: bool) -> Run:
    """Check the badges of a person, or of everybody in an organisation.

    Raises:
        AbsentError: There is no such organisation or person.
        UsageError: Something is to be fetched and this service fetches nothing.
        NotFoundError: Nothing is installed, or a file that the operator named is not there.
    """
    with opened_store() as (settings, store):
        whose = _whose(store, person, tenant, before)
        with (
            Matcher.open(settings=settings.library) as matcher,
            shown_progress(quiet=quiet) as progress,
        ):
            run = RecheckRun(
                store=store,
                settings=settings,
                matcher=matcher,
                clock=now,
                by=OPERATOR,
                online=online,
            )
            try:
                return run.check(whose, progress)
            except KeyboardInterrupt:
                typer.echo(
                    "Stopped; who was checked stays checked. To go on: --since "
                    f"{before.isoformat()}",
                    err=True,
                )
                raise


def _whose(store: Store, person: str, tenant: str, before: datetime) -> Whose:
    at = now()
    with store.writing() as session:
        tenant_id = get_tenant(session, tenant, at=at).id
        person_id = find(session, person, tenant=tenant, at=at).id if person else ""
    return Whose(tenant_id=tenant_id, person_id=person_id, before=before)
