"""Every kind of job: its name, who may ask for it, and what does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from skillmatch_api.access.principal import Scope
from skillmatch_api.jobs.aligning import align_job
from skillmatch_api.jobs.context import JobContext, Outcome
from skillmatch_api.jobs.importing import import_catalogue_job
from skillmatch_api.jobs.linting import lint_job
from skillmatch_api.jobs.rechecking import recheck_job

Run: TypeAlias = Callable[[bytes, JobContext], Outcome]
"""Does the work.

It calls ``context.progress`` often, may be begun anew by another worker at any time, and so
writes nothing itself but parts, and what does no harm when it is done twice: what is to be there
once is in the ``Outcome``.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of job; ``scopes`` as in ``wire.who.callers.needs``."""

    name: str
    scopes: frozenset[Scope]
    run: Run


_PROVIDER = frozenset({Scope.PROVIDER})

KINDS: Mapping[str, Kind] = {
    one.name: one
    for one in (
        Kind(name="badges.align", scopes=_PROVIDER, run=align_job),
        Kind(name="badges.lint", scopes=_PROVIDER, run=lint_job),
        Kind(name="catalogue.import", scopes=_PROVIDER | {Scope.ADMIN}, run=import_catalogue_job),
        Kind(name="evidence.recheck", scopes=frozenset({Scope.ADMIN}), run=recheck_job),
    )
}
"""By name. A new one is a line here and a request model in ``routes.job_requests``."""
