"""One person beside what is asked for: state, shares, the reason, and what lies behind it.

The pieces are those of a gap; only the wording is for somebody who reads of another person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from skillmatch.gap.assurance import PROVES
from skillmatch.gap.coverage import NOTHING, Coverer
from skillmatch.gap.levels import YEARS_SCALE
from skillmatch.gap.pieces import Piece, pieces_for
from skillmatch.gap.ports import Hierarchy, NoNearness
from skillmatch.gap.reasons import RELATION, levels_apart
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Coverage, CoverageKind, GapState
from skillmatch.model.requirement import Requirement
from skillmatch_api.ranking.asked_skills import MILLION, AskedSkill, millionths
from skillmatch_api.ranking.found import Behind, CandidateSkill
from skillmatch_api.ranking.relations import Related
from skillmatch_api.ranking.scoring import Counted

_PLACE: Final = {
    EvidenceKind.CLAIM: "on their own word",
    EvidenceKind.DOCUMENT: "in a document",
    EvidenceKind.BADGE: "by a badge",
    EvidenceKind.ENDORSEMENT: "by an endorsement",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A piece of evidence as it is kept.

    Attributes:
        badge: What the badge behind it is called.
        added_at: When it was added, and checked.
    """

    id: str
    evidence: Evidence
    badge: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What may be told of a person.

    Attributes:
        evidence: Whether they share what lies behind their skills.
        blind: Whether names, issuers, dates and years are hidden all the same.
    """

    evidence: bool
    blind: bool


def explain_person(
    asked: Sequence[AskedSkill],
    shown: Sequence[Shown],
    *,
    counted: Counted,
    sight: Sight,
    label: Callable[[ConceptUri], str],
) -> tuple[CandidateSkill, ...]:
    """Return each skill asked for beside the best that a person shows for it, in order.

    Args:
        asked: What is asked for, with all that is related.
        shown: Everything the person shows.
        counted: Which of it counts.
        sight: What may be told of it.
        label: Preferred label of a concept.
    """
    counting = [one for one in shown if _counts(one.evidence, counted)]
    return tuple(_explain_skill(skill, counting, sight, label) for skill in asked)


def _counts(evidence: Evidence, counted: Counted) -> bool:
    proves = evidence.assurance in PROVES or not counted.proven_only
    return proves and counted.admits(evidence.issued)


def _explain_skill(
    skill: AskedSkill,
    shown: Iterable[Shown],
    sight: Sight,
    label: Callable[[ConceptUri], str],
) -> CandidateSkill:
    bearing = {one.evidence: one for one in shown if one.evidence.uri in skill.related}
    pieces = pieces_for(skill.requirement, bearing, _Known.of(skill.related))
    best = pieces[0] if pieces else None
    behind = None if best is None else bearing[best.evidence]
    return CandidateSkill(
        uri=skill.requirement.uri,
        label=skill.requirement.label,
        state=best.state if best else GapState.MISSING,
        covered=share_of(best_covered(pieces)),
        proven=share_of(best_covered([one for one in pieces if _proves(one)])),
        reason=reason(best, behind, sight, label),
        behind=_behind(behind, sight, label) if behind and sight.evidence else None,
    )


def best_covered(pieces: Iterable[Piece]) -> int:
    """Return the most that any accepted piece covers, in whole millionths."""
    return max((millionths(1.0 - one.shortfall) for one in pieces if one.accepted), default=0)


def share_of(part: int, whole: int = MILLION) -> float:
    """Return a part as a share, to six decimals."""
    return round(part / whole, 6) if whole else 0.0


def _proves(piece: Piece) -> bool:
    return piece.evidence.assurance in PROVES


def reason(
    best: Piece | None,
    behind: Shown | None,
    sight: Sight,
    label: Callable[[ConceptUri], str],
) -> str:
    """Return why a person stands to a skill as they do, in one sentence.

    Who does not share their evidence is told of by kind only: not what else they show, nor where.
    """
    if best is None or behind is None:
        return "Nothing shown covers it or comes near it."
    if best.state is GapState.NOT_ACCEPTED:
        return _refused(behind, sight)
    held = _held(best, sight, label)
    if best.state is GapState.RELATED:
        return f"{held}; that is {RELATION[best.coverage.kind]}."
    if best.state is GapState.BELOW_LEVEL and best.level is not None:
        hidden = sight.blind and best.level.scale == YEARS_SCALE
        return f"{held}, {'below the level asked for' if hidden else levels_apart(best.level)}."
    same = best.coverage.kind is CoverageKind.SAME
    also = "" if same else f", {RELATION[best.coverage.kind]}"
    return f"{held}{also}; {_backing(best.evidence, sight)}."


def _refused(behind: Shown, sight: Sight) -> str:
    noun = _named(behind, sight)
    why = behind.evidence.reason if sight.evidence and not sight.blind else ""
    return f"What shows it, {noun}, is not accepted{': ' if why else ''}{why.rstrip('.')}."


def _held(best: Piece, sight: Sight, label: Callable[[ConceptUri], str]) -> str:
    if not sight.evidence:
        return "A skill is shown"
    return f"“{label(best.evidence.uri)}” is shown {_PLACE[best.evidence.kind]}"


def _named(behind: Shown, sight: Sight) -> str:
    kind = behind.evidence.kind
    if not sight.evidence:
        return "which is not shared"
    if sight.blind or not behind.badge:
        return f"{'an' if kind is EvidenceKind.ENDORSEMENT else 'a'} {kind.value}"
    issuer = f" from {behind.evidence.issuer}" if behind.evidence.issuer else ""
    return f"the {kind.value} “{behind.badge}”{issuer}"


def _backing(evidence: Evidence, sight: Sight) -> str:
    said = evidence.reason if sight.evidence and not sight.blind else ""
    after = f": {said.rstrip('.')}" if said else ""
    if evidence.assurance is Assurance.VERIFIED:
        return f"verified{after}"
    if evidence.assurance is Assurance.ENDORSED:
        return f"someone else vouches for it{after}"
    if evidence.kind in {EvidenceKind.BADGE, EvidenceKind.ENDORSEMENT} and said:
        return f"not proven{after}"
    return "no one else has vouched for it yet"


def _behind(shown: Shown, sight: Sight, label: Callable[[ConceptUri], str]) -> Behind:
    evidence, open_ = shown.evidence, not sight.blind
    return Behind(
        evidence_id=shown.id if open_ else "",
        skill=label(evidence.uri),
        kind=evidence.kind,
        assurance=evidence.assurance,
        verified_at=shown.added_at if open_ else None,
        badge=shown.badge if open_ else "",
        issuer=evidence.issuer if open_ else "",
        issued=evidence.issued if open_ else None,
        said=evidence.reason if open_ else "",
    )


@dataclass(frozen=True, slots=True)
class _Known(Coverer):
    """Coverage that was worked out already."""

    related: Related = field(default_factory=dict)

    @classmethod
    def of(cls, related: Related) -> _Known:
        return cls(_NoHierarchy(), NoNearness(), {}, related)

    def cover(self, held: ConceptUri, requirement: Requirement) -> Coverage:  # noqa: ARG002 - as its parent
        return self.related.get(held, NOTHING)


class _NoHierarchy(Hierarchy):
    def broader(self, uri: ConceptUri) -> tuple[ConceptUri, ...]:  # noqa: ARG002 - as its parent
        return ()

    def pref_label(self, uri: ConceptUri) -> str:
        return uri
