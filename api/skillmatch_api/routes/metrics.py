"""Numbers for Prometheus, which sends an admin's key like everybody else.

In its configuration: ``authorization: {credentials_file: …}``.
"""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from skillmatch_api.wire.answers.problems import declared
from skillmatch_api.wire.telemetry.metrics import Metrics
from skillmatch_api.wire.who.callers import Operator

router = APIRouter(tags=["operations"])

_EXAMPLE = """# HELP skillmatch_requests_total Requests answered.
# TYPE skillmatch_requests_total counter
skillmatch_requests_total{method="POST",route="/v1/gap",status="200"} 42.0
"""


@router.get(
    "/metrics",
    summary="Numbers for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "All numbers, in Prometheus' text format.",
            "content": {"text/plain": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
        **declared(401, 403),
    },
)
def metrics(request: Request, caller: Operator) -> Response:  # noqa: ARG001 - the key is checked
    """Requests by route, method and status, their times, load, frameworks and jobs."""
    found: Metrics = request.app.state.metrics
    return Response(found.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})
