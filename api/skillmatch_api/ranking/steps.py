"""Levels and shares in coarse steps, for people who do not share what lies behind their skills.

Whoever may ask again and again learns a hidden number to the last digit from any exact answer: at
which level asked for does somebody fall below? So both sides are put into steps before they are
compared, and what is told is the same for all numbers of one step. The order of candidates is left
exact; only what is told of them is coarse.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace
from typing import Final

from skillmatch.gap.levels import WORD_SCALE, YEARS_SCALE, asked_level, level_shortfall
from skillmatch.model.evidence import Evidence
from skillmatch.model.requirement import Requirement

YEARS: Final = (1.0, 3.0, 5.0, 10.0)
"""Where a new step of years begins; the first begins at 0."""
_WITHIN: Final = (0.5, 2.0, 4.0, 7.0, 15.0)
"""What stands for each step of years."""
_WORDS: Final = 2
"""Words for levels are six, A1 to C2, in the three bands of the same framework."""
QUARTER: Final = 250_000


def step(value: float, scale: str) -> float:
    """Return what stands for the step that a level lies in; a higher level never has a lower one.

    Years go by 0, 1, 3, 5 and 10, words by basic, independent and proficient; on any other scale a
    step reaches to twice its beginning.
    """
    if scale == YEARS_SCALE:
        return _WITHIN[bisect_right(YEARS, value)]
    if scale == WORD_SCALE:
        return max(0.0, (value - 1) // _WORDS) * _WORDS + 1.5
    return 0.5 if value < 1 else 1.5 * 2.0 ** (math.frexp(value)[1] - 1)


def in_steps(requirement: Requirement, evidence: Evidence) -> tuple[Requirement, Evidence]:
    """Return both with their levels exchanged for what stands for their steps.

    Where no level is compared they stay as they are.
    """
    found = level_shortfall(requirement, evidence)
    if found is None:
        return requirement, evidence
    asked, held = step(found.asked, found.scale), step(found.held, found.scale)
    bare = replace(requirement, level="", level_value=None, level_scale="", years=None)
    if found.scale == YEARS_SCALE:
        return replace(bare, years=asked), replace(evidence, years=held)
    return (
        replace(bare, level_value=asked, level_scale=found.scale),
        replace(evidence, level="", level_value=held, level_scale=found.scale),
    )


def hides_level(requirement: Requirement, *, evidence: bool, blind: bool) -> bool:
    """Tell whether the level that somebody holds is told of by steps only.

    Args:
        requirement: On whose scale it would be told.
        evidence: Whether the person shares what lies behind their skills.
        blind: Whether years are hidden all the same, since they tell an age.
    """
    return not evidence or (blind and asked_level(requirement)[1] == YEARS_SCALE)


def rounded(share: int) -> int:
    """Return a share in whole millionths as quarters; a part stays a part, neither none nor all."""
    if share <= 0 or share >= 4 * QUARTER:
        return share
    return min(max((share + QUARTER // 2) // QUARTER, 1), 3) * QUARTER
