"""The service's database, as commands open it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store

OPERATOR = "operator"
"""Who acts on the command line, in the audit log."""


@contextmanager
def opened_store() -> Iterator[tuple[ServiceSettings, Store]]:
    """Yield the settings of the environment and the database they name, made where there is none.

    Raises:
        UsageError: The environment names no database.
        StorageError: It cannot be made or opened.
    """
    from skillmatch_api.store.migrating import upgrade

    settings = ServiceSettings.from_environ(os.environ)
    store = Store.open(settings.database)
    try:
        upgrade(store)
        yield settings, store
    finally:
        store.close()
