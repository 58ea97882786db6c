"""Values of rows as JSON, the same whichever database they come from or go to."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Double,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Text,
)
from sqlalchemy.types import JSON, TypeEngine

from skillmatch_api.store.columns import AnyJson, Moment


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    FLAG = "flag"
    BYTES = "bytes"
    MOMENT = "moment"
    DATE = "date"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A table: its columns, and which of them are the primary key."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


# The first class that fits decides: a FLAG may be a kind of number, and every JSON a kind of text.
_KINDS: tuple[tuple[type[TypeEngine[Any]] | type[Any], Kind], ...] = (
    (JSON, Kind.JSON),
    (Boolean, Kind.FLAG),
    (DateTime, Kind.MOMENT),
    (Date, Kind.DATE),
    (Integer, Kind.WHOLE),
    (Float, Kind.NUMBER),
    (Numeric, Kind.NUMBER),
)

TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Text(),
    Kind.WHOLE: BigInteger(),
    Kind.NUMBER: Double(),
    Kind.FLAG: Boolean(),
    Kind.BYTES: LargeBinary(),
    Kind.MOMENT: Moment(),
    Kind.DATE: Date(),
    Kind.JSON: AnyJson,
}
"""By which types values are read and written."""


def _same(value: Any) -> Any:  # noqa: ANN401 - JSON has no narrower type
    return value


def _text_of(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


_ENCODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.BYTES: _text_of,
    Kind.MOMENT: datetime.isoformat,
    Kind.DATE: date.isoformat,
}
_DECODERS: dict[Kind, Callable[[Any], Any]] = {
    Kind.BYTES: base64.b64decode,
    Kind.MOMENT: datetime.fromisoformat,
    Kind.DATE: date.fromisoformat,
}


def kind_of(found: TypeEngine[Any]) -> Kind:
    """Return the kind of a column whose type was read from a database."""
    if isinstance(found, LargeBinary) or found.__visit_name__ in {"BLOB", "BYTEA"}:
        return Kind.BYTES
    return next((kind for type_, kind in _KINDS if isinstance(found, type_)), Kind.TEXT)


def encoders(shape: Shape) -> tuple[Callable[[Any], Any], ...]:
    """Return what makes JSON of each column's values; None stays None."""
    return tuple(_ENCODERS.get(column.kind, _same) for column in shape.columns)


def decoders(shape: Shape) -> tuple[Callable[[Any], Any], ...]:
    """Return what makes each column's values of JSON; None stays None."""
    return tuple(_DECODERS.get(column.kind, _same) for column in shape.columns)
