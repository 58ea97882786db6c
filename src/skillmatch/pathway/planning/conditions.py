"""Conditions of offers as trees over other offers, with what is held already taken out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from skillmatch.model.offer import Condition, Need, NeedKind
from skillmatch.pathway.planning.holdings import HeldAs
from skillmatch.pathway.solver.problem import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """At least ``least`` of its parts: offers that have been finished, or trees that hold.

    Attributes:
        least: 0 always holds; more than there are parts never does.
        offers: Ids, sorted, each once.
    """

    least: int = 0
    offers: tuple[str, ...] = ()
    trees: tuple[Tree, ...] = ()


FREE = Tree()
NEVER = Tree(least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Footing:
    """What conditions are read against.

    Attributes:
        ids: Offer of a catalogue by its id and by every other id of it.
        held: Offers that the person has, by id.
        kept: Ids and names of credentials that the person has, whether or not on offer.
        shows: Whether the person's evidence shows a skill that a leaf asks for.
        teaching: Ids of the offers that award it.
        known: Whether any framework at hand has a concept.
    """

    ids: Mapping[str, str]
    held: Mapping[str, HeldAs]
    kept: frozenset[str]
    shows: Callable[[Need], bool]
    teaching: Callable[[Need], tuple[str, ...]]
    known: Callable[[str], bool]


@dataclass(slots=True)
class Reading:
    """One condition while it is read.

    Attributes:
        checks: What no program can check, in source order, each once.
        missing: What the catalogue does not have, in source order.
        asked: Offers that it names, in source order.
        resting: Offers, held under other names alone, that it holds by, in source order.
        provider: Who lets one in.
    """

    footing: Footing
    provider: str = ""
    checks: dict[str, None] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)
    asked: dict[str, None] = field(default_factory=dict)
    resting: dict[str, None] = field(default_factory=dict)

    def tree(self, condition: Condition) -> Tree:
        """Return what is left of a condition."""
        tree, doubts = self._read(condition)
        who = self.provider or "the provider"
        for one in doubts:
            self.resting[one] = None
            self.checks[f"ask {who} whether {self.footing.held[one].confirm}"] = None
        return tree

    def _read(self, condition: Condition) -> tuple[Tree, tuple[str, ...]]:
        """Return what is left, and the offers held under other names that this rests on."""
        if condition.empty:
            return FREE, ()
        read = [(self._leaf(one), self._doubts(one)) for one in condition.needs]
        read += [self._read(one) for one in condition.conditions]
        parts = [tree for tree, _ in read]
        self._note(condition, parts)
        doubtful = [doubts for tree, doubts in read if tree == FREE and doubts]
        sure = sum(tree == FREE for tree in parts) - len(doubtful)
        # One way that holds without doubt makes every errand for another way needless.
        rests = doubtful[: max(0, condition.least - sure)]
        return joined(condition.least, parts), tuple(one for doubts in rests for one in doubts)

    def _doubts(self, need: Need) -> tuple[str, ...]:
        offer = self.footing.ids.get(need.ref) if need.kind is NeedKind.OFFER else None
        held = None if offer is None else self.footing.held.get(offer)
        return () if offer is None or held is None or not held.confirm else (offer,)

    def _leaf(self, need: Need) -> Tree:
        if need.kind is NeedKind.OFFER:
            return self._offer(need)
        checkable = need.kind is NeedKind.SKILL and need.ref and self.footing.known(need.ref)
        if not checkable or self.footing.shows(need):
            return FREE
        return joined(1, [Tree(least=1, offers=(one,)) for one in self.footing.teaching(need)])

    def _offer(self, need: Need) -> Tree:
        footing = self.footing
        offer = footing.ids.get(need.ref)
        if offer is None:
            if need.ref in footing.kept or need.text in footing.kept:
                return FREE
            self.missing[need.text or need.ref] = None
            return NEVER
        self.asked[offer] = None
        return FREE if offer in footing.held else Tree(least=1, offers=(offer,))

    def _note(self, condition: Condition, parts: list[Tree]) -> None:
        """Note the leaves that nobody can check, unless the others suffice."""
        open_leaves = [one for one in condition.needs if self._unchecked(one)]
        free = sum(part == FREE for part in parts) - len(open_leaves)
        if free >= condition.least:
            return
        for one in open_leaves:
            said = one.text or condition.text or one.ref
            some = condition.least < len(parts)
            self.checks[f"{said} (or another of what is asked for)" if some else said] = None

    def _unchecked(self, need: Need) -> bool:
        if need.kind is NeedKind.OFFER or need.text in self.footing.kept:
            return False
        return need.kind is NeedKind.OTHER or not (need.ref and self.footing.known(need.ref))


def joined(least: int, parts: list[Tree]) -> Tree:
    """Return at least ``least`` of some trees as one, in its simplest form."""
    left = least - sum(part == FREE for part in parts)
    if left <= 0:
        return FREE
    open_parts = [part for part in parts if part != FREE and not _never(part)]
    if left > len(open_parts):
        return NEVER
    if left == 1 and len(open_parts) == 1:
        return open_parts[0]
    single = [part.offers[0] for part in open_parts if _single(part)]
    once = tuple(sorted({one for one in single if single.count(one) == 1}))
    rest = [part for part in open_parts if not (_single(part) and part.offers[0] in once)]
    return Tree(least=left, offers=once, trees=tuple(rest))


def both(left: Tree, right: Tree) -> Tree:
    """Return what holds when both do."""
    return joined(2, [left, right])


def holds(tree: Tree, done: Collection[str]) -> bool:
    """Tell whether a tree holds once some offers are finished."""
    if tree.least <= 0:
        return True
    met = sum(one in done for one in tree.offers)
    return met + sum(holds(one, done) for one in tree.trees) >= tree.least


def offers_in(tree: Tree) -> Iterator[str]:
    """Yield the ids of all offers of a tree, some more than once."""
    yield from tree.offers
    for one in tree.trees:
        yield from offers_in(one)


def within(tree: Tree, allowed: Collection[str]) -> Tree:
    """Return a tree without the offers that cannot be taken."""
    parts = [Tree(least=1, offers=(one,)) for one in tree.offers if one in allowed]
    return joined(tree.least, [*parts, *(within(one, allowed) for one in tree.trees)])


def rule_of(tree: Tree, places: Mapping[str, int]) -> Rule:
    """Return a tree over the options of a problem; all of its offers are among them."""
    return Rule(
        least=tree.least,
        options=tuple(sorted(places[one] for one in tree.offers)),
        rules=tuple(rule_of(one, places) for one in tree.trees),
    )


def needed(tree: Tree, done: Collection[str]) -> tuple[str, ...]:
    """Return offers among those finished that a tree holds by, none of which it can spare."""
    kept = sorted({one for one in offers_in(tree) if one in done})
    for one in tuple(kept):
        rest = [other for other in kept if other != one]
        if holds(tree, rest):
            kept = rest
    return tuple(kept)


def reachable(trees: Mapping[str, Tree]) -> frozenset[str]:
    """Return the offers that can be begun, directly or after others that can; cycles cannot."""
    done: set[str] = set()
    waiting = dict(trees)
    while ready := [one for one, tree in waiting.items() if holds(tree, done)]:
        done.update(ready)
        for one in ready:
            del waiting[one]
    return frozenset(done)


def _never(tree: Tree) -> bool:
    return tree.least > len(tree.offers) + len(tree.trees)


def _single(tree: Tree) -> bool:
    return tree.least == 1 and len(tree.offers) == 1 and not tree.trees
