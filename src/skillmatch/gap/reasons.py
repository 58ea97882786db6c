"""Why a requirement has its state, in one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence

from skillmatch.gap.levels import STEP_NAMES, WORD_SCALE, YEARS_SCALE, LevelShortfall
from skillmatch.gap.pieces import Piece
from skillmatch.model.evidence import Assurance, Evidence, EvidenceKind
from skillmatch.model.gap import Coverage, CoverageKind, GapState

RELATION = {
    CoverageKind.SAME: "the skill asked for",
    CoverageKind.NARROWER: "a narrower case of it",
    CoverageKind.BROADER: "broader than what is asked for",
    CoverageKind.SIBLING: "beside it under the same broader skill",
    CoverageKind.CROSSWALK: "its counterpart in another framework",
    CoverageKind.NEAR: "near to it in meaning",
    CoverageKind.NONE: "unrelated",
}
"""How what is held relates to what is asked for, to go after "that is"."""


def explain(pieces: Sequence[Piece]) -> str:
    """Return the reason for the state that ``pieces``, best first, give a requirement."""
    if not pieces:
        return "Nothing you brought covers it or comes near it."
    best = pieces[0]
    if best.state is GapState.NOT_ACCEPTED:
        why = best.evidence.reason or "it could not be verified"
        return f"{_name(best.evidence)} is not accepted: {why.rstrip('.')}."
    if best.state is GapState.RELATED:
        return f"{_held(best)}; that is {RELATION[best.coverage.kind]}."
    if best.state is GapState.BELOW_LEVEL and best.level is not None:
        return f"{_held(best)}, {levels_apart(best.level)}."
    return f"{_held(best)}{_also(best.coverage)}; {_backing(best)}."


def explain_shortfall(coverage: Coverage, pieces: Sequence[Piece]) -> str:
    """Return what the shortfall factor is made of."""
    covered = f"{coverage.value:.0%} covered"
    best = min(pieces, key=lambda piece: piece.shortfall, default=None)
    if best is not None and best.covers and best.level is not None and best.level.value > 0:
        return f"{covered}, {levels_apart(best.level)}"
    return covered


def _held(piece: Piece) -> str:
    return f"“{_held_label(piece)}” is {_place(piece.evidence)}"


def _held_label(piece: Piece) -> str:
    return piece.coverage.path[0].label if piece.coverage.path else piece.evidence.label


def _place(evidence: Evidence) -> str:
    kind = evidence.kind
    if kind is EvidenceKind.CLAIM:
        return "on your own list"
    issuer = f" from {evidence.issuer}" if evidence.issuer else ""
    noun = "" if kind is EvidenceKind.DOCUMENT else f"the {kind.value} "
    return f"in {noun}{evidence.source}{issuer}"


def _name(evidence: Evidence) -> str:
    issuer = f" from {evidence.issuer}" if evidence.issuer else ""
    return f"The {evidence.kind.value} “{evidence.label}”{issuer} ({evidence.source})"


def _also(coverage: Coverage) -> str:
    return "" if coverage.kind is CoverageKind.SAME else f", {RELATION[coverage.kind]}"


def _backing(piece: Piece) -> str:
    assurance, said = piece.evidence.assurance, piece.evidence.reason
    if assurance is Assurance.VERIFIED:
        return f"verified: {said}" if said else "verified"
    if assurance is Assurance.ENDORSED:
        return f"someone else vouches for it: {said}" if said else "someone else vouches for it"
    level = piece.level
    suffix = "" if level is None else f", at the level asked for ({_level(level.asked, level)})"
    if piece.evidence.kind in {EvidenceKind.BADGE, EvidenceKind.ENDORSEMENT} and said:
        return f"not proven{suffix}: {said}"
    return "no one else has vouched for it yet" + suffix


def levels_apart(level: LevelShortfall) -> str:
    """Return both sides of a level that is too low, as in "at basic, with expert asked for"."""
    return f"at {_level(level.held, level)}, with {_level(level.asked, level)} asked for"


def _level(value: float, level: LevelShortfall) -> str:
    if level.scale == YEARS_SCALE:
        return f"{value:g} year" + ("" if value == 1 else "s")
    if level.scale == WORD_SCALE:
        return STEP_NAMES[int(value) - 1]
    return f"{value:g} on {level.scale}"
