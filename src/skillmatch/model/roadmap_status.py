"""Where a person stands on a roadmap on one day: what every view of it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Money
from skillmatch.model.requirement import Necessity
from skillmatch.model.roadmap import HistoryEntry, HoursSpent, StepState


class Timing(StrEnum):
    """How a step stands against its own dates."""

    ON_TIME = "on time"
    SHOULD_HAVE_BEGUN = "should have begun"
    OVERDUE = "overdue"
    CLOSED = "closed"
    """Done or dropped: no date matters any more."""


class Urgency(StrEnum):
    """When a credential lapses."""

    LAPSED = "lapsed"
    BEFORE_THE_END = "lapses before the plan ends"
    LATER = "lapses later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How much of what is asked for is met.

    Attributes:
        met: Part in [0, 1], weighted by how much each requirement is needed.
        proven: Part that somebody else vouches for, at most ``met``.
        states: State and number of requirements in it, best first; every state stands here.
    """

    met: float
    proven: float
    states: tuple[tuple[GapState, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementProgress:
    """One requirement at the start, on the day, and when all steps are done.

    Attributes:
        met_start: Part met, in [0, 1]; so ``met_now`` and ``met_end``.
        priority: What is left of it now, times how much it is needed.
        reason: Why its state is what it is now.
        steps: Ids of steps, not dropped, that close it, in order.
    """

    uri: ConceptUri
    label: str
    necessity: Necessity
    start: GapState
    now: GapState
    end: GapState
    met_start: float
    met_now: float
    met_end: float
    priority: float
    reason: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepStatus:
    """One step on the day.

    Attributes:
        number: From 1, in the order of the roadmap.
        late_days: Days since it should have begun or ended; 0 where it is not late.
        share: Part of its planned hours that is done, in [0, 1]; None where nobody knows.
        assurance: How far its badge can be believed; None without a badge.
        proof: What the badge, or its absence, means.
        lapses: Day from which its credential no longer holds.
        check: Entry conditions that no program can check; none once it is done or dropped.
        partly: Those of ``closes`` of which the step leaves a part open.
    """

    number: int
    id: str
    name: str
    provider: str
    url: str
    state: StepState
    timing: Timing
    late_days: int
    starts: date
    ends: date
    began: date | None
    ended: date | None
    hours: float | None
    hours_spent: float
    share: float | None
    cost: Money | None
    spent: Money | None
    committed: bool
    own: bool
    closes: tuple[str, ...]
    proof: str = ""
    assurance: Assurance | None = None
    lapses: date | None = None
    check: tuple[str, ...] = ()
    why: str = ""
    reason: str = ""
    note: str = ""
    log: tuple[HoursSpent, ...] = ()
    partly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Hours planned and spent.

    Attributes:
        planned_by_now: Hours that the dates asked for by the evening before.
        done: Planned hours of what is done; of a step that is under way at most its own.
        spent: Hours that were logged.
        total: Planned hours of all steps that are not dropped.
        unknown: Number of steps whose hours nobody knows.
        weeks_ahead: Weeks by which ``done`` is ahead of the dates; below 0 behind them; None where
            there are no hours to compare.
        hours_per_week: Planned hours done a week since the start; None in the first week.
        projected_end: Last day at this pace; None where it cannot be said.
        why: How it was worked out, or why it cannot be said.
    """

    planned_by_now: float
    done: float
    spent: float
    total: float
    unknown: int
    weeks_ahead: float | None
    hours_per_week: float | None
    projected_end: date | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A credential that lapses.

    Attributes:
        on: First day on which it no longer counts.
        step: Id of the step it came from, empty for other evidence.
    """

    name: str
    on: date
    urgency: Urgency
    step: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAction:
    """What to do first.

    Attributes:
        on: Day by which, or on which; None where there is none.
        command: What to type once it is done; empty where there is nothing to type.
    """

    words: str
    on: date | None = None
    step: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneySpent:
    """Money in the currency of the roadmap.

    Attributes:
        spent: Paid so far, for dropped steps, too.
        planned: Of all that is done or still to be done, at the prices of the plan.
        to_come: Prices of what was not begun.
        unpriced: Number of steps that do not say what they cost.
    """

    spent: Money
    planned: Money
    to_come: Money
    budget: Money | None = None
    unpriced: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """One goal in a line.

    Attributes:
        met: Part of it that is met now, in [0, 1].
    """

    source: str
    title: str
    weight: float
    requirements: int
    met: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapStatus:
    """The whole answer to "where am I?".

    Attributes:
        at: The day that it holds for.
        start: Where the person stood when the roadmap began; ``end`` is where all steps lead.
        requirements: Open ones first, by priority, then URI.
        steps: In the order of the roadmap.
        next: What to do first, and what comes after, at most three.
        renewals: By day, then name.
        notes: What a reader should know, one sentence each.
    """

    at: date
    title: str
    begun: date
    ends: date | None
    by: date | None
    goals: tuple[GoalLine, ...]
    start: Measure
    now: Measure
    end: Measure
    requirements: tuple[RequirementProgress, ...]
    steps: tuple[StepStatus, ...]
    pace: Pace
    money: MoneySpent
    next: tuple[NextAction, ...]
    renewals: tuple[Renewal, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    note: str = ""
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    schema_version: str = "roadmap-1"
