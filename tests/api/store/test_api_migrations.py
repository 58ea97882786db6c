"""Migrations: forwards and back with rows in place, one process at a time, never half."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from skillmatch.errors import StorageError, UsageError
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import MIGRATIONS, current, downgrade, newest, upgrade
from skillmatch_api.store.tables import Base
from tests.api.conftest import on_server
from tests.api.store.filled import fill, rows_of

NEXT = '''
"""A change of a table that others refer to: what SQLite can do by making it anew only."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{newest}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("persons") as table:
        table.add_column(sa.Column("nickname", sa.Text(), nullable=True))
        table.alter_column("contact", new_column_name="address")
    op.execute("UPDATE persons SET nickname = 'of ' || name")
    {fault}


def downgrade() -> None:
    with op.batch_alter_table("persons") as table:
        table.alter_column("address", new_column_name="contact")
        table.drop_column("nickname")
'''


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Store]:
    """A database without tables."""
    opened = Store.open(empty_database_url)
    yield opened
    opened.close()


@pytest.fixture
def store(empty: Store) -> Store:
    """A migrated database of the test's own, since its tables are changed here."""
    upgrade(empty)
    return empty


def scripts(folder: Path, fault: str = "") -> Path:
    """Return a folder of our migrations and one that is to come."""
    there = folder / "100% migrations"
    shutil.copytree(MIGRATIONS, there, ignore=shutil.ignore_patterns("__pycache__"))
    text = NEXT.format(newest=newest(), fault=fault or "pass")
    (there / "versions" / "9999_to_come.py").write_text(text)
    return there


def test_rows_survive_the_way_forwards_and_back(store: Store, tmp_path: Path) -> None:
    """Also those that refer to a table which is made anew and dropped on the way."""
    fill(store)
    before = rows_of(store)
    there = scripts(tmp_path)

    upgrade(store, scripts=there)
    with store.reading() as session:
        nicknames = session.execute(text("SELECT nickname, name, address FROM persons")).all()
    downgrade(store, newest(), scripts=there)

    assert {row[0] for row in nicknames} == {f"of {row[1]}" for row in nicknames}
    assert rows_of(store) == before


def test_after_a_change_rows_still_go_with_their_person(store: Store, tmp_path: Path) -> None:
    """The table that was made anew is the one that others refer to."""
    rows = fill(store)
    upgrade(store, scripts=scripts(tmp_path))

    with store.writing() as session:
        session.execute(text("DELETE FROM persons"))

    with store.reading() as session:
        left = {
            name: session.scalar(text(f"SELECT count(*) FROM {name}"))
            for name in ("consents", "documents", "evidence", "profiles", "views")
        }
    assert rows["evidence"] != []
    assert set(left.values()) == {0}


def test_all_tables_go_and_come_again(store: Store) -> None:
    """The way back to nothing, with rows in every table."""
    fill(store)

    downgrade(store, "base")
    left = set(inspect(store.engine).get_table_names()) - {"alembic_version"}
    upgrade(store)

    assert left == set()
    assert set(map(len, rows_of(store).values())) == {0}


def test_a_migration_that_fails_changes_nothing(store: Store, tmp_path: Path) -> None:
    """Half a new schema fits neither program."""
    fill(store)
    before = rows_of(store)
    there = scripts(tmp_path, fault='raise RuntimeError("a fault of the migration")')

    with pytest.raises(RuntimeError, match="a fault"):
        upgrade(store, scripts=there)

    assert current(store) == newest()
    assert rows_of(store) == before


def test_a_database_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    """This program would not know what its columns mean."""
    fill(store)
    upgrade(store, scripts=scripts(tmp_path))

    for step in (upgrade, lambda one: downgrade(one, "base")):
        with pytest.raises(StorageError, match=r"revision 9999.*install a newer skillmatch"):
            step(store)

    assert current(store) == "9999"


MIGRATE = """
import sys
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import current, upgrade
store = Store.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
upgrade(store)
print(current(store))
"""


def test_processes_that_migrate_at_once_do_it_once(empty_database_url: str) -> None:
    """As several servers do that start together on an empty database."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", MIGRATE, empty_database_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    ready = [process.stdout.readline() for process in processes if process.stdout]

    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120)[0] for process in processes]

    assert ready == ["ready\n"] * 2
    assert said == [f"{newest()}\n"] * 2


def test_an_empty_database_is_at_no_revision(empty: Store) -> None:
    """And the newest is the one of our tables."""
    assert current(empty) is None
    upgrade(empty)

    assert current(empty) == newest()
    assert set(inspect(empty.engine).get_table_names()) >= set(Base.metadata.tables)


@pytest.mark.postgres
def test_a_database_without_room_for_most_names_is_refused(postgres_server: str) -> None:
    """Latin 1 would fail at the first name that it cannot write."""
    on_server(
        postgres_server,
        "CREATE DATABASE latin ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    store = Store.open(postgres_server + "latin")

    with pytest.raises(UsageError, match=r"LATIN1.*createdb --encoding UTF8"):
        upgrade(store)

    store.close()
    on_server(postgres_server, "DROP DATABASE latin WITH (FORCE)")
