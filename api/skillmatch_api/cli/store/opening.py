"""The database as it is, not brought to the newest revision."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from skillmatch_api.store import Store


@contextmanager
def store_as_it_is(*, must_exist: bool) -> Iterator[Store]:
    """Yield the database that the environment names.

    Raises:
        NotFoundError: There is no such file, and ``must_exist``.
        UsageError: The environment names no database.
        StorageError: It cannot be made or opened.
    """
    from skillmatch_api.settings import ServiceSettings
    from skillmatch_api.store import Store

    settings = ServiceSettings.from_environ(os.environ)
    store = Store.open(settings.database, must_exist=must_exist)
    try:
        yield store
    finally:
        store.close()
