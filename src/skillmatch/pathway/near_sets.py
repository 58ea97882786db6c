"""Pairs of similar sets, found exactly and without comparing all pairs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence


def near_pairs(sets: Sequence[frozenset[str]], least: float) -> Iterator[tuple[int, int]]:
    """Yield all pairs of positions whose sets have a Jaccard similarity of at least ``least``.

    Two such sets share a word among the first few of each when words are ordered from rare to
    common, so only sets that do are compared. Empty sets are near to nothing. Pairs come by the
    later position, then the earlier one, which stands first.

    Args:
        sets: In any order.
        least: Above 0, at most 1.

    Source: Chaudhuri, Ganti and Kaushik (2006), "A primitive operator for similarity joins in data
    cleaning" (prefix filter).
    """
    often = Counter(word for one in sets for word in one)
    begun: dict[str, list[int]] = defaultdict(list)
    for later, words in enumerate(sets):
        ordered = sorted(words, key=lambda word: (often[word], word))
        # The small amount keeps 0.6 × 5 from being rounded up to 4.
        prefix = ordered[: len(ordered) - math.ceil(least * len(ordered) - 1e-9) + 1]
        candidates = sorted({earlier for word in prefix for earlier in begun[word]})
        for earlier in candidates:
            if jaccard(sets[earlier], words) >= least:
                yield earlier, later
        for word in prefix:
            begun[word].append(later)


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
