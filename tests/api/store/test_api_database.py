"""Opening and using the database: what is safe, and what is said when it is not."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from skillmatch.errors import NotFoundError, StorageError, UsageError
from skillmatch_api.access.tenants import tenant_named
from skillmatch_api.errors import DatabaseBusyError, DatabaseDamagedError
from skillmatch_api.store import Store
from skillmatch_api.store.address import read_address, shown
from skillmatch_api.store.audit import record
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.store.tables import AuditEntry, Tenant
from tests.api.conftest import NOW

SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"])
POSTGRESQL = pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgres)]
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "service.sqlite",
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "mysql://u:secret@h/n",
        "postgresql://u:secret@host:port/n",
        "postgresql://u:secret@host",
        "oracle:secret",
    ],
)
def test_an_address_that_names_no_database_is_refused(text: str) -> None:
    """A password in it is not shown."""
    with pytest.raises(UsageError, match="postgresql://user@host/name") as refused:
        read_address(text)

    assert "secret" not in str(refused.value)


def test_a_path_is_taken_as_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data folders may have odd names, and a program may change its folder later."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    assert read_address("sqlite:///a b?c=%20.sqlite").database == str(tmp_path / "a b?c=%20.sqlite")
    assert read_address("sqlite:///~/x.sqlite").database == str(tmp_path / "home" / "x.sqlite")
    Store.open("sqlite:///~/x/y?z.sqlite").close()
    assert (tmp_path / "home" / "x" / "y?z.sqlite").exists()
    with pytest.raises(UsageError, match="is a folder"):
        read_address(f"sqlite:///{tmp_path}")


def test_an_address_is_shown_without_its_password() -> None:
    """Wherever the password stands in it."""
    url = read_address("postgresql://ada:secret@db.example.org:5433/skills?password=secret")

    assert shown(url) == "postgresql://ada@db.example.org:5433/skills"


def test_a_new_file_may_be_opened_by_its_owner_only(tmp_path: Path) -> None:
    """The files that SQLite puts beside it, too."""
    store = Store.open(f"sqlite:///{tmp_path}/new/service.sqlite")
    upgrade(store)

    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in (tmp_path / "new").iterdir()}

    store.close()
    assert set(modes.values()) == {0o600}
    assert "service.sqlite-wal" in modes
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_place_where_no_file_can_be_made_is_named(tmp_path: Path) -> None:
    """With the setting that says where it should be."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match=r"cannot be made.*SKILLMATCH_DATABASE_URL"):
        Store.open(f"sqlite:///{tmp_path}/file/service.sqlite")
    with pytest.raises(NotFoundError, match="there is no database"):
        Store.open(f"sqlite:///{tmp_path}/none.sqlite", must_exist=True)


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    """And left as it is."""
    path = tmp_path / "service.sqlite"
    path.write_text("not a database, but long enough to be read as one" * 100)
    store = Store.open(f"sqlite:///{path}")

    with pytest.raises(DatabaseDamagedError, match="no database, or damaged"):
        upgrade(store)

    store.close()
    assert path.read_text().startswith("not a database")


@SQLITE
def test_each_connection_is_durable_and_checks_references(store: Store) -> None:
    """SQLite's defaults are neither."""
    with store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


def test_a_reader_sees_one_state_and_changes_nothing(store: Store) -> None:
    """Two questions of one answer must not contradict each other."""
    with store.reading() as reader:
        assert reader.scalars(select(Tenant.name)).all() == []
        with store.writing() as writer:
            tenant_named(writer, "new", at=NOW)

        assert reader.scalars(select(Tenant.name)).all() == []

    with pytest.raises(StorageError, match="cannot be written"), store.reading() as reader:
        tenant_named(reader, "newer", at=NOW)
    with store.writing() as writer:
        assert writer.scalars(select(Tenant.name)).all() == ["new"]


def test_what_was_read_stays_usable(store: Store) -> None:
    """Answers are made after the database was let go."""
    with store.writing() as session:
        made = tenant_named(session, "ours", at=NOW)

    with store.reading() as session:
        read = tenant_named(session, "ours", at=NOW)

    assert (made.name, made.id) == (read.name, read.id)


def test_an_error_undoes_all_of_a_transaction(store: Store) -> None:
    """Writes are whole or not at all."""

    def fail(session: Session) -> None:
        tenant_named(session, "ours", at=NOW)
        raise KeyError

    with pytest.raises(KeyError):
        store.write(fail)

    with store.reading() as session:
        assert session.scalars(select(Tenant.name)).all() == []


def test_writers_that_raise_one_number_at_once_lose_no_step(store: Store) -> None:
    """Read and written under one lock, on either database."""

    def raise_it() -> None:
        for _ in range(5):
            with store.writing() as session:
                row = session.scalar(select(Tenant).with_for_update())
                assert row is not None
                row.people += 1

    with store.writing() as session:
        tenant_named(session, "ours", at=NOW)
    threads = [threading.Thread(target=raise_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store.reading() as session:
        assert session.scalar(select(Tenant.people)) == 20


@POSTGRESQL
def test_work_is_done_again_after_a_deadlock(store: Store) -> None:
    """Two transactions that lock two rows in opposite order: the server stops one of them."""
    with store.writing() as session:
        ids = [tenant_named(session, name, at=NOW).id for name in "ab"]
    meet = threading.Barrier(2, timeout=20)
    tries: list[str] = []

    def lock(order: list[str]) -> None:
        first = True

        def work(session: Session) -> None:
            nonlocal first
            tries.append(order[0])
            for place, one in enumerate(order):
                raised = update(Tenant).where(Tenant.id == one).values(people=Tenant.people + 1)
                session.execute(raised)
                if place == 0 and first:
                    first = False
                    meet.wait()

        store.write(work)

    threads = [threading.Thread(target=lock, args=(order,)) for order in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(tries) >= 3
    with store.reading() as session:
        assert session.scalars(select(Tenant.people)).all() == [2, 2]


@SQLITE
def test_a_busy_database_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that never ends must not hold up all others for ever."""
    monkeypatch.setattr("skillmatch_api.store.database.BUSY_SECONDS", 0)
    impatient = Store.open(f"sqlite:///{store.engine.url.database}")

    with (
        store.writing(),
        pytest.raises(DatabaseBusyError, match="busy") as busy,
        impatient.writing(),
    ):
        pass

    impatient.close()
    assert busy.value.retry_after == 1


@SQLITE
def test_a_full_disk_says_so(store: Store) -> None:
    """What was there is untouched."""

    def write(session: Session) -> None:
        session.execute(text("PRAGMA max_page_count = 1"))
        tenant_id = tenant_named(session, "ours", at=NOW).id
        for _ in range(500):
            record(session, tenant_id=tenant_id, by="x" * 500, action="key.create", at=NOW)

    with pytest.raises(StorageError, match="no space is left"):
        store.write(write)

    with store.reading() as session:
        assert session.scalars(select(AuditEntry.id)).all() == []


@pytest.mark.parametrize("port", [1])
def test_a_server_that_does_not_answer_is_named_without_a_password(port: int) -> None:
    """It may come back, so the answer says when to ask again."""
    store = Store.open(f"postgresql://ada:secret@127.0.0.1:{port}/skills")

    with pytest.raises(DatabaseBusyError, match=rf"ada@127.0.0.1:{port}/skills") as away:
        upgrade(store)

    assert "secret" not in str(away.value)
    assert away.value.retry_after > 1


@POSTGRESQL
def test_a_database_that_the_server_does_not_have_is_named(database_url: str) -> None:
    """A mistyped name, most often."""
    store = Store.open(database_url + "_of_another_name")

    with pytest.raises(DatabaseBusyError, match="does not exist"), store.reading():
        pass


@POSTGRESQL
def test_a_connection_that_the_server_cut_is_made_again(store: Store, database_url: str) -> None:
    """A server that was restarted needs no restart of the service."""
    with store.reading() as session:
        session.execute(text("SELECT 1"))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    with store.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1


def test_messages_of_the_database_hold_no_values(store: Store) -> None:
    """Values are of people."""
    with store.writing() as session:
        tenant_id = tenant_named(session, "ours", at=NOW).id

    with pytest.raises(Exception, match="hidden") as failed, store.writing() as session:
        session.add(Tenant(id=tenant_id, name="Ada Example", created_at=NOW, people=0, changes=0))

    assert "Ada Example" not in str(failed.value)


@SQLITE
def test_deleted_words_leave_the_files(store: Store) -> None:
    """An erasure that left them in the write-ahead log would be none."""
    word = "Vanishing-Example-7F3A"
    with store.writing() as session:
        made = tenant_named(session, word, at=NOW)
    with store.writing() as session:
        session.delete(session.merge(made))

    store.scrub()

    folder = Path(str(store.engine.url.database)).parent
    assert [one.name for one in folder.iterdir() if word.encode() in one.read_bytes()] == []


def test_half_a_file_mode_of_others_is_left_to_its_owner(tmp_path: Path) -> None:
    """A file that is there keeps the mode that somebody gave it."""
    path = tmp_path / "service.sqlite"
    sqlite3.connect(path).close()
    path.touch()
    os.chmod(path, 0o640)  # noqa: PTH101 - the same

    Store.open(f"sqlite:///{path}").close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.postgres
@pytest.mark.parametrize(
    ("role", "database", "hint"),
    [
        ("nobody-here", "postgres", "createuser --pwprompt NAME"),
        ("postgres", "none", "createdb --owner USER --encoding UTF8 --template template0 NAME"),
    ],
)
def test_a_role_or_database_that_is_not_there_comes_with_the_command_that_makes_it(
    postgres_server: str, role: str, database: str, hint: str
) -> None:
    """Whoever sets the service up meets both, the first two times."""
    store = Store.open(postgres_server.replace("postgres@", f"{role}@") + database)

    with pytest.raises(DatabaseBusyError, match=f"does not exist; make it with: {hint}$"):
        upgrade(store)

    store.close()


@pytest.mark.postgres
def test_a_login_that_the_server_refuses_shows_no_password(postgres_server: str) -> None:
    """The server of the tests takes any password, but knows no such user."""
    address = postgres_server.replace("postgres@", "nobody-here:secret@")
    store = Store.open(address + "postgres")

    with pytest.raises(DatabaseBusyError, match="nobody-here") as refused:
        upgrade(store)

    assert "secret" not in str(refused.value)
