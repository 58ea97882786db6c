"""What all tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from skillmatch_api.store.columns import AnyJson, Id, Moment, Words

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Root of all tables."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: Moment,
        dict[str, Any]: AnyJson,
        list[Any]: AnyJson,
        str: Words,
    }


def tenant_column() -> Mapped[str]:
    """Return the column that every row of a tenant begins with."""
    return mapped_column(Id, ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)


def id_column() -> Mapped[str]:
    """Return the last column of a primary key: a UUID."""
    return mapped_column(Id, primary_key=True)


def of_a_person(*more: Index) -> tuple[Any, ...]:
    """Return ``__table_args__`` of rows that go when their person goes."""
    return (
        ForeignKeyConstraint(
            ["tenant_id", "person_id"], ["persons.tenant_id", "persons.id"], ondelete="CASCADE"
        ),
        *more,
    )
