"""How many answers may go on for as long as somebody reads them.

Each reader of events costs a look into the database twice a second. Who finds no room asks for the
thing itself from time to time, which costs less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import BusyServiceError

RETRY_AFTER = 10
"""Seconds after which it is worth coming again: streams last, but most jobs end soon."""


@dataclass(slots=True)
class Streams:
    """The streams of one application. To be used from one event loop.

    Attributes:
        most: How many may be open.
        most_each: How many of one caller.
        refused: How many were sent away so far.
    """

    most: int
    most_each: int
    refused: int = 0
    _open: Counter[str] = field(default_factory=Counter)

    @property
    def running(self) -> int:
        """How many are open now."""
        return self._open.total()

    @contextmanager
    def opened(self, caller: Principal) -> Iterator[None]:
        """Count one as open, for as long as the context lasts.

        Raises:
            BusyServiceError: There are too many, of this caller or in all.
        """
        name = f"{caller.tenant_id} {caller.caller}"
        yours = self._open[name] >= self.most_each
        if yours or self.running >= self.most:
            self._forget_idle(name)
            self.refused += 1
            raise _full(self.most_each, yours=yours)
        self._open[name] += 1
        try:
            yield
        finally:
            self._open[name] -= 1
            self._forget_idle(name)

    def _forget_idle(self, name: str) -> None:
        if not self._open[name]:
            del self._open[name]


def _full(most_each: int, *, yours: bool) -> BusyServiceError:
    why = (
        f"a key may read {most_each} streams of events at one time"
        if yours
        else "too many read events right now"
    )
    return BusyServiceError(
        f"{why}; ask for the job itself instead, every few seconds",
        retry_after=RETRY_AFTER,
        yours=yours,
    )
