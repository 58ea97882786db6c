"""What postings ask for beside what offers award, as one pure function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from skillmatch.gap.coverage import Coverer, coverage_key
from skillmatch.gap.priority import NEED
from skillmatch.gap.thresholds import COVERS, DECIMALS
from skillmatch.model.concept import ConceptUri
from skillmatch.model.demand import (
    DemandExample,
    NearOffer,
    OfferDemand,
    SkillDemand,
    Supply,
    UnaskedOutcome,
)
from skillmatch.model.gap import Coverage
from skillmatch.model.offer import Award, Offer
from skillmatch.model.requirement import Checklist, Necessity, Requirement

MAX_EXAMPLES = 3
MAX_NEAR = 3
MAX_WORDS = 160

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One posting that asks for a skill."""

    posting: int
    requirement: Requirement
    example: DemandExample


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One skill with everybody who asks for it.

    Attributes:
        requirement: All that was folded into the skill anywhere counts as the skill itself.
        asks: One a posting, in the order of the postings.
    """

    requirement: Requirement
    asks: tuple[Ask, ...]

    @property
    def weight(self) -> float:
        """Sum over postings of need by necessity."""
        return round(sum(NEED[one.requirement.necessity] for one in self.asks), DECIMALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What is asked for, what is awarded, and how the two relate.

    Attributes:
        awards: One a concept: the first by offer id.
        awarding: Ids of the offers that award each concept, by id.
        covers: What an award does for a skill, by concept and place in ``asked``; only what is
            above 0.
    """

    asked: tuple[Asked, ...]
    offers: tuple[Offer, ...]
    awards: dict[ConceptUri, Award]
    awarding: dict[ConceptUri, tuple[str, ...]]
    covers: dict[tuple[ConceptUri, int], Coverage]


def gather(checklists: Sequence[Checklist]) -> tuple[Asked, ...]:
    """Return each skill that is asked for, by weight, then postings, then URI.

    Requirements for the same choice of skills ("AWS or Azure") are one. A posting counts once for
    a skill, with its strongest wording.
    """
    asks: dict[tuple[ConceptUri, ...], dict[int, Ask]] = defaultdict(dict)
    for place, checklist in enumerate(checklists):
        for requirement in checklist.requirements:
            key = (requirement.uri, *sorted(set(requirement.alternatives) - {requirement.uri}))
            ask = Ask(
                posting=place,
                requirement=requirement,
                example=_example(checklist, requirement),
            )
            known = asks[key].get(place)
            if known is None or _strength(ask) < _strength(known):
                asks[key][place] = ask
    found = [_asked(tuple(by_posting.values())) for by_posting in asks.values()]
    return tuple(sorted(found, key=_asked_key))


def market(
    asked: Sequence[Asked],
    offers: Sequence[Offer],
    coverer: Coverer,
    *,
    min_confidence: float,
    progress: Progress | None = None,
) -> Market:
    """Return how every award relates to every skill that is asked for.

    Args:
        asked: As ``gather`` returns it.
        offers: With their awards.
        coverer: The comparison that a gap uses.
        min_confidence: Proposed awards below it are not counted.
        progress: Told how many skills are done, of how many.
    """
    awards: dict[ConceptUri, Award] = {}
    awarding: dict[ConceptUri, set[str]] = defaultdict(set)
    for offer in sorted(offers, key=lambda one: one.id):
        for award in offer.awards:
            if award.confidence >= min_confidence:
                awards.setdefault(award.uri, award)
                awarding[award.uri].add(offer.id)
    covers = {}
    for place, one in enumerate(asked):
        for uri in awards:
            coverage = coverer.cover(uri, one.requirement)
            if coverage.value > 0:
                covers[uri, place] = coverage
        if progress is not None:
            progress(place + 1, len(asked))
    return Market(
        asked=tuple(asked),
        offers=tuple(sorted(offers, key=lambda one: one.id)),
        awards=awards,
        awarding={uri: tuple(sorted(ids)) for uri, ids in awarding.items()},
        covers=covers,
    )


def skill_demand(found: Market, *, postings: int) -> tuple[SkillDemand, ...]:
    """Return each skill with who asks for it and which offers close it, in the given order."""
    by_skill: dict[int, list[tuple[ConceptUri, Coverage]]] = defaultdict(list)
    for (award, place), coverage in found.covers.items():
        by_skill[place].append((award, coverage))
    names = {one.id: one.name for one in found.offers}
    return tuple(
        _skill_demand(one, by_skill[place], found, names, postings)
        for place, one in enumerate(found.asked)
    )


def offer_demand(
    found: Market, skills: Sequence[SkillDemand], *, postings: int
) -> tuple[OfferDemand, ...]:
    """Return each offer with the postings that ask for what it closes; see ``Demand``.

    Args:
        found: How offers and skills relate.
        skills: What ``skill_demand`` returned for it.
        postings: Number of all postings.
    """
    closed: dict[str, list[int]] = defaultdict(list)
    for place, skill in enumerate(skills):
        for offer in skill.closed_by:
            closed[offer].append(place)
    made = (_offer_demand(one, closed[one.id], found, skills, postings) for one in found.offers)
    return tuple(sorted(made, key=lambda one: (-one.postings, -one.weight, one.offer)))


def unasked_outcomes(found: Market) -> tuple[UnaskedOutcome, ...]:
    """Return what offers award and nobody asks for, by label, then URI."""
    best: dict[ConceptUri, tuple[float, int]] = {}
    for (uri, place), coverage in found.covers.items():
        best[uri] = min(best.get(uri, (0.0, 0)), (-coverage.value, place))
    made = []
    for uri, award in found.awards.items():
        negative, place = best.get(uri, (0.0, 0))
        if -negative < COVERS:
            made.append(
                UnaskedOutcome(
                    uri=uri,
                    label=award.label,
                    offers=found.awarding[uri],
                    origin=award.origin,
                    near=found.asked[place].requirement.label if negative else "",
                    coverage=abs(negative),
                )
            )
    return tuple(sorted(made, key=lambda one: (one.label, one.uri)))


def _skill_demand(
    asked: Asked,
    covering: Iterable[tuple[ConceptUri, Coverage]],
    found: Market,
    names: dict[str, str],
    postings: int,
) -> SkillDemand:
    ranked = sorted(covering, key=lambda one: (coverage_key(one[1]), one[0]))
    closing = {
        offer
        for uri, coverage in ranked
        if coverage.value >= COVERS
        for offer in found.awarding[uri]
    }
    near = () if closing else _near(ranked, found, names)
    counts = [one.requirement.necessity for one in asked.asks]
    examples = sorted(asked.asks, key=lambda one: (_strength(one), one.posting))
    return SkillDemand(
        uri=asked.requirement.uri,
        label=asked.requirement.label,
        supply=Supply.CLOSED if closing else Supply.PARTLY if near else Supply.OPEN,
        postings=len(asked.asks),
        must=counts.count(Necessity.MUST),
        should=counts.count(Necessity.SHOULD),
        nice=counts.count(Necessity.NICE),
        share=_share(len(asked.asks), postings),
        weight=asked.weight,
        closed_by=tuple(sorted(closing)),
        partly_by=near,
        examples=tuple(one.example for one in examples[:MAX_EXAMPLES]),
    )


def _offer_demand(
    offer: Offer,
    closed: Sequence[int],
    found: Market,
    skills: Sequence[SkillDemand],
    postings: int,
) -> OfferDemand:
    own = [skills[place] for place in closed]
    reached = {ask.posting for place in closed for ask in found.asked[place].asks}
    return OfferDemand(
        offer=offer.id,
        name=offer.name,
        provider=offer.provider,
        cost=offer.cost,
        postings=len(reached),
        share=_share(len(reached), postings),
        weight=round(sum(one.weight for one in own), DECIMALS),
        skills=tuple(one.label for one in own),
        alone=tuple(one.label for one in own if one.closed_by == (offer.id,)),
    )


def _near(
    ranked: Iterable[tuple[ConceptUri, Coverage]], found: Market, names: dict[str, str]
) -> tuple[NearOffer, ...]:
    """Return the offers that do most for a skill, each once."""
    near: dict[str, NearOffer] = {}
    for uri, coverage in ranked:
        for offer in found.awarding[uri]:
            if offer not in near:
                near[offer] = NearOffer(
                    offer=offer,
                    name=names[offer],
                    award=found.awards[uri].label,
                    kind=coverage.kind,
                    coverage=coverage.value,
                )
        if len(near) >= MAX_NEAR:
            break
    return tuple(near.values())[:MAX_NEAR]


def _asked(asks: tuple[Ask, ...]) -> Asked:
    first = min(asks, key=lambda one: (_strength(one), one.posting)).requirement
    folded = {uri for one in asks for uri in one.requirement.folded}
    return Asked(requirement=replace(first, folded=tuple(sorted(folded))), asks=asks)


def _asked_key(asked: Asked) -> tuple[float, int, str, tuple[str, ...]]:
    one = asked.requirement
    return (-asked.weight, -len(asked.asks), one.uri, one.alternatives)


def _strength(ask: Ask) -> tuple[float, float, str]:
    return (-NEED[ask.requirement.necessity], -ask.requirement.confidence, ask.example.words)


def _example(checklist: Checklist, requirement: Requirement) -> DemandExample:
    mention = next(iter(requirement.mentions), None)
    words = " ".join(mention.text.split()) if mention else requirement.necessity_why
    return DemandExample(
        source=checklist.source,
        title=checklist.title,
        words=words if len(words) <= MAX_WORDS else words[: MAX_WORDS - 1].rstrip() + "…",
    )


def _share(part: int, whole: int) -> float:
    return round(part / whole, DECIMALS) if whole else 0.0
