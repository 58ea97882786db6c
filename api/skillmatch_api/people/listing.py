"""Lists of people, a page at a time, by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from skillmatch_api.people.consents import live
from skillmatch_api.store.tables import Consent, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Some people by id, and how many there are in all.

    Attributes:
        more: Whether there are others behind them.
    """

    persons: Sequence[Person]
    total: int
    more: bool


def everybody(session: Session, *, tenant_id: str, after: str, limit: int) -> People:
    """Return people of a tenant, from the one behind the id ``after``."""
    return _page(session, select(Person).where(Person.tenant_id == tenant_id), after, limit)


def candidates(session: Session, *, tenant_id: str, after: str, limit: int, at: datetime) -> People:
    """Return people of a tenant who consented, from the one behind the id ``after``."""
    consented = exists().where(
        Consent.tenant_id == Person.tenant_id, Consent.person_id == Person.id, live(at=at)
    )
    asked = select(Person).where(Person.tenant_id == tenant_id, consented)
    return _page(session, asked, after, limit)


def _page(session: Session, asked: Select[Person], after: str, limit: int) -> People:
    total = session.scalar(asked.with_only_columns(func.count())) or 0
    rows = session.scalars(
        asked.where(Person.id > after).order_by(Person.id).limit(limit + 1)
    ).all()
    return People(persons=rows[:limit], total=total, more=len(rows) > limit)
