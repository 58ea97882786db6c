"""The packed form of a profile: what ranking reads of a person, in some hundred bytes.

A head of fixed length, then one record of fixed length for each piece of evidence, then one for
each level that a piece has, then a tail of JSON with what filters read as text. Little-endian; a
million of them are read in one pass without a look at single values.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

FORMAT: Final = 1
NEVER: Final = np.iinfo(np.int64).max
"""Moment of expiry of a consent that does not expire."""
UNKNOWN_DAY: Final = 0
"""Day number of a date that is unknown or not shared; ``date.toordinal`` begins at 1."""
AT_ONCE: Final = date.min
"""Day from which somebody is available who named none."""

HEAD: Final = np.dtype(
    [
        ("format", "<u2"),
        ("shares_evidence", "<u2"),
        ("pieces", "<u4"),
        ("levels", "<u4"),
        ("available", "<i4"),
        ("expires", "<i8"),
    ]
)
"""``available`` is a day number, ``expires`` microseconds since 1970 in UTC."""

PIECE: Final = np.dtype([("concept", "<i4"), ("issued", "<i4"), ("assurance", "u1")])
"""``concept`` is a number of ``concept_numbers``, ``assurance`` a place in ``ASSURANCE_ORDER``."""

LEVEL: Final = np.dtype([("piece", "<u4"), ("scale", "<i4"), ("value", "<f8")])
"""``piece`` counts within the person, ``scale`` is a number of ``concept_numbers``."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedLevel:
    """How well a piece of evidence shows its skill, on one scale."""

    scale: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPiece:
    """A piece of evidence; ``assurance`` is its place in ``ASSURANCE_ORDER``."""

    concept: int
    assurance: int
    issued: date | None = None
    levels: tuple[PackedLevel, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPerson:
    """What ranking reads of a person; fields that the consent leaves out are empty.

    Attributes:
        expires_at: When the consent ends, None for never.
        shares_evidence: Whether the consent lets others see what lies behind a skill.
        available_from: None where it is not shared, ``AT_ONCE`` for at once.
    """

    pieces: tuple[PackedPiece, ...]
    expires_at: datetime | None = None
    shares_evidence: bool = False
    available_from: date | None = None
    place: str = ""
    languages: tuple[str, ...] = ()


def pack(person: PackedPerson) -> bytes:
    """Return the packed form, equal for equal people."""
    levels = [
        (place, level.scale, level.value)
        for place, piece in enumerate(person.pieces)
        for level in piece.levels
    ]
    head = (
        FORMAT,
        person.shares_evidence,
        len(person.pieces),
        len(levels),
        day_number(person.available_from),
        NEVER if person.expires_at is None else moment_number(person.expires_at),
    )
    pieces = [(one.concept, day_number(one.issued), one.assurance) for one in person.pieces]
    return b"".join(
        (
            np.array([head], HEAD).tobytes(),
            np.array(pieces, PIECE).tobytes(),
            np.array(levels, LEVEL).tobytes(),
            json.dumps([person.place, *person.languages], ensure_ascii=False).encode(),
        )
    )


def unpack(packed: bytes) -> PackedPerson:
    """Return the person of a packed form; for tests and for looking at one by hand."""
    head = np.frombuffer(packed, HEAD, count=1)[0]
    start = HEAD.itemsize
    pieces = np.frombuffer(packed, PIECE, count=int(head["pieces"]), offset=start)
    start += pieces.nbytes
    levels = np.frombuffer(packed, LEVEL, count=int(head["levels"]), offset=start)
    place, *languages = json.loads(packed[start + levels.nbytes :])
    expires = int(head["expires"])
    return PackedPerson(
        pieces=tuple(
            PackedPiece(
                concept=int(piece["concept"]),
                assurance=int(piece["assurance"]),
                issued=_day(int(piece["issued"])),
                levels=_levels_of(levels, number),
            )
            for number, piece in enumerate(pieces)
        ),
        expires_at=None if expires == NEVER else _EPOCH + timedelta(microseconds=expires),
        shares_evidence=bool(head["shares_evidence"]),
        available_from=_day(int(head["available"])),
        place=place,
        languages=tuple(languages),
    )


def _levels_of(levels: NDArray[np.void], piece: int) -> tuple[PackedLevel, ...]:
    return tuple(
        PackedLevel(scale=int(one["scale"]), value=float(one["value"]))
        for one in levels
        if one["piece"] == piece
    )


def day_number(day: date | None) -> int:
    """Return the number of a day, ``UNKNOWN_DAY`` for none."""
    return UNKNOWN_DAY if day is None else day.toordinal()


def moment_number(moment: datetime) -> int:
    """Return microseconds since 1970, exact."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _day(number: int) -> date | None:
    return None if number == UNKNOWN_DAY else date.fromordinal(number)
