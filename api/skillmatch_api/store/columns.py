"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect, String, Text
from sqlalchemy.dialects.postgresql import JSONB, TEXT, VARCHAR
from sqlalchemy.types import TypeDecorator

from skillmatch.errors import UsageError

_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED_ZERO = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
_REFUSED = "no text may hold the character U+0000 or half a surrogate pair"


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
        return keepable(value)


class Identity(TypeDecorator[str]):
    """A UUID in its canonical text form, ordered as ``Words`` are."""

    impl = String(36).with_variant(VARCHAR(36, collation="C"), "postgresql")
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return it as it is.

        Raises:
            UsageError: It holds U+0000 or half a surrogate pair.
        """
        return keepable(value)


def keepable(value: str | None) -> str | None:
    """Return a text as it is.

    Raises:
        UsageError: It holds U+0000 or half a surrogate pair.
    """
    if value is None:
        return None
    # Most texts are ASCII, of which Python knows that without a look at them.
    if "\0" in value if value.isascii() else _UNKEEPABLE.search(value):
        raise UsageError(_REFUSED)
    return value


def json_text(value: object) -> str:
    """Return a value as the JSON that a column keeps.

    Raises:
        UsageError: A text in it holds U+0000 or half a surrogate pair.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if _UNKEEPABLE.search(text) or _ESCAPED_ZERO.search(text):
        raise UsageError(_REFUSED)
    return text


Id = Identity()
"""The type of columns of ids."""

AnyJson = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""JSON; None is no value, never the JSON ``null``."""


class Moment(TypeDecorator[datetime]):
    """A point in time, UTC in and out, with microseconds; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn it to UTC, without a zone where the database keeps none.

        Raises:
            UsageError: It lies outside the years that there are.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        try:
            return value.astimezone(UTC)
        except OverflowError as error:
            raise UsageError("a moment lies outside the years 1 to 9999, as seen in UTC") from error

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give it its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
