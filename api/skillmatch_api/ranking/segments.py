"""A block of people as arrays: by concept, who shows it and how.

People are numbered by row, rows ascend with person ids. For each concept the rows of its holders
lie together, in three groups: those with proof, those without, and those whose evidence is not
accepted. A segment never changes; whoever leaves is masked by the index around it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from skillmatch.gap.assurance import PROVES, assurance_rank
from skillmatch.model.evidence import ASSURANCE_ORDER, Assurance
from skillmatch_api.ranking.filter_fields import FilterFields
from skillmatch_api.ranking.packing import FORMAT, HEAD, LEVEL, PIECE

PROVEN, SHOWN, REFUSED = range(3)
"""Groups of evidence: proof, no proof, not accepted."""
GROUPS: Final = 3
_GROUP_OF: Final = np.array(
    [
        REFUSED if one is Assurance.INVALID else PROVEN if one in PROVES else SHOWN
        for one in sorted(ASSURANCE_ORDER, key=assurance_rank)
    ],
    np.uint8,
)

Rows = NDArray[np.int32]


class Packed(NamedTuple):
    """A person as the database keeps them."""

    person_id: str
    number: int
    packed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Some people.

    Attributes:
        ids: Person ids, ascending.
        numbers: ``Person.number`` of each row.
        expires: When consent ends, as ``packing.HEAD`` has it; ``available`` likewise.
        combination: Number of the row's place and languages in ``FilterFields``.
        concepts: Numbers of all concepts that somebody shows, ascending; ``places`` says where
            each of them stands.
        bounds: Where each concept's groups begin in ``rows``: that of concept ``c`` and group
            ``g`` at place ``c * GROUPS + g``; one more at the end.
        latest: The newest day of issue in each group of a concept.
        rows: Who shows it, ascending within a group; ``issued`` beside it.
        scales: Numbers of all scales that somebody's level is on.
        level_at: Places in ``rows`` whose evidence has a level, ascending; ``level_scale`` and
            ``level_value`` beside it.
    """

    ids: NDArray[np.bytes_]
    numbers: NDArray[np.int64]
    expires: NDArray[np.int64]
    available: NDArray[np.int32]
    shares_evidence: NDArray[np.bool_]
    combination: NDArray[np.int32]
    concepts: NDArray[np.int32]
    places: Mapping[int, int]
    bounds: NDArray[np.int64]
    latest: NDArray[np.int32]
    rows: Rows
    issued: NDArray[np.int32]
    scales: frozenset[int]
    level_at: NDArray[np.int64]
    level_scale: NDArray[np.int32]
    level_value: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def nbytes(self) -> int:
        """Return how much memory the arrays take."""
        columns = (getattr(self, one.name) for one in fields(self))
        return sum(one.nbytes for one in columns if isinstance(one, np.ndarray))

    def group(self, concept: int, group: int) -> slice:
        """Return where a group of a concept lies in ``rows``; empty where nobody shows it."""
        place = self.places.get(concept)
        if place is None:
            return slice(0, 0)
        first = place * GROUPS + group
        return slice(int(self.bounds[first]), int(self.bounds[first + 1]))

    def latest_of(self, concept: int, group: int) -> int:
        """Return the newest day of issue in a group that is not empty."""
        return int(self.latest[self.places[concept] * GROUPS + group])


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """People as they were read, before they are put in order."""

    ids: NDArray[np.bytes_]
    numbers: NDArray[np.int64]
    heads: NDArray[np.void]
    combination: NDArray[np.int32]
    pieces: NDArray[np.void]
    levels: NDArray[np.void]


def read_part(people: Sequence[Packed], fields_: FilterFields) -> Part:
    """Return people as arrays, unordered; to be called for some ten thousand at a time.

    Profiles of another format are left out: they are written anew by the next change.
    """
    size = HEAD.itemsize
    heads = np.frombuffer(b"".join([one.packed[:size] for one in people]), HEAD)
    ends = size + heads["pieces"].astype(np.int64) * PIECE.itemsize
    tails = ends + heads["levels"].astype(np.int64) * LEVEL.itemsize
    cut = list(zip(people, ends.tolist(), tails.tolist(), strict=True))
    if bool((heads["format"] != FORMAT).any()):
        raise ValueError(f"a profile is not of format {FORMAT}")
    return Part(
        ids=np.array([one.person_id for one in people], "S36"),
        numbers=np.array([one.number for one in people], np.int64),
        heads=heads,
        combination=fields_.numbers([one.packed[tail:] for one, _, tail in cut]),
        pieces=np.frombuffer(b"".join([one.packed[size:end] for one, end, _ in cut]), PIECE),
        levels=np.frombuffer(b"".join([one.packed[end:tail] for one, end, tail in cut]), LEVEL),
    )


def build_segment(parts: Sequence[Part]) -> Segment:
    """Return all people of ``parts`` as one segment."""
    ids = np.concatenate([np.array([], "S36"), *(one.ids for one in parts)])
    order = np.argsort(ids, kind="stable")
    heads = np.concatenate([np.array([], HEAD), *(one.heads for one in parts)])
    row_of = np.empty(len(ids), np.int32)
    row_of[order] = np.arange(len(ids), dtype=np.int32)
    owner = np.repeat(row_of, heads["pieces"])
    pieces = np.concatenate([np.array([], PIECE), *(one.pieces for one in parts)])
    concepts, by_group, bounds = _by_group(pieces, owner)
    level_at, levels = _levels(parts, heads, by_group)
    issued = pieces["issued"][by_group]
    return Segment(
        ids=ids[order],
        numbers=np.concatenate([np.array([], np.int64), *(one.numbers for one in parts)])[order],
        expires=heads["expires"][order],
        available=heads["available"][order],
        shares_evidence=heads["shares_evidence"][order].astype(np.bool_),
        combination=np.concatenate([np.array([], np.int32), *(one.combination for one in parts)])[
            order
        ],
        concepts=concepts,
        places={concept: place for place, concept in enumerate(concepts.tolist())},
        bounds=bounds,
        latest=_latest(issued, bounds),
        rows=owner[by_group],
        issued=issued,
        scales=frozenset(np.unique(levels["scale"]).tolist()),
        level_at=level_at,
        level_scale=levels["scale"].copy(),
        level_value=levels["value"].copy(),
    )


def _by_group(
    pieces: NDArray[np.void], owner: Rows
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
    """Return the concepts, the order of pieces by concept, group and row, and where each begins."""
    numbers = np.ascontiguousarray(pieces["concept"])
    counts = np.bincount(numbers, minlength=1)
    concepts = np.flatnonzero(counts).astype(np.int32)
    # Numbers of 16 bits are sorted by their digits, in a fraction of the time.
    narrow = np.uint16 if len(concepts) * GROUPS < 2**16 else np.int32
    place = np.zeros(len(counts), narrow)
    place[concepts] = np.arange(len(concepts), dtype=narrow) * GROUPS
    key = place[numbers] + _GROUP_OF[pieces["assurance"]].astype(narrow)
    bounds = np.zeros(len(concepts) * GROUPS + 1, np.int64)
    np.cumsum(np.bincount(key, minlength=len(concepts) * GROUPS), out=bounds[1:])
    if bool((owner[:-1] <= owner[1:]).all()):
        return concepts, np.argsort(key, kind="stable"), bounds
    # By row first and then, keeping that order, by group.
    by_row = np.argsort(owner, kind="stable")
    return concepts, by_row[np.argsort(key[by_row], kind="stable")], bounds


def _levels(
    parts: Sequence[Part], heads: NDArray[np.void], by_group: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.void]]:
    """Return the levels in the order of the pieces that they belong to, and where those lie."""
    levels = np.concatenate([np.array([], LEVEL), *(one.levels for one in parts)])
    before = np.zeros(len(heads) + 1, np.int64)
    np.cumsum(heads["pieces"], out=before[1:])
    piece = np.repeat(before[:-1], heads["levels"]) + levels["piece"]
    place = np.empty(len(by_group), np.int64)
    place[by_group] = np.arange(len(by_group))
    at = place[piece]
    order = np.argsort(at, kind="stable")
    return at[order], levels[order]


def _latest(issued: NDArray[np.int32], bounds: NDArray[np.int64]) -> NDArray[np.int32]:
    latest = np.zeros(len(bounds) - 1, np.int32)
    filled = np.flatnonzero(np.diff(bounds))
    if len(filled):
        latest[filled] = np.maximum.reduceat(issued, bounds[filled])
    return latest
