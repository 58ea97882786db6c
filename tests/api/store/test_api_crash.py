"""Kill -9 in the middle of any write loses nothing that was acknowledged.

A process writes people with all that belongs to them and says so after each commit. It is killed at
moments of no pattern; then all that it said must be there, and nothing by halves.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy import func, select

from skillmatch_api.store import Store
from skillmatch_api.store.checking import check_store
from skillmatch_api.store.erasures import digest_of
from skillmatch_api.store.migrating import upgrade
from skillmatch_api.store.tables import (
    ApiKey,
    AuditEntry,
    Consent,
    Erasure,
    EvidenceRow,
    Person,
    Profile,
    Tenant,
)
from tests.api.postgres_cluster import Cluster, running
from tests.api.store import writer

_FORKS = multiprocessing.get_context("forkserver")
# Each writer is born with everything imported, which would take it longer than it lives.
_FORKS.set_forkserver_preload([writer.__name__])


class Writer:
    """A writing process, and what it acknowledged until it ended."""

    def __init__(self, url: str, seed: int) -> None:
        self._told, tells = _FORKS.Pipe(duplex=False)
        self._process = _FORKS.Process(target=writer.write, args=(url, seed, tells), daemon=True)
        self._process.start()
        tells.close()
        assert self._told.recv() == "ready"
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def after(self, lines: int, seconds: float) -> None:
        """Return once it acknowledged ``lines`` writes, and a moment more."""
        while self._process.is_alive() and len(self.lines) < lines:
            threading.Event().wait(0.002)
        threading.Event().wait(seconds)

    def kill(self) -> None:
        """End it by SIGKILL, and read what it had said before."""
        self._process.kill()
        self.ended()

    def ended(self) -> None:
        """Wait until it is gone."""
        self._process.join(60)
        self._reader.join(60)

    def _read(self) -> None:
        # What did not come whole was not said: the process died while it wrote it.
        with self._told, suppress(EOFError, OSError):
            while True:
                self.lines.append(self._told.recv())


class Ledger:
    """All that was ever acknowledged."""

    def __init__(self) -> None:
        self._people: dict[str, int] = {}
        self._erased: set[str] = set()

    def add(self, lines: list[str]) -> None:
        """Note what a writer said."""
        for line in lines:
            what, person_id, *pieces = line.split()
            if what == "person":
                self._people[person_id] = int(pieces[0])
            else:
                del self._people[person_id]
                self._erased.add(person_id)

    def compare(self, store: Store) -> None:
        """Assert that the database holds all of it, and nothing by halves."""
        with store.reading() as session:
            there = set(session.scalars(select(Person.id)))
            counts = {
                table.__tablename__: Counter(session.scalars(select(column)))
                for table, column in (
                    (EvidenceRow, EvidenceRow.person_id),
                    (Consent, Consent.person_id),
                    (ApiKey, ApiKey.person_id),
                    (Profile, Profile.person_id),
                )
            }
            logged = Counter(
                session.scalars(
                    select(AuditEntry.subject).where(AuditEntry.action == "candidate.create")
                )
            )
            distinct = session.scalar(select(func.count(func.distinct(Person.number))))
            erasures = {(row.tenant_id, row.digest) for row in session.scalars(select(Erasure))}
            tenants = list(session.scalars(select(Tenant.id)))
        # The last write may have been committed without having been acknowledged, but then wholly.
        gone = set(self._people) - there
        assert len(gone) <= 1
        assert all(
            (one, digest_of(one, person_id)) in erasures for one in tenants for person_id in gone
        )
        for person_id in gone:
            del self._people[person_id]
        self._erased |= gone
        assert not self._erased & there
        for person_id, pieces in self._people.items():
            assert counts["evidence"][person_id] == pieces
        assert distinct == len(there)
        for table in ("consents", "api_keys", "profiles"):
            assert counts[table] == dict.fromkeys(there, 1)
        assert {one for one in logged if one} == there
        assert set(counts["evidence"]) == there
        assert [one for one in check_store(store).findings if one.about != "durability"] == []


def kill_again_and_again(url: str, kills: int) -> None:
    """Kill a writer at moments of no pattern, and look after each."""
    chance = random.Random(kills)  # noqa: S311 - the same moments each time
    store, ledger = Store.open(url), Ledger()
    for seed in range(kills):
        writer = Writer(url, seed)
        writer.after(chance.randrange(2, 12), chance.random() * 0.03)
        writer.kill()
        ledger.add(writer.lines)
        ledger.compare(store)
    store.close()


def test_a_killed_process_loses_nothing_acknowledged(database_url: str) -> None:
    """A few times here; the marker ``fuzz`` does it for longer."""
    kill_again_and_again(database_url, 2)


@pytest.mark.fuzz
def test_a_process_killed_forty_times_loses_nothing_acknowledged(database_url: str) -> None:
    """Moments within a commit are rare, so many kills are needed to meet some."""
    kill_again_and_again(database_url, 40)


@pytest.fixture(scope="module")
def careful_server() -> Iterator[Cluster]:
    """A PostgreSQL server as anybody would set it up, to be crashed."""
    with running(more="") as server:
        yield server


@pytest.mark.postgres
@pytest.mark.parametrize("rounds", [2, pytest.param(15, marks=pytest.mark.fuzz)])
def test_a_crashed_server_loses_nothing_acknowledged(careful_server: Cluster, rounds: int) -> None:
    """Once a backend is killed, which takes all others with it, once the server stops at once."""
    name = f"crash_{rounds}"
    with psycopg.connect(careful_server.url + "postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    url = careful_server.url + name
    store, ledger = Store.open(url), Ledger()
    upgrade(store)
    for seed in range(rounds):
        writer = Writer(url, seed)
        writer.after(5, 0.01 * seed)
        if seed % 2:
            careful_server.crash()
            careful_server.start()
        else:
            os.kill(backend_of(url), signal.SIGKILL)
        writer.ended()
        ledger.add(writer.lines)
        careful_server.wait()
        ledger.compare(store)
    store.close()


def backend_of(url: str) -> int:
    """Return the process of the server that works for the writer."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND application_name = 'skillmatch' "
            "ORDER BY backend_start DESC"
        ).fetchone()
    assert row is not None
    return int(row[0])
