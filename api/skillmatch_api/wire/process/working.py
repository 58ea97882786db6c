"""The workers of a server process, made from what requests use."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from skillmatch.errors import SkillmatchError
from skillmatch_api.jobs.workers import Workers
from skillmatch_api.wire.answers.options import in_fields
from skillmatch_api.wire.answers.problems import Problem, status_of, told_of
from skillmatch_api.wire.services import Services


def workers_of(services: Services) -> Workers:
    """Return workers that have not begun yet."""
    return Workers(
        store=services.store,
        matchers=services.matchers,
        settings=services.settings,
        clock=services.clock,
        describe=_problem,
    )


def _problem(error: SkillmatchError | None) -> Mapping[str, Any]:
    """Return the problem that a request with this error is answered with."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR if error is None else status_of(error)
    given_up = "something went wrong here, and the job was given up"
    detail = given_up if error is None else told_of(error)
    return Problem(title=status.phrase, status=status, detail=in_fields(detail)).model_dump()
