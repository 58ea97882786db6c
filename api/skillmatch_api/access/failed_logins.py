"""How often logins of one network failed lately; more than a few, and it has to wait."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from skillmatch_api.errors import BusyServiceError

WINDOW = timedelta(minutes=5)
MOST = 20
"""Failures of one network within the window before it has to wait for the rest of it."""

REMEMBERED = 10_000
"""Networks that are remembered at most; beyond them the one that began first is forgotten."""


@dataclass(slots=True)
class FailedLogins:
    """Counts failures by network, in memory and of this process only."""

    _counts: OrderedDict[str, tuple[datetime, int]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, network: str, *, at: datetime) -> None:
        """Let a login be tried.

        Raises:
            BusyServiceError: Too many failed; it says how long to wait.
        """
        with self._lock:
            began, count = self._counts.get(network, (at, 0))
        rest = began + WINDOW - at
        if count >= MOST and rest > timedelta(0):
            raise BusyServiceError(
                "too many logins from your network failed; wait and try again",
                retry_after=-int(-rest.total_seconds() // 1),
                yours=True,
            )

    def note(self, network: str, *, at: datetime) -> None:
        """Count a failure."""
        with self._lock:
            began, count = self._counts.pop(network, (at, 0))
            if at >= began + WINDOW:
                began, count = at, 0
            self._counts[network] = (began, count + 1)
            self._counts.move_to_end(network)
            while len(self._counts) > REMEMBERED:
                self._counts.popitem(last=False)
