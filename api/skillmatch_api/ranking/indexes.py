"""The indexes of all organisations of one process, within a bound of memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from skillmatch.model.requirement import Requirement
from skillmatch.service.frameworks_at_hand import FrameworksAtHand
from skillmatch_api.ranking.asked_skills import AskedSkill, asked_skills
from skillmatch_api.ranking.known_names import KnownNames
from skillmatch_api.ranking.relations import Relations
from skillmatch_api.ranking.tenant_index import LEFT_STAYS, SMALL, Snapshot, TenantIndex
from skillmatch_api.store import Store
from skillmatch_api.store.tables import Tenant

MAX_BYTES = 3_000_000_000
"""Memory of all indexes together; ten million candidates, or many small organisations."""


@dataclass(slots=True)
class RankingIndexes:
    """What searching needs in memory; threads may share it, and each process has its own.

    Attributes:
        max_bytes: Above it the indexes that were not asked for longest are let go, to be read
            anew when somebody asks. The one in use always stays.
        small: People who may stand in a small segment before a new large one is built.
        left_stays: Seconds after which one is built because somebody left; their id goes at once.
    """

    max_bytes: int = MAX_BYTES
    small: int = SMALL
    left_stays: float = LEFT_STAYS
    names: KnownNames = field(default_factory=KnownNames)
    _tenants: OrderedDict[str, TenantIndex] = field(default_factory=OrderedDict)
    _learnt: dict[str, Snapshot] = field(default_factory=dict)
    _relations: Relations | None = None
    _taken: tuple[Relations, Snapshot] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def newest(self, session: Session, store: Store, tenant_id: str) -> Snapshot:
        """Return an organisation's candidates as ``session`` sees them, or newer."""
        index = self.of(tenant_id)
        snapshot = index.newest(session, store)
        before = self._learnt.get(tenant_id)
        if before is not snapshot:
            self._learn(session, store, snapshot)
            self._learnt[tenant_id] = snapshot
            if self._taken is not None and self._taken[1] is before:
                # Who left since is in it.
                self._taken = None
        self._let_go(tenant_id)
        return snapshot

    def catch_up(self, store: Store, tenant_id: str) -> None:
        """Let an organisation's index read what changed, if it is in memory.

        To follow an erasure: searches would do so by themselves, once there is one.
        """
        with self._lock:
            is_here = tenant_id in self._tenants
        if is_here:
            with store.reading() as session:
                self.newest(session, store, tenant_id)

    def warm(self, store: Store) -> None:
        """Read the largest organisations, so that their first search need not wait for it.

        Args:
            store: Where they are read from; the largest are read first, up to half of what may
                be kept.
        """
        with store.reading() as session:
            tenants = session.scalars(
                select(Tenant.id).where(Tenant.changes > 0).order_by(Tenant.people.desc())
            ).all()
        for tenant_id in tenants:
            with store.reading() as session:
                self.newest(session, store, tenant_id)
            if self.nbytes > self.max_bytes // 2:
                return

    def asked(
        self, snapshot: Snapshot, requirements: Sequence[Requirement], frameworks: FrameworksAtHand
    ) -> list[AskedSkill]:
        """Return what is asked for in the numbers of a snapshot, with all that is related."""
        relations = self._relations_of(frameworks)
        # Kept themselves and not by their ids, which are given again once a value is gone.
        taken = self._taken
        if taken is None or taken[0] is not relations or taken[1] is not snapshot:
            relations.add_held(self.names.concepts(snapshot.concepts()))
            self._taken = (relations, snapshot)
        return asked_skills(requirements, relations.related(requirements), self.names)

    def of(self, tenant_id: str) -> TenantIndex:
        """Return the index of an organisation."""
        with self._lock:
            if tenant_id not in self._tenants:
                self._tenants[tenant_id] = TenantIndex(
                    tenant_id, small=self.small, left_stays=self.left_stays
                )
            self._tenants.move_to_end(tenant_id)
            return self._tenants[tenant_id]

    @property
    def nbytes(self) -> int:
        """Return how much memory all indexes take."""
        with self._lock:
            return sum(one.nbytes for one in self._tenants.values())

    def _learn(self, session: Session, store: Store, snapshot: Snapshot) -> None:
        """Learn the names behind a snapshot, which may be of a later state than the session's."""
        numbers = snapshot.concepts() | snapshot.scales()
        if not self.names.learn(session, numbers):
            with store.reading() as later:
                self.names.learn(later, numbers)

    def _relations_of(self, frameworks: FrameworksAtHand) -> Relations:
        """Return the relations of the matcher in use; a newer one needs its own."""
        with self._lock:
            if self._relations is None or self._relations.frameworks is not frameworks:
                self._relations = Relations(frameworks)
            return self._relations

    def _let_go(self, used: str) -> None:
        with self._lock:
            sizes = {tenant: one.nbytes for tenant, one in self._tenants.items()}
            left = sum(sizes.values())
            for tenant, size in sizes.items():
                if left <= self.max_bytes:
                    break
                if tenant != used:
                    del self._tenants[tenant]
                    self._learnt.pop(tenant, None)
                    self._taken = None
                    left -= size
