"""How much each occupation asks of each element: importance and level, with their flags."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field

from skillmatch.model.concept import ConceptUri, SkillType
from skillmatch.model.framework import Rating
from skillmatch.readers.onet.draft import Draft
from skillmatch.readers.onet.files import TableFile
from skillmatch.readers.onet.identity import element_uri
from skillmatch.readers.onet.tables import Row, Table, rating_table, read_rows

# Source: Scales Reference of the database.
SCALES = {"IM": (1.0, 5.0), "LV": (0.0, 7.0)}

RATED: tuple[tuple[Table, SkillType], ...] = (
    (
        rating_table((("Skills",), ("Essential Skills", "Transferable Skills")), "skill ratings"),
        SkillType.SKILL,
    ),
    (rating_table((("Knowledge",),), "knowledge ratings"), SkillType.KNOWLEDGE),
    (rating_table((("Abilities",),), "ability ratings"), SkillType.ABILITY),
    (rating_table((("Work Activities",),), "work activity ratings"), SkillType.WORK_ACTIVITY),
    (rating_table((("Work Styles",),), "work style ratings"), SkillType.WORK_STYLE),
)


@dataclass(slots=True)
class _Merged:
    """The rows of one occupation and element, which the files keep one below the other."""

    importance: float | None = None
    level: float | None = None
    suppress_importance: bool = False
    suppress_level: bool = False
    not_relevant: bool = False
    scales: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class RatedElements:
    """Name and type of every element that the rating tables name, by element id."""

    names: dict[str, str] = field(default_factory=dict)
    types: dict[str, SkillType] = field(default_factory=dict)


def read_ratings(draft: Draft) -> RatedElements:
    """Read all rating tables that are there; one ``Rating`` for each occupation and element."""
    elements = RatedElements()
    for table, skill_type in RATED:
        for file in draft.files(table):
            merged = _read_table(draft, file, table, (elements, skill_type))
            draft.ratings.extend(
                Rating(
                    occupation=occupation,
                    element=element,
                    importance=each.importance,
                    level=each.level,
                    suppress_importance=each.suppress_importance,
                    suppress_level=each.suppress_level,
                    not_relevant=each.not_relevant,
                )
                for (occupation, element), each in merged.items()
            )
    _count_flags(draft)
    return elements


def _read_table(
    draft: Draft, file: TableFile, table: Table, seen: tuple[RatedElements, SkillType]
) -> dict[tuple[ConceptUri, ConceptUri], _Merged]:
    elements, skill_type = seen
    merged: dict[tuple[ConceptUri, ConceptUri], _Merged] = {}
    other: Counter[str] = Counter()
    read = 0
    for line, row in read_rows(file, table, draft.faults):
        read += 1
        occupation = draft.occupation(file, line, row["code"])
        if occupation is None:
            continue
        elements.types.setdefault(row["element"], skill_type)
        if row["name"]:
            elements.names.setdefault(row["element"], row["name"])
        scale = row["scale"].upper()
        if scale not in SCALES:
            other[scale] += 1
            continue
        _merge(
            draft,
            file,
            (line, row),
            merged.setdefault((occupation, element_uri(row["element"])), _Merged()),
        )
    _count_table(draft, (file.name, read), merged, other)
    return merged


def _merge(draft: Draft, file: TableFile, numbered: Row, into: _Merged) -> None:
    line, row = numbered
    scale = row["scale"].upper()
    if scale in into.scales:
        told = f"a second {scale} of {row['element']} for {row['code']}"
        draft.faults.add(file.path, line, told)
        return
    into.scales.add(scale)
    value = _value(draft, file, numbered)
    suppress = draft.flag(file, line, "Recommend Suppress", row["suppress"])
    into.not_relevant |= draft.flag(file, line, "Not Relevant", row["not_relevant"])
    if scale == "IM":
        into.importance, into.suppress_importance = value, suppress
    else:
        into.level, into.suppress_level = value, suppress


def _value(draft: Draft, file: TableFile, numbered: Row) -> float | None:
    line, row = numbered
    if not row["value"]:
        return None
    low, high = SCALES[row["scale"].upper()]
    try:
        value = float(row["value"])
    except ValueError:
        value = math.nan
    if low <= value <= high:
        return value
    told = f"{row['scale']} is {row['value']!r}, expected a number from {low:g} to {high:g}"
    draft.faults.add(file.path, line, told)
    return None


def _count_table(
    draft: Draft,
    read: tuple[str, int],
    merged: dict[tuple[ConceptUri, ConceptUri], _Merged],
    other: Counter[str],
) -> None:
    name, rows = read
    occupations = len({occupation for occupation, _ in merged})
    elements = len({element for _, element in merged})
    why = f"{elements} elements, {occupations} occupations"
    if other:
        named = ", ".join(f"{scale} {count}" for scale, count in sorted(other.items()))
        why += f"; neither importance nor level: {named}"
    draft.count(name, rows, sum(len(each.scales) for each in merged.values()), why)


def _count_flags(draft: Draft) -> None:
    for what, number in (
        ("importance to suppress", sum(each.suppress_importance for each in draft.ratings)),
        ("level to suppress", sum(each.suppress_level for each in draft.ratings)),
        ("not relevant", sum(each.not_relevant for each in draft.ratings)),
    ):
        draft.count(what, number, number, "kept with the flag")
