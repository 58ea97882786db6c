"""One open matcher for all requests; a newer one takes over without anybody waiting."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from skillmatch.service.matcher import Matcher
from skillmatch_api.errors import BusyServiceError


@dataclass(slots=True)
class _Lent:
    """A matcher, and how many requests hold it."""

    matcher: Matcher
    requests: int = 0
    retired: bool = False


@dataclass(slots=True)
class MatcherHolder:
    """Lends the newest matcher; an older one is closed when its last request is answered.

    Attributes:
        opening: Opens a matcher over what is installed now; may take seconds, and is called at
            the first ``lent`` or ``exchange``, by one thread at a time.
        stale: Whether the last ``opening`` failed, so that what is lent is not what is installed.
    """

    opening: Callable[[], Matcher]
    stale: bool = False
    _current: _Lent | None = None
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _opening_one: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def lent(self) -> Iterator[Matcher]:
        """Yield the newest matcher; it stays open as long as it is held.

        Raises:
            NotFoundError: Nothing is installed.
            BusyServiceError: The service is being stopped.
        """
        lent = self._take() or self._first()
        try:
            yield lent.matcher
        finally:
            self._give_back(lent)

    @property
    def is_open(self) -> bool:
        """Whether a matcher is at hand without waiting."""
        return self._current is not None

    def exchange(self) -> None:
        """Open a matcher over what is installed now, and lend that one from here on.

        Requests go on meanwhile with the one that there is, and keep it until they are answered.
        Where opening fails, nothing changes but ``stale``.

        Raises:
            NotFoundError: Nothing is installed.
            IndexMismatchError: An index belongs to other data; it may be about to be built.
            BusyServiceError: The service is being stopped.
        """
        with self._opening_one:
            self._open()

    def close(self) -> None:
        """Let go of the matcher, once its last request is answered, and lend none any more."""
        with self._opening_one:
            self._closed = True
            self._replace(None)

    def _open(self) -> None:
        if self._closed:
            raise BusyServiceError("the service is stopping", retry_after=5, yours=False)
        try:
            new = self.opening()
        except BaseException:
            self.stale = True
            raise
        self.stale = False
        self._replace(_Lent(new))

    def _take(self) -> _Lent | None:
        with self._lock:
            if self._current is not None:
                self._current.requests += 1
            return self._current

    def _first(self) -> _Lent:
        with self._opening_one:
            taken = self._take()
            while taken is None:
                self._open()
                taken = self._take()
        return taken

    def _give_back(self, lent: _Lent) -> None:
        with self._lock:
            lent.requests -= 1
            last = lent.retired and lent.requests == 0
        if last:
            lent.matcher.close()

    def _replace(self, new: _Lent | None) -> None:
        with self._lock:
            old, self._current = self._current, new
            idle = old is not None and old.requests == 0
            if old is not None:
                old.retired = True
        if old is not None and idle:
            old.matcher.close()
