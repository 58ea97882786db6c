"""Which rows of a segment earn the same by one skill, and in which state they are told of.

Only evidence that bears on the skill is looked at: slices of what a segment keeps by concept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skillmatch.model.gap import GapState
from skillmatch_api.ranking.asked_skills import MILLION, AskedSkill, Source
from skillmatch_api.ranking.packing import UNKNOWN_DAY
from skillmatch_api.ranking.segments import GROUPS, PROVEN, REFUSED, SHOWN, Segment
from skillmatch_api.ranking.steps import hides_level

STATES: Final = (
    GapState.MISSING,
    GapState.NOT_ACCEPTED,
    GapState.RELATED,
    GapState.BELOW_LEVEL,
    GapState.CLAIMED,
    GapState.PROVEN,
)
"""States by number, worst first."""
_CODE: Final = {state: number for number, state in enumerate(STATES)}


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


class Earning(NamedTuple):
    """Some rows that earn the same and are in the same state.

    Attributes:
        credit: In whole millionths; 0 for evidence that is not accepted.
        proves: Whether it is proof.
        state: Place in ``STATES``.
        rows: Who, as wide as numpy wants an index to be; somebody may be there twice.
    """

    credit: int
    proves: bool
    state: int
    rows: NDArray[np.intp]


def earnings(
    segment: Segment, skill: AskedSkill, counted: Counted, *, blind: bool
) -> Iterator[Earning]:
    """Yield what a skill earns everybody in a segment, present or not, in no order.

    Args:
        segment: Some people; who shows several things that bear on the skill is told of for each.
        skill: What is asked for.
        counted: Which evidence counts.
        blind: Whether years are hidden of those, too, who share what lies behind their skills.
    """
    # The same few levels are held in every group.
    level_of = cache(lambda held: _Level(*skill.level(held), skill.is_lower_step(held)))
    open_levels = _open_levels(segment, skill, blind)
    for group in _groups(segment, skill, counted):
        places = _places(segment, group, counted)
        if group.kind == REFUSED:
            yield Earning(0, False, _CODE[GapState.NOT_ACCEPTED], _rows(segment, places))
        elif group.source.covers and skill.scale is not None:
            for held, at in _by_level(segment, skill, group.whole):
                level = _NO_LEVEL if held is None else level_of(held)
                chosen = at if isinstance(places, slice) else np.intersect1d(at, places)
                yield from _at_level(skill, group, level, _rows(segment, chosen), open_levels)
        else:
            state = _held(group) if group.source.covers else _CODE[GapState.RELATED]
            credit = skill.credit(group.source.covered)
            yield Earning(credit, group.kind == PROVEN, state, _rows(segment, places))


class _Group(NamedTuple):
    """Evidence for one concept, of one kind (``PROVEN``, ``SHOWN`` or ``REFUSED``).

    Attributes:
        whole: Where it lies in the segment; never empty.
        is_late: Whether some of it was issued after the day of the search.
    """

    source: Source
    kind: int
    whole: slice
    is_late: bool


def _groups(segment: Segment, skill: AskedSkill, counted: Counted) -> Iterator[_Group]:
    """Yield the evidence that may count; refused evidence counts for the skill itself only."""
    known = [one for one in skill.sources if one.concept in segment.places]
    kinds = (PROVEN,) if counted.proven_only else (PROVEN, SHOWN, REFUSED)
    # Looked up for all sources at once: there may be hundreds, most of them with few holders.
    places = np.array([segment.places[one.concept] for one in known], np.int64)
    first = places[:, None] * GROUPS + np.array(kinds)
    starts, stops = segment.bounds[first], segment.bounds[first + 1]
    late = segment.latest[first] > counted.until.toordinal()
    filled = np.nonzero(stops > starts)
    columns = (*filled, starts[filled], stops[filled], late[filled])
    for at, kind, start, stop, is_late in zip(*(one.tolist() for one in columns), strict=True):
        if known[at].covers or kinds[kind] != REFUSED:
            yield _Group(known[at], kinds[kind], slice(start, stop), is_late)


def _rows(segment: Segment, places: slice | NDArray[np.int64]) -> NDArray[np.intp]:
    return segment.rows[places].astype(np.intp)


def _held(group: _Group) -> int:
    return _CODE[GapState.PROVEN if group.kind == PROVEN else GapState.CLAIMED]


def _open_levels(segment: Segment, skill: AskedSkill, blind: bool) -> NDArray[np.bool_]:
    """Return whose level may be told of exactly, on the scale that it is asked for on."""
    if hides_level(skill.requirement, evidence=True, blind=blind):
        return np.zeros(len(segment), np.bool_)
    return segment.shares_evidence


@dataclass(frozen=True, slots=True)
class _Level:
    """What a level lets anybody cover at most, and whether it, or its step, is too low."""

    most: int
    low: bool
    lower_step: bool


_NO_LEVEL: Final = _Level(MILLION, False, False)
"""An unknown level is never held against a person."""


def _at_level(
    skill: AskedSkill,
    group: _Group,
    level: _Level,
    rows: NDArray[np.intp],
    open_levels: NDArray[np.bool_],
) -> Iterator[Earning]:
    """Yield what people of one level earn: who is told of as below the one asked for, and not."""
    credit = skill.credit(min(group.source.covered, level.most))
    for low, some in _told(level, rows, open_levels):
        state = _CODE[GapState.BELOW_LEVEL] if low else _held(group)
        yield Earning(credit, group.kind == PROVEN, state, some)


def _told(
    level: _Level, rows: NDArray[np.intp], open_levels: NDArray[np.bool_]
) -> Sequence[tuple[bool, NDArray[np.intp]]]:
    if level.low == level.lower_step:
        return [(level.low, rows)]
    exactly = open_levels.take(rows)
    return [(level.low, rows.compress(exactly)), (level.lower_step, rows.compress(~exactly))]


def _by_level(
    segment: Segment, skill: AskedSkill, whole: slice
) -> Iterator[tuple[float | None, NDArray[np.int64]]]:
    """Yield the places of a group by level; those without a level first, as None."""
    first, last = np.searchsorted(segment.level_at, (whole.start, whole.stop)).tolist()
    chosen = segment.level_scale[first:last] == skill.scale
    at = segment.level_at[first:last].compress(chosen)
    values = segment.level_value[first:last].compress(chosen)
    unknown = np.ones(whole.stop - whole.start, np.bool_)
    unknown[at - whole.start] = False
    yield None, np.flatnonzero(unknown) + whole.start
    for value in np.unique(values).tolist():
        yield value, at.compress(values == value)


def _places(segment: Segment, group: _Group, counted: Counted) -> slice | NDArray[np.int64]:
    """Return where the evidence of a group lies that counts."""
    if counted.since is None and not group.is_late:
        return group.whole
    issued: NDArray[np.int32] = segment.issued[group.whole]
    counts = issued <= counted.until.toordinal()
    if counted.since is not None:
        counts &= issued >= max(counted.since.toordinal(), UNKNOWN_DAY + 1)
    places: NDArray[np.int64] = np.flatnonzero(counts) + group.whole.start
    return places
