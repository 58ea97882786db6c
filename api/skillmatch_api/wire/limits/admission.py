"""How much is worked on at once: what is too much is told so at once, instead of piling up.

Heavy work (linking text) and light work (looking something up) wait in lanes of their own, so that
a queue of postings does not slow down autocomplete::

    @router.post("/v1/gap", dependencies=[Depends(heavy)])

A place is taken by whoever was let in, never by somebody who is then refused: see
``take_places_last``.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from fastapi import Request
from fastapi.routing import APIRoute

from skillmatch_api.errors import BusyServiceError
from skillmatch_api.settings import Limits
from skillmatch_api.wire.limits.connections import is_gone

RETRY_AFTER = 2
"""Seconds after which it is worth coming again: a heavy request takes part of one."""

LOOKUPS = 4
"""How many are looked up at once for who they are: it takes a millisecond or two."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """One who waits for a place; ``told`` is set to True with it, to False where it is refused."""

    until: float
    told: asyncio.Future[bool]


@dataclass(slots=True)
class Lane:
    """A number of places, and a short queue for them. To be used from one event loop.

    Whoever waited too long is refused even where a place becomes free at that moment: they have
    most likely given up, and those behind them have not.

    Attributes:
        places: How many are worked on at once.
        queue: How many may wait.
        patience: Seconds that one waits at most.
        clock: Tells seconds; tests set it.
        running: How many are worked on now.
        shed: How many were sent away so far.
    """

    places: int
    queue: int
    patience: float
    clock: Callable[[], float] = time.monotonic
    running: int = 0
    shed: int = 0
    _line: deque[_Waiting] = field(default_factory=deque)

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._line)

    async def enter(self, since: float | None = None) -> Place:
        """Wait for a place and take it.

        Args:
            since: When the request came, by ``clock``; now where nothing is said.

        Raises:
            BusyServiceError: The queue is full, or none became free in time.
        """
        if self.running < self.places:
            self.running += 1
            return Place(self)
        now = self.clock()
        until = (now if since is None else since) + self.patience
        self._refuse_late(now)
        if len(self._line) >= self.queue or until <= now:
            self.shed += 1
            raise _busy()
        one = _Waiting(until, asyncio.get_running_loop().create_future())
        self._line.append(one)
        return await self._waited(one, until - now)

    def leave(self) -> None:
        """Give a place to the next who has not waited too long."""
        self._refuse_late(self.clock())
        if self._line:
            self._line.popleft().told.set_result(True)
        else:
            self.running -= 1

    async def _waited(self, one: _Waiting, seconds: float) -> Place:
        try:
            await asyncio.wait({one.told}, timeout=seconds)
        except asyncio.CancelledError:
            if one.told.done() and one.told.result():
                self.leave()
            self._forget(one)
            raise
        if one.told.done() and one.told.result():
            return Place(self)
        self._forget(one)
        self.shed += 1
        raise _busy()

    def _refuse_late(self, now: float) -> None:
        # They stand in the order in which their time ends, but for a few milliseconds.
        while self._line and self._line[0].until <= now:
            self._line.popleft().told.set_result(False)

    def _forget(self, one: _Waiting) -> None:
        if one in self._line:
            self._line.remove(one)


def _busy() -> BusyServiceError:
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
    """The lanes of one application.

    Attributes:
        door: Every request takes a place in it until its answer begins; nobody waits.
        heavy: For work that links text.
        light: For work that looks something up.
        lookups: For finding out who asks. Where no setting says otherwise, its places with
            those of both lanes of work are fewer than there are threads and database connections.
    """

    door: Lane
    heavy: Lane
    light: Lane
    lookups: Lane

    @classmethod
    def of(cls, limits: Limits) -> Lanes:
        """Return lanes as wide as the settings say."""
        patience = limits.queue_seconds
        return cls(
            door=Lane(limits.requests, 0, 0),
            heavy=Lane(limits.heavy, limits.queue, patience),
            light=Lane(limits.light, limits.light_queue, patience),
            lookups=Lane(LOOKUPS, limits.requests, patience),
        )


async def heavy(request: Request) -> AsyncIterator[None]:
    """Take one of the few places for work that links text.

    Raises:
        BusyServiceError: There is none to be had soon.
    """
    lanes: Lanes = request.app.state.lanes
    async with _place(request, lanes.heavy):
        yield


async def light(request: Request) -> AsyncIterator[None]:
    """Take one of the many places for work that only looks something up.

    Raises:
        BusyServiceError: There is none to be had soon.
    """
    lanes: Lanes = request.app.state.lanes
    async with _place(request, lanes.light):
        yield


@asynccontextmanager
async def _place(request: Request, lane: Lane) -> AsyncIterator[None]:
    place = await lane.enter(since=request.scope.get("state", {}).get("came"))
    if is_gone(request.scope):
        place.leave()
        raise _busy()
    # FastAPI goes on after the yield when the whole answer is sent, which a client that reads
    # slowly draws out. leave_places is called when the answer begins, and the work is done.
    request.scope.setdefault("state", {}).setdefault("places", []).append(place)
    try:
        yield
    finally:
        place.leave()


_LANES = frozenset({heavy, light})


def take_places_last(routes: Iterable[APIRoute]) -> None:
    """Let each route find out who asks, and whether they may, before a place is taken.

    FastAPI does what a decorator lists before what a function's parameters ask for. Left so, a
    crowd without a key would fill the queue with requests that are all refused in the end.
    """
    for route in routes:
        route.dependant.dependencies.sort(key=lambda one: one.call in _LANES)


def leave_places(state: dict[str, object]) -> None:
    """Leave all places that a request took, by the ``state`` of its scope."""
    places = state.get("places")
    for place in places if isinstance(places, list) else ():
        place.leave()
