"""How often a request is repeated, and after which time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

AGAIN = frozenset({429, 503})
"""What the service answers when it may well answer something else a little later."""

FIRST_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How often one request is sent at most, and how long it is waited for in between.

    The service says in ``Retry-After`` when it wants to be asked again. Where it does not, the wait
    is a quarter of a second and doubles each time; up to half of it is added by chance, so that
    many clients do not come back at once.

    Attributes:
        attempts: How often a request is sent, the first time counted.
        longest_s: A longer wait is none: the problem is raised at once.
        sleep: How waiting is done, in seconds.
        chance: A number from 0 to 1.
    """

    attempts: int = 4
    longest_s: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.SystemRandom().random

    def wait_s(self, attempt: int, response: httpx.Response | None) -> float | None:
        """Return how long to wait after an attempt (from 0), or None where to give up.

        Args:
            attempt: How many were made before it.
            response: What came; None where nothing did.
        """
        if attempt + 1 >= self.attempts:
            return None
        if response is not None and response.status_code not in AGAIN:
            return None
        asked_s = _retry_after_s(response)
        wait_s = FIRST_S * 2**attempt * (1 + self.chance() / 2) if asked_s is None else asked_s
        return wait_s if wait_s <= self.longest_s else None


def _retry_after_s(response: httpx.Response | None) -> float | None:
    said = "" if response is None else response.headers.get("Retry-After", "")
    return float(said) if said.isascii() and said.isdigit() else None
