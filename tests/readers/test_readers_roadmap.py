"""The file of a roadmap: what is written is read, and what a person breaks is said."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from skillmatch.errors import BusyError, DataError, NotFoundError, RowError, StorageError
from skillmatch.model.roadmap import Roadmap
from skillmatch.readers.roadmaps import (
    locked,
    parse_roadmap,
    read_roadmap,
    roadmap_text,
    write_roadmap,
)
from skillmatch.readers.roadmaps import roadmap as module
from tests.readers.roadmap_samples import roadmap, roadmaps, step

WHERE = Path("roadmap.toml")
HEAD = """\
format = "skillmatch-roadmap-1"
title = ""
begun = 2026-03-02
[request]
start = 2026-03-02
"""


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(any_roadmap=roadmaps())
def test_what_is_written_is_read(any_roadmap: Roadmap) -> None:
    """A year of records hangs on this file."""
    text = roadmap_text(any_roadmap)

    again = parse_roadmap(text, WHERE)

    assert again == any_roadmap
    assert roadmap_text(again) == text


def test_a_file_is_written_whole_and_read_back(tmp_path: Path) -> None:
    """The same through the disk."""
    path = tmp_path / "roadmap.toml"
    made = roadmap(step("knives"), step("sauces", after=2))

    write_roadmap(made, path)

    assert read_roadmap(path) == made
    assert [one.name for one in tmp_path.iterdir()] == ["roadmap.toml"]


def test_comments_of_a_person_survive(tmp_path: Path) -> None:
    """Words that somebody wrote are never lost silently, wherever they stand."""
    path = tmp_path / "roadmap.toml"
    write_roadmap(roadmap(step("knives", note="has # in it")), path)
    text = path.read_text(encoding="utf-8")
    edited = text.replace('state = "planned"', 'state = "planned" # ask Ada first')
    path.write_text("# my own line\n" + edited, encoding="utf-8")

    found = read_roadmap(path)
    write_roadmap(found, path)

    assert found.remarks == ("my own line", "ask Ada first")
    assert "#> my own line\n#> ask Ada first\n" in path.read_text(encoding="utf-8")
    assert read_roadmap(path) == found


def test_all_faults_are_named_with_their_lines() -> None:
    """Someone who edits by hand mends them in one go."""
    text = (
        HEAD
        + """
by = 2026-01-01
hours_per_week = 0
[[step]]
id = "a"
name = "A"
stat = "done"
starts = 2026-03-09
ends = 2026-03-02
cost = 12
[[step.log]]
on = "soon"
hours = -1
[[step]]
id = "a"
name = "B"
state = "done"
starts = 2026-03-02T10:00:01
ends = 2026-03-30
"""
    )

    with pytest.raises(RowError) as caught:
        parse_roadmap(text, WHERE)

    assert caught.value.faults == (
        "line 7, `by`: 2026-01-01 is before the start, 2026-03-02",
        "line 8, `hours_per_week`: must be a number above 0 and at most 168, not 0",
        "line 12, `stat`: means nothing here; did you mean `state`?",
        "line 14, `ends`: 2026-03-02 is before its first day, 2026-03-09",
        'line 15, `cost`: must be an amount and a currency, as in "120.00 EUR", not 12',
        "line 17, `on`: must be a date like 2026-11-30, not 'soon'",
        "line 18, `hours`: must be a number of at least 0 and at most 10000, not -1",
        "line 19, `ended`: is missing; a step that is done needs its day",
        "line 20, `id`: 'a' stands in an earlier step already; remove one of them",
        "line 23, `starts`: must be a date like 2026-11-30, without a time, "
        "not 2026-03-02 10:00:01",
    )


def test_an_unknown_key_is_refused_and_not_dropped() -> None:
    """The next command would write the file without it."""
    with pytest.raises(RowError, match="line 6, `mood`: means nothing here"):
        parse_roadmap(HEAD + 'mood = "good"\n', WHERE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no roadmap: it lacks the line format"),
        ('format = "roadmap-9"', "has format 'roadmap-9'"),
        ("format = [", "is not valid TOML"),
        (HEAD + "step = 3", "`step`: means nothing here"),
        ('format = "skillmatch-roadmap-1"\nstep = 3', "`step`: must be written as [[step]]"),
        ('format = "skillmatch-roadmap-1"\nrequest = 3', "must be written as a table [request]"),
        (HEAD + f"hours_per_week = 1{'0' * 400}", "must be a number above 0 and at most 168"),
        (HEAD + "hours_per_week = nan", "must be a number"),
        ("format = 'skillmatch-roadmap-1'\n" + "a." * 100 + "b = 1", "more than 64 parts"),
        (HEAD + "x = " + "[" * 5000, "is not valid TOML"),
        (HEAD.replace("2026-03-02", "2026-02-30"), "is not valid TOML"),
        (HEAD + 'title = """\n# no comment\n[[step]]\n"""', "means nothing here"),
    ],
)
def test_a_hostile_file_is_refused_in_one_message(text: str, said: str) -> None:
    """Whatever it holds, it is said and nothing breaks."""
    with pytest.raises(DataError) as caught:
        parse_roadmap(text, WHERE)

    assert said in str(caught.value)
    assert len(str(caught.value)) < 5000


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """The first thing that everyone meets."""
    with pytest.raises(NotFoundError, match="roadmap init"):
        read_roadmap(tmp_path / "roadmap.toml")


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b'format = "\xe9"'])
def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path, data: bytes) -> None:
    """An editor may have saved it in another encoding."""
    path = tmp_path / "roadmap.toml"
    path.write_bytes(data)

    with pytest.raises(DataError, match="UTF-8"):
        read_roadmap(path)


def test_two_writers_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two terminals, one file: the second waits, and then says so instead of writing over it."""
    monkeypatch.setattr(module, "WAIT_S", 0.05)
    path = tmp_path / "roadmap.toml"
    faults: list[BaseException] = []

    def second() -> None:
        try:
            with locked(path):
                pass
        except BusyError as fault:
            faults.append(fault)

    with locked(path):
        other = threading.Thread(target=second)
        other.start()
        other.join()

    assert [str(one).endswith("try again when it is done") for one in faults] == [True]
    with locked(path):
        pass


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    """Before anything that takes long."""
    with (
        pytest.raises(StorageError, match="there is no folder"),
        locked(tmp_path / "no" / "r.toml"),
    ):
        pass
