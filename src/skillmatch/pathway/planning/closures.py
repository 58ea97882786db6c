"""What an offer does for each gap, by the same comparison that found the gap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from skillmatch.gap.coverage import Coverer
from skillmatch.gap.levels import WORD_SCALE
from skillmatch.gap.pieces import Piece, pieces_for
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Coverage
from skillmatch.model.offer import Award, AwardOrigin, Offer
from skillmatch.model.plan import Closure
from skillmatch.pathway.planning.relating import Relating
from skillmatch.pathway.planning.targets import HELD, PROOF, Member, Target, left_of
from skillmatch.pathway.solver.problem import MILLIONTH

_Key = tuple[str, str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an award does for a target.

    Attributes:
        before: Part that is left without it, in [0, 1]; ``after`` is what is left with it.
        gain: need × (before − after), above 0.
        coverage: Of ``award``, which does most of it.
        lefts: What is left for each goal that asks for it, in the order of the members.
    """

    target: int
    before: float
    after: float
    gain: float
    coverage: Coverage
    award: Award
    lefts: tuple[float, ...]

    @property
    def worth(self) -> int:
        """The gain in millionths of one full must-have gap."""
        return round(self.gain * MILLIONTH)


def as_evidence(award: Award, source: str) -> Evidence:
    """Return what a person could show once the offer is done.

    A badge that nobody has earned cannot have been verified: it counts as documented, so that no
    picture of a plan calls a skill proven.
    """
    return Evidence(
        uri=award.uri,
        label=award.label,
        kind=EvidenceKind.BADGE,
        assurance=Assurance.DOCUMENTED,
        source=source,
        confidence=award.confidence,
        level=award.level,
        level_value=award.level_value,
        level_scale="" if award.level_value is None else WORD_SCALE,
        reason="once earned",
    )


def counted_awards(offer: Offer, min_confidence: float) -> tuple[Award, ...]:
    """Return the awards that count: stated and reviewed ones, and what was proposed surely."""
    return tuple(
        one
        for one in offer.awards
        if one.origin is not AwardOrigin.PROPOSED or one.confidence >= min_confidence
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closer:
    """Sets awards beside targets; remembers each concept and level."""

    coverer: Coverer
    targets: Sequence[Target]
    relating: Relating
    prove: bool = False
    _known: dict[_Key, tuple[Effect, ...]] = field(default_factory=dict, repr=False)

    def close(self, awards: Iterable[Award]) -> dict[int, Effect]:
        """Return the best effect on each target that gains anything, by target.

        Of equal ones a stated award comes before a proposed one, then the surer, then by URI.
        """
        found: dict[int, list[Effect]] = {}
        for award in awards:
            for effect in self._effects(award):
                found.setdefault(effect.target, []).append(effect)
        return {place: self._pooled(found[place]) for place in sorted(found)}

    def _pooled(self, effects: Sequence[Effect]) -> Effect:
        """Return the best of several awards of one offer: for each goal the one that does most."""
        best = min(effects, key=_effect_key)
        lefts = tuple(min(each) for each in zip(*(one.lefts for one in effects), strict=True))
        return best if lefts == best.lefts else self._left(best, lefts)

    def _left(self, effect: Effect, lefts: tuple[float, ...]) -> Effect:
        target = self.targets[effect.target]
        gain = math.fsum(
            one.need * (left_of(one.gap, prove=self.prove) - left)
            for one, left in zip(target.members, lefts, strict=True)
        )
        after = max(0.0, effect.before - gain / target.need) if target.need else 0.0
        return replace(effect, gain=gain, after=after, lefts=lefts)

    def _effects(self, award: Award) -> tuple[Effect, ...]:
        key = (award.uri, award.level, award.level_value)
        if key not in self._known:
            found = (self._effect(place, award) for place in self.relating.candidates(award.uri))
            self._known[key] = tuple(one for one in found if one is not None)
        return tuple(_of(one, award) for one in self._known[key])

    def _effect(self, place: int, award: Award) -> Effect | None:
        target = self.targets[place]
        evidence = as_evidence(award, "")
        found = [
            pieces_for(one.gap.requirement, (evidence,), self.coverer) for one in target.members
        ]
        lefts = tuple(
            self._after(one, pieces) for one, pieces in zip(target.members, found, strict=True)
        )
        pieces = [piece for one in found for piece in one]
        if not pieces:
            return None
        before = target.before(prove=self.prove)
        nothing = Effect(
            target=place,
            before=before,
            after=before,
            gain=0.0,
            coverage=pieces[0].coverage,
            award=award,
            lefts=lefts,
        )
        effect = self._left(nothing, lefts)
        return effect if effect.worth > 0 else None

    def _after(self, member: Member, pieces: Sequence[Piece]) -> float:
        """Return what is left of a gap with an award: the least that any single piece leaves."""
        left = left_of(member.gap, prove=self.prove)
        for piece in pieces:
            shown = piece.state in HELD
            lacking = PROOF if member.gap.state in HELD and not shown else 0.0
            left = min(left, max(piece.shortfall, lacking))
        return left


def closure(effect: Effect, target: Target, *, counted: bool) -> Closure:
    """Return an effect as a plan shows it."""
    return Closure(
        uri=target.uri,
        label=target.label,
        necessity=target.necessity,
        before=round(effect.before, 6),
        after=round(effect.after, 6),
        gain=round(effect.gain, 6),
        kind=effect.coverage.kind,
        path=effect.coverage.path,
        origin=effect.award.origin,
        confidence=effect.award.confidence,
        level=effect.award.level,
        counted=counted,
    )


def _of(effect: Effect, award: Award) -> Effect:
    return effect if effect.award is award else replace(effect, award=award)


def _effect_key(effect: Effect) -> tuple[object, ...]:
    award = effect.award
    proposed = award.origin is AwardOrigin.PROPOSED
    return (-effect.worth, proposed, -award.confidence, award.uri, award.level)
