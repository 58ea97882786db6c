"""Moments as credentials write them."""

from __future__ import annotations

from datetime import UTC, datetime

from skillmatch.errors import UsageError


def timestamp(moment: datetime) -> str:
    """Return a moment as ``2026-11-30T12:00:00Z``, to the second.

    Raises:
        UsageError: It has no time zone, so that nobody could tell when it is.
    """
    if moment.tzinfo is None:
        raise UsageError(f"{moment.isoformat()} has no time zone; write it like {_EXAMPLE}")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)


def moment_of(text: str, *, option: str) -> datetime:
    """Return the moment that somebody wrote: a day means its first second in UTC.

    Raises:
        UsageError: It is none; the message names ``option``.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"{option} {text!r} is no date; write it like 2026-11-30 or {_EXAMPLE}"
        ) from error
    return moment.replace(tzinfo=UTC) if len(text) == len("2026-11-30") else _zoned(moment, option)


def _zoned(moment: datetime, option: str) -> datetime:
    if moment.tzinfo is None:
        raise UsageError(f"{option} {moment.isoformat()} has no time zone; write {_EXAMPLE}")
    return moment


_EXAMPLE = "2026-11-30T12:00:00Z"
