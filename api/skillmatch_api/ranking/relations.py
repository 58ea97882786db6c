"""Which concepts that people hold bear on one that is asked for, and how far.

What ``Coverer`` says of a pair is what counts, as in a gap. Here are only the pairs found that are
worth asking about: by the hierarchy from tables in memory, by meaning with one multiplication of
matrices. Labels are left out, since a search only shows those of one page.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from skillmatch.gap.coverage import Coverer
from skillmatch.gap.thresholds import MAX_STEPS, NEAR_SIMILARITY
from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import Coverage
from skillmatch.model.requirement import Requirement
from skillmatch.service.frameworks_at_hand import FrameworksAtHand

MARGIN = 1e-3
"""Far above the rounding of a cosine in float32, so that no near pair is missed."""
REMEMBERED = 20_000
"""Requirements whose related concepts are kept."""
_AT_ONCE = 2_000

Related = Mapping[ConceptUri, Coverage]
_Key = tuple[ConceptUri, tuple[ConceptUri, ...], tuple[ConceptUri, ...]]
_Step = Callable[[ConceptUri], Iterable[ConceptUri]]


@dataclass(slots=True)
class Relations:
    """The relations between what people hold and what is asked for; threads may share one.

    Attributes:
        frameworks: Of one matcher; another matcher needs relations of its own.
    """

    frameworks: FrameworksAtHand
    _held: dict[ConceptUri, None] = field(default_factory=dict)
    _up: dict[ConceptUri, tuple[ConceptUri, ...]] = field(default_factory=dict)
    _down: dict[ConceptUri, set[ConceptUri]] = field(default_factory=dict)
    _owners: list[ConceptUri] = field(default_factory=list)
    _vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 1), np.float32))
    _near: dict[ConceptUri, frozenset[ConceptUri]] = field(default_factory=dict)
    _known: OrderedDict[_Key, Related] = field(default_factory=OrderedDict)
    _coverer: Coverer = field(init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def __post_init__(self) -> None:
        """Let the coverer of the gap ask the tables."""
        self._coverer = Coverer(_Tables(self), _Tables(self))

    def add_held(self, concepts: Iterable[ConceptUri]) -> None:
        """Take concepts in that somebody holds; what is known already costs nothing."""
        with self._lock:
            new = sorted(one for one in concepts if one not in self._held)
            if not new:
                return
            self._held.update(dict.fromkeys(new))
            for one in new:
                self._climb(one)
            for start in range(0, len(new), _AT_ONCE):
                self._add_vectors(new[start : start + _AT_ONCE])
            self._near.clear()
            self._known.clear()

    def related(self, asked: Sequence[Requirement]) -> list[Related]:
        """Return for each requirement the held concepts that cover any of it, with how much."""
        with self._lock:
            self._find_near({uri for one in asked for uri in (one.uri, *one.alternatives)})
            return [self._related(one) for one in asked]

    def _related(self, asked: Requirement) -> Related:
        key = (asked.uri, asked.alternatives, asked.folded)
        if key not in self._known:
            found = {
                held: coverage
                for held in sorted(self._candidates(asked))
                if (coverage := self._coverer.cover(held, asked)).value > 0
            }
            self._known[key] = found
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        self._known.move_to_end(key)
        return self._known[key]

    def _candidates(self, asked: Requirement) -> set[ConceptUri]:
        found: set[ConceptUri] = set(asked.folded)
        for target in (asked.uri, *asked.alternatives):
            self._climb(target)
            found |= {target, *self._reached(target, self.up), *self._reached(target, self.down)}
            found.update(one for parent in self.up(target) for one in self.down(parent))
            found |= self._near.get(target, frozenset())
        return {one for one in found if one in self._held}

    def _reached(self, start: ConceptUri, step: _Step) -> set[ConceptUri]:
        found: set[ConceptUri] = set()
        frontier = {start}
        for _ in range(MAX_STEPS):
            frontier = {other for one in frontier for other in step(one)}
            found |= frontier
        return found

    def up(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        """Return the direct broader skills of a concept."""
        if uri not in self._up:
            self._up[uri] = self.frameworks.broader(uri)
            for parent in self._up[uri]:
                self._down.setdefault(parent, set()).add(uri)
        return self._up[uri]

    def down(self, uri: ConceptUri) -> set[ConceptUri]:
        """Return the concepts, of those that were looked at, that name it as broader."""
        return self._down.get(uri, set())

    def near(self, held: ConceptUri, asked: ConceptUri) -> float:
        """Return the cosine of a pair that is near enough to count, 0 for every other."""
        if held not in self._near.get(asked, ()):
            return 0.0
        return self.frameworks.similarity(held, asked)

    def _climb(self, start: ConceptUri) -> None:
        frontier: Iterable[ConceptUri] = (start,)
        for _ in range(MAX_STEPS + 1):
            frontier = [up for one in frontier for up in self.up(one)]

    def _add_vectors(self, concepts: Sequence[ConceptUri]) -> None:
        found = list(self._rows(concepts))
        if not found:
            return
        self._owners.extend(owner for owner, rows in found for _ in range(len(rows)))
        before = [self._vectors] if len(self._vectors) else []
        self._vectors = np.concatenate([*before, *(rows for _, rows in found)])

    def _rows(
        self, concepts: Sequence[ConceptUri]
    ) -> Iterator[tuple[ConceptUri, NDArray[np.float32]]]:
        """Yield vectors of preferred labels from the first index that has any, as a gap does."""
        left = list(concepts)
        for one in self.frameworks.opened:
            found = one.dense.pref_vectors(left)
            yield from found.items()
            left = [uri for uri in left if uri not in found]

    def _find_near(self, asked: set[ConceptUri]) -> None:
        wanted = sorted(one for one in asked if one not in self._near)
        rows = list(self._rows(wanted))
        self._near.update(dict.fromkeys(wanted, frozenset[ConceptUri]()))
        if not rows or not len(self._vectors):
            return
        owners = [uri for uri, vectors in rows for _ in range(len(vectors))]
        similar = np.concatenate([vectors for _, vectors in rows]) @ self._vectors.T
        for place, held in np.argwhere(similar >= NEAR_SIMILARITY - MARGIN).tolist():
            uri = owners[place]
            self._near[uri] = self._near[uri] | {self._owners[held]}


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables as the hierarchy and the nearness of a gap, without labels."""

    relations: Relations

    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:
        return self.relations.up(uri)

    def pref_label(self, uri: ConceptUri) -> str:
        return uri

    def similarity(self, held: ConceptUri, asked: ConceptUri) -> float:
        return self.relations.near(held, asked)
