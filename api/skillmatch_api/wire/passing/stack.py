"""What every request passes through on its way to a route, from the outside in.

1. ``SafeHeaders``: headers that every answer carries, refusals included.
2. CORS, where origins are listed: it answers preflights and marks the rest.
3. ``Observed``: name, log line, numbers; what nobody answered becomes a problem here.
4. ``Bodies``: reads the body within its limits, before any work is spent on the request; of those
   who are unknown only a small one.
5. ``Door``: refuses at once where too many wait for an answer; who sends slowly is not yet there.
6. gzip: packs answers.
7. ``Revalidation``: tags them before they are packed.
8. ``Deadlines``: gives up waiting; the places in lanes are left when the answer begins.
9. ``Idempotency``: knows who asks and has the whole body, and sees the answer as the route made it.
10. ``Heads``: has HEAD answered by the route of GET.

All of them are plain ASGI: nothing is wrapped in another task or stream than the time limit needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from skillmatch_api.settings import ServiceSettings
from skillmatch_api.wire.limits.admission import Lanes
from skillmatch_api.wire.limits.bodies import Bodies
from skillmatch_api.wire.limits.deadlines import Deadlines
from skillmatch_api.wire.limits.door import Door
from skillmatch_api.wire.limits.rates import Rates
from skillmatch_api.wire.limits.streams import Streams
from skillmatch_api.wire.passing.heads import Heads
from skillmatch_api.wire.passing.idempotency import HEADER as IDEMPOTENCY
from skillmatch_api.wire.passing.idempotency import REPLAYED, Idempotency
from skillmatch_api.wire.passing.revalidation import Revalidation
from skillmatch_api.wire.passing.safe_headers import SafeHeaders
from skillmatch_api.wire.telemetry.metrics import Metrics
from skillmatch_api.wire.telemetry.observed import Observed
from skillmatch_api.wire.telemetry.request_ids import HEADER as REQUEST_ID
from skillmatch_api.wire.who import callers

PACKED_BYTES = 1_000
"""Answers from this size on are packed; smaller ones gain nothing."""

_SHOWN = (
    REQUEST_ID, REPLAYED, "ETag", "Location", "Retry-After", "RateLimit", "RateLimit-Policy",
)  # fmt: skip


def add_middleware(app: FastAPI, settings: ServiceSettings, *, routes: Sequence[APIRoute]) -> None:
    """Put all of it before ``routes``, and its counters into ``app.state``."""
    limits = settings.limits
    lanes, rates = Lanes.of(limits), Rates(limits.rate)
    streams = Streams(most=limits.streams, most_each=limits.streams_each)
    metrics = Metrics(lanes=lanes, rates=rates, streams=streams)
    app.state.lanes, app.state.rates, app.state.metrics = lanes, rates, metrics
    app.state.streams = streams
    # The last one added is the outermost.
    app.add_middleware(Heads, routes=routes)
    app.add_middleware(Idempotency, routes=routes)
    app.add_middleware(Deadlines, seconds=limits.request_seconds)
    app.add_middleware(Revalidation)
    app.add_middleware(GZipMiddleware, minimum_size=PACKED_BYTES, compresslevel=5)
    app.add_middleware(Door, lane=lanes.door)
    app.add_middleware(Bodies, limits=limits, is_known=callers.is_known)
    app.add_middleware(Observed, metrics=metrics)
    if settings.origins:
        _share(app, settings.origins)
    app.add_middleware(SafeHeaders)


def _share(app: FastAPI, origins: tuple[str, ...]) -> None:
    """Let scripts of these origins read answers; they send keys, never cookies."""
    app.add_middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=[
            "Authorization",
            "Content-Type",
            "If-Match",
            "If-None-Match",
            "Last-Event-ID",
            IDEMPOTENCY,
            REQUEST_ID,
        ],
        expose_headers=_SHOWN,
        max_age=600,
    )
