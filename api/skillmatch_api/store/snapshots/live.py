"""The rows of an open database, table by table, at whatever revision it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, TableClause, column, func, inspect, select, table

from skillmatch_api.store.snapshots.values import TYPES, Column, Shape, kind_of

AT_ONCE = 500
"""Rows that are in memory at the same time."""

REVISIONS = "alembic_version"


@dataclass(frozen=True, slots=True)
class Live:
    """The database behind a connection, which the caller opens in a transaction and closes."""

    connection: Connection

    def revision(self) -> str | None:
        """Return the revision that its tables are at, None where there are none."""
        return MigrationContext.configure(self.connection).get_current_revision()

    def shapes(self) -> tuple[Shape, ...]:
        """Return its tables; what a table refers to stands before it."""
        asked = inspect(self.connection)
        columns, keys = asked.get_multi_columns(), asked.get_multi_pk_constraint()
        order: TopologicalSorter[str] = TopologicalSorter()
        for (_, name), references in sorted(asked.get_multi_foreign_keys().items()):
            order.add(name, *sorted({str(one["referred_table"]) for one in references} - {name}))
        return tuple(
            Shape(
                name=name,
                columns=tuple(
                    Column(name=one["name"], kind=kind_of(one["type"]))
                    for one in columns[None, name]
                ),
                key=tuple(keys[None, name]["constrained_columns"]),
            )
            for name in order.static_order()
            if name != REVISIONS
        )

    def count(self, shape: Shape) -> int:
        """Return how many rows a table has."""
        return self.connection.scalar(select(func.count()).select_from(_table(shape))) or 0

    def rows(self, shape: Shape) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table in the order of its key."""
        source = _table(shape)
        wanted = select(source).order_by(*(source.c[name] for name in shape.key))
        found = self.connection.execute(wanted, execution_options={"yield_per": AT_ONCE})
        for row in found:
            yield tuple(row)

    def insert(self, shape: Shape, rows: list[dict[str, Any]]) -> None:
        """Add rows to a table."""
        self.connection.execute(_table(shape).insert(), rows)


def _table(shape: Shape) -> TableClause:
    return table(shape.name, *(column(one.name, TYPES[one.kind]) for one in shape.columns))
