"""A new release is taken into use while requests run: none meets a closed matcher."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

import pytest
from fastapi.testclient import TestClient

from skillmatch.errors import IndexMismatchError, NotFoundError
from skillmatch.service.matcher import Matcher
from skillmatch.settings import Settings
from skillmatch_api.app import create_app
from skillmatch_api.engine.holder import MatcherHolder
from skillmatch_api.engine.warming import open_warm
from skillmatch_api.engine.watching import Standing, Watcher, standing
from skillmatch_api.errors import BusyServiceError
from skillmatch_api.wire.services import Services
from tests.mini_engine import mini_linker


@dataclass(slots=True)
class _Counted:
    """Stands for a matcher, and counts how often it is closed."""

    closed: int = 0
    used_closed: int = 0

    def close(self) -> None:
        """Count."""
        self.closed += 1

    def use(self) -> None:
        """Notice whether it is closed already."""
        self.used_closed += self.closed


@dataclass(slots=True)
class _Opener:
    """Opens one after the other, and remembers all of them."""

    made: list[_Counted] = field(default_factory=list)
    failing: bool = False

    def __call__(self) -> Matcher:
        """Open the next, or fail as where an index is not built yet."""
        if self.failing:
            raise IndexMismatchError("the index is of another release", field="framework")
        self.made.append(_Counted())
        return cast("Matcher", self.made[-1])


def counted(matcher: Matcher) -> _Counted:
    """Return what stands for a matcher."""
    return cast("_Counted", matcher)


def test_no_request_meets_a_closed_matcher_and_each_is_closed_once() -> None:
    """Many threads ask while the matcher is exchanged over and over."""
    opener = _Opener()
    holder = MatcherHolder(opening=opener)
    begin = threading.Barrier(9)

    def ask() -> None:
        begin.wait()
        for _ in range(300):
            with holder.lent() as outer, holder.lent() as inner:
                counted(outer).use()
                counted(inner).use()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for one in threads:
        one.start()
    begin.wait()
    for _ in range(60):
        holder.exchange()
    for one in threads:
        one.join()
    holder.close()

    assert len(opener.made) >= 60
    assert {one.closed for one in opener.made} == {1}
    assert sum(one.used_closed for one in opener.made) == 0


def test_requests_that_come_first_together_open_one_matcher() -> None:
    """It takes seconds and a gigabyte."""
    opener = _Opener()
    holder = MatcherHolder(opening=opener)
    begin = threading.Barrier(6)

    def ask() -> None:
        begin.wait()
        with holder.lent() as matcher:
            counted(matcher).use()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(opener.made) == 1


def test_a_request_keeps_its_matcher_over_an_exchange_and_over_the_end() -> None:
    """What it began with is what it ends with."""
    opener = _Opener()
    holder = MatcherHolder(opening=opener)

    with holder.lent() as kept:
        holder.exchange()
        holder.close()
        during = counted(kept).closed

    assert (during, counted(kept).closed) == (0, 1)
    with pytest.raises(BusyServiceError), holder.lent():
        pass
    with pytest.raises(BusyServiceError):
        holder.exchange()
    assert [one.closed for one in opener.made] == [1, 1]


def test_what_cannot_be_opened_changes_nothing_but_is_told(services: Services) -> None:
    """The old one goes on answering, and whoever watches the service sees it."""
    opener = _Opener()
    holder = MatcherHolder(opening=opener)
    holder.exchange()
    opener.failing = True

    with pytest.raises(IndexMismatchError):
        holder.exchange()
    with TestClient(create_app(replace(services, matchers=holder))) as client:
        answer = client.get("/readyz")
        opener.failing = False
        holder.exchange()
        mended = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json() == {"database": True, "matcher": True, "stale": True}
    assert mended.json() == {"database": True, "matcher": True}
    assert [one.closed for one in opener.made] == [1, 1]


@dataclass(slots=True)
class _Files:
    """What the watcher sees."""

    now: int = 0
    absent: bool = False

    def __call__(self) -> Standing:
        """Return how they stand."""
        if self.absent:
            raise NotFoundError("no framework is installed yet")
        return (("framework.sqlite", self.now, 0, 0),)


@pytest.fixture
def watched() -> Iterator[tuple[_Files, _Opener, Watcher]]:
    """A watcher that opened what there is."""
    files, opener = _Files(), _Opener()
    holder = MatcherHolder(opening=opener)
    yield files, opener, Watcher(holder, look=files, seconds=0)
    holder.close()


def test_a_change_is_taken_up_when_it_stands_still(
    watched: tuple[_Files, _Opener, Watcher],
) -> None:
    """An installation changes files one after the other; half of it is never opened."""
    files, opener, watcher = watched
    watcher.start()
    looks = []

    for files.now in (0, 1, 2, 2, 2, 2):
        watcher.check()
        looks.append(len(opener.made))

    assert looks == [1, 1, 1, 2, 2, 2]


def test_a_release_without_its_index_is_tried_again_when_that_is_built(
    watched: tuple[_Files, _Opener, Watcher], caplog: pytest.LogCaptureFixture
) -> None:
    """Once for each change, not at every look."""
    files, opener, watcher = watched
    watcher.start()
    opener.failing, files.now = True, 1
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            watcher.check()
    opener.failing, files.now = False, 2
    for _ in range(2):
        watcher.check()

    assert len(caplog.records) == 1
    assert "another release" in caplog.text
    assert len(opener.made) == 2
    assert not watcher.holder.stale


def test_a_first_installation_is_noticed_while_the_service_runs(
    watched: tuple[_Files, _Opener, Watcher],
) -> None:
    """A container may start before its volume is filled."""
    files, opener, watcher = watched
    files.absent = opener.failing = True
    watcher.start()
    files.absent = opener.failing = False
    for _ in range(2):
        watcher.check()

    assert watcher.holder.is_open


def test_the_standing_changes_with_the_files_of_a_matcher(
    mini_settings: Settings, tmp_path: Path
) -> None:
    """Framework and index alike; other files do not matter."""
    data = tmp_path / "data"
    for one in sorted(mini_settings.data_dir.rglob("*")):
        if one.is_file():
            copy = data / one.relative_to(mini_settings.data_dir)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(one.read_bytes())
    settings = replace(mini_settings, data_dir=data)
    seen = [standing(settings)]

    (data / "unrelated.txt").write_text("x", encoding="utf-8")
    seen.append(standing(settings))
    for pattern in ("frameworks/*/framework.sqlite", "indexes/*/*/index.toml"):
        changed = sorted(data.glob(pattern))[0]
        new = changed.with_suffix(".new")
        new.write_bytes(changed.read_bytes() + b"\n")
        new.replace(changed)
        seen.append(standing(settings))

    assert seen[0] == seen[1]
    assert len(set(seen)) == 3
    with pytest.raises(NotFoundError):
        standing(replace(settings, data_dir=tmp_path / "empty"))


def test_a_matcher_is_warm_before_it_is_lent(mini_settings: Settings) -> None:
    """What is looked up only once is looked up before a request waits for it."""
    with mini_linker(mini_settings), open_warm(mini_settings) as matcher:
        kept = {name: getattr(matcher.frameworks, name) for name in ("_concepts", "_withdrawn")}

    assert all(kept.values())


def test_what_cannot_be_warmed_is_closed(
    mini_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise each attempt would leave its files open."""
    closed: list[Matcher] = []

    def fail(_matcher: Matcher, *_arguments: object, **_options: object) -> None:
        raise IndexMismatchError("broken", field="rows")

    def close(matcher: Matcher) -> None:
        closed.append(matcher)

    monkeypatch.setattr(Matcher, "gap", fail)
    monkeypatch.setattr(Matcher, "close", close)

    with pytest.raises(IndexMismatchError):
        open_warm(mini_settings)
    assert len(closed) == 1
