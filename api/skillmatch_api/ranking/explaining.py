"""One person beside what is asked for: state, shares, the reason, and what lies behind it.

The pieces are those of a gap; only the wording is for somebody who reads of another person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from skillmatch.gap.assurance import PROVES
from skillmatch.gap.levels import YEARS_SCALE
from skillmatch.gap.pieces import Piece, evidence_key, piece_of, standing_key
from skillmatch.gap.reasons import RELATION, levels_apart
from skillmatch.model.concept import ConceptUri
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Coverage, CoverageKind, GapState
from skillmatch.model.requirement import Requirement
from skillmatch_api.ranking.asked_skills import MILLION, AskedSkill, millionths
from skillmatch_api.ranking.earning import Counted
from skillmatch_api.ranking.found import Behind, CandidateSkill
from skillmatch_api.ranking.steps import hides_level, in_steps, rounded

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

    @property
    def is_coarse(self) -> bool:
        """Whether shares are told in quarters."""
        return self.blind or not self.evidence

    def of(self, asked: Requirement, evidence: Evidence) -> tuple[Requirement, Evidence]:
        """Return what is compared so that what is told of it tells no hidden number."""
        hidden = hides_level(asked, evidence=self.evidence, blind=self.blind)
        return in_steps(asked, evidence) if hidden else (asked, evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explainer:
    """Tells of person after person how they stand to the same skills.

    Attributes:
        asked: What is asked for, with all that is related.
        counted: Which evidence counts.
        label: Preferred label of a concept.
    """

    asked: Sequence[AskedSkill]
    counted: Counted
    label: Callable[[ConceptUri], str]
    _bearing: dict[ConceptUri, list[tuple[int, Coverage]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Note of each concept which of the skills it bears on, and how."""
        for place, skill in enumerate(self.asked):
            for uri, coverage in skill.related.items():
                self._bearing.setdefault(uri, []).append((place, coverage))

    def person(self, shown: Iterable[Shown], sight: Sight) -> tuple[CandidateSkill, ...]:
        """Return each skill asked for beside the best that a person shows for it, in order.

        Args:
            shown: What the person shows, in any order; what bears on nothing is passed over.
            sight: What may be told of it.
        """
        found: list[list[_Pair]] = [[] for _ in self.asked]
        for one in shown:
            bears_on = self._bearing.get(one.evidence.uri, ())
            if bears_on and _counts(one.evidence, self.counted):
                for place, coverage in bears_on:
                    asked = self.asked[place].requirement
                    piece = piece_of(*sight.of(asked, one.evidence), coverage)
                    if piece is not None:
                        found[place].append((piece, one))
        return tuple(
            self._skill(skill.requirement, pairs, sight)
            for skill, pairs in zip(self.asked, found, strict=True)
        )

    def _skill(self, asked: Requirement, pairs: Sequence[_Pair], sight: Sight) -> CandidateSkill:
        best, behind = _best(pairs)
        covered, proven = _shares(piece for piece, _ in pairs)
        if sight.is_coarse:
            covered, proven = rounded(covered), rounded(proven)
        return CandidateSkill(
            uri=asked.uri,
            label=asked.label,
            state=best.state if best else GapState.MISSING,
            covered=share_of(covered),
            proven=share_of(proven),
            reason=reason(best, behind, sight, self.label),
            behind=_behind(behind, sight, self.label) if behind and sight.evidence else None,
        )


_Pair = tuple[Piece, Shown]


def _best(pairs: Sequence[_Pair]) -> _Pair | tuple[None, None]:
    """Return the best, of equal ones that with the least id."""
    if len(pairs) < 2:
        return pairs[0] if pairs else (None, None)
    standings = [standing_key(piece) for piece, _ in pairs]
    least = min(standings)
    tied = [pair for pair, standing in zip(pairs, standings, strict=True) if standing == least]
    # All that an evidence says is only looked at where it decides.
    return min(tied, key=_tie_key) if len(tied) > 1 else tied[0]


def _tie_key(pair: _Pair) -> tuple[object, str]:
    piece, shown = pair
    return evidence_key(piece.evidence), shown.id


def _counts(evidence: Evidence, counted: Counted) -> bool:
    proves = evidence.assurance in PROVES or not counted.proven_only
    return proves and counted.admits(evidence.issued)


def _shares(pieces: Iterable[Piece]) -> tuple[int, int]:
    """Return the most that any accepted piece covers, and any proof, in whole millionths."""
    covered = proven = 0
    for one in pieces:
        if one.accepted:
            share = millionths(1.0 - one.shortfall)
            covered = max(covered, share)
            if one.evidence.assurance in PROVES:
                proven = max(proven, share)
    return covered, proven


def share_of(part: int, whole: int = MILLION) -> float:
    """Return a part as a share, to six decimals."""
    return round(part / whole, 6) if whole else 0.0


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
        years = best.level.scale == YEARS_SCALE
        hidden = not sight.evidence or (sight.blind and years)
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
    checked = evidence.kind in {EvidenceKind.BADGE, EvidenceKind.ENDORSEMENT}
    return Behind(
        evidence_id=shown.id if open_ else "",
        skill=label(evidence.uri),
        kind=evidence.kind,
        assurance=evidence.assurance,
        verified_at=shown.added_at if open_ and checked else None,
        badge=shown.badge if open_ else "",
        issuer=evidence.issuer if open_ else "",
        issued=evidence.issued if open_ else None,
        said=evidence.reason if open_ else "",
    )
