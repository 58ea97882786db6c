"""Bringing a database to the newest schema, or back to an older one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from skillmatch_api.store.database import Store

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"


def upgrade(store: Store, revision: str = "head") -> None:
    """Bring the database to ``revision``, all in one transaction where the database can."""
    _run(store, lambda config: command.upgrade(config, revision))


def downgrade(store: Store, revision: str) -> None:
    """Bring the database back to an older ``revision``; ``base`` is one without tables."""
    _run(store, lambda config: command.downgrade(config, revision))


def current(store: Store) -> str | None:
    """Return the revision that the database is at, None for an empty one."""
    with store.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """Return the revision that this program works with."""
    head = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    if head is None:
        raise RuntimeError("no migration is installed; install skillmatch again")
    return head


def _run(store: Store, step: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        step(config)
