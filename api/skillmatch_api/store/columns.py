"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, String, Text
from sqlalchemy.dialects.postgresql import JSONB, TEXT, VARCHAR
from sqlalchemy.types import TypeDecorator

from skillmatch.errors import UsageError

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")


class Words(TypeDecorator[str]):
    """A text, ordered by its characters' numbers whatever language a server speaks.

    Both databases refuse what one of them cannot keep.
    """

    impl = Text().with_variant(TEXT(collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return it as it is.

        Raises:
            UsageError: It holds U+0000 or half a surrogate pair.
        """
        return _keepable(value)


class Identity(TypeDecorator[str]):
    """A UUID in its canonical text form, ordered as ``Words`` are."""

    impl = String(36).with_variant(VARCHAR(36, collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return it as it is.

        Raises:
            UsageError: It holds U+0000 or half a surrogate pair.
        """
        return _keepable(value)


def _keepable(value: str | None) -> str | None:
    if value is not None and _UNKEEPABLE.search(value):
        raise UsageError("no text may hold the character U+0000 or half a surrogate pair")
    return value


Id = Identity()
"""The type of columns of ids."""

AnyJson = JSON().with_variant(JSONB(), "postgresql")


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC in and out, with microseconds; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn it to UTC, without a zone where the database keeps none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give it its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
