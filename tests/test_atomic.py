"""Files appear whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from skillmatch.atomic import replacing, write_text
from skillmatch.errors import StorageError


def test_an_error_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    """Ctrl-C is an error too, and comes at any moment."""
    target = tmp_path / "report.html"
    write_text(target, "old")

    def interrupted() -> None:
        with replacing(target) as aside:
            aside.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_file_is_readable_for_whoever_the_umask_allows(tmp_path: Path) -> None:
    """Temporary files are private; a report is not."""
    plain = tmp_path / "plain"
    plain.write_text("")

    write_text(tmp_path / "atomic", "")

    assert (tmp_path / "atomic").stat().st_mode == plain.stat().st_mode


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """The message names the file that was asked for, not the temporary one."""
    target = tmp_path / "absent" / "report.html"

    with pytest.raises(StorageError, match=r"report\.html"):
        write_text(target, "text")
