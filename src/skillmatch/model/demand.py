"""What many postings ask for beside what a catalogue offers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import CoverageKind
from skillmatch.model.offer import AwardOrigin, Money
from skillmatch.model.plan import Preference


class Supply(StrEnum):
    """What a catalogue does for a skill that is asked for."""

    CLOSED = "closed"
    PARTLY = "partly closed"
    OPEN = "no offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandExample:
    """Where a skill is asked for, in the posting's own words."""

    source: str
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NearOffer:
    """An offer that does a part for a skill.

    Attributes:
        award: Label of what it awards; ``kind`` is how that relates to the skill.
        coverage: In (0, 1), as in a gap.
    """

    offer: str
    name: str
    award: str
    kind: CoverageKind
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillDemand:
    """One skill that is asked for.

    Attributes:
        postings: How many ask for it: ``must``, ``should`` and ``nice`` add up to it.
        share: The same as a share of all postings, in (0, 1].
        weight: Sum over postings of need by necessity, as in a gap.
        closed_by: Ids of offers that award it, by id.
        partly_by: Offers that do a part, best first; empty where an offer closes it.
        examples: The first postings that ask for it, musts first.
    """

    uri: ConceptUri
    label: str
    supply: Supply
    postings: int
    must: int
    should: int
    nice: int
    share: float
    weight: float
    closed_by: tuple[str, ...] = ()
    partly_by: tuple[NearOffer, ...] = ()
    examples: tuple[DemandExample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDemand:
    """One offer and who asks for what it awards.

    Attributes:
        postings: How many ask for at least one skill that it closes.
        weight: Sum of the weights of those skills.
        skills: Their labels, the most asked for first.
        alone: Labels of those that no other offer closes.
    """

    offer: str
    name: str
    provider: str
    cost: Money | None
    postings: int
    share: float
    weight: float
    skills: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaskedOutcome:
    """A skill that offers award and that no posting asks for.

    Attributes:
        offers: Their ids, by id.
        near: Label of the asked skill that it does most for, empty where it does nothing.
        coverage: How much it does for that, in [0, 1).
    """

    uri: ConceptUri
    label: str
    offers: tuple[str, ...]
    origin: AwardOrigin
    near: str = ""
    coverage: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StackOffer:
    """One offer of a suggested stack, in the order to take them.

    Attributes:
        covers: Labels of the skills that it is there for.
        asks: Entry conditions that no offer brings, in words.
    """

    offer: str
    name: str
    provider: str
    cost: Money | None
    covers: tuple[str, ...]
    why: str
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StackSuggestion:
    """A set of offers that together cover what an occupation needs, for somebody with nothing.

    Attributes:
        essential: Number of essential skills; ``covered`` counts those closed, ``partly`` those
            closed in part.
        uncovered: Labels of the rest.
        proven: Whether no other set closes more, or as much by fewer offers or at less cost.
    """

    occupation: str
    title: str
    prefer: Preference
    essential: int
    covered: int
    partly: int
    offers: tuple[StackOffer, ...]
    cost: Money | None
    unpriced: int
    uncovered: tuple[str, ...] = ()
    proven: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadPosting:
    """A posting that is not counted, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """The whole answer: what every view shows.

    Attributes:
        postings: How many were counted.
        skills: By weight, heaviest first, then postings, then URI.
        offers: By postings, then weight, then id; those that nobody asks for come last.
        unasked: By label, then URI.
    """

    at: str
    catalogue: str
    postings: int
    skills: tuple[SkillDemand, ...] = ()
    offers: tuple[OfferDemand, ...] = ()
    unasked: tuple[UnaskedOutcome, ...] = ()
    stacks: tuple[StackSuggestion, ...] = ()
    unread: tuple[UnreadPosting, ...] = ()
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    schema_version: str = "demand-1"
