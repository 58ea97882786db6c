"""How good an answer is: measures of one query, and of accepted links over many.

Conventions, the same everywhere: relevance is yes or no; a query without gold is left out of
rankings and counted by whoever leaves it out; a judged query with no answer scores 0; a gold
concept that is not ranked is a miss. Ties are broken by URI before anything is measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from skillmatch.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A measure of one ranking, as a value.

    Attributes:
        name: As it is written in tables: ``RP@5``.
        of: From the places of the gold that was found (1 is the top, ascending) and the number of
            gold concepts, at least 1, to a value in [0, 1]; an ideal ranking scores 1.
    """

    name: str
    of: Callable[[Sequence[int], int], float]


def places_of(ranked: Iterable[str], gold: Collection[str]) -> tuple[int, ...]:
    """Return the places of gold concepts in a ranking, ascending; 1 is the top.

    Raises:
        UsageError: A gold concept is ranked twice, so that it would count twice.
    """
    right = frozenset(gold)
    found = [(place, uri) for place, uri in enumerate(ranked, start=1) if uri in right]
    if len({uri for _, uri in found}) != len(found):
        raise UsageError("a concept stands twice in one ranking; rank each concept once")
    return tuple(place for place, _ in found)


def reciprocal_rank() -> Measure:
    """Return the measure 1 / place of the first gold concept; its mean is the MRR."""
    return Measure(name="MRR", of=lambda places, _gold: 1 / places[0] if places else 0.0)


def r_precision_at(k: int) -> Measure:
    """Return hits among the first k over min(k, gold), as WorkRB counts RP@k."""

    def value(places: Sequence[int], gold: int) -> float:
        return sum(place <= k for place in places) / min(k, gold)

    return Measure(name=f"RP@{k}", of=value)


def recall_at(k: int) -> Measure:
    """Return hits among the first k over all gold, so that k below gold cannot reach 1."""

    def value(places: Sequence[int], gold: int) -> float:
        return sum(place <= k for place in places) / gold

    return Measure(name=f"recall@{k}", of=value)


def ndcg_at(k: int) -> Measure:
    """Return the gain of the first k, each discounted by log2(place + 1), over the best gain.

    Source: Järvelin & Kekäläinen (2002), "Cumulated gain-based evaluation of IR techniques", in
    the form with log2(place + 1) that trec_eval uses.
    """

    def value(places: Sequence[int], gold: int) -> float:
        gain = sum(1 / math.log2(place + 1) for place in places if place <= k)
        return gain / sum(1 / math.log2(place + 1) for place in range(1, min(k, gold) + 1))

    return Measure(name=f"nDCG@{k}", of=value)


RANKING: tuple[Measure, ...] = (
    reciprocal_rank(),
    r_precision_at(1),
    r_precision_at(5),
    r_precision_at(10),
    recall_at(100),
    ndcg_at(100),
)
"""What every ranking is measured by, in the order of the tables."""


def ranking_values(ranked: Iterable[str], gold: Collection[str]) -> dict[str, float]:
    """Return the value of each of ``RANKING`` for one query.

    Raises:
        UsageError: There is no gold (leave such a query out), or a concept is ranked twice.
    """
    if not gold:
        raise UsageError("a query without gold has no ranking measures; leave it out and count it")
    places, count = places_of(ranked, gold), len(frozenset(gold))
    return {measure.name: measure.of(places, count) for measure in RANKING}


def mean_values(values: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the mean of each measure over queries.

    Raises:
        UsageError: There is no query, which must not look like a bad result.
    """
    if not values:
        raise UsageError("no query has gold, so that there is nothing to take a mean of")
    return {name: math.fsum(one[name] for one in values) / len(values) for name in values[0]}


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCounts:
    """Accepted links of one query or of many.

    Attributes:
        right: Accepted links that are gold.
        accepted: All accepted links.
        gold: All gold concepts.
    """

    right: int
    accepted: int
    gold: int

    def __add__(self, other: LinkCounts) -> LinkCounts:
        return LinkCounts(
            right=self.right + other.right,
            accepted=self.accepted + other.accepted,
            gold=self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of accepted links that are right; 0 where none is accepted."""
        return self.right / self.accepted if self.accepted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was accepted; 0 where there is no gold."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 where both are."""
        return 2 * self.right / (self.accepted + self.gold) if self.right else 0.0


def count_links(accepted: Collection[str], gold: Collection[str]) -> LinkCounts:
    """Count the accepted links of one query; without gold every accepted link is wrong."""
    said, right = frozenset(accepted), frozenset(gold)
    return LinkCounts(right=len(said & right), accepted=len(said), gold=len(right))


def micro(counts: Iterable[LinkCounts]) -> LinkCounts:
    """Add up the counts of queries, so that every link weighs the same."""
    return sum(counts, start=LinkCounts(right=0, accepted=0, gold=0))
