"""The state a person sees: one function of coverage, assurance and level shortfall."""

from __future__ import annotations

from skillmatch.gap.assurance import PROVES
from skillmatch.gap.thresholds import COVERS
from skillmatch.model.evidence import Assurance
from skillmatch.model.gap import GapState

STATE_ORDER: tuple[GapState, ...] = (
    GapState.PROVEN,
    GapState.CLAIMED,
    GapState.BELOW_LEVEL,
    GapState.RELATED,
    GapState.NOT_ACCEPTED,
    GapState.MISSING,
)
"""Best first. Evidence that is added never moves a requirement towards the end."""


def gap_state(
    coverage: float, assurance: Assurance | None, level_shortfall: float | None
) -> GapState:
    """Return the state that one piece of evidence gives a requirement; total over its inputs.

    ================  ===================  ==========  ============
    coverage          assurance            shortfall   state
    ================  ===================  ==========  ============
    any               invalid              any         not accepted
    any               none                 any         missing
    0                 any other            any         missing
    below ``COVERS``  any other            any         related
    the rest          any other            above 0     below level
    the rest          verified, endorsed   0, unknown  proven
    the rest          documented, claimed  0, unknown  claimed
    ================  ===================  ==========  ============

    A requirement shows the best state, in ``STATE_ORDER``, that any single piece gives it: a
    verified badge at a basic level beside a claim of an advanced one is not a proof of the
    advanced one.

    Args:
        coverage: In [0, 1].
        assurance: Of that evidence; None for no evidence.
        level_shortfall: Asked minus held, at least 0; None where either is unknown, which is
            never held against a person.
    """
    if assurance is Assurance.INVALID:
        return GapState.NOT_ACCEPTED
    if coverage <= 0 or assurance is None:
        return GapState.MISSING
    if coverage < COVERS:
        return GapState.RELATED
    if level_shortfall is not None and level_shortfall > 0:
        return GapState.BELOW_LEVEL
    return GapState.PROVEN if assurance in PROVES else GapState.CLAIMED


def state_rank(state: GapState) -> int:
    """Return 0 for the best state."""
    return STATE_ORDER.index(state)
