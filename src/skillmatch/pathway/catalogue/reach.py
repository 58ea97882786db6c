"""Which offers can never be begun because they wait for each other, and the cycles that do it.

An offer is within reach when its entry condition and, for a stack, its parts hold by offers that
are. That grows from those that need nothing; whatever is left waits for itself. So a cycle with a
way out (one of several alternatives) is none. Time grows with the number of references.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skillmatch.model.offer import Catalogue, Need, NeedKind, Offer
from skillmatch.pathway.planning.conditions_walk import holds, leaves


@dataclass(frozen=True, slots=True)
class References:
    """Offers by what others may call them: their id, else another id or name of theirs."""

    offers: Mapping[str, Offer]
    also: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, catalogue: Catalogue) -> References:
        """Return the references that a catalogue can meet; what several are called is none's."""
        offers = {one.id: one for one in catalogue.offers}
        also: dict[str, str] = {}
        for offer in catalogue.offers:
            for other in offer.same_as:
                also[other] = "" if also.get(other, offer.id) != offer.id else offer.id
        return cls(offers, also)

    def find(self, ref: str) -> Offer | None:
        """Return the offer that a reference means, None where there is none."""
        return self.offers.get(ref) or self.offers.get(self.also.get(ref, ""))

    def needed(self, offer: Offer) -> tuple[str, ...]:
        """Return the ids of all offers that one refers to in its conditions, sorted."""
        found = (
            self.find(need.ref)
            for condition in (offer.requires, offer.parts)
            for need in leaves(condition)
            if need.kind is NeedKind.OFFER
        )
        return tuple(sorted({one.id for one in found if one is not None}))


def waiting(references: References) -> frozenset[str]:
    """Return the ids of offers that can never be begun, whatever lies outside the catalogue.

    References to nothing and conditions that ask for more than they have are met, since they are
    faults of their own.
    """
    behind: dict[str, list[str]] = {id_: [] for id_ in references.offers}
    for offer in references.offers.values():
        for one in references.needed(offer):
            behind[one].append(offer.id)
    reached: set[str] = set()

    def met(need: Need) -> bool:
        other = references.find(need.ref) if need.kind is NeedKind.OFFER else None
        return other is None or other.id in reached

    queue = deque(references.offers)
    while queue:
        offer = references.offers[queue.popleft()]
        if offer.id in reached:
            continue
        if holds(offer.requires, met, lenient=True) and holds(offer.parts, met, lenient=True):
            reached.add(offer.id)
            queue.extend(behind[offer.id])
    return frozenset(references.offers) - reached


def knots(edges: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield the groups of nodes that all lead to each other, each sorted; single ones with a loop.

    Args:
        edges: Where each node leads; every node that is led to is a key, too.

    Source: Sharir (1981), "A strong-connectivity algorithm and its applications"; no recursion.
    """
    behind: dict[str, list[str]] = {node: [] for node in edges}
    for node in edges:
        for following in edges[node]:
            behind[following].append(node)
    seen: set[str] = set()
    for root in reversed(_left_in_order(edges)):
        group = _gathered(root, behind, seen)
        if len(group) > 1 or (group and root in edges[root]):
            yield tuple(sorted(group))


def _left_in_order(edges: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the nodes in the order in which a walk in depth leaves them for good."""
    left: list[str] = []
    seen: set[str] = set()
    for root in edges:
        work = [] if root in seen else [(root, iter(edges[root]))]
        seen.add(root)
        while work:
            _, rest = work[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                left.append(work.pop()[0])
                continue
            seen.add(following)
            work.append((following, iter(edges[following])))
    return left


def _gathered(root: str, behind: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """Return the nodes that lead to a node and were not seen, and mark them."""
    group: list[str] = []
    queue = [] if root in seen else [root]
    seen.add(root)
    while queue:
        node = queue.pop()
        group.append(node)
        found = [one for one in dict.fromkeys(behind[node]) if one not in seen]
        seen.update(found)
        queue.extend(found)
    return group


def shortest_cycle(start: str, edges: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return a shortest way from a node back to itself, ``start`` first and not repeated.

    Args:
        start: A node that leads back to itself.
        edges: Followed in their order, which decides between ways of one length.
    """
    came: dict[str, str] = {}
    queue = deque([start])
    while queue:
        node = queue.popleft()
        for following in edges.get(node, ()):
            if following == start:
                return _way(start, node, came)
            if following not in came:
                came[following] = node
                queue.append(following)
    return (start,)


def _way(start: str, last: str, came: Mapping[str, str]) -> tuple[str, ...]:
    way = [last]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))
