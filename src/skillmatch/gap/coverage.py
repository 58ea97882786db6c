"""Coverage: how much of the concept asked for a held concept covers, and along which path."""

from __future__ import annotations

from dataclasses import dataclass, field

from skillmatch.gap import thresholds
from skillmatch.gap.ports import Hierarchy, Nearness
from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import Coverage, CoverageKind, Step
from skillmatch.model.requirement import Requirement

Path = tuple[ConceptUri, ...]
NOTHING = Coverage(value=0.0, kind=CoverageKind.NONE)
KIND_ORDER = tuple(CoverageKind)


def coverage_key(coverage: Coverage) -> tuple[float, int, tuple[str, ...]]:
    """Sort key, best first: value, then kind in the order of ``CoverageKind``, then path."""
    path = tuple(step.uri for step in coverage.path)
    return (-coverage.value, KIND_ORDER.index(coverage.kind), path)


@dataclass(frozen=True, slots=True)
class Coverer:
    """Relates held concepts to those asked for; remembers each concept's way up.

    A concept that was folded into a requirement was asked for by the same words, so holding
    it is holding the requirement, unless it is broader than the concept that was kept. Any one
    of a requirement's alternatives will do.
    """

    hierarchy: Hierarchy
    nearness: Nearness
    _upwards: dict[ConceptUri, dict[ConceptUri, Path]] = field(default_factory=dict)

    def cover(self, held: ConceptUri, requirement: Requirement) -> Coverage:
        """Return the best coverage of ``requirement`` by ``held``; ``NOTHING`` where none."""
        targets = (requirement.uri, *requirement.alternatives)
        if held in targets:
            return self._coverage(1.0, CoverageKind.SAME, (held,))
        found = [
            coverage
            for asked in targets
            for coverage in (*self._by_hierarchy(held, asked), *self._by_meaning(held, asked))
        ]
        asked = requirement.uri
        if held in requirement.folded and asked not in self._above(asked, held):
            found.append(self._coverage(1.0, CoverageKind.SAME, (held, asked)))
        return min(found, key=coverage_key, default=NOTHING)

    def _above(self, low: ConceptUri, high: ConceptUri) -> Path:
        """Return the path from ``low`` up to ``high``, or ``()``."""
        return self._ways_up(low).get(high, ())

    def _by_hierarchy(self, held: ConceptUri, asked: ConceptUri) -> list[Coverage]:
        found = []
        if path := self._above(held, asked):
            value = thresholds.NARROWER[len(path) - 2]
            found.append(self._coverage(value, CoverageKind.NARROWER, path))
        if path := self._above(asked, held):
            value = thresholds.BROADER[len(path) - 2]
            found.append(self._coverage(value, CoverageKind.BROADER, path[::-1]))
        shared = set(self.hierarchy.broader(held)) & set(self.hierarchy.broader(asked))
        if parents := sorted(shared - {held, asked}):
            path = (held, parents[0], asked)
            found.append(self._coverage(thresholds.SIBLING, CoverageKind.SIBLING, path))
        return found

    def _by_meaning(self, held: ConceptUri, asked: ConceptUri) -> list[Coverage]:
        similarity = round(self.nearness.similarity(held, asked), thresholds.DECIMALS)
        if similarity < thresholds.NEAR_SIMILARITY:
            return []
        share = (similarity - thresholds.NEAR_SIMILARITY) / (1 - thresholds.NEAR_SIMILARITY)
        spread = thresholds.NEAR_MOST - thresholds.NEAR_LEAST
        value = thresholds.NEAR_LEAST + spread * min(1.0, share)
        return [self._coverage(value, CoverageKind.NEAR, (held, asked))]

    def _ways_up(self, start: ConceptUri) -> dict[ConceptUri, Path]:
        """Return the shortest path from ``start`` to each concept above it, ties by URI."""
        if start not in self._upwards:
            paths: dict[ConceptUri, Path] = {start: (start,)}
            frontier: list[Path] = [(start,)]
            for _ in range(thresholds.MAX_STEPS):
                steps = [
                    (*path, up) for path in frontier for up in self.hierarchy.broader(path[-1])
                ]
                frontier = []
                for path in sorted(steps):
                    if path[-1] not in paths:
                        paths[path[-1]] = path
                        frontier.append(path)
            del paths[start]
            self._upwards[start] = paths
        return self._upwards[start]

    def _coverage(self, value: float, kind: CoverageKind, path: Path) -> Coverage:
        steps = tuple(Step(uri=uri, label=self.hierarchy.pref_label(uri)) for uri in path)
        return Coverage(value=round(value, thresholds.DECIMALS), kind=kind, path=steps)
