"""How much is worked on at once: what is too much is told so at once, instead of piling up.

Heavy work (linking text) and light work (looking something up) wait in lanes of their own, so that
a queue of postings does not slow down autocomplete::

    @router.post("/v1/gap", dependencies=[Depends(heavy)])
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from fastapi import Request

from skillmatch_api.errors import BusyServiceError
from skillmatch_api.settings import Limits

RETRY_AFTER = 2
"""Seconds after which it is worth coming again: a heavy request takes part of one."""

LIGHT_AT_ONCE = 24
"""Light requests at once; below the threads that there are, so that health always finds one."""

LIGHT_QUEUE = 200


@dataclass(slots=True)
class Lane:
    """A number of places, and a short queue for them. To be used from one event loop.

    Attributes:
        places: How many are worked on at once.
        queue: How many may wait.
        patience: Seconds that one waits at most.
        running: How many are worked on now.
        waiting: How many wait now.
        shed: How many were sent away so far.
    """

    places: int
    queue: int
    patience: float
    running: int = 0
    waiting: int = 0
    shed: int = 0
    _free: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        """Begin with all places free."""
        self._free = asyncio.Semaphore(self.places)

    async def enter(self) -> Place:
        """Wait for a place and take it.

        Raises:
            BusyServiceError: The queue is full, or none became free in time.
        """
        if self._free.locked() and self.waiting >= self.queue:
            raise self._busy()
        self.waiting += 1
        try:
            async with asyncio.timeout(self.patience):
                await self._free.acquire()
        except TimeoutError:
            raise self._busy() from None
        finally:
            self.waiting -= 1
        self.running += 1
        return Place(self)

    def leave(self) -> None:
        """Give a place to the next."""
        self.running -= 1
        self._free.release()

    def _busy(self) -> BusyServiceError:
        self.shed += 1
        return BusyServiceError(
            "too many ask for this right now; come again in a moment",
            retry_after=RETRY_AFTER,
            yours=False,
        )


@dataclass(slots=True)
class Place:
    """A place in a lane, taken until it is left."""

    lane: Lane
    taken: bool = True

    def leave(self) -> None:
        """Leave it; a second time does nothing."""
        if self.taken:
            self.taken = False
            self.lane.leave()


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of one application."""

    heavy: Lane
    light: Lane

    @classmethod
    def of(cls, limits: Limits) -> Lanes:
        """Return lanes as wide as the settings say."""
        patience = limits.queue_seconds
        return cls(
            heavy=Lane(limits.heavy, limits.queue, patience),
            light=Lane(LIGHT_AT_ONCE, LIGHT_QUEUE, patience),
        )


async def heavy(request: Request) -> AsyncIterator[None]:
    """Take one of the few places for work that links text.

    Raises:
        BusyServiceError: There is none to be had soon.
    """
    lanes: Lanes = request.app.state.lanes
    place = await _taken(request, lanes.heavy)
    try:
        yield
    finally:
        place.leave()


async def light(request: Request) -> AsyncIterator[None]:
    """Take one of the many places for work that only looks something up.

    Raises:
        BusyServiceError: There is none to be had soon.
    """
    lanes: Lanes = request.app.state.lanes
    place = await _taken(request, lanes.light)
    try:
        yield
    finally:
        place.leave()


async def _taken(request: Request, lane: Lane) -> Place:
    place = await lane.enter()
    # FastAPI goes on after the yield when the whole answer is sent, which a client that reads
    # slowly draws out. leave_places is called when the answer begins, and the work is done.
    request.scope.setdefault("state", {}).setdefault("places", []).append(place)
    return place


def leave_places(state: dict[str, object]) -> None:
    """Leave all places that a request took, by the ``state`` of its scope."""
    places = state.get("places")
    for place in places if isinstance(places, list) else ():
        place.leave()
