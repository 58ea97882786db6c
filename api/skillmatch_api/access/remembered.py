"""Keys that were looked up a moment ago, so that each request of many does not ask the database.

What is remembered holds for ``FOR`` at most, and only until this process has written anything. So
a key that is revoked here counts no longer from the next request on, and one that another process
or the command line revokes, within that time.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from skillmatch_api.access.keys import KnownKey
from skillmatch_api.access.principal import Principal

FOR = timedelta(seconds=1)
MOST = 10_000
"""Keys that are remembered; beyond them the one that was looked up first is forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Remembered:
    known: KnownKey
    at: datetime
    state: int


@dataclass(slots=True)
class RememberedKeys:
    """By a digest, so that neither memory nor the time of a comparison gives a key away."""

    _known: OrderedDict[bytes, _Remembered] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, key: str, *, at: datetime, state: int) -> Principal | None:
        """Return whom a key stands for, or None where the database has to be asked.

        Args:
            key: As it was sent.
            at: This moment.
            state: Of the database, ``Store.state``.
        """
        one = self._known.get(_digest(key))
        if one is None or one.state != state or not timedelta(0) <= at - one.at < FOR:
            return None
        expires = one.known.expires_at
        return one.known.principal if expires is None or at < expires else None

    def keep(self, key: str, known: KnownKey, *, at: datetime, state: int) -> None:
        """Remember a key; ``state`` is that from before it was looked up."""
        digest = _digest(key)
        with self._lock:
            self._known[digest] = _Remembered(known=known, at=at, state=state)
            self._known.move_to_end(digest)
            while len(self._known) > MOST:
                self._known.popitem(last=False)


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()
