"""Everything that decides which plans are possible, before any is looked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from skillmatch.gap.coverage import Coverer
from skillmatch.gap.ports import Hierarchy, Nearness
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Evidence
from skillmatch.model.offer import Condition, Need, NeedKind, Offer
from skillmatch.model.plan import FilterEffect, PlanRequest
from skillmatch.pathway.planning.closures import Closer, Effect, counted_awards
from skillmatch.pathway.planning.conditions import (
    FREE,
    Footing,
    Reading,
    Tree,
    both,
    holds,
    reachable,
    within,
)
from skillmatch.pathway.planning.filters import AWARDS, Removed, Sieve, effects_of
from skillmatch.pathway.planning.holdings import HeldAs, Holding, held_offers
from skillmatch.pathway.planning.knowing import Knowing, Twins
from skillmatch.pathway.planning.lengths import Calendar, Length, length
from skillmatch.pathway.planning.money import Purse, in_currency, purse
from skillmatch.pathway.planning.naming import by_any_id
from skillmatch.pathway.planning.relating import Near, Relating
from skillmatch.pathway.planning.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """How skills relate, by the frameworks at hand.

    Attributes:
        near: Which concepts are near enough to count, by what is held; None where nobody knows.
    """

    hierarchy: Hierarchy
    nearness: Nearness
    twins: Twins
    near: Near | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a plan.

    Attributes:
        request: With offers named by id.
        offers: Of the catalogue, aligned.
        evidence: What the person can show.
    """

    request: PlanRequest
    offers: Sequence[Offer]
    targets: Sequence[Target]
    evidence: Sequence[Evidence]
    holdings: Sequence[Holding]
    relations: Relations


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What offers ask for before they begin.

    Attributes:
        trees: All that must be finished before, by id of the offer.
        parts: What a stack is made of, by id of the stack.
        checks: What no program can check, by id of the offer.
        missing: What is asked for and is not on offer, by id of the offer.
        asked: Offers that are named, by id of the offer.
        resting: Offers, held under other names alone, that its conditions hold by, by its id.
    """

    trees: Mapping[str, Tree]
    parts: Mapping[str, Tree]
    checks: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, tuple[str, ...]]
    resting: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What every plan has to do with; mappings are by id of the offer.

    Attributes:
        offers: All of the catalogue.
        effects: What each offer does for each target, filtered offers too.
        doubtful: What offers would do by proposed skills that are too uncertain to count.
        removed: Offers that a filter leaves out.
        trees: What must be finished before an offer that can be taken, by such offers alone.
        rewarded: Stacks that can be completed by offers that each close something.
    """

    request: PlanRequest
    calendar: Calendar
    purse: Purse
    targets: Sequence[Target]
    offers: Mapping[str, Offer]
    lengths: Mapping[str, Length]
    effects: Mapping[str, Mapping[int, Effect]]
    doubtful: Mapping[str, Mapping[int, Effect]]
    held: Mapping[str, HeldAs]
    holdings: Sequence[Holding]
    conditions: Conditions
    removed: Removed
    trees: Mapping[str, Tree]
    rewarded: frozenset[str]

    @property
    def takeable(self) -> Collection[str]:
        """Offers that are neither removed nor surely held and whose conditions can be met."""
        return self.trees.keys()

    @property
    def sure(self) -> frozenset[str]:
        """Offers that are surely held; those to be confirmed can still be taken."""
        return _sure(self.held)

    @property
    def begun(self) -> frozenset[str]:
        """Offers that are under way."""
        return frozenset(one.offer for one in self.request.under_way)


def case(question: Question) -> Case:
    """Return what every plan has to do with.

    Raises:
        UsageError: The request contradicts itself.
    """
    request = question.request
    offers = with_parts(sorted(question.offers, key=lambda one: one.id))
    calendar = Calendar(start=request.start, hours=request.hours_per_week)
    pays = purse(request, offers)
    lengths = {one.id: length(one, calendar) for one in offers}
    removed = _removed(offers, Sieve(request=request, purse=pays), lengths)
    coverer = Coverer(question.relations.hierarchy, question.relations.nearness)
    effects, doubtful = _effects(question, offers, coverer)
    held = _held(question, offers)
    conditions = _conditions(offers, _footing(question, offers, held, coverer))
    usable = {one.id for one in offers} - set(removed) - _sure(held)
    trees = _trees(request, conditions, usable)
    return Case(
        request=in_currency(request, pays),
        calendar=calendar,
        purse=pays,
        targets=question.targets,
        offers={one.id: one for one in offers},
        lengths=lengths,
        effects=effects,
        doubtful=doubtful,
        held=held,
        holdings=question.holdings,
        conditions=conditions,
        removed=removed,
        trees=trees,
        rewarded=_rewarded(conditions.parts, {one for one in trees if effects[one]}) & set(trees),
    )


def _removed(offers: Sequence[Offer], sieve: Sieve, lengths: Mapping[str, Length]) -> Removed:
    begun = {one.offer for one in sieve.request.under_way}
    faults = {one.id: sieve.faults(one, lengths[one.id]) for one in offers if one.id not in begun}
    return {one: found for one, found in faults.items() if found}


def _trees(
    request: PlanRequest, conditions: Conditions, usable: Collection[str]
) -> dict[str, Tree]:
    """Return the conditions of the offers that can be begun at some time, by such offers alone."""
    begun = {one.offer for one in request.under_way}
    trees = {one: FREE if one in begun else conditions.trees[one] for one in sorted(usable)}
    takeable = reachable(trees)
    return {one: within(tree, takeable) for one, tree in trees.items() if one in takeable}


def removed_or_doubtful(found: Case) -> Removed:
    """Return what filters took away, with what is too uncertain to count."""
    doubts = {
        one: ((AWARDS, "its skills are only proposed, and too uncertain to count"),)
        for one in found.doubtful
        if one not in found.removed
    }
    return {**found.removed, **doubts}


def filter_effects(found: Case) -> tuple[FilterEffect, ...]:
    """Return what each filter took away, and which gaps nothing can close because of it."""
    gone = removed_or_doubtful(found)
    closing = {
        one: {*effects, *(found.doubtful.get(one, {}) if one in gone else ())}
        for one, effects in found.effects.items()
        if one not in found.sure
    }
    labels = {place: one.label for place, one in enumerate(found.targets)}
    return effects_of(gone, closing, labels, lambda names: _closable(found, names))


def _closable(found: Case, lifted: Collection[str]) -> set[int]:
    """Return the targets that something can be closed of without some of the filters."""
    usable = {
        one
        for one in found.offers
        if {name for name, _ in found.removed.get(one, ())} <= set(lifted)
    }
    trees = _trees(found.request, found.conditions, usable - found.sure) if lifted else found.trees
    doubtful = found.doubtful if AWARDS in lifted else {}
    return {place for one in trees for place in (*found.effects[one], *doubtful.get(one, ()))}


def _effects(
    question: Question, offers: Sequence[Offer], coverer: Coverer
) -> tuple[dict[str, dict[int, Effect]], dict[str, dict[int, Effect]]]:
    """Return what offers do, and what those would do besides whose proposed skills do not count."""
    request = question.request
    relating = Relating(
        hierarchy=coverer.hierarchy, targets=question.targets, near=question.relations.near
    )
    closer = Closer(
        coverer=coverer, targets=question.targets, relating=relating, prove=request.prove
    )
    effects, doubtful = {}, {}
    for offer in offers:
        counted = counted_awards(offer, request.min_confidence)
        effects[offer.id] = closer.close(counted)
        found = closer.close(offer.awards) if len(counted) < len(offer.awards) else {}
        more = {place: one for place, one in found.items() if place not in effects[offer.id]}
        if more:
            doubtful[offer.id] = more
    return effects, doubtful


def _rewarded(parts: Mapping[str, Tree], gaining: Collection[str]) -> frozenset[str]:
    """Return the stacks that are worth completing: by offers that are worth something anyway."""
    return frozenset(one for one, tree in parts.items() if holds(tree, gaining))


def _held(question: Question, offers: Sequence[Offer]) -> dict[str, HeldAs]:
    twins: dict[ConceptUri, frozenset[ConceptUri]] = {}
    for concept in {uri for one in question.holdings for uri in one.concepts}:
        for twin in question.relations.twins(concept):
            twins[twin] = twins.get(twin, frozenset()) | {concept}
    return held_offers(
        offers,
        question.holdings,
        named=question.request.held,
        at=question.request.start,
        twins=twins,
    )


def _sure(held: Mapping[str, HeldAs]) -> frozenset[str]:
    return frozenset(one for one, each in held.items() if not each.confirm)


def _footing(
    question: Question, offers: Sequence[Offer], held: Mapping[str, HeldAs], coverer: Coverer
) -> Footing:
    least = question.request.min_confidence
    knowing = Knowing(
        coverer=coverer,
        twins=question.relations.twins,
        evidence=question.evidence,
        awards={one.id: counted_awards(one, least) for one in offers},
    )
    labels = question.relations.hierarchy.pref_label
    kept = {*question.request.held, *(one.id for one in question.holdings)}
    return Footing(
        ids=by_any_id(offers),
        held=held,
        kept=frozenset(kept - {""}),
        shows=knowing.shows,
        teaching=knowing.teaching,
        known=lambda uri: labels(ConceptUri(uri)) != uri,
    )


def _conditions(offers: Sequence[Offer], footing: Footing) -> Conditions:
    trees: dict[str, Tree] = {}
    parts: dict[str, Tree] = {}
    readings: dict[str, Reading] = {}
    for offer in offers:
        reading = readings[offer.id] = Reading(footing=footing, provider=offer.provider)
        required = reading.tree(offer.requires)
        if not offer.parts.empty:
            parts[offer.id] = reading.tree(offer.parts)
        trees[offer.id] = both(required, parts.get(offer.id, FREE))
    return Conditions(
        trees=trees,
        parts=parts,
        checks={one: tuple(reading.checks) for one, reading in readings.items()},
        missing={one: tuple(reading.missing) for one, reading in readings.items()},
        asked={one: tuple(reading.asked) for one, reading in readings.items()},
        resting={one: tuple(reading.resting) for one, reading in readings.items()},
    )


def _parts(offer: Offer, counting: Mapping[str, tuple[str, ...]]) -> Condition:
    """Return what a stack is made of; by what counts towards it only where it says nothing itself.

    Who has hours or weeks of its own can be taken alone, whatever counts towards it.
    """
    own = offer.hours is not None or offer.weeks is not None
    if not offer.parts.empty or own or offer.id not in counting:
        return offer.parts
    needs = tuple(Need(kind=NeedKind.OFFER, ref=one) for one in counting[offer.id])
    return Condition(least=len(needs), needs=needs)


def _counting_towards(offers: Sequence[Offer]) -> dict[str, tuple[str, ...]]:
    ids = by_any_id(offers)
    found: dict[str, tuple[str, ...]] = {}
    for offer in offers:
        for stack in sorted({ids.get(one, one) for one in offer.counts_towards} - {offer.id}):
            found[stack] = (*found.get(stack, ()), offer.id)
    return found


def with_parts(offers: Sequence[Offer]) -> tuple[Offer, ...]:
    """Return offers in which every stack names what it is made of."""
    counting = _counting_towards(offers)
    return tuple(replace(one, parts=_parts(one, counting)) for one in offers)
