"""Snapshots: what is written comes back, in either kind of database, or nothing does."""

from __future__ import annotations

import json
import random
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from skillmatch.errors import DamagedError, DataError, NotFoundError, StorageError, UsageError
from skillmatch_api.store import Store
from skillmatch_api.store.migrating import current, newest
from skillmatch_api.store.snapshots.restoring import Restored, restore_snapshot
from skillmatch_api.store.snapshots.since import Since
from skillmatch_api.store.snapshots.writing import LEFT_OUT, write_snapshot
from skillmatch_api.store.tables import ConceptNumber, Tenant
from tests.api.conftest import NOW
from tests.api.store.filled import Rows, fill, rows_of


def unheard(_what: str, _done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def nobody(_session: Session, _since: Since) -> int:
    """Obey nothing."""
    return 0


def write(store: Store, path: Path) -> Path:
    write_snapshot(store, path, made_at=NOW, progress=unheard)
    return path


def restore(store: Store, path: Path, *, replace: bool = False) -> Restored:
    return restore_snapshot(store, path, replace=replace, obey=nobody, progress=unheard)


def kept(rows: Rows) -> Rows:
    """Return what a snapshot of these rows holds."""
    return {name: [] if name in LEFT_OUT else found for name, found in rows.items()}


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Store]:
    """A database without tables."""
    opened = Store.open(empty_database_url)
    yield opened
    opened.close()


def test_all_rows_come_back_as_they_were(store: Store, empty: Store, tmp_path: Path) -> None:
    """Each type with its odd values, and a sequence that goes on behind the last number."""
    fill(store)
    path = write(store, tmp_path / "all.zip")

    restore(empty, path)

    assert rows_of(empty) == kept(rows_of(store))
    with empty.writing() as session:
        session.execute(insert(ConceptNumber), {"uri": "http://example.org/next"})
        numbers = list(session.scalars(select(ConceptNumber.number)))
    assert sorted(numbers) == [1, 2, 3, 4]


@pytest.mark.postgres
@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_snapshot_moves_everything_to_the_other_kind_of_database_and_back(
    store: Store, empty: Store, tmp_path: Path
) -> None:
    """After that the file is the same, byte by byte, but for the order of names in JSON."""
    fill(store)
    file = Store.open(f"sqlite:///{tmp_path / 'file.sqlite'}")

    restore(file, write(store, tmp_path / "1.zip"))
    restore(empty, write(file, tmp_path / "2.zip"))

    assert rows_of(file) == kept(rows_of(store))
    assert rows_of(empty) == rows_of(file)
    file.close()


def test_a_snapshot_may_be_read_by_its_owner_only(store: Store, tmp_path: Path) -> None:
    """It holds what people entrusted to the service."""
    path = write(store, tmp_path / "all.zip")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.glob("*.zip*")] == ["all.zip"]


def test_the_same_rows_make_the_same_bytes(store: Store, tmp_path: Path) -> None:
    """So that a backup can be compared with another."""
    fill(store)

    first, second = write(store, tmp_path / "1.zip"), write(store, tmp_path / "2.zip")

    assert first.read_bytes() == second.read_bytes()


def test_a_database_with_rows_is_replaced_on_demand_only(store: Store, tmp_path: Path) -> None:
    """Nobody should lose a database to a command of the wrong terminal."""
    path = write(store, tmp_path / "empty.zip")
    fill(store)
    before = rows_of(store)

    with pytest.raises(UsageError, match=r"3 persons.*--replace"):
        restore(store, path)

    assert rows_of(store) == before
    restore(store, path, replace=True)
    assert set(map(len, rows_of(store).values())) == {0}


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_snapshot_changes_nothing(store: Store, tmp_path: Path, seed: int) -> None:
    """A byte that changed, or an end that is missing, wherever it is."""
    chance = random.Random(seed)  # noqa: S311 - the same bytes each time
    fill(store)
    before = rows_of(store)
    data = bytearray(write(store, tmp_path / "all.zip").read_bytes())
    place = chance.randrange(len(data))
    damaged = (
        data[:place] if seed % 2 else data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :]
    )
    path = tmp_path / "damaged.zip"
    path.write_bytes(damaged)
    (tmp_path / "all.zip").unlink()

    try:
        restore(store, path, replace=True)
    except (DataError, StorageError):
        assert rows_of(store) == before
    else:
        # A byte of the zip's own that tells nothing of the rows, such as a date.
        assert rows_of(store) == kept(before)


def test_rows_that_were_changed_in_the_file_are_refused(store: Store, tmp_path: Path) -> None:
    """The zip's own sums fit here, and the manifest's do not."""
    fill(store)
    path = rewritten(
        write(store, tmp_path / "all.zip"), "tables/persons.jsonl", lambda rows: rows * 2
    )

    with pytest.raises(DamagedError, match="persons"):
        restore(store, path, replace=True)

    assert rows_of(store)["persons"] != []


def test_what_is_no_snapshot_is_refused(store: Store, tmp_path: Path) -> None:
    """With a name of a file that is not there, too."""
    (tmp_path / "text.zip").write_text("no zip")

    with pytest.raises(DamagedError, match="no backup"):
        restore(store, tmp_path / "text.zip")
    with pytest.raises(NotFoundError, match="there is no backup"):
        restore(store, tmp_path / "gone.zip")


def test_a_snapshot_of_a_newer_program_is_refused(store: Store, tmp_path: Path) -> None:
    """What its tables mean is not known here."""

    def newer(manifest: bytes) -> bytes:
        return json.dumps({**json.loads(manifest), "revision": "9999"}).encode()

    path = rewritten(write(store, tmp_path / "all.zip"), "manifest.json", newer)

    with pytest.raises(StorageError, match=r"9999.*newer skillmatch"):
        restore(store, path, replace=True)

    assert current(store) == newest()


def test_a_snapshot_holds_one_state_though_others_write(store: Store, tmp_path: Path) -> None:
    """The rows that a reader met first and last are of the same moment."""
    fill(store)
    before = rows_of(store)
    wrote: list[bool] = []

    def others(what: str, _done: int, _total: int) -> None:
        if what == "writing" and not wrote:
            wrote.append(True)
            with store.writing() as session:
                session.add(Tenant(id="x", name="x", created_at=NOW, people=0, changes=0))
                session.execute(delete(ConceptNumber))

    write_snapshot(store, tmp_path / "all.zip", made_at=NOW, progress=others)
    restore(store, tmp_path / "all.zip", replace=True)

    assert wrote == [True]
    assert rows_of(store) == kept(before)


def rewritten(path: Path, name: str, change: object) -> Path:
    """Change one file in a zip, whose own sums then fit it."""
    with zipfile.ZipFile(path) as zipped:
        files = {one: zipped.read(one) for one in zipped.namelist()}
    assert callable(change)
    files[name] = change(files[name])
    with zipfile.ZipFile(path, "w") as zipped:
        for one, data in files.items():
            zipped.writestr(one, data)
    return path
