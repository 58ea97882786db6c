"""Measure from which cosine two concepts may count as near in meaning.

    python -m evaluation.nearness [--framework esco-1.1.0]

For pairs of skills that neither the hierarchy (two steps) nor a shared direct broader *skill*
relates, ESCO still says which are kin: those that stand in the same lowest group, that one skill
names as needed for the other, or that some occupation lists together as essential. The table
gives, for bins of cosine between preferred labels, the share of kin pairs. The threshold is the
lowest bin from which on at least two of three pairs are kin: being near gives part of the credit,
and most of the time it should be due.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from evaluation.provenance import commit_id
from skillmatch.model.concept import ConceptKind, ConceptUri
from skillmatch.model.framework import Predicate
from skillmatch.service.opening import Engine, open_engine
from skillmatch.settings import Settings

WIDTH = 0.01
LOWEST = 0.88
KIN_SHARE = 2 / 3
BLOCK = 1024
Pair = tuple[ConceptUri, ConceptUri]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Pairs whose cosine lies in ``[low, low + WIDTH)``."""

    low: float
    pairs: int
    kin: int


def main() -> None:
    """Print the table and the threshold as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--framework", default="esco-1.1.0")
    options = parser.parse_args()
    engine = open_engine([options.framework], settings=Settings.from_environ(os.environ))
    bins = measure(engine)
    print(
        json.dumps(
            {
                "threshold": threshold(bins),
                "bins": [asdict(one) for one in bins],
                "framework": options.framework,
                "framework_digest": engine.frameworks.opened[0].db.info.digest,
                "encoder": engine.encoder.fingerprint,
                "commit": commit_id(),
            },
            indent=2,
        )
    )


def measure(engine: Engine) -> tuple[Bin, ...]:
    """Count pairs and kin pairs by cosine, lowest bin first."""
    db = engine.frameworks.opened[0].db
    uris = [concept.uri for concept in db.concepts(ConceptKind.SKILL)]
    vectors = engine.frameworks.opened[0].dense.pref_vectors(uris)
    known = [uri for uri in uris if uri in vectors]
    matrix = np.stack([vectors[uri][0] for uri in known]).astype(np.float32)
    kin = Kinship(engine)
    count: dict[int, int] = defaultdict(int)
    hits: dict[int, int] = defaultdict(int)
    for left, right, cosine in _near_pairs(matrix):
        pair = (known[left], known[right])
        if kin.by_hierarchy(pair):
            continue
        place = int((cosine - LOWEST) / WIDTH)
        count[place] += 1
        hits[place] += kin.otherwise(pair)
    return tuple(
        Bin(low=round(LOWEST + place * WIDTH, 2), pairs=count[place], kin=hits[place])
        for place in sorted(count)
    )


def threshold(bins: tuple[Bin, ...]) -> float | None:
    """Return the lowest bin from which on enough pairs are kin, None where none is."""
    best = None
    for one in reversed(bins):
        if one.kin < KIN_SHARE * one.pairs:
            break
        best = one.low
    return best


class Kinship:
    """What ESCO itself says of two skills."""

    def __init__(self, engine: Engine) -> None:
        self._frameworks = engine.frameworks
        db = engine.frameworks.opened[0].db
        self._db = db
        self._occupations: dict[ConceptUri, frozenset[ConceptUri]] = {}

    def by_hierarchy(self, pair: Pair) -> bool:
        """Tell whether the gap's own hierarchy rule relates them."""
        left, right = pair
        up_left, up_right = self._up(left), self._up(right)
        shared = set(self._frameworks.broader(left)) & set(self._frameworks.broader(right))
        return right in up_left or left in up_right or bool(shared)

    def otherwise(self, pair: Pair) -> bool:
        """Tell whether a group, a relation between skills or an occupation relates them."""
        left, right = pair
        if set(self._db.broader(left)) & set(self._db.broader(right)):
            return True
        for predicate in (Predicate.SKILL_ESSENTIAL, Predicate.SKILL_OPTIONAL):
            if right in self._db.objects(left, predicate) or left in self._db.objects(
                right, predicate
            ):
                return True
        return not self._asking(left).isdisjoint(self._asking(right))

    def _up(self, uri: ConceptUri) -> set[ConceptUri]:
        direct = self._frameworks.broader(uri)
        return {*direct, *(second for one in direct for second in self._frameworks.broader(one))}

    def _asking(self, uri: ConceptUri) -> frozenset[ConceptUri]:
        if uri not in self._occupations:
            self._occupations[uri] = frozenset(self._db.subjects(uri, Predicate.ESSENTIAL))
        return self._occupations[uri]


def _near_pairs(matrix: NDArray[np.float32]) -> Iterator[tuple[int, int, float]]:
    """Yield each pair (left < right) whose cosine is at least ``LOWEST``."""
    for start in range(0, len(matrix), BLOCK):
        cosines = matrix[start : start + BLOCK] @ matrix.T
        for row, column in np.argwhere(cosines >= LOWEST):
            left, right = start + int(row), int(column)
            if left < right:
                yield left, right, min(float(cosines[row, column]), 0.9999)


if __name__ == "__main__":
    main()
