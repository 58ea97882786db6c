"""Credentials and courses on offer, whichever format described them.

The words are those of CTDL (Credential Transparency Description Language) and Open Badges. What a
source does not say stays empty or None: a plan reports what is unknown and never guesses it.

Source: Credential Engine, CTDL terms; 1EdTech Open Badges 3.0.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.model.concept import ConceptUri


class OfferKind(StrEnum):
    """What somebody has in hand at the end, or does on the way there."""

    BADGE = "badge"
    CERTIFICATE = "certificate"
    CERTIFICATION = "certification"
    LICENCE = "licence"
    DEGREE = "degree"
    COURSE = "course"
    PROGRAMME = "programme"
    ASSESSMENT = "assessment"
    OTHER = "other"


class Delivery(StrEnum):
    """How an offer is taken (CTDL ``deliveryType``)."""

    ONLINE = "online"
    IN_PERSON = "in person"
    BLENDED = "blended"


class NeedKind(StrEnum):
    """What a condition asks for."""

    OFFER = "offer"
    SKILL = "skill"
    OTHER = "other"


class AwardOrigin(StrEnum):
    """Who says that an offer awards a skill."""

    STATED = "stated by the source"
    PROPOSED = "proposed from its words"
    REVIEWED = "reviewed by a person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in a currency.

    Attributes:
        amount: At least 0, with at most two decimals.
        currency: ISO 4217, in capitals.
    """

    amount: float
    currency: str

    @property
    def minor(self) -> int:
        """The amount in hundredths, for exact sums and comparisons."""
        return round(self.amount * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One leaf of a condition.

    Attributes:
        ref: Id of an offer or URI of a concept; empty for ``OTHER``, which no program can check
            ("secondary school diploma").
        text: As written.
        level: Words for the level asked for, empty where none.
    """

    kind: NeedKind
    ref: str = ""
    text: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """At least ``least`` of its parts: all of them is AND, one is OR, else k of n.

    Attributes:
        least: From 0 to the number of parts; 0 asks for nothing.
        needs: Leaves, in source order.
        conditions: Conditions inside this one, in source order.
        text: What the source says of it in words.
    """

    least: int = 0
    needs: tuple[Need, ...] = ()
    conditions: tuple[Condition, ...] = ()
    text: str = ""

    @property
    def empty(self) -> bool:
        """Whether it asks for nothing at all."""
        return self.least <= 0 or not (self.needs or self.conditions)


NO_CONDITION = Condition()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSkill:
    """A skill that the source says an offer teaches or certifies, as written.

    Attributes:
        name: Its name; ``url``, ``code`` and ``framework`` are empty where not written.
        level: Words for the level reached ("B2", "advanced"), empty where none.
        pointer: JSON pointer, or cell of a sheet, where it stands.
    """

    name: str = ""
    url: str = ""
    framework: str = ""
    code: str = ""
    level: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A skill that an offer awards, as a concept of a framework at hand.

    Attributes:
        confidence: Probability in [0, 1] that a person would say so too; 1 where stated.
        words: Words of the offer that led to a proposed skill.
        level_value: On the scale of ``skillmatch.gap.level_value`` where ``level`` names one.
    """

    uri: ConceptUri
    label: str
    framework: str = ""
    origin: AwardOrigin = AwardOrigin.STATED
    confidence: float = 1.0
    words: str = ""
    level: str = ""
    level_value: float | None = None


class SignalKind(StrEnum):
    """What a source says of an offer's quality."""

    COMPLETION_RATE = "completion rate"
    HANDS_ON_PROJECT = "hands-on project"
    MENTOR_SUPPORT = "mentor support"
    REVIEWS = "reviews"
    ACCREDITATION = "accreditation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One quality signal, as the source gives it.

    Attributes:
        value: As written ("4.6 of 5 from 210 learners").
        number: Where it is one: completion rate in [0, 1], reviews as a share of the best mark.
    """

    kind: SignalKind
    value: str
    number: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One credential or course on offer.

    Attributes:
        id: URI, or ``<file>#<row or pointer>`` where the source has none. Unique in a catalogue.
        outcomes: What somebody can do afterwards, one statement each.
        skills: As the source states them.
        awards: The same as concepts, and what was proposed from the words; empty until aligned.
        requires: What must be held before it begins.
        parts: Of a stack: what it is made of. It is awarded for them, beside its own hours.
        counts_towards: Ids of offers that this one stacks into.
        same_as: Other ids and names of the same credential.
        cost: What a learner pays in all; amount 0 is free, None is not said.
        cost_note: What the source says beside the amount.
        hours: Work in all, lessons included.
        weeks: From first to last day, as the provider plans it.
        starts: Days it begins on, sorted; empty for self-paced offers or where not said.
        self_paced: True where one may begin on any day; None where the source does not say.
        languages: BCP 47 tags.
        place: Where it is attended, empty for online offers or where not said.
        eqf: Level 1 to 8 of the European Qualifications Framework.
        level: Level as written.
        assessment: How it is assessed, as written.
        valid_months: Months that the credential holds from the day it is awarded; None is for
            good or not said.
        available_from: First day that one can enrol; ``available_until`` is the last.
        accessibility: Features and services ("captions", "step-free access"), lower case.
        devices: What one needs at home ("computer", "smartphone"), lower case.
        credits: ECTS credits.
        as_of: Day that the source describes.
        source: File that it was read from, relative to what was given.
        pointer: JSON pointer or row in ``source``.
    """

    id: str
    name: str
    kind: OfferKind = OfferKind.OTHER
    provider: str = ""
    provider_id: str = ""
    description: str = ""
    url: str = ""
    outcomes: tuple[str, ...] = ()
    skills: tuple[OfferSkill, ...] = ()
    awards: tuple[Award, ...] = ()
    requires: Condition = NO_CONDITION
    parts: Condition = NO_CONDITION
    counts_towards: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    cost: Money | None = None
    cost_note: str = ""
    hours: float | None = None
    weeks: float | None = None
    starts: tuple[date, ...] = ()
    self_paced: bool | None = None
    delivery: tuple[Delivery, ...] = ()
    languages: tuple[str, ...] = ()
    place: str = ""
    level: str = ""
    eqf: int | None = None
    assessment: str = ""
    valid_months: int | None = None
    available_from: date | None = None
    available_until: date | None = None
    accessibility: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    credits: float | None = None
    as_of: date | None = None
    source: str = ""
    pointer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSource:
    """A file that offers were read from."""

    path: str
    sha256: str
    format: str
    offers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadOffer:
    """Something that is no readable offer, and why."""

    source: str
    pointer: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Offers that were read together; ids are unique.

    Attributes:
        offers: By id.
        unread: What was left out while reading, in source order.
        frameworks: Ids of the releases that ``awards`` refer to; empty until aligned.
        encoder: Fingerprint of the encoder that proposed skills; empty where none was proposed.
        notes: What a reader should know, one sentence each.
    """

    name: str
    offers: tuple[Offer, ...]
    sources: tuple[OfferSource, ...] = ()
    unread: tuple[UnreadOffer, ...] = ()
    frameworks: tuple[str, ...] = ()
    encoder: str = ""
    notes: tuple[str, ...] = ()
    schema_version: str = "catalogue-1"


class CatalogueRule(StrEnum):
    """What checking a catalogue looks for."""

    UNREAD = "not readable as an offer"
    BROKEN_PREREQUISITE = "prerequisite that nothing at hand meets"
    CYCLE = "prerequisites that need each other"
    IMPOSSIBLE_CONDITION = "condition that cannot be met"
    UNKNOWN_CONCEPT = "skill that no framework at hand has"
    NO_SKILL = "awards no skill"
    PROPOSED_ONLY = "skills only proposed from its words"
    EXPIRED = "can no longer be taken"
    DUPLICATE = "the same offer under another name"
    MISSING_COST = "cost not said"
    MISSING_LENGTH = "neither hours nor weeks said"
    MISSING_START = "neither start dates nor self-paced"
    OLD_SOURCE = "description is old"
    STACK_MISMATCH = "stack and what counts towards it disagree"


class CatalogueSeverity(StrEnum):
    """How much a finding stands in the way of a plan."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFinding:
    """One thing to mend in a catalogue.

    Attributes:
        offers: Ids of the offers concerned, the first being where to mend it.
        place: File and pointer or row of the first.
    """

    rule: CatalogueRule
    severity: CatalogueSeverity
    offers: tuple[str, ...]
    place: str
    message: str
    mend: str
