"""The public keys of an identity provider, kept for a while and read again when one is unknown."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from skillmatch.errors import SkillmatchError
from skillmatch_api.access.oidc.public_keys import PublicKey, read_keys
from skillmatch_api.errors import BusyServiceError

FRESH = timedelta(minutes=10)
"""After which keys are read again: one that its owner withdrew counts no longer than that."""

STALE = timedelta(hours=24)
"""How long keys are believed whose source cannot be reached."""

EVERY = timedelta(seconds=30)
"""At most once in this time the source is asked, whatever tokens name."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class KeyRing:
    """Keys by what a token's header names; safe to share between threads.

    Attributes:
        source: Returns the key set as it is now.
    """

    source: Callable[[], bytes]
    _keys: tuple[PublicKey, ...] = ()
    _read_at: datetime | None = None
    _tried_at: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, algorithm: str, kid: str | None, *, at: datetime) -> PublicKey | None:
        """Return the one key that fits; None where none does, or more than one.

        Raises:
            BusyServiceError: No keys could be had for too long.
        """
        if self._read_at is None or not _within(self._read_at, at, FRESH):
            self._refresh(at)
        found = self._fitting(algorithm, kid)
        if not found:
            self._refresh(at)
            found = self._fitting(algorithm, kid)
        if self._read_at is None or not _within(self._read_at, at, STALE):
            raise BusyServiceError(
                "the keys of the identity provider cannot be had right now; use a key, or try "
                "again",
                retry_after=int(EVERY.total_seconds()),
                yours=False,
            )
        return found[0] if len(found) == 1 else None

    def _fitting(self, algorithm: str, kid: str | None) -> tuple[PublicKey, ...]:
        return tuple(key for key in self._keys if key.fits(algorithm, kid))

    def _refresh(self, at: datetime) -> None:
        # Only who has no key at all waits for another one's reading.
        if not self._lock.acquire(blocking=self._read_at is None):
            return
        try:
            if self._tried_at is None or not _within(self._tried_at, at, EVERY):
                self._tried_at = at
                self._keys = read_keys(self.source())
                self._read_at = at
        except SkillmatchError as error:
            _log.warning("%s", error)
        finally:
            self._lock.release()


def _within(begun: datetime, at: datetime, time: timedelta) -> bool:
    # A clock that was set back must not keep anything for ever.
    return timedelta(0) <= at - begun < time
