"""The index of one organisation: its candidates in memory, kept up with the database.

It is read from ``profiles`` and lies in no file, so that erasing a person and making a backup need
nothing more. Every search first reads what changed since the last one; people who changed are
masked in the large segment and stand in a small one, until a new large one is built. The id of who
left is taken out at once, and what they showed goes with the next large segment, which is then
built soon.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from skillmatch_api.ranking.filter_fields import FilterFields
from skillmatch_api.ranking.segments import Packed, Part, Segment, build_segment, read_part
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Departure, Profile, Tenant

AT_ONCE = 20_000
"""People that are read from the database and put into arrays in one go."""
SMALL = 5_000
"""People who may stand in the small segment, whatever the size of the large one; it is built anew
at each change, in a time that grows with them."""
LEFT_STAYS = 600.0
"""Seconds that what somebody showed who left may stay in memory, masked and without their id; then
a new large segment is built beside the next search. Not at once, since that reads everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A segment, and which of its people are still there."""

    segment: Segment
    present: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The candidates at one version; never changes.

    Attributes:
        version: Of the newest change that is in it.
        blocks: The large segment and the small one.
        fields: Places and languages that the segments refer to.
        combinations: How many of them there were.
    """

    version: int
    blocks: tuple[Block, ...]
    fields: FilterFields
    combinations: int

    @property
    def nbytes(self) -> int:
        """Return how much memory the arrays take."""
        return sum(one.segment.nbytes + one.present.nbytes for one in self.blocks)

    @property
    def people(self) -> int:
        """Return how many candidates there are, whether or not their consent has run out."""
        return sum(int(np.count_nonzero(one.present)) for one in self.blocks)

    def concepts(self) -> set[int]:
        """Return the number of every concept that somebody shows, or did when it was built."""
        return {one for block in self.blocks for one in block.segment.places}

    def scales(self) -> set[int]:
        """Return the number of every scale that somebody's level is on."""
        return {one for block in self.blocks for one in block.segment.scales}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """What became of a person at a version; None where they are no candidate any more."""

    version: int
    packed: Packed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    """A large segment as it was built at a version."""

    version: int
    segment: Segment
    numbers: NDArray[np.int64]
    rows: NDArray[np.int64]

    @classmethod
    def of(cls, segment: Segment, version: int) -> _Base:
        order = np.argsort(segment.numbers, kind="stable")
        return cls(version=version, segment=segment, numbers=segment.numbers[order], rows=order)

    def without(self, numbers: Mapping[int, _Change]) -> NDArray[np.bool_]:
        """Return who is left without people of these numbers."""
        present = np.ones(len(self.segment), np.bool_)
        present[self._rows_of(numbers)] = False
        return present

    def nameless(self, numbers: Iterable[int]) -> _Base:
        """Return the same without the ids of people of these numbers, who are masked anyway.

        The ids stay ascending: in the place of each stands the one before it.
        """
        rows = np.sort(self._rows_of(numbers)).tolist()
        if not rows:
            return self
        ids = self.segment.ids.copy()
        for row in rows:
            ids[row] = ids[row - 1] if row else b""
        return replace(self, segment=replace(self.segment, ids=ids))

    def _rows_of(self, numbers: Iterable[int]) -> NDArray[np.int64]:
        asked = np.fromiter(numbers, np.int64)
        if not len(self.numbers):
            return np.zeros(0, np.int64)
        places = np.minimum(np.searchsorted(self.numbers, asked), len(self.numbers) - 1)
        rows: NDArray[np.int64] = self.rows[places[self.numbers[places] == asked]]
        return rows


@dataclass(slots=True)
class TenantIndex:
    """The newest snapshot of one organisation; threads may share it.

    Attributes:
        left_stays: See ``LEFT_STAYS``.
    """

    tenant_id: str
    small: int = SMALL
    left_stays: float = LEFT_STAYS
    _left_at: float | None = None
    _base: _Base | None = None
    _changes: dict[int, _Change] = field(default_factory=dict)
    _fields: FilterFields = field(default_factory=FilterFields)
    _snapshot: Snapshot | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _building: threading.Thread | None = None

    @property
    def nbytes(self) -> int:
        """Return how much memory the newest snapshot takes."""
        snapshot = self._snapshot
        return snapshot.nbytes if snapshot else 0

    def newest(self, session: Session, store: Store) -> Snapshot:
        """Return the candidates as ``session`` sees them, or as a later session already did.

        The first call reads everybody; later ones read what changed.

        Args:
            session: A reading one, which sees one state.
            store: Where a new large segment is read from, beside the searches, when the small
                one has grown too large.
        """
        version = session.scalar(select(Tenant.changes).where(Tenant.id == self.tenant_id)) or 0
        with self._lock:
            if self._base is None:
                self._base = _Base.of(self._read_all(session), version)
                self._snapshot = self._made(version)
            elif self._snapshot is None or self._snapshot.version < version:
                self._catch_up(session, version)
            self._build_beside(store)
            snapshot = self._snapshot
        if snapshot is None:  # cannot be: both branches made one
            raise RuntimeError("an index without a snapshot")
        return snapshot

    def wait(self) -> None:
        """Wait until a large segment that is being built beside is there; for tests and loads."""
        building = self._building
        if building is not None:
            building.join()

    def _read_all(self, session: Session) -> Segment:
        statement = (
            select(Profile.person_id, Profile.number, Profile.packed)
            .where(Profile.tenant_id == self.tenant_id, Profile.packed.is_not(None))
            .execution_options(yield_per=AT_ONCE)
        )
        parts = session.execute(statement).partitions()
        return build_segment([self._part(_people(part)) for part in parts])

    def _part(self, people: list[Packed]) -> Part:
        return read_part(people, self._fields)

    def _catch_up(self, session: Session, version: int) -> None:
        since = self._snapshot.version if self._snapshot else -1
        changes = {number: one for one, number in self._read_changes(session, since)}
        self._changes |= changes
        self._leave(changes)
        self._snapshot = self._made(version)

    def _leave(self, changes: Mapping[int, _Change]) -> None:
        """Take out the ids of those who are no candidates any more."""
        left = [number for number, one in changes.items() if one.packed is None]
        if left and self._base is not None:
            self._base = self._base.nameless(left)
            self._left_at = time.monotonic() if self._left_at is None else self._left_at

    def _read_changes(self, session: Session, since: int) -> Iterator[tuple[_Change, int]]:
        rows = session.execute(
            select(Profile.person_id, Profile.number, Profile.packed, Profile.version).where(
                Profile.tenant_id == self.tenant_id, Profile.version > since
            )
        )
        for person_id, number, packed, version in rows:
            found = None if packed is None else Packed(person_id, number, packed)
            yield _Change(version=version, packed=found), number
        gone = session.execute(
            select(Departure.number, Departure.version).where(
                Departure.tenant_id == self.tenant_id, Departure.version > since
            )
        )
        for number, version in gone:
            yield _Change(version=version, packed=None), number

    def _made(self, version: int) -> Snapshot:
        """Return the snapshot of the base and of the changes after it."""
        base = self._base
        if base is None:  # cannot be: whoever calls has read it
            raise RuntimeError("an index without people read")
        people = [one.packed for one in self._changes.values() if one.packed is not None]
        changed = build_segment([self._part(people)] if people else [])
        return Snapshot(
            version=version,
            blocks=(
                Block(segment=base.segment, present=base.without(self._changes)),
                Block(segment=changed, present=np.ones(len(changed), np.bool_)),
            ),
            fields=self._fields,
            combinations=len(self._fields),
        )

    def _build_beside(self, store: Store) -> None:
        base = self._base
        if base is None or self._building is not None:
            return
        if self._has_left_long() or len(self._changes) > max(self.small, len(base.segment) // 50):
            self._building = threading.Thread(target=self._rebuild, args=(store,), daemon=True)
            self._building.start()

    def _has_left_long(self) -> bool:
        return self._left_at is not None and time.monotonic() - self._left_at >= self.left_stays

    def _rebuild(self, store: Store) -> None:
        """Read everybody again while searches go on; then take over what came after."""
        try:
            fresh = TenantIndex(self.tenant_id)
            with store.reading() as session:
                fresh.newest(session, store)
            with self._lock:
                self._take_over(fresh)
        finally:
            self._building = None

    def _take_over(self, fresh: TenantIndex) -> None:
        if fresh._base is None or self._snapshot is None:
            return
        self._base, self._fields = fresh._base, fresh._fields
        later = {n: one for n, one in self._changes.items() if one.version > self._base.version}
        self._changes, self._left_at = later, None
        self._leave(later)
        self._snapshot = self._made(max(self._snapshot.version, self._base.version))


def _people(rows: Iterable[Row[str, int, bytes | None]]) -> list[Packed]:
    return [Packed(one, number, packed) for one, number, packed in rows if packed is not None]
