"""The process: settings from the environment, a migrated database, and a server."""

from __future__ import annotations

import logging
import os
import sys
import threading

from sqlalchemy.exc import SQLAlchemyError

from skillmatch.errors import SkillmatchError
from skillmatch_api.access.oidc.tokens import TokenReader
from skillmatch_api.app import create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.engine.warming import open_warm
from skillmatch_api.engine.watching import watcher_of
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.wire.process import server
from skillmatch_api.wire.process.arenas import share_arenas
from skillmatch_api.wire.process.greeting import greeting
from skillmatch_api.wire.services import Services
from skillmatch_api.wire.telemetry import json_logs

_log = logging.getLogger(__name__)

TURN_SECONDS = 0.0005
"""How long a thread that computes may keep the others waiting. Answering a request takes the turn
a dozen times, and with Python's own 5 ms each of them would wait as long for linking of text."""


def services_of(settings: ServiceSettings) -> Services:
    """Open the database, bring it to the newest schema, and open the matcher beside.

    Raises:
        UsageError: The address of the database is none.
    """
    store = Store.open(settings.database, connections=settings.connections)
    upgrade(store)
    matchers = MatcherHolder(opening=lambda: open_warm(settings.library))
    tokens = TokenReader.of(settings.oidc) if settings.oidc is not None else None
    return Services(settings=settings, store=store, matchers=matchers, tokens=tokens)


def serve(settings: ServiceSettings) -> None:
    """Answer requests until the process is told to stop; running ones are answered first.

    Raises:
        UsageError: The address cannot be listened at, or the one of the database is none.
    """
    json_logs.configure()
    share_arenas(os.environ)
    sys.setswitchinterval(TURN_SECONDS)
    with server.listen(settings.host, settings.port) as listening:
        services = services_of(settings)
        watcher = watcher_of(services.matchers, settings.library, seconds=settings.watch_seconds)
        threading.Thread(target=watcher.run, daemon=True, name="watcher").start()
        threading.Thread(target=_warm, args=(services,), daemon=True, name="warming").start()
        try:
            server.run(
                create_app(services),
                settings,
                listening,
                started=lambda: _say(greeting(services, server.address_of(listening))),
            )
        finally:
            watcher.stop()


def _warm(services: Services) -> None:
    """Read candidates into memory before anybody searches; a search would do it, too."""
    try:
        services.indexes.warm(services.store)
    except (SkillmatchError, SQLAlchemyError) as error:
        _log.warning("candidates were not read in advance: %s", type(error).__name__)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
