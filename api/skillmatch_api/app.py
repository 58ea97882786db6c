"""The application, from what it needs; ``main`` reads the environment for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.routing import APIRoute

from skillmatch_api.pages import assets, entry
from skillmatch_api.pages.admin import routes as admin_pages
from skillmatch_api.pages.failing import PagesForProblems
from skillmatch_api.pages.learner import routes as learner
from skillmatch_api.pages.provider import routes as provider
from skillmatch_api.pages.recruiter import routes as recruiter
from skillmatch_api.routes import (
    audit,
    description,
    health,
    keys,
    matching,
    metrics,
    people,
    providing,
    sessions,
)
from skillmatch_api.wire.answers import problems
from skillmatch_api.wire.limits.admission import take_places_last
from skillmatch_api.wire.openapi.document import describe
from skillmatch_api.wire.passing.stack import add_middleware
from skillmatch_api.wire.process.working import workers_of
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.telemetry.gauges import add_gauges

ROUTERS = (
    health.router,
    description.router,
    metrics.router,
    *matching.ROUTERS,
    sessions.router,
    keys.router,
    audit.router,
    *people.ROUTERS,
    *providing.ROUTERS,
    assets.router,
    entry.router,
    learner.router,
    provider.router,
    recruiter.router,
    *admin_pages.ROUTERS,
)
"""Every family of routes, in the order of the documentation."""


def create_app(services: Services) -> FastAPI:
    """Return the application over a migrated database."""
    routes = [one for router in ROUTERS for one in router.routes if isinstance(one, APIRoute)]
    take_places_last(routes)
    app = FastAPI(
        title="skillmatch",
        version="1",
        summary="Which skills a job asks for, which can be shown, and what closes the rest.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.services = services
    add_middleware(app, services.settings, routes=routes)
    app.add_middleware(PagesForProblems)
    add_gauges(app.state.metrics, services)
    problems.add_handlers(app)
    # As they are: include_router would build each route once more for every application.
    app.router.routes.extend(route for router in ROUTERS for route in router.routes)
    describe(app, routes)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    workers = workers_of(services)
    workers.start(services.settings.job_workers)
    yield
    workers.stop()
    services.matchers.close()
    services.store.close()
