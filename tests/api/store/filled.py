"""A database with rows in every table, whatever tables there are."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Column, Table, insert, select
from sqlalchemy.types import TypeDecorator, TypeEngine

from skillmatch_api.store import Store
from skillmatch_api.store.snapshots.values import Kind, kind_of
from skillmatch_api.store.tables import Base
from tests.api.conftest import NOW

ROWS = 3

Rows = dict[str, list[dict[str, Any]]]


def fill(store: Store) -> Rows:
    """Put ``ROWS`` rows into every table, each with values of its own, and return them all."""
    rows: Rows = {}
    for table in Base.metadata.sorted_tables:
        rows[table.name] = [_row(table, place, rows) for place in range(ROWS)]
    with store.writing() as session:
        for table in Base.metadata.sorted_tables:
            session.execute(insert(table), rows[table.name])
    return rows


def rows_of(store: Store) -> Rows:
    """Return all rows of all tables, in the order of their keys."""
    with store.reading() as session:
        return {
            table.name: [
                dict(row._mapping)
                for row in session.execute(select(table).order_by(*table.primary_key))
            ]
            for table in Base.metadata.sorted_tables
        }


def _row(table: Table, place: int, rows: Rows) -> dict[str, Any]:
    row = {column.name: _value(table, column, place) for column in table.columns}
    for key in sorted(table.foreign_key_constraints, key=lambda one: len(one.column_keys)):
        for element in key.elements:
            row[element.parent.name] = rows[element.column.table.name][place][element.column.name]
    return row


def _plain(found: TypeEngine[Any]) -> TypeEngine[Any]:
    return found.impl_instance if isinstance(found, TypeDecorator) else found


def _value(table: Table, column: Column[Any], place: int) -> Any:  # noqa: ANN401
    if column.nullable and place == 0:
        return None
    name = f"{table.name}.{column.name}.{place}"
    kind = kind_of(_plain(column.type))
    if kind is Kind.TEXT and getattr(column.type, "length", None):
        return str(uuid.uuid5(uuid.NAMESPACE_URL, name))
    values: dict[Kind, Any] = {
        Kind.TEXT: f"{name} é 漢 \u202e 😀 \\u0000 \n\t'\"",
        Kind.WHOLE: place + 1,
        Kind.NUMBER: 0.1 + place,
        Kind.FLAG: place == 1,
        Kind.BYTES: bytes(range(256)) + name.encode(),
        Kind.MOMENT: NOW + timedelta(microseconds=1 + place),
        Kind.DATE: date(2026, 2, 28) + timedelta(days=place),
        Kind.JSON: {"text": f"{name} é", "list": [1, 2.5, None, True], "none": {}},
    }
    return values[kind]
