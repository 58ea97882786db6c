"""What ranking reads, made from the rows of people."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    LargeBinary,
)
from sqlalchemy.orm import Mapped, mapped_column

from skillmatch_api.store.columns import Id
from skillmatch_api.store.tables.base import Base, of_a_person, tenant_column


class ConceptNumber(Base):
    """A short number for each concept URI that any profile names; no tenant's, only grows."""

    __tablename__ = "concept_numbers"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    uri: Mapped[str] = mapped_column(unique=True)


class Profile(Base):
    """What ranking reads of a person, in one row; made from the other rows, in their transaction.

    Attributes:
        number: Of the person.
        version: Of the tenant's change that wrote it.
        packed: See ``ranking.packing``; None where no consent makes the person a candidate.
    """

    __tablename__ = "profiles"
    __table_args__ = of_a_person(Index(None, "tenant_id", "version"))

    tenant_id: Mapped[str] = tenant_column()
    person_id: Mapped[str] = mapped_column(Id, primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    version: Mapped[int] = mapped_column(BigInteger)
    packed: Mapped[bytes | None] = mapped_column(LargeBinary)


class Departure(Base):
    """The number of an erased person, so that an index that still holds it lets go."""

    __tablename__ = "departures"
    __table_args__ = (Index(None, "tenant_id", "version"),)

    tenant_id: Mapped[str] = tenant_column()
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger)
