"""A column among many values that are one parameter, however many they are.

With a parameter for each value every number of them makes another statement, which is put together
and planned anew each time; that takes longer than reading a page of rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, Dialect, SQLColumnExpression, Text, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement
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


class _Among(FunctionElement[bool]):
    """Each value is looked up by an index of the column."""

    type = Boolean()
    inherit_cache = True


class _Filtered(FunctionElement[bool]):
    """The column of each row is looked up among the values."""

    type = Boolean()
    inherit_cache = True


def among(column: SQLColumnExpression[str], values: Sequence[str] | str) -> ColumnElement[bool]:
    """Return whether a column, which an index begins with, is one of some texts.

    Args:
        column: A text.
        values: The texts, or the name of the parameter that they are given by.
    """
    return _Among(column, _parameter(values))


def filtered(column: SQLColumnExpression[str], values: Sequence[str] | str) -> ColumnElement[bool]:
    """Return the same as ``among``, of rows that are found by something else."""
    return _Filtered(column, _parameter(values))


def _parameter(values: Sequence[str] | str) -> ColumnElement[Any]:
    if isinstance(values, str):
        return bindparam(values, type_=Texts())
    return bindparam(None, values, type_=Texts(), unique=True)


def _has_arrays(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


@compiles(_Among)
@compiles(_Filtered)
def _with_json(element: FunctionElement[bool], compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, values = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(_Among, "postgresql")
def _with_array(element: FunctionElement[bool], compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    column, values = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = ANY({values})"


@compiles(_Filtered, "postgresql")
def _with_unnested(element: FunctionElement[bool], compiler: SQLCompiler, **kw: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    # Not as an array: once a plan is kept, each row would be compared with each of its values.
    column, values = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT unnest({values}))"
