"""Credit of all people of a block at once, one skill after the other.

Two sums of 32 bits lie side by side in one number of 64: all evidence above, proof below; the
larger number is the better candidate. Only rows that show something are touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from skillmatch.model.gap import GapState
from skillmatch_api.ranking.asked_skills import MILLION, AskedSkill, Source
from skillmatch_api.ranking.packing import UNKNOWN_DAY
from skillmatch_api.ranking.segments import PROVEN, REFUSED, SHOWN, Segment
from skillmatch_api.ranking.steps import hides_level

STATES: Final = (
    GapState.MISSING,
    GapState.NOT_ACCEPTED,
    GapState.RELATED,
    GapState.BELOW_LEVEL,
    GapState.CLAIMED,
    GapState.PROVEN,
)
"""What the numbers in ``Scores.states`` mean, worst first."""
_CODE: Final = {state: number for number, state in enumerate(STATES)}
_SHIFT: Final = 32
_COVERED, _PROVEN = 1, 2
"""Marks of rows that have been given their best by any evidence, and by proof as well."""

Keys = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Which evidence counts.

    Attributes:
        until: Day of the search; what was issued later does not count yet.
        since: Only what was issued on this day or later; None for all, undated or not.
        proven_only: Only what somebody else vouches for.
    """

    until: date
    since: date | None = None
    proven_only: bool = False

    def admits(self, issued: date | None) -> bool:
        """Tell whether evidence of this day counts."""
        if issued is None:
            return self.since is None
        return issued <= self.until and (self.since is None or issued >= self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the people of a block earn.

    Attributes:
        keys: Credit of all evidence and of proof, in one number a row; see ``unpacked``.
        states: For each skill the state of each row, a place in ``STATES``; of people whose
            level is hidden it is the one that they are told of with, by steps.
    """

    keys: Keys
    states: tuple[NDArray[np.uint8], ...]


def unpacked(key: int) -> tuple[int, int]:
    """Return credit of all evidence and of proof, in whole millionths."""
    return key >> _SHIFT, key & (2**_SHIFT - 1)


def packed_key(covered: int, proven: int) -> int:
    """Return the number that ``unpacked`` takes apart."""
    return covered << _SHIFT | proven


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
    keys = np.zeros(len(segment), np.int64)
    states = []
    for skill in asked:
        writes = list(_writes(segment, skill, counted, _open_levels(segment, skill, blind)))
        _add_best(writes, keys)
        states.append(_states(writes, len(segment)))
    return Scores(keys=keys, states=tuple(states))


@dataclass(frozen=True, slots=True)
class _Write:
    """Some rows that earn the same and are in the same state.

    Attributes:
        rows: As wide as numpy wants an index to be; it would widen narrower ones at each use.
    """

    credit: int
    proves: bool
    state: int
    rows: NDArray[np.intp]


def _add_best(writes: Sequence[_Write], keys: Keys) -> None:
    """Add to each row the best of what one skill earns it, by all evidence and by proof.

    The best is written first, and what is marked as written is left alone after. A row that is in
    one write twice is added to once, since it is read before it is written.
    """
    earning = sorted((one for one in writes if one.credit), key=lambda one: -one.credit)
    marks = np.zeros(len(keys) if len(earning) > 1 else 0, np.uint8)
    for place, one in enumerate(earning):
        fresh = one.rows
        if place:
            seen = marks.take(one.rows)
            fresh = one.rows.compress(seen == 0)
            if one.proves:
                low = one.rows.compress(seen == _COVERED)
                keys[low] = keys.take(low) + packed_key(0, one.credit)
        keys[fresh] = keys.take(fresh) + packed_key(one.credit, one.credit if one.proves else 0)
        if place + 1 < len(earning):
            marks[one.rows if one.proves else fresh] = _PROVEN if one.proves else _COVERED


def _states(writes: Sequence[_Write], size: int) -> NDArray[np.uint8]:
    """Return the best state of each row."""
    states = np.zeros(size, np.uint8)
    for one in sorted(writes, key=lambda one: one.state):
        states[one.rows] = one.state
    return states


def _open_levels(segment: Segment, skill: AskedSkill, blind: bool) -> NDArray[np.bool_]:
    """Return whose level may be told of exactly, on the scale that it is asked for on."""
    if hides_level(skill.requirement, evidence=True, blind=blind):
        return np.zeros(len(segment), np.bool_)
    return segment.shares_evidence


def _writes(
    segment: Segment, skill: AskedSkill, counted: Counted, open_levels: NDArray[np.bool_]
) -> Iterator[_Write]:
    for source in skill.sources:
        for group in (PROVEN,) if counted.proven_only else (PROVEN, SHOWN):
            yield from _accepted(
                segment, skill, source, group, counted=counted, open_levels=open_levels
            )
        if source.covers and not counted.proven_only:
            rows = _rows(segment, _places(segment, source, REFUSED, counted))
            yield _Write(0, False, _CODE[GapState.NOT_ACCEPTED], rows)


def _accepted(
    segment: Segment,
    skill: AskedSkill,
    source: Source,
    group: int,
    *,
    counted: Counted,
    open_levels: NDArray[np.bool_],
) -> Iterator[_Write]:
    places = _places(segment, source, group, counted)
    if isinstance(places, slice) and places.start == places.stop:
        return
    earned = skill.credit(source.covered)
    proves = group == PROVEN
    if not source.covers:
        yield _Write(earned, proves, _CODE[GapState.RELATED], _rows(segment, places))
        return
    held = _CODE[GapState.PROVEN if proves else GapState.CLAIMED]
    if skill.scale is None:
        yield _Write(earned, proves, held, _rows(segment, places))
        return
    for level, at in _by_level(segment, skill, source, group):
        chosen = at if isinstance(places, slice) else np.intersect1d(at, places)
        rows, earned = _rows(segment, chosen), skill.credit(min(source.covered, level.most))
        yield from (
            _Write(earned, proves, _CODE[GapState.BELOW_LEVEL] if low else held, some)
            for low, some in _told(level, rows, open_levels)
        )


@dataclass(frozen=True, slots=True)
class _Level:
    """What a level lets anybody cover at most, and whether it, or its step, is too low."""

    most: int
    low: bool
    lower_step: bool


def _told(
    level: _Level, rows: NDArray[np.intp], open_levels: NDArray[np.bool_]
) -> Iterator[tuple[bool, NDArray[np.intp]]]:
    """Yield who is told of as below the level asked for, and who is not."""
    if level.low == level.lower_step:
        yield level.low, rows
        return
    exactly = open_levels.take(rows)
    yield level.low, rows[exactly]
    yield level.lower_step, rows[~exactly]


def _rows(segment: Segment, places: slice | NDArray[np.int64]) -> NDArray[np.intp]:
    return segment.rows[places].astype(np.intp)


def _by_level(
    segment: Segment, skill: AskedSkill, source: Source, group: int
) -> Iterator[tuple[_Level, NDArray[np.int64]]]:
    """Yield the places of a group by level; those without a level first."""
    whole = segment.group(source.concept, group)
    first, last = np.searchsorted(segment.level_at, (whole.start, whole.stop)).tolist()
    chosen = segment.level_scale[first:last] == skill.scale
    at = segment.level_at[first:last][chosen]
    values = segment.level_value[first:last][chosen]
    unknown = np.ones(whole.stop - whole.start, np.bool_)
    unknown[at - whole.start] = False
    yield _Level(MILLION, False, False), np.flatnonzero(unknown) + whole.start
    for value in np.unique(values).tolist():
        yield _Level(*skill.level(value), skill.is_lower_step(value)), at[values == value]


def _places(
    segment: Segment, source: Source, group: int, counted: Counted
) -> slice | NDArray[np.int64]:
    """Return where the evidence of a group lies that counts."""
    whole = segment.group(source.concept, group)
    if whole.start == whole.stop:
        return whole
    until = counted.until.toordinal()
    if counted.since is None and segment.latest_of(source.concept, group) <= until:
        return whole
    issued: NDArray[np.int32] = segment.issued[whole]
    counts = issued <= until
    if counted.since is not None:
        counts &= issued >= max(counted.since.toordinal(), UNKNOWN_DAY + 1)
    places: NDArray[np.int64] = np.flatnonzero(counts) + whole.start
    return places
