"""Which targets a concept may bear on at all, so that thousands of awards are compared with few."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skillmatch.gap.ports import Hierarchy
from skillmatch.gap.thresholds import MAX_STEPS
from skillmatch.model.concept import ConceptUri
from skillmatch.pathway.planning.targets import Target

Near = Mapping[ConceptUri, Collection[ConceptUri]]
"""Concepts that are near in meaning to others, by what is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relating:
    """Finds the targets that a concept may cover; never misses one, and may name one too many.

    Attributes:
        near: None where nobody knows which are near, so that every target is a candidate.
    """

    hierarchy: Hierarchy
    targets: Sequence[Target]
    near: Near | None = None
    _named: dict[ConceptUri, set[int]] = field(default_factory=dict, repr=False)
    _above: dict[ConceptUri, set[int]] = field(default_factory=dict, repr=False)
    _beside: dict[ConceptUri, set[int]] = field(default_factory=dict, repr=False)

    def candidates(self, held: ConceptUri) -> Sequence[int]:
        """Return the places of targets, ascending."""
        if self.near is None:
            return range(len(self.targets))
        if not self._named:
            self._build()
        found = {place for up in self._up(held) for place in self._named.get(up, ())}
        found |= self._above.get(held, set())
        for parent in self.hierarchy.broader(held):
            found |= self._beside.get(parent, set())
        for other in self.near.get(held, ()):
            found |= self._named.get(other, set())
        return sorted(found)

    def _build(self) -> None:
        for place, target in enumerate(self.targets):
            for asked in _asked(target):
                self._named.setdefault(asked, set()).add(place)
                for up in self._up(asked):
                    self._above.setdefault(up, set()).add(place)
                for parent in self.hierarchy.broader(asked):
                    self._beside.setdefault(parent, set()).add(place)

    def _up(self, start: ConceptUri) -> set[ConceptUri]:
        """Return a concept and all that are above it, as far up as skills are related."""
        found = frontier = {start}
        for _ in range(MAX_STEPS):
            frontier = {up for one in frontier for up in self.hierarchy.broader(one)} - found
            found = found | frontier
        return found


def _asked(target: Target) -> Iterator[ConceptUri]:
    for member in target.members:
        asked = member.gap.requirement
        yield from (asked.uri, *asked.alternatives, *asked.folded)
