"""Moments on the command line: given, or now."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(text: str | None, option: str) -> datetime:
    """Return the moment that an option names, or now to the second.

    Raises:
        UsageError: It is no date or moment.
    """
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    from skillmatch.issuing.moments import moment_of

    return moment_of(text, option=option)
