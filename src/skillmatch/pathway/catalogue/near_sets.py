"""Pairs of similar sets, found exactly and without comparing all pairs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence


def near_pairs(
    sets: Sequence[frozenset[str]], least: float, *, most: int | None = None
) -> Iterator[tuple[int, int]]:
    """Yield all pairs of positions whose sets have a Jaccard similarity of at least ``least``.

    Two such sets share a word among the first few of each when words are ordered from rare to
    common, so only sets that do are compared. Empty sets are near to nothing. The lower position
    of a pair stands first; pairs come in an order that depends on the sets alone.

    Args:
        sets: In any order.
        least: Above 0, at most 1.
        most: Compare a set with at most so many before it for each of these words, so that time
            cannot grow with the square; None compares with all and misses no pair.

    Source: Xiao, Wang, Lin and Yu (2008), "Efficient similarity joins for near duplicate
    detection" (prefix filter, with the shorter prefix for what is looked up).
    """
    often = Counter(word for one in sets for word in one)
    begun: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=most))
    # Small sets first: then a later set is never smaller, and must share more than its own part.
    for place in sorted(range(len(sets)), key=lambda one: (len(sets[one]), one)):
        words = sorted(sets[place], key=lambda word: (often[word], word))
        near = {other for word in words[: _prefix(words, least)] for other in begun[word]}
        for other in sorted(near):
            if jaccard(sets[other], sets[place]) >= least:
                yield min(place, other), max(place, other)
        for word in words[: _prefix(words, 2 * least / (1 + least))]:
            begun[word].append(place)


def _prefix(words: Sequence[str], share: float) -> int:
    """Return how many words hold one that is shared where a share of all words is."""
    # The small amount keeps 0.6 × 5 from being rounded up to 4.
    return len(words) - math.ceil(share * len(words) - 1e-9) + 1


def jaccard(left: frozenset[str], right: frozenset[str]) -> float:
    """Return the shared part of two sets in [0, 1]; 0 where both are empty."""
    both = len(left & right)
    return both / (len(left) + len(right) - both) if both else 0.0


class Groups:
    """Positions that were joined, each group by its lowest position."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def find(self, place: int) -> int:
        """Return the lowest position of a group."""
        while self._parent[place] != place:
            self._parent[place] = self._parent[self._parent[place]]
            place = self._parent[place]
        return place

    def join(self, left: int, right: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.find(left), self.find(right)))
        self._parent[high] = low

    def several(self) -> Iterator[list[int]]:
        """Yield the groups of two and more, by their lowest position, each in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for place in range(len(self._parent)):
            found[self.find(place)].append(place)
        yield from (found[low] for low in sorted(found) if len(found[low]) > 1)
