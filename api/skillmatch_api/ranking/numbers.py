"""Short numbers for concept URIs and level scales, the same for all organisations.

A number says nothing of anybody: only names of frameworks are numbered, never a person's words.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from skillmatch_api.store.tables import ConceptNumber

SCALE = "scale:"
"""What the name of a level scale is numbered under, so that it is no concept's."""
_AT_ONCE = 500


def numbers_for(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Return the number of each name; those that have none yet are given one."""
    wanted = sorted(set(names))
    known = known_numbers(session, wanted)
    missing = [one for one in wanted if one not in known]
    if not missing:
        return known
    if session.get_bind().dialect.name == "postgresql":
        # Two transactions that add the same names in another order would wait for each other.
        session.execute(text("LOCK TABLE concept_numbers IN SHARE ROW EXCLUSIVE MODE"))
        known |= known_numbers(session, missing)
        missing = [one for one in missing if one not in known]
    if missing:
        session.execute(insert(ConceptNumber), [{"uri": one} for one in missing])
    return known | known_numbers(session, missing)


def known_numbers(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Return the number of each name that has one."""
    wanted = sorted(set(names))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        part = wanted[start : start + _AT_ONCE]
        rows = session.execute(
            select(ConceptNumber.uri, ConceptNumber.number).where(ConceptNumber.uri.in_(part))
        )
        found.update((row.uri, row.number) for row in rows)
    return found


def names_of(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    """Return the name of each number; many are read in one go with all others."""
    wanted = sorted(set(numbers))
    statement = select(ConceptNumber.number, ConceptNumber.uri)
    if len(wanted) <= _AT_ONCE:
        statement = statement.where(ConceptNumber.number.in_(wanted))
    return {row.number: row.uri for row in session.execute(statement)}
