"""How often one caller may ask: a bucket of tokens that fills again steadily.

The buckets are those of this process; several processes let in that many times as much.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

from fastapi import Request

from skillmatch_api.access.principal import Principal
from skillmatch_api.errors import BusyServiceError

BURST_SECONDS = 10
"""A bucket holds what flows into it in this time."""

MOST_BUCKETS = 10_000
"""Callers that are remembered; one that is forgotten begins with a full bucket again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a caller stands after one request more.

    Attributes:
        allowed: Whether it was let in.
        burst: What the bucket holds.
        left: Whole tokens that are left.
        wait: Whole seconds until there is another one, or until the bucket is full.
    """

    allowed: bool
    burst: int
    left: int
    wait: int

    def headers(self) -> dict[str, str]:
        """Return the fields of the IETF draft on rate limit headers."""
        return {
            "RateLimit-Policy": f'"caller";q={self.burst};w={BURST_SECONDS}',
            "RateLimit": f'"caller";r={self.left};t={self.wait}',
        }


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


@dataclass(slots=True)
class Rates:
    """The buckets of one application; safe to share between threads.

    Attributes:
        per_minute: Tokens that flow into each bucket; 0 means that nobody is counted.
        clock: Tells seconds; tests set it.
        refused: How many requests were not let in so far.
    """

    per_minute: int
    clock: Callable[[], float] = time.monotonic
    refused: int = 0
    _buckets: OrderedDict[str, _Bucket] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, caller: str) -> Standing:
        """Take a token of a caller's."""
        burst = max(1, self.per_minute * BURST_SECONDS // 60)
        flow = self.per_minute / 60
        now = self.clock()
        with self._lock:
            bucket = self._buckets.pop(caller, None) or _Bucket(burst, now)
            bucket.tokens = min(burst, bucket.tokens + (now - bucket.at) * flow)
            bucket.at = now
            allowed = bucket.tokens >= 1
            if allowed:
                bucket.tokens -= 1
            else:
                self.refused += 1
            self._buckets[caller] = bucket
            if len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        missing = burst - bucket.tokens if allowed else 1 - bucket.tokens
        return Standing(
            allowed=allowed, burst=burst, left=int(bucket.tokens), wait=ceil(missing / flow)
        )


def count(request: Request, caller: Principal) -> None:
    """Count a request of a caller, once.

    Raises:
        BusyServiceError: They ask too often.
    """
    rates: Rates = request.app.state.rates
    if not rates.per_minute:
        return
    standing = rates.take(f"{caller.tenant_id} {caller.caller}")
    request.state.rate = standing
    if not standing.allowed:
        raise BusyServiceError(
            f"a key may ask {rates.per_minute:,} times a minute; come again in {standing.wait} s",
            retry_after=standing.wait,
            yours=True,
        )
