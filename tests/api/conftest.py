"""Fixtures of the service: an empty database of each kind, and the application over it.

``store`` runs each test on SQLite, and on PostgreSQL where ``-m postgres`` asks for it.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from skillmatch.cli.main import app as program
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
from skillmatch_api.store.tables import Base
from skillmatch_api.wire.services import Services
from tests.api.postgres_cluster import cluster
from tests.mini_engine import mini_linker, recipe_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""What the clock of the service under test says."""

_NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a running PostgreSQL server, ending in a slash."""
    with cluster() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file without rows, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "service.sqlite"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgresql(postgres_server: str) -> str:
    """URL of a migrated PostgreSQL database, which tests use one after the other."""
    on_server(postgres_server, "CREATE DATABASE migrated TEMPLATE template0")
    _migrate(postgres_server + "migrated")
    return postgres_server + "migrated"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    kind: str = request.param
    return kind


@pytest.fixture
def empty_database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """Address of a database without tables."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{next(_NUMBERS)}"
    on_server(server, f"CREATE DATABASE {name} TEMPLATE template0")
    yield server + name
    on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(
    database_kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """Address of a migrated database without rows."""
    if database_kind == "sqlite":
        path = tmp_path / "service.sqlite"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
        path.chmod(0o600)
        yield f"sqlite:///{path}"
        return
    taker: _Caretaker = request.getfixturevalue("caretaker")
    taker.empty()
    yield request.getfixturevalue("migrated_postgresql")


class _Caretaker:
    """Deletes all rows: making a database anew would take longer than most tests.

    Its connection stays open, since a new one learns anew what it knows of all tables, which takes
    fifteen times as long as deleting. A test may have ended it with all others.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection = psycopg.connect(url)

    def empty(self) -> None:
        """End all other connections, and delete what they left."""
        try:
            self._delete()
        except psycopg.OperationalError:
            self._connection.close()
            self._connection = psycopg.connect(self._url)
            self._delete()

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def _delete(self) -> None:
        tables = [table.name for table in reversed(Base.metadata.sorted_tables)]
        with self._connection.transaction():
            self._connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            self._connection.execute("".join(f"DELETE FROM {name};" for name in tables).encode())
            self._connection.execute(
                "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"
            )


@pytest.fixture(scope="session")
def caretaker(migrated_postgresql: str) -> Iterator[_Caretaker]:
    """Empties the migrated PostgreSQL database between two tests."""
    made = _Caretaker(migrated_postgresql)
    yield made
    made.close()


def on_server(server: str, statement: str) -> None:
    """Do what no database and no transaction may be open for."""
    with psycopg.connect(server + "postgres", autocommit=True) as connection:
        connection.execute(statement.encode())


def _migrate(url: str) -> None:
    opened = Store.open(url)
    upgrade(opened)
    opened.close()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A migrated database without rows."""
    opened = Store.open(database_url)
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


CommandLine = Callable[..., str]


@pytest.fixture
def command_line(mini_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[CommandLine]:
    """Run ``skillmatch ARGUMENTS`` over the same engine and return what it prints.

    What the service answers must be what the program prints, to the byte.
    """
    monkeypatch.setenv("SKILLMATCH_DATA", str(mini_settings.data_dir))
    recipe = str(recipe_of(mini_settings))

    def run(*arguments: str, stdin: bytes = b"") -> str:
        ended = CliRunner().invoke(program, [*arguments, "--recipe", recipe], input=stdin)
        assert ended.exit_code == 0, ended.output
        return ended.stdout

    with mini_linker(mini_settings):
        yield run
