"""Catalogues imported as jobs: those with too many offers for one request."""

from __future__ import annotations

from sqlalchemy.orm import Session

from skillmatch.model.offer import Catalogue
from skillmatch.report.catalogue import import_json
from skillmatch.service.catalogue_import import take_over
from skillmatch.service.proposed_skills import ProposedSkills
from skillmatch_api.engine import catalogues
from skillmatch_api.jobs.context import JobContext, Outcome
from skillmatch_api.jobs.placed_files import unpacked


def import_catalogue_job(request: bytes, context: JobContext) -> Outcome:
    """Read offers, find the skills that they award, and keep them under a name.

    Raises:
        DataError: Files cannot be read; names each.
        ConflictError: The catalogue of that name was changed meanwhile.
        InterruptedJobError: The work is to stop.
    """
    files, options = unpacked(request)
    name, tenant_id = options["name"], context.claim.tenant_id
    read = catalogues.read_files(files, name=name)
    with context.store.reading() as session:
        before, seen = catalogues.before(session, tenant_id=tenant_id, name=name)
    with context.matchers.lent() as matcher:
        proposed = ProposedSkills(matcher)
        catalogue, report = take_over(read, before, proposed=proposed, progress=context.steps)
    return Outcome(
        result=import_json(report),
        write=lambda session: _keep(session, context, catalogue, seen),
    )


def _keep(session: Session, context: JobContext, catalogue: Catalogue, seen: int) -> None:
    """Keep a catalogue in the transaction that ends the job."""
    catalogues.keep(
        session,
        catalogue,
        tenant_id=context.claim.tenant_id,
        seen=seen,
        by=context.claim.by,
        at=context.clock(),
    )
