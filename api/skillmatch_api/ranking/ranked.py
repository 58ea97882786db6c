"""Who is found, in which order, and how many of each sort: from the scores of all blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from skillmatch.errors import UsageError
from skillmatch.model.gap import GapState
from skillmatch_api.ranking.asked_skills import AskedSkill
from skillmatch_api.ranking.earning import STATES, Counted
from skillmatch_api.ranking.packing import UNKNOWN_DAY, moment_number
from skillmatch_api.ranking.scoring import Keys, Scores, score, unpacked
from skillmatch_api.ranking.tenant_index import Block, Snapshot

Flags = NDArray[np.bool_]
SAMPLED: Final = 64
MOST_PASSED: Final = 10_000
"""Places that are counted off where the last one shown is not where they were."""
SOON: Final = (("within 30 days", 30), ("within 90 days", 90))
"""Names of availability, and within how many days of the search."""
NOW, LATER, UNKNOWN = "now", "later", "not said"
AVAILABILITY: Final = (NOW, *(name for name, _ in SOON), LATER, UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Who may be found at all, and which evidence counts; everything given must hold.

    A field that a person does not share is as good as empty.

    Attributes:
        proven_only: Only evidence that somebody else vouches for counts.
        issued_after: Only evidence issued on this day or later counts, and only of those who
            share what lies behind their skills.
        languages: All of them are spoken; ``de`` takes ``de-AT``, too.
        places: One of them is the place, or a part of it between commas.
        available_by: Available on this day.
    """

    proven_only: bool = False
    issued_after: date | None = None
    languages: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    available_by: date | None = None


ANYBODY: Final = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """One who is found; ``covered`` and ``proven`` are credit in whole millionths."""

    person_id: str
    number: int
    covered: int
    proven: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Who is found.

    Attributes:
        version: Of the index.
        page: The best, or the best behind somebody.
        total: How many are found in all.
        consenting: How many candidates there are at this moment, before any filter.
        admitted: How many of them pass the filters.
        states: For each skill how many of those found are in which state; all states are there.
        languages: How many of those found speak what; ``places`` and ``availability`` likewise.
    """

    version: int
    page: tuple[Ranked, ...]
    total: int
    consenting: int
    admitted: int
    states: tuple[dict[GapState, int], ...]
    languages: dict[str, int]
    places: dict[str, int]
    availability: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is searched for.

    Attributes:
        asked: At least one skill.
        at: Moment that consent holds for; its day is that of evidence and availability.
        blind: Whether states are counted as a blind search tells them.
    """

    asked: Sequence[AskedSkill]
    filters: Filters
    at: datetime
    blind: bool = False

    @property
    def counted(self) -> Counted:
        """Return which evidence counts."""
        return Counted(
            until=self.at.date(),
            since=self.filters.issued_after,
            proven_only=self.filters.proven_only,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Behind whom a page begins.

    Attributes:
        person_id: The last one of the page before.
        place: Theirs in the order, from 1; what counts where they are found no more.
        moved: Whether they changed since, so that they may be elsewhere in the order now.
    """

    person_id: str
    place: int
    moved: bool = False


def rank(
    snapshot: Snapshot, question: Question, *, limit: int, after: Behind | None = None
) -> Ranking:
    """Rank everybody whose consent is live.

    Args:
        snapshot: Who the candidates are.
        question: What is searched for.
        limit: Length of the page, at least 1.
        after: Behind whom the page begins, None for the first one.

    Raises:
        UsageError: They left or moved, so far down the list that it is begun anew.
    """
    found = [_Found.of(block, snapshot, question) for block in snapshot.blocks]
    combinations = sum(
        np.bincount(one.combination, minlength=snapshot.combinations) for one in found
    )
    return Ranking(
        version=snapshot.version,
        page=_page(found, limit, after),
        total=sum(one.total for one in found),
        consenting=sum(one.consenting for one in found),
        admitted=sum(one.admitted for one in found),
        states=tuple(_states(found, place) for place in range(len(question.asked))),
        languages=snapshot.fields.count_languages(np.asarray(combinations)),
        places=snapshot.fields.count_places(np.asarray(combinations)),
        availability=_availability(found, question.at.date()),
    )


def _page(found: Sequence[_Found], limit: int, after: Behind | None) -> tuple[Ranked, ...]:
    """Return the page behind somebody; behind their place where they left or moved."""
    if after is None:
        return tuple(_best(found, limit))
    last = next(filter(None, (one.find(after.person_id) for one in found)), None)
    if last is not None and not after.moved:
        return tuple(_best(found, limit, last))
    if after.place > MOST_PASSED:
        raise UsageError(
            "the last one of the page before left or changed meanwhile; begin with the first page"
        )
    best = _best(found, limit + after.place)
    # Who left, or moved down, makes room for one: better shown twice than left out.
    still = any(one.person_id == after.person_id for one in best[: after.place])
    first = after.place if still else after.place - 1
    return tuple(best[first : first + limit])


def _best(found: Sequence[_Found], limit: int, after: Ranked | None = None) -> list[Ranked]:
    return sorted(
        (one for block in found for one in block.page(limit, after)),
        key=lambda one: (-one.covered, -one.proven, one.person_id),
    )[:limit]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Who of a block is found: ``is_found`` tells it of each row, ``total`` how many."""

    block: Block
    scores: Scores
    is_found: Flags
    total: int
    consenting: int
    admitted: int

    @classmethod
    def of(cls, block: Block, snapshot: Snapshot, question: Question) -> _Found:
        live = block.present & (block.segment.expires > moment_number(question.at))
        admitted = _admitted(block, snapshot, question.filters, live)
        scores = score(block.segment, question.asked, question.counted, blind=question.blind)
        is_found = (scores.keys > 0) & admitted
        return cls(
            block=block,
            scores=scores,
            is_found=is_found,
            total=int(np.count_nonzero(is_found)),
            consenting=int(np.count_nonzero(live)),
            admitted=int(np.count_nonzero(admitted)),
        )

    @property
    def combination(self) -> NDArray[np.int32]:
        return self.block.segment.combination.compress(self.is_found)

    @property
    def available(self) -> NDArray[np.int32]:
        return self.block.segment.available.compress(self.is_found)

    def find(self, person_id: str) -> Ranked | None:
        """Return a person of the block, if they are found."""
        ids = self.block.segment.ids
        row = int(np.searchsorted(ids, person_id.encode("ascii")))
        here = row < len(ids) and ids[row] == person_id.encode("ascii") and self.is_found[row]
        return self._ranked(row) if here else None

    def page(self, limit: int, after: Ranked | None) -> Iterator[Ranked]:
        """Yield the best ``limit`` of the block behind ``after``, best first."""
        wanted = self.is_found if after is None else self.is_found & self._behind(after)
        for row in best_rows(self.scores.keys, wanted, limit).tolist():
            yield self._ranked(row)

    def _ranked(self, row: int) -> Ranked:
        covered, proven = unpacked(int(self.scores.keys[row]))
        return Ranked(
            person_id=self.block.segment.ids[row].decode("ascii"),
            number=int(self.block.segment.numbers[row]),
            covered=covered,
            proven=proven,
        )

    def _behind(self, last: Ranked) -> Flags:
        key = (last.covered << 32) | last.proven
        # Rows ascend with ids, so those behind an id begin at one place.
        first = int(
            np.searchsorted(self.block.segment.ids, last.person_id.encode("ascii"), "right")
        )
        behind: Flags = self.scores.keys < key
        behind[first:] |= self.scores.keys[first:] == key
        return behind


def best_rows(keys: Keys, wanted: Flags, limit: int) -> NDArray[np.int64]:
    """Return at most ``limit`` of the wanted rows by key, highest first, equal ones ascending."""
    rows = np.flatnonzero(wanted & (keys >= _low_bar(keys, wanted, limit)))
    if len(rows) < limit:
        rows = np.flatnonzero(wanted)
    if len(rows) > limit:
        held = keys[rows]
        least = np.partition(held, len(rows) - limit)[len(rows) - limit]
        above = rows[held > least]
        rows = np.concatenate([above, rows[held == least][: limit - len(above)]])
        rows.sort()
    return rows[np.argsort(-keys[rows], kind="stable")]


def _low_bar(keys: Keys, wanted: Flags, limit: int) -> int:
    """Return a key that most likely ``limit`` wanted rows reach and not many more.

    It is read from every 64th row; where it lies too high, the caller sees that and looks at all.
    """
    some = keys[::SAMPLED] * wanted[::SAMPLED]
    place = 4 * limit // SAMPLED + 8
    return int(np.partition(some, len(some) - place)[len(some) - place]) if len(some) > place else 0


def _admitted(block: Block, snapshot: Snapshot, filters: Filters, live: Flags) -> Flags:
    segment, found = block.segment, live
    passes = snapshot.fields.admitted(filters.places, filters.languages)
    if passes is not None:
        found = found & passes[segment.combination]
    if filters.available_by is not None:
        found = found & (segment.available != UNKNOWN_DAY)
        found &= segment.available <= filters.available_by.toordinal()
    if filters.issued_after is not None:
        found = found & segment.shares_evidence
    return found


def _states(found: Sequence[_Found], skill: int) -> dict[GapState, int]:
    """Return how many of those found are in which state, best state first."""
    counts = dict.fromkeys(reversed(STATES), 0)
    for block in found:
        states = block.scores.states[skill] * block.is_found
        for number in block.scores.reached[skill]:
            counts[STATES[number]] += int(np.count_nonzero(states == number))
    counts[GapState.MISSING] = sum(one.total for one in found) - sum(counts.values())
    return counts


def _availability(found: Sequence[_Found], at: date) -> dict[str, int]:
    """Return how many of those found are available when; each counts once."""
    available = np.concatenate([one.available for one in found])
    unknown = int(np.count_nonzero(available == UNKNOWN_DAY))
    counts: dict[str, int] = {}
    for name, days in ((NOW, 0), *SOON):
        # A day that is unknown lies before all others.
        until = int(np.count_nonzero(available <= (at + timedelta(days=days)).toordinal()))
        counts[name] = until - unknown - sum(counts.values())
    counts[LATER] = len(available) - unknown - sum(counts.values())
    counts[UNKNOWN] = unknown
    return counts
