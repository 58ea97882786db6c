"""Credit of all people of a segment at once, one skill after the other.

Two sums of 32 bits lie side by side in one number of 64: all evidence above, proof below; the
larger number is the better candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from skillmatch_api.ranking.asked_skills import AskedSkill
from skillmatch_api.ranking.earning import Counted, Earning, earnings
from skillmatch_api.ranking.segments import Segment

_SHIFT: Final = 32

Keys = NDArray[np.int64]
Credit = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the people of a segment earn.

    Attributes:
        keys: Credit of all evidence and of proof, in one number a row; see ``unpacked``.
        states: For each skill the state of each row, a place in ``earning.STATES``; of people
            whose level is hidden it is the one that they are told of with, by steps.
        reached: For each skill the states that anybody is in, ``MISSING`` aside.
    """

    keys: Keys
    states: tuple[NDArray[np.uint8], ...]
    reached: tuple[frozenset[int], ...]


def unpacked(key: int) -> tuple[int, int]:
    """Return credit of all evidence and of proof, in whole millionths."""
    return key >> _SHIFT, key & (2**_SHIFT - 1)


def score(
    segment: Segment, asked: Sequence[AskedSkill], counted: Counted, *, blind: bool = False
) -> Scores:
    """Return what everybody in a segment earns, present or not.

    Args:
        segment: Some people.
        asked: What is asked for.
        counted: Which evidence counts.
        blind: Whether years are hidden of those, too, who share what lies behind their skills.
    """
    covered, proven = np.zeros((2, len(segment)), np.int32)
    best = np.empty(len(segment), np.int32)
    states, reached = [], []
    for skill in asked:
        found = list(earnings(segment, skill, counted, blind=blind))
        found.sort(key=lambda one: one.credit)
        _add_best(covered, found, best)
        _add_best(proven, [one for one in found if one.proves], best)
        states.append(_states(found, len(segment)))
        reached.append(frozenset(one.state for one in found))
    keys = covered.astype(np.int64)
    keys <<= _SHIFT
    keys |= proven
    return Scores(keys=keys, states=tuple(states), reached=tuple(reached))


def _add_best(sums: Credit, earning: Sequence[Earning], best: Credit) -> None:
    """Add to each row the best of what one skill earns it.

    Everybody is added to, since adding in sequence costs less than looking for whom.

    Args:
        sums: Are changed.
        earning: What is earned, least first, so that the best is written last.
        best: Room to write in, as long as ``sums``; taking it anew each time would cost more than
            filling it.
    """
    if earning:
        best.fill(0)
        for one in earning:
            best[one.rows] = one.credit
        np.add(sums, best, out=sums)


def _states(found: Sequence[Earning], size: int) -> NDArray[np.uint8]:
    """Return the best state of each row."""
    states = np.zeros(size, np.uint8)
    for one in sorted(found, key=lambda one: one.state):
        states[one.rows] = one.state
    return states
