"""When a plan has to be done, of the ways in which people say so."""

from __future__ import annotations

import math
from datetime import date, timedelta

from skillmatch.errors import UsageError

LONGEST = 100 * 53
"""Weeks; a date a hundred years away is a slip of the finger."""


def last_day(start: date, by: date | None, weeks: float | None) -> date | None:
    """Return the last day of a plan: of a day and a number of weeks the earlier, None without.

    Args:
        start: First day.
        by: Last day that was named.
        weeks: How many weeks there are from ``start`` on.

    Raises:
        UsageError: There is no week.
    """
    ends = [] if by is None else [by]
    if weeks is not None:
        if not 0 < weeks <= LONGEST:
            raise UsageError(f"--max-weeks {weeks:g}: say how many weeks you have, above 0")
        ends.append(start + timedelta(days=math.ceil(7 * weeks) - 1))
    return min(ends, default=None)
