"""A plan that a person follows: what was asked for, what was planned, and what happened since.

It holds what is needed to go on when the posting is gone and the catalogue has changed, and nothing
that the person did not give.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from skillmatch.model.concept import ConceptUri
from skillmatch.model.gap import GapState
from skillmatch.model.offer import Award, Money
from skillmatch.model.plan import PlanRequest
from skillmatch.model.requirement import Requirement


class StepState(StrEnum):
    """How far a step is."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    DROPPED = "dropped"


class Event(StrEnum):
    """What can happen to a roadmap."""

    BEGUN = "roadmap begun"
    ADDED = "step added"
    COMMITTED = "step committed"
    STARTED = "step started"
    DONE = "step done"
    DROPPED = "step dropped"
    REPLANNED = "replanned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One requirement of a goal, and where the person stood on it when the roadmap began.

    Attributes:
        requirement: Without its mentions: the posting's own words stay in the posting.
        left: Part of it that was left then, in [0, 1].
    """

    requirement: Requirement
    state: GapState = GapState.MISSING
    left: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapGoal:
    """A posting or occupation that the roadmap leads to.

    Attributes:
        source: File name or occupation URI.
        sha256: Of the file that the requirements were read from; empty for an occupation.
        frameworks: Ids of the releases that the requirements are expressed in.
    """

    source: str
    title: str = ""
    weight: float = 1.0
    sha256: str = ""
    frameworks: tuple[str, ...] = ()
    requirements: tuple[Tracked, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRef:
    """A catalogue that steps were chosen from.

    Attributes:
        name: Of an imported catalogue, or a path relative to the roadmap.
        sha256: Of its content when the plan was made; empty where it was not at hand.
    """

    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSources:
    """Where a person's evidence lies; paths are relative to the roadmap.

    Attributes:
        have: Skills as named, one ``--have`` each; ``@path`` is a file of them.
        issuers: Files of known issuers; of two that know the same one the later counts.
        recipient: Identities that badges were issued to.
    """

    have: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    documents: str = ""
    recipient: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursSpent:
    """Work done on a step on one day."""

    on: date
    hours: float
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BadgeFile:
    """A badge that was earned with a step: where it lies, and the digest of its bytes then."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closes:
    """A requirement that a step closes.

    Attributes:
        left: Part of it that is left once the step is done, in [0, 1).
    """

    uri: ConceptUri
    label: str
    left: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmapStep:
    """One credential or piece of work on the way.

    Attributes:
        id: Of the offer; a step of one's own has an id that begins with ``own:``.
        starts: First planned day; ``ends`` is the last.
        hours: Planned work in all, None where nobody knows.
        hours_per_week: Planned work in each of its weeks.
        committed: Whether a new plan has to keep it.
        dated: Whether its provider sets the first day.
        valid_months: Months that the credential holds from the day it is awarded.
        awards: Skills that one has at the end.
        check: Entry conditions that no program can check, as written.
        began: Day on which it was started; ``ended`` is the one on which it was done or dropped.
        paid: What it really cost, where that was said.
        reason: Why it was dropped.
        note: The person's own words.
    """

    id: str
    name: str
    starts: date
    ends: date
    state: StepState = StepState.PLANNED
    provider: str = ""
    url: str = ""
    hours: float | None = None
    hours_per_week: float = 0.0
    cost: Money | None = None
    committed: bool = False
    dated: bool = False
    why: str = ""
    valid_months: int | None = None
    closes: tuple[Closes, ...] = ()
    awards: tuple[Award, ...] = ()
    check: tuple[str, ...] = ()
    began: date | None = None
    ended: date | None = None
    paid: Money | None = None
    badge: BadgeFile | None = None
    log: tuple[HoursSpent, ...] = ()
    reason: str = ""
    note: str = ""

    @property
    def own(self) -> bool:
        """Whether the person added it and no catalogue has it."""
        return self.id.startswith(OWN)

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.state in {StepState.PLANNED, StepState.STARTED}

    @property
    def spent_hours(self) -> float:
        """Hours that were logged."""
        return sum(one.hours for one in self.log)

    @property
    def spent(self) -> Money | None:
        """What was paid: as said, else the price once it was begun; None where unknown."""
        if self.paid is not None:
            return self.paid
        begun = self.began is not None or self.state is StepState.DONE
        return self.cost if begun else None

    @property
    def planned_hours(self) -> float | None:
        """Work in all, by its weeks where the hours are not said; None where neither is."""
        if self.hours is not None:
            return self.hours
        days = (self.ends - self.starts) / timedelta(days=1) + 1
        return self.hours_per_week * days / 7 if self.hours_per_week > 0 else None


MOST_HOURS = 10_000
"""Hours of a step at most: five years at work."""
OWN = "own:"
"""How ids of a person's own steps begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """Something that happened.

    Attributes:
        step: Id of the step concerned, empty for the roadmap itself.
        change: From and to, as in ``planned → started``.
        words: What a reader should know beside that.
        met: Part of what is asked for that was met afterwards, in [0, 1]; None where it was
            not compared.
    """

    on: date
    event: Event
    step: str = ""
    change: str = ""
    words: str = ""
    met: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """Everything that the file holds.

    Attributes:
        begun: Day on which it was made.
        frameworks: Ids that ``--framework`` named; empty for the default ones.
        request: Budgets and filters; ``commit``, ``under_way`` and the first day of a new plan
            follow from the steps.
        steps: By first planned day, then last, then id; done and dropped ones stay.
        history: In the order that things happened.
        remarks: Comments that a person wrote into the file, in file order.
    """

    begun: date
    request: PlanRequest
    title: str = ""
    note: str = ""
    frameworks: tuple[str, ...] = ()
    goals: tuple[RoadmapGoal, ...] = ()
    catalogues: tuple[CatalogueRef, ...] = ()
    evidence: EvidenceSources = EvidenceSources()
    steps: tuple[RoadmapStep, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def ends(self) -> date | None:
        """Last planned day of what is still to be done, else the last day that was planned."""
        live = [one.ends for one in self.steps if one.open]
        kept = [one.ends for one in self.steps if one.state is not StepState.DROPPED]
        return max(live or kept, default=None)
