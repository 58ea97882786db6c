"""Fixtures of the service: an empty database of each kind, and the application over it.

``store`` runs each test on SQLite, and on PostgreSQL where ``-m postgres`` asks for it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, text

from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.access.keys import create_key
from skillmatch_api.access.principal import Scope
from skillmatch_api.access.tenants import DEFAULT, tenant_named
from skillmatch_api.app import create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.settings import ServiceSettings
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.wire.services import Services
from tests.api.postgres_cluster import cluster

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""What the clock of the service under test says."""

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a running PostgreSQL server, ending in a slash."""
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'service.sqlite'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{next(_NUMBERS)}"
    engine = create_engine(
        server.replace("postgresql:", "postgresql+psycopg:") + "postgres",
        isolation_level="AUTOCOMMIT",
    )
    try:
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        yield server + name
        with engine.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    finally:
        engine.dispose()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A migrated database without rows."""
    opened = Store.open(database_url)
    upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture
def services(store: Store, database_url: str, mini_settings: Settings) -> Services:
    """What the application is made from: an empty database and no matcher."""

    def opening() -> Matcher:
        return Matcher.open(settings=mini_settings)

    return Services(
        settings=ServiceSettings(library=mini_settings, database=database_url),
        store=store,
        matchers=MatcherHolder(opening=opening),
        clock=lambda: NOW,
    )


class _KeptOpen(MatcherHolder):
    """Lends the matcher of all tests, which outlives the application."""

    def close(self) -> None:
        """Leave it to the other tests."""


@pytest.fixture
def matching(services: Services, mini_matcher: Matcher) -> Services:
    """The same with the matcher of ``mini_esco``, which is opened once for all tests."""
    holder = _KeptOpen(opening=lambda: mini_matcher)
    holder.exchange()
    return replace(services, matchers=holder)


@pytest.fixture
def client(matching: Services) -> Iterator[TestClient]:
    """A client without a key, of the application with the matcher of ``mini_esco``."""
    with TestClient(create_app(matching), base_url="http://127.0.0.1") as opened:
        yield opened


Authorised = Callable[..., dict[str, str]]


@pytest.fixture
def authorised(store: Store) -> Authorised:
    """Make a key and return the header that carries it: ``authorised(Scope.LEARNER)``.

    ``tenant`` names an organisation, ``person_id`` binds the key to a person.
    """

    def make(*scopes: Scope, tenant: str = DEFAULT, person_id: str | None = None) -> dict[str, str]:
        with store.writing() as session:
            row = tenant_named(session, tenant, at=NOW)
            _, key = create_key(
                session, tenant_id=row.id, name="test", scopes=scopes, at=NOW, person_id=person_id
            )
        return {"Authorization": f"Bearer {key}"}

    return make
