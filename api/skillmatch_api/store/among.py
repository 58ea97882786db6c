"""A column among many values that are one parameter, however many they are.

With a parameter for each value every number of them makes another statement, which is put together
and planned anew each time; that takes longer than reading a page of rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Self

from sqlalchemy import (
    ARRAY,
    Boolean,
    Dialect,
    SQLColumnExpression,
    Text,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import BindParameter, ColumnElement
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine

from skillmatch_api.store.columns import keepable


class Texts(TypeDecorator[Sequence[str]]):
    """Some texts as one value: an array, or JSON where there are none."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the type that a database has for it."""
        return dialect.type_descriptor(ARRAY(Text()) if _has_arrays(dialect) else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:  # noqa: ANN401 - what a driver takes
        """Return what the driver takes.

        Raises:
            UsageError: A text holds U+0000 or half a surrogate pair.
        """
        texts = list(value or ())
        keepable("".join(texts))
        return texts if _has_arrays(dialect) else json.dumps(texts, ensure_ascii=False)


class _Either(FunctionElement[bool]):
    """A condition in two forms: that of PostgreSQL, and that of SQLite."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:  # noqa: ARG002
        """Return it as it is: SQLite would be asked whether it equals 1, and use no index."""
        return self


def among(column: SQLColumnExpression[str], values: Sequence[str] | str) -> ColumnElement[bool]:
    """Return whether a column by which rows are to be found is one of some texts.

    Args:
        column: Of an index; the columns before it are given, too.
        values: The texts, or the name of the parameter that they are given by.
    """
    given = _parameter(values)
    return _Either(column == any_(given), _in_json(column, given))


def filtered(column: SQLColumnExpression[str], values: Sequence[str] | str) -> ColumnElement[bool]:
    """Return the same as ``among``, of rows that are found by something else."""
    given = _parameter(values)
    # Not an array: once a plan is kept, each row would be compared with each of its values.
    return _Either(column.in_(select(func.unnest(given))), _in_json(column, given))


def _in_json(
    column: SQLColumnExpression[str], given: BindParameter[Sequence[str]]
) -> ColumnElement[bool]:
    return column.in_(select(func.json_each(given).table_valued("value").c.value))


def _parameter(values: Sequence[str] | str) -> BindParameter[Sequence[str]]:
    if isinstance(values, str):
        return bindparam(values, type_=Texts())
    return bindparam(None, values, type_=Texts(), unique=True)


def _has_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


@compiles(_Either)
def _compiled(element: FunctionElement[bool], compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    one, other = element.clauses
    return compiler.process(one if _has_arrays(compiler.dialect) else other, **kw)
