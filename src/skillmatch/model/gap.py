"""Requirements minus evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence
from skillmatch.model.requirement import Checklist, Requirement


class CoverageKind(StrEnum):
    """How the held concept relates to the one asked for."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    SIBLING = "sibling"
    CROSSWALK = "crosswalk"
    NEAR = "near in meaning"
    NONE = "none"


class GapState(StrEnum):
    """What a person sees; one function of coverage, assurance and level shortfall."""

    PROVEN = "proven"
    CLAIMED = "claimed"
    RELATED = "related"
    BELOW_LEVEL = "below level"
    MISSING = "missing"
    NOT_ACCEPTED = "not accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One concept on the way from what is held to what is asked for."""

    uri: ConceptUri
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of a requirement one piece of evidence covers.

    Attributes:
        value: In [0, 1]; 1 for the concept itself.
        path: From the held concept to the one asked for, both ends included.
    """

    value: float
    kind: CoverageKind
    path: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One factor of a priority, with its value and what it means."""

    name: str
    value: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One requirement beside the best that a person can show for it.

    Attributes:
        level_shortfall: Asked minus held on the same scale, at least 0; None where either
            side is unknown.
        priority: need × shortfall, in [0, 1]; ``factors`` multiply to it.
        evidence: What was counted, best first; everything it calls met is here.
        reason: Why the state is what it is, in one sentence.
    """

    requirement: Requirement
    state: GapState
    coverage: Coverage
    assurance: Assurance | None
    level_shortfall: float | None
    priority: float
    factors: tuple[Factor, ...]
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GapResult:
    """The whole answer: what every view (text, JSON, Markdown, HTML, HTTP) shows.

    Gaps are ordered by priority, highest first, then by necessity, then by how surely the
    requirement was read, then URI.

    Attributes:
        at: Date the comparison holds for, ISO 8601.
        unused: Evidence that covers no requirement, by URI.
        unread: Names given as skills that no concept was found for.
        notes: What a reader should know (an approximate framework, a missing relation file).
    """

    schema_version: str
    at: str
    checklist: Checklist
    gaps: tuple[Gap, ...] = ()
    unused: tuple[Evidence, ...] = ()
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
