"""A list of people as CSV: read with all its faults, and written whole or not at all.

The same list can be imported again: rows are known by ``external_id``. A record that its person has
claimed is left as it is, for only they change it; nobody becomes visible by being imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from skillmatch.errors import DataError, RowError
from skillmatch.gap.levels import check_level
from skillmatch.linking.evidence import Claim
from skillmatch.model.evidence import Evidence
from skillmatch.readers.csv_table import CsvTable, Layout, read_csv_table
from skillmatch.readers.documents import parse_skill
from skillmatch.service.matcher import Matcher
from skillmatch_api.people.adding import doubt_badges
from skillmatch_api.people.evidence_rows import of_row, rows_of, to_row
from skillmatch_api.people.registering import (
    Details,
    apply,
    by_external_id,
    details_of,
    new_person,
    next_numbers,
)
from skillmatch_api.store.tables import Person

COLUMNS = ("external_id", "name", "contact", "place", "languages", "available_from", "skills")
MAX_ROWS = 5_000
"""Written in one transaction, for which others wait."""
MAX_SKILLS = 50
"""Of one row."""
MAX_WORDINGS = 1_000
"""Skills of all rows that are worded differently: some are looked for like a phrase, at 14 ms of
one core each."""
MAX_CELL = 200
"""Characters of a name, contact, place, tag or external id."""
BETWEEN = "|"
"""Stands between several languages or skills of one cell."""

_PLACE = Path("candidates.csv")
_T = TypeVar("_T")


class Outcome(StrEnum):
    """What became of a row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row as it was read."""

    line: int
    external_id: str
    details: Details
    skills: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of a row.

    Attributes:
        unread: Skills that no concept was found for.
    """

    line: int
    external_id: str
    person_id: str
    outcome: Outcome
    unread: tuple[str, ...]


Skills = Mapping[Claim, tuple[Evidence, ...]]
"""What each skill of a list was found to mean; empty for one that means nothing here."""


def read_people(data: bytes, *, tag: Callable[[str], str], place: Path = _PLACE) -> tuple[Row, ...]:
    """Read a list of people; ``tag`` puts a language tag in its usual case, or raises ValueError.

    Args:
        data: A table as CSV.
        tag: See above.
        place: What errors call the list.

    Raises:
        DataError: It is no table, has a column that nobody knows, or too many rows.
        RowError: Rows are at fault; all of them are named.
    """
    table = read_csv_table(
        data, Layout(required=("external_id",), optional=COLUMNS, short_rows=True), place=place
    )
    _check_columns(table, place)
    rows: list[Row] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, cells in table.select(*COLUMNS):
        row, wrong = _row(line, [cell.strip() for cell in cells], tag)
        if row.external_id in seen:
            wrong.append(f"external_id stands in line {seen[row.external_id]}, too")
        seen.setdefault(row.external_id, line)
        faults += [f"line {line}: {one}" for one in wrong]
        rows.append(row)
    if faults:
        raise RowError(tuple(faults), path=place)
    wordings = {one for row in rows for one in row.skills}
    if len(wordings) > MAX_WORDINGS:
        raise DataError(
            f"{len(wordings):,} skills are worded differently; at most {MAX_WORDINGS:,} go at "
            "once, so split it",
            path=place,
        )
    return tuple(rows)


def link_skills(matcher: Matcher, rows: Iterable[Row]) -> Skills:
    """Find what the skills of a list mean, each wording once."""
    claims = sorted({one for row in rows for one in row.skills}, key=_by_text)
    asked = [replace(one, source=str(place)) for place, one in enumerate(claims)]
    found: dict[Claim, tuple[Evidence, ...]] = dict.fromkeys(claims, ())
    for one in matcher.shown([], have=asked, verifier=None).evidence:
        claim = claims[int(one.source)]
        found[claim] = (*found[claim], replace(one, source=""))
    return found


def write_people(
    session: Session, rows: Sequence[Row], skills: Skills, *, tenant_id: str, at: datetime
) -> tuple[Imported, ...]:
    """Write a list in the caller's transaction, and tell of each row what became of it."""
    ids = [one.external_id for one in rows]
    known = by_external_id(session, ids, tenant_id=tenant_id, lock=True)
    new = [one for one in rows if one.external_id not in known]
    numbers = next_numbers(session, len(new), tenant_id=tenant_id) if new else range(0)
    for row, number in zip(new, numbers, strict=True):
        made = new_person(
            row.details,
            tenant_id=tenant_id,
            number=number,
            external_id=row.external_id,
            at=at,
        )
        session.add(made)
        known[row.external_id] = made
    session.flush()
    created = {one.external_id for one in new}
    return tuple(
        _written(session, known[row.external_id], row, skills, at, new=row.external_id in created)
        for row in rows
    )


def _written(
    session: Session, person: Person, row: Row, skills: Skills, at: datetime, *, new: bool
) -> Imported:
    wanted = [found for claim in row.skills for found in skills[claim]]
    if new:
        outcome = Outcome.CREATED
        _set_skills(session, person, wanted, at)
    elif person.claimed_at is not None:
        outcome = Outcome.CLAIMED
    else:
        outcome = _updated(session, person, row.details, wanted, at)
    return Imported(
        line=row.line,
        external_id=row.external_id,
        person_id=person.id,
        outcome=outcome,
        unread=tuple(one.text for one in row.skills if not skills[one]),
    )


def _updated(
    session: Session, person: Person, details: Details, wanted: Sequence[Evidence], at: datetime
) -> Outcome:
    # A profile is not made anew: nobody who never claimed their record can have consented.
    held = [row for row in rows_of(session, person) if row.document_id is None]
    same_skills = [of_row(row) for row in held] == list(wanted)
    same = replace(details, languages=tuple(sorted(set(details.languages))))
    if same_skills and details_of(person) == same:
        return Outcome.UNCHANGED
    if person.contact != details.contact:
        doubt_badges(session, person)
    apply(person, details)
    person.revision += 1
    person.updated_at = at
    if not same_skills:
        for row in held:
            session.delete(row)
        session.flush()
        _set_skills(session, person, wanted, at)
    return Outcome.UPDATED


def _set_skills(session: Session, person: Person, wanted: Sequence[Evidence], at: datetime) -> None:
    session.add_all(
        to_row(one, tenant_id=person.tenant_id, person_id=person.id, place=place, at=at)
        for place, one in enumerate(wanted)
    )


def _check_columns(table: CsvTable, place: Path) -> None:
    unknown = [one for one in table.columns if one not in COLUMNS]
    twice = sorted({one for one in table.columns if table.columns.count(one) > 1})
    if unknown or twice:
        named = ", ".join(repr(one[:40]) for one in (unknown or twice))
        raise DataError(
            f"{'columns that nobody knows' if unknown else 'columns that stand twice'}: {named}; "
            f"there are {', '.join(COLUMNS)}",
            path=place,
            line=1,
        )
    if len(table.rows) > MAX_ROWS:
        raise DataError(
            f"{len(table.rows):,} rows; at most {MAX_ROWS:,} go at once, so split it", path=place
        )


def _row(line: int, cells: Sequence[str], tag: Callable[[str], str]) -> tuple[Row, list[str]]:
    external_id, name, contact, place, languages, available, skills = cells
    wrong = [
        f"{column} {fault}"
        for column, value in zip(COLUMNS[:4], cells[:4], strict=True)
        if (fault := _line_fault(value))
    ]
    if not external_id:
        wrong.append("external_id is empty; it is what you know the person by")
    details = Details(
        name=name,
        contact=contact,
        place=place,
        languages=_each(languages, tag, "languages", wrong),
        available_from=_day(available, wrong),
    )
    claims = _each(skills, _claim, "skills", wrong)
    if len(claims) > MAX_SKILLS:
        wrong.append(f"skills: {len(claims)}; at most {MAX_SKILLS} of one person")
    return Row(line=line, external_id=external_id, details=details, skills=claims), wrong


def _line_fault(value: str) -> str:
    if len(value) > MAX_CELL:
        return f"has {len(value)} characters; at most {MAX_CELL} fit"
    return "" if value.isprintable() else "holds a character that cannot be printed"


def _each(cell: str, read: Callable[[str], _T], column: str, wrong: list[str]) -> tuple[_T, ...]:
    found: list[_T] = []
    for place, word in enumerate(one.strip() for one in cell.split(BETWEEN)):
        if not word:
            continue
        try:
            found.append(read(word))
        except ValueError as error:
            wrong.append(f"{column}, number {place + 1}: {error}")
    return tuple(dict.fromkeys(found))


def _claim(text: str) -> Claim:
    one = parse_skill(text)
    check_level(one.level)
    if not one.text.isprintable():
        raise ValueError("it holds a character that cannot be printed")
    return Claim(text=one.text, source="", level=one.level, years=one.years)


def _day(text: str, wrong: list[str]) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        wrong.append("available_from is no date; write it as 2027-01-31")
        return None


def _by_text(claim: Claim) -> tuple[str, str, float]:
    return claim.text, claim.level, -1.0 if claim.years is None else claim.years
