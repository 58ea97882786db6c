"""Damaged files, foreign files, and places that cannot be written."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from skillmatch.errors import DataError, IndexMismatchError, NotFoundError, StorageError
from skillmatch.model.framework import Framework
from skillmatch.store import FrameworkDb, write_framework
from skillmatch.store.schema import APPLICATION_ID


@pytest.fixture
def installed(mini_esco: Framework, tmp_path: Path) -> Path:
    """A written framework that a test may damage."""
    path = tmp_path / "esco-mini.sqlite"
    write_framework(mini_esco, path)
    return path


def test_a_framework_that_is_not_installed_is_named(tmp_path: Path) -> None:
    """The message says how to see and how to add frameworks."""
    with pytest.raises(NotFoundError, match=r"no framework is installed at .*frameworks install"):
        FrameworkDb.open(tmp_path / "absent.sqlite")


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_a_file_of_another_kind_is_refused(content: bytes, tmp_path: Path) -> None:
    """A half download or a renamed file must not look like an empty framework."""
    path = tmp_path / "esco-1.1.1.sqlite"
    path.write_bytes(content)

    with pytest.raises(DataError, match=r"no SQLite file.*frameworks install esco@1\.1\.1"):
        FrameworkDb.open(path)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    """SQLite files are everywhere."""
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE meta (key, value)")

    with pytest.raises(DataError, match="another program's"):
        FrameworkDb.open(path)


def test_a_file_that_is_cut_short_is_refused_when_opened(installed: Path) -> None:
    """SQLite itself would only notice at the first missing page."""
    installed.write_bytes(installed.read_bytes()[:-4096])

    with pytest.raises(DataError, match="bytes of"):
        FrameworkDb.open(installed)


def test_a_damaged_page_is_reported_as_damage(installed: Path) -> None:
    """A bad disk ends in one message, not in SQLite's own exception."""
    data = bytearray(installed.read_bytes())
    data[4096:-4096] = b"\xff" * (len(data) - 8192)
    installed.write_bytes(data)

    with pytest.raises(DataError, match=r"damaged.*frameworks install esco@mini"):
        FrameworkDb.open(installed)


def test_a_changed_text_is_found_by_verification(installed: Path) -> None:
    """A file can be sound for SQLite and still not be what was installed."""
    data = installed.read_bytes()
    assert b"kitchen hygiene" in data
    installed.write_bytes(data.replace(b"kitchen hygiene", b"kitchen hygienX"))

    with FrameworkDb.open(installed) as db, pytest.raises(DataError, match="sha256"):
        db.verify()


def test_another_layout_is_refused_with_the_command_that_mends_it(installed: Path) -> None:
    """After an update of the program, old files must be written anew."""
    with closing(sqlite3.connect(installed)) as connection:
        connection.execute("PRAGMA user_version = 999")

    with pytest.raises(IndexMismatchError, match=r"layout 999.*frameworks install esco@mini"):
        FrameworkDb.open(installed)


def test_a_written_file_carries_the_programs_mark(installed: Path) -> None:
    """The `file` command and this program tell it from other databases."""
    with closing(sqlite3.connect(installed)) as connection:
        (mark,) = connection.execute("PRAGMA application_id").fetchone()

    assert mark == APPLICATION_ID


def test_an_open_framework_cannot_be_changed(installed: Path) -> None:
    """Reading leaves no journal and no changed byte beside or in the file."""
    before = installed.read_bytes()

    with FrameworkDb.open(installed) as db:
        db.search("cook")
        db.read()

    assert installed.read_bytes() == before
    assert [path.name for path in installed.parent.iterdir()] == [installed.name]


def test_a_failed_rename_leaves_the_old_file_and_no_remains(
    installed: Path, mini_esco: Framework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong at the last step, what was installed still works."""
    before = installed.read_bytes()

    def fail(_part: Path, _target: Path) -> Path:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError, match=r"Read-only file system.*SKILLMATCH_DATA.*untouched"):
        write_framework(mini_esco, installed)

    assert installed.read_bytes() == before
    assert [path.name for path in installed.parent.iterdir()] == [installed.name]


def test_a_folder_that_cannot_be_made_is_a_storage_error(
    mini_esco: Framework, tmp_path: Path
) -> None:
    """A file stands where the data folder should be."""
    (tmp_path / "data").write_text("in the way")

    with pytest.raises(StorageError, match="cannot write"):
        write_framework(mini_esco, tmp_path / "data" / "esco-mini.sqlite")


@pytest.mark.skipif(os.name != "posix", reason="limits of file size are a POSIX notion")
def test_a_full_disk_leaves_the_old_file_and_no_remains(installed: Path, tmp_path: Path) -> None:
    """Run in a process whose files may not grow beyond 16 KiB, which fails as a full disk does."""
    before = installed.read_bytes()
    program = f"""
import resource, signal
from pathlib import Path
from skillmatch.errors import StorageError
from skillmatch.store import FrameworkDb, write_framework
path = Path({str(installed)!r})
with FrameworkDb.open(path) as db:
    framework = db.read()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (16384, 16384))
try:
    write_framework(framework, path)
except StorageError as error:
    print(error)
"""

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=600
    )

    assert "Make room on the disk" in done.stdout
    assert installed.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [installed.name]


@pytest.mark.skipif(os.name != "posix", reason="kills a process by a POSIX signal")
def test_a_killed_write_leaves_the_old_file(installed: Path) -> None:
    """The process dies after all rows are written and before the rename."""
    before = installed.read_bytes()
    program = f"""
import os, signal
from pathlib import Path
from skillmatch.store import FrameworkDb, write_framework
path = Path({str(installed)!r})
with FrameworkDb.open(path) as db:
    framework = db.read()
Path.replace = lambda part, target: os.kill(os.getpid(), signal.SIGKILL)
write_framework(framework, path)
"""

    done = subprocess.run([sys.executable, "-c", program], check=False, timeout=600)

    assert done.returncode == -9
    assert installed.read_bytes() == before
    with FrameworkDb.open(installed) as db:
        db.verify()
