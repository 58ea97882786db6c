"""One piece of evidence beside one requirement: its coverage, level and state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from skillmatch.gap.assurance import assurance_rank
from skillmatch.gap.coverage import Coverer, coverage_key
from skillmatch.gap.levels import LevelShortfall, level_shortfall
from skillmatch.gap.states import gap_state, state_rank
from skillmatch.gap.thresholds import COVERS
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Coverage, GapState
from skillmatch.model.requirement import Requirement

SortKey = tuple[object, ...]
_KINDS = tuple(EvidenceKind)


def evidence_key(evidence: Evidence) -> SortKey:
    """Sort key over everything an evidence says, so that input order never shows."""
    span = (-1, -1) if evidence.span is None else (evidence.span.start, evidence.span.end)
    return (evidence.uri, evidence.source, span, repr(evidence))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An evidence that bears on a requirement.

    Attributes:
        coverage: By the concept alone; an evidence that is not accepted still shows it.
        level: Compared only where the skill asked for itself is held (coverage from
            ``COVERS``): the level of a related skill says nothing about this one.
    """

    evidence: Evidence
    coverage: Coverage
    level: LevelShortfall | None
    state: GapState

    @property
    def accepted(self) -> bool:
        """Whether it counts on the axes of coverage and level."""
        return self.evidence.assurance is not Assurance.INVALID

    @property
    def covers(self) -> bool:
        """Whether it is accepted and shows the skill asked for itself."""
        return self.accepted and self.coverage.value >= COVERS

    @property
    def shortfall(self) -> float:
        """Part of the requirement that is left, in [0, 1]: by concept or level, the larger."""
        if not self.accepted:
            return 1.0
        share = 0.0 if self.level is None else self.level.share
        return max(1.0 - self.coverage.value, share)


def level_rank(level: LevelShortfall | None) -> tuple[int, float]:
    """Sort key, best first: at level, unknown (never held against a person), below level."""
    if level is None:
        return (1, 0.0)
    return (0, 0.0) if level.value <= 0 else (2, level.value)


def pieces_for(
    requirement: Requirement, evidence: Iterable[Evidence], coverer: Coverer
) -> tuple[Piece, ...]:
    """Return the evidence that bears on ``requirement``, best first.

    What is not accepted bears on it only where it would show the skill itself: an expired
    badge for a related skill is no news.
    """
    found = (piece_of(requirement, one, coverer.cover(one.uri, requirement)) for one in evidence)
    return tuple(sorted((one for one in found if one is not None), key=piece_key))


def piece_of(requirement: Requirement, evidence: Evidence, coverage: Coverage) -> Piece | None:
    """Return ``evidence`` beside ``requirement``, None where it does not bear on it."""
    covers = coverage.value >= COVERS
    if not covers and (coverage.value <= 0 or evidence.assurance is Assurance.INVALID):
        return None
    level = level_shortfall(requirement, evidence) if covers else None
    value = None if level is None else level.value
    state = gap_state(coverage.value, evidence.assurance, value)
    return Piece(evidence=evidence, coverage=coverage, level=level, state=state)


def standing_key(piece: Piece) -> SortKey:
    """Sort key, best first, over what makes a piece better than another."""
    return (
        state_rank(piece.state),
        coverage_key(piece.coverage),
        assurance_rank(piece.evidence.assurance),
        level_rank(piece.level),
        _KINDS.index(piece.evidence.kind),
    )


def piece_key(piece: Piece) -> SortKey:
    """Sort key, best first; equal pieces only have equal keys."""
    return (*standing_key(piece), evidence_key(piece.evidence))
