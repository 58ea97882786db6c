"""The process: settings from the environment, a migrated database, and a server."""

from __future__ import annotations

import os
import threading

from skillmatch.service.matcher import Matcher
from skillmatch_api.app import create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.wire.services import Services


def services_of(settings: ServiceSettings) -> Services:
    """Open the database, bring it to the newest schema, and open the matcher beside.

    Raises:
        UsageError: The address of the database is none.
    """
    store = Store.open(settings.database)
    upgrade(store)
    matchers = MatcherHolder(opening=lambda: Matcher.open(settings=settings.library))
    return Services(settings=settings, store=store, matchers=matchers)


def serve(settings: ServiceSettings) -> None:
    """Answer requests until the process is told to stop; running ones are answered first."""
    import uvicorn

    services = services_of(settings)
    threading.Thread(target=services.matchers.exchange, daemon=True).start()
    uvicorn.run(
        create_app(services),
        host=settings.host,
        port=settings.port,
        server_header=False,
        access_log=False,
    )


def serve_from_environment() -> None:
    """Serve as the environment says; for containers."""
    serve(ServiceSettings.from_environ(os.environ))
