"""Notices that a framework or an index was installed, and has it taken into use.

Only names, sizes and times of a few files are looked at, so that looking costs nothing. A change is
acted on when it has stood still from one look to the next: an installation replaces the framework
first and its index some seconds later.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from skillmatch.errors import SkillmatchError
from skillmatch.retrieval.recipe import read_recipe
from skillmatch.service.choice import choose_frameworks
from skillmatch.service.opening import DEFAULT_RECIPE
from skillmatch.service.places import Places
from skillmatch.settings import Settings
from skillmatch_api.engine.holder import MatcherHolder

_log = logging.getLogger(__name__)

Standing = tuple[tuple[str, int, int, int], ...]
"""Path, inode, size and time of change in ns of each file that a matcher is opened from."""


def standing(settings: Settings) -> Standing:
    """Return how the files stand that a matcher would be opened from now.

    Raises:
        NotFoundError: Nothing is installed.
    """
    places = Places.of(settings)
    recipe = read_recipe(DEFAULT_RECIPE, folder=settings.recipes).id
    files: list[Path] = []
    for one in choose_frameworks(places):
        files.append(places.database(one))
        files += sorted((settings.data_dir / "indexes" / one / recipe).glob("*"))
    return tuple(found for file in files if (found := _stands(file)) is not None)


def _stands(file: Path) -> tuple[str, int, int, int] | None:
    try:
        found = file.stat()
    except OSError:  # replaced between two looks
        return None
    return str(file), found.st_ino, found.st_size, found.st_mtime_ns


@dataclass(slots=True)
class Watcher:
    """Opens a matcher at the start, and another one whenever the files stand differently.

    Attributes:
        look: Returns how the files stand.
        seconds: Between two looks; 0 looks only at the start.
    """

    holder: MatcherHolder
    look: Callable[[], Standing]
    seconds: float
    _stopping: threading.Event = field(default_factory=threading.Event)
    _opened: Standing | None = None
    _seen: Standing | None = None

    def run(self) -> None:
        """Watch until ``stop``; what fails is logged, and tried again after the next change."""
        self.start()
        while self.seconds and not self._stopping.wait(self.seconds):
            self.check()

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()

    def start(self) -> None:
        """Open what is installed."""
        self._opened = self._seen = self._looked()
        self._take()

    def check(self) -> None:
        """Take what is installed into use where it changed and then stood still."""
        now = self._looked()
        settled, self._seen = now == self._seen, now
        if settled and now != self._opened:
            self._opened = now
            self._take()

    def _looked(self) -> Standing | None:
        try:
            return self.look()
        except (SkillmatchError, OSError):
            return None

    def _take(self) -> None:
        try:
            self.holder.exchange()
        except SkillmatchError as error:
            _log.error("what is installed cannot be taken into use: %s", error)
        except Exception as error:  # noqa: BLE001 - the edge of a thread that must go on watching
            _log.error("what is installed cannot be taken into use: %s", type(error).__name__)
        else:
            _log.info("what is installed is in use")


def watcher_of(holder: MatcherHolder, settings: Settings, *, seconds: float) -> Watcher:
    """Return what watches the data folder."""
    return Watcher(holder, look=lambda: standing(settings), seconds=seconds)
