"""Which offers close a gap, in which order, at what cost, and what stays open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import CoverageKind, GapState, Step
from skillmatch.model.offer import AwardOrigin, Delivery, Money
from skillmatch.model.requirement import Necessity


class Preference(StrEnum):
    """What decides between plans that close equally much."""

    CHEAPEST = "cheapest"
    FASTEST = "fastest"
    FEWEST = "fewest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One posting or occupation that a plan works towards.

    Attributes:
        source: File name or occupation URI.
        weight: At least 0; how much it counts beside the other goals.
        requirements: How many skills it asks for.
    """

    source: str
    title: str = ""
    weight: float = 1.0
    requirements: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderWay:
    """An offer that was begun before the plan starts; it is finished, whatever else is chosen.

    Attributes:
        ends: Its last day.
        hours_left: Work that is left, None where nobody knows.
    """

    offer: str
    ends: date
    hours_left: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """Budgets and filters that a person sets; nothing here says who the person is.

    Attributes:
        start: First day of the plan.
        by: Last day on which a step may end; None sets no end.
        hours_per_week: Free hours, above 0.
        max_cost: All steps together cost at most this.
        languages: BCP 47 tags that the person can learn in; empty takes any.
        online_only: Leaves out what must be attended, blended offers too.
        places: An attended offer must be at one of these; empty takes any.
        access: Accessibility features that each offer must name.
        devices: What the person has; empty takes any.
        without: Ids of offers to leave out; ``commit`` are ids that must be in the plan.
        under_way: What was begun already and paid for.
        held: Ids or names of credentials that the person says to have.
        rates: Currency and how much of the plan's currency one unit of it is, by currency.
        currency: Of the plan; empty takes that of ``max_cost``, else the commonest at hand.
        prefer: Decides between plans that close equally much.
        prove: Whether proving a skill that is only claimed counts, too.
        min_confidence: Proposed skills below this probability are not counted.
    """

    start: date
    by: date | None = None
    hours_per_week: float = 6.0
    max_cost: Money | None = None
    languages: tuple[str, ...] = ()
    online_only: bool = False
    places: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    commit: tuple[str, ...] = ()
    under_way: tuple[UnderWay, ...] = ()
    held: tuple[str, ...] = ()
    rates: tuple[tuple[str, float], ...] = ()
    currency: str = ""
    prefer: Preference = Preference.CHEAPEST
    prove: bool = False
    min_confidence: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """What one step does for one requirement.

    Attributes:
        before: Part of the requirement that is left without the plan, in [0, 1]; ``after`` is
            what is left with this step.
        gain: What it adds to the closed priority: need × (before − after).
        kind: How the awarded concept relates to the one asked for; ``path`` leads there.
        origin: Who says that the offer awards it, ``confidence`` how surely.
        counted: Whether the plan counts it; False where another step closes at least as much.
    """

    uri: ConceptUri
    label: str
    necessity: Necessity
    before: float
    after: float
    gain: float
    kind: CoverageKind
    path: tuple[Step, ...] = ()
    origin: AwardOrigin = AwardOrigin.STATED
    confidence: float = 1.0
    level: str = ""
    counted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """Another offer that would have done something of the same, and why it is not taken."""

    offer: str
    name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """One offer to take.

    Attributes:
        offer: Id of the offer.
        cost: In the plan's currency; None where the source does not say.
        hours: Work in all; ``hours_per_week`` is how much of each week it takes.
        why: Why it is here: what it closes, or which step needs it.
        after: Ids of steps that must end before it begins.
        check: Entry conditions that no program can check, as written.
        instead_of: Offers that were passed over, best first.
        valid_until: Day that the credential lapses, None where it does not or nobody says.
        completes: Ids of the steps that it is made of, for a stack.
        fixed_start: Whether the provider sets the day that it begins on.
        enrol_by: Last day that one can enrol, None where the source does not say one.
        delivery: Ways in which it can be taken, empty where the source does not say.
        place: Where it is attended, as the source writes it.
        languages: BCP 47 tags of what it is taught in.
    """

    number: int
    offer: str
    name: str
    provider: str
    url: str
    cost: Money | None
    starts: date
    ends: date
    hours: float | None
    hours_per_week: float
    closes: tuple[Closure, ...]
    why: str
    after: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    instead_of: tuple[PassedOver, ...] = ()
    valid_until: date | None = None
    completes: tuple[str, ...] = ()
    committed: bool = False
    fixed_start: bool = False
    enrol_by: date | None = None
    delivery: tuple[Delivery, ...] = ()
    place: str = ""
    languages: tuple[str, ...] = ()


class OpenReason(StrEnum):
    """Why a gap stays open, whole or in part."""

    NO_OFFER = "no offer"
    FILTERED = "filtered out"
    PREREQUISITE = "prerequisite out of reach"
    OVER_BUDGET = "over budget"
    NO_TIME = "not in time"
    NOT_CHOSEN = "other gaps matter more"
    PARTLY = "only partly closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenGap:
    """A requirement that the plan leaves open.

    Attributes:
        left: Part of it that is left after the plan, in (0, 1]; ``priority`` is need × left.
        why: One sentence.
        offers: Ids of offers that would close more of it.
    """

    uri: ConceptUri
    label: str
    necessity: Necessity
    state: GapState
    left: float
    priority: float
    reason: OpenReason
    why: str
    offers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterEffect:
    """What one filter took away.

    Attributes:
        filter: Name of the option, as in ``--online-only``.
        removed: Number of offers that it alone or with others removed.
        offers: Ids of those that would close something of the goals, by id.
        lost: Labels of gaps that no offer in reach closes and that one would without this filter
            alone; what only several together cost is an effect of its own.
    """

    filter: str
    removed: int
    offers: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimality:
    """How sure it is that no plan closes more.

    Attributes:
        proven: Whether the plan is provably best, on every aim in turn.
        closed: Priority that the plan closes, summed over gaps; ``bound`` is the most that any
            plan could.
    """

    proven: bool
    closed: float
    bound: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """A plan in figures.

    Attributes:
        closed: Share of the open priority that the plan closes, in [0, 1].
        cost: Sum of what is known; ``unpriced`` steps do not say.
        weeks: From the first day of the plan to the last day of its last step.
    """

    credentials: int
    cost: Money
    unpriced: int
    hours: float
    weeks: float
    closed: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """A really different plan: it takes other offers.

    Attributes:
        aim: What it is best at, among plans that close at least ``least`` of what the plan does.
    """

    aim: Preference
    least: float
    steps: tuple[PlanStep, ...]
    totals: Totals
    ends: date | None
    proven: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """The most that can be closed for a cost."""

    cost: Money
    closed: float
    offers: tuple[str, ...]
    proven: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StateChange:
    """One requirement before and after the plan, for the picture of both."""

    uri: ConceptUri
    label: str
    necessity: Necessity
    before: GapState
    after: GapState
    coverage_before: float
    coverage_after: float
    priority_before: float
    priority_after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A dated plan: what every view of it shows.

    Attributes:
        at: Day that the gap was compared for, ISO 8601.
        steps: By start, then end, then what each needs before it, then offer id; numbered from 1.
        open: By priority left, highest first, then URI.
        curve: By cost, from nothing to the plan's own; only points that close more than the one
            before.
        changes: All requirements of all goals, in the order of the gap.
        names: Id and name of each offer that is mentioned by its id, by id.
        remarks: What a reader should know before the steps, one sentence each: wishes that no
            offer meets, and must-haves that one filter costs, with what it would take.
        notes: What a reader should know beside them, one sentence each.
    """

    at: str
    goals: tuple[Goal, ...]
    request: PlanRequest
    catalogue: str
    considered: int
    steps: tuple[PlanStep, ...]
    open: tuple[OpenGap, ...]
    totals: Totals
    optimality: Optimality
    ends: date | None = None
    alternatives: tuple[Alternative, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    filters: tuple[FilterEffect, ...] = ()
    changes: tuple[StateChange, ...] = ()
    remarks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    schema_version: str = "plan-1"
